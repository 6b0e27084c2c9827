"""Contacts in Slack: edited, made into one, deleted; and who heard of them."""

from dataclasses import replace

import pytest

from bot.domain.contacts import deleted_contact
from bot.domain.events import Response
from tests.builders import second
from tests.unit.handlers.acting import acting
from tests.unit.handlers.contacts_desk import ContactsDesk
from tests.unit.rendering.answers import ana, ben
from tests.unit.usecases.booking_house import a_request

OWN = "Maya Ortiz and Ana [⋯ Reschedule · Cancel]"


@pytest.fixture
def desk() -> ContactsDesk:
    return ContactsDesk()


def told(when: str, end: str, shown: str) -> str:
    """A time as every reader sees it in his own zone."""
    start = f"<!date^{second(when)}^{{date_short_pretty}} {{time}}|{shown}>"
    return f"{start} - <!date^{second(end)}^{{time}}|{end.rpartition(' ')[2]} Berlin>"


# --- Adding and editing ---------------------------------------------------------------------------------------


def test_a_new_contact_is_known_by_the_normalised_address_and_triggers_hear_of_all_of_him(desk: ContactsDesk) -> None:
    desk.listens()
    desk.types()
    desk.presses("New contact")
    desk.fills("contact_email", " Lee@CHEN.test ")
    desk.fills("contact_tags", "Client, VIP,client")
    assert desk.submits()[:4] == ["*lee* is a contact now.", "*lee*", "lee@chen.test", "Tags: client, vip"]
    [lee] = desk.contacts()
    assert (lee.email, lee.tags, lee.version) == ("lee@chen.test", ("client", "vip"), 2)
    assert [(one.version, one.contacts) for one in desk.heard()] == [(1, (lee,))]


def test_an_address_that_somebody_has_is_refused_and_what_was_typed_stays(desk: ContactsDesk) -> None:
    desk.has_contact()
    desk.types()
    desk.presses("New contact")
    desk.fills("contact_email", "maya@ortiz.test")
    desk.fills("contact_note", "mine")
    lines = desk.submits()
    assert lines[:2] == [":warning: Maya Ortiz has this address already.", "E-mail address: maya@ortiz.test"]
    assert "Note: mine" in lines


@pytest.mark.parametrize(
    ("field", "typed", "mistake"),
    [
        ("contact_email", "maya", "Write one e-mail address, like maya@ortiz.test."),
        ("contact_tags", "a, <b>", "Write one tag of at most 40 characters, like vip or new lead."),
        ("contact_phone", "abc", "Write a phone number with its digits, like +49 30 1234567."),
        ("contact_tags", ",".join(map(str, range(21))), "Write at most 20 tags; these are 21."),
    ],
)
def test_a_mistake_stands_on_its_field(desk: ContactsDesk, field: str, typed: str, mistake: str) -> None:
    desk.types()
    desk.presses("New contact")
    desk.fills("contact_email", "lee@chen.test")
    desk.fills(field, typed)
    assert dict(desk.prepares().mistakes) == {field: mistake}


def test_a_name_stays_as_a_person_wrote_it(desk: ContactsDesk) -> None:
    desk.has_contact()
    desk.types()
    desk.presses("Open")
    desk.presses("Edit")
    desk.fills("contact_name", "Dr. Maya  ORTIZ-López")
    desk.holds("contact_zone", "America/New_York")
    assert desk.submits()[:4] == [
        "Saved.",
        "*Dr. Maya ORTIZ-López*",
        "maya@ortiz.test",
        "Time zone: New York (America/New_York)",
    ]
    desk.book(a_request())  # with "Maya Ortiz", by her address
    assert [one.name for one in desk.contacts()] == ["Dr. Maya ORTIZ-López"]


def test_the_second_of_two_who_edit_is_told_and_keeps_what_he_typed(desk: ContactsDesk) -> None:
    maya = desk.has_contact(note="old")
    desk.types()
    desk.presses("Open")
    desk.presses("Edit")
    desk.fills("contact_note", "Ana's")
    others = replace(maya, note="Ben's <!here>", phone="1", version=2)
    desk.store.tables.contacts[maya.id] = others

    lines = desk.submits()
    assert lines[:5] == [
        ":warning: *Somebody changed this contact while you were typing.* Yours is not saved yet; it stands below.",
        "Now it says:",
        "· phone: 1",
        "· note: Ben's &lt;!here&gt;",
        "*Save* again keeps yours instead.",
    ]
    assert "Note: Ana's" in lines
    assert desk.contacts() == [others]

    assert desk.submits()[0] == "Saved."
    assert desk.contacts() == [replace(others, note="Ana's", phone="", version=3)]


def test_zones_are_found_by_their_city(desk: ContactsDesk) -> None:
    assert desk.searches("contact_zone", "new york") == ["Not known", "New York (America/New_York)"]


# --- Merging --------------------------------------------------------------------------------------------------


def test_merging_keeps_the_chosen_one_with_all_of_both(desk: ContactsDesk) -> None:
    maya = desk.has_contact(tags=("client",), note="Tea.", phone="1")
    old = desk.has_contact("m@old.test", "M. Ortiz", tags=("vip", "client"), note="Coffee.", zone="UTC")
    appointment = desk.book(a_request(contact=old.id)).appointment
    desk.meets(old, "2026-11-25 17:00-18:00", response=Response.ACCEPTED)
    desk.types("old.test")
    desk.presses("Open")

    assert desk.presses("Merge") == ["*M. Ortiz* · m@old.test", "The same person as: ", "[Back]"]
    assert desk.searches("contact_other", "ortiz.test") == ["Maya Ortiz"]
    assert desk.picks("contact_other", maya.id) == [
        "*M. Ortiz* · m@old.test",
        "The same person as: Maya Ortiz",
        "Who stays: M. Ortiz",
        "· Appointments, meetings from Google, tags and notes of both go to the one that stays.",
        "· The other address is remembered: an invitation from it finds the one that stays.",
        (
            "· Invitations that were sent stay with the address they went to. When such an appointment changes, Google "
            "also invites the address of the one that stays."
        ),
        "· It cannot be undone.",
        "[Back]",
    ]
    desk.holds("contact_stays", str(maya.id))
    lines = desk.submits()

    assert lines[:3] == ["They are one contact now.", "*Maya Ortiz*", "maya@ortiz.test · also m@old.test"]
    assert [line.partition(" · with Ana · ")[2] for line in lines if line.startswith("· ")] == [
        "M. Ortiz and Ana [⋯ Reschedule · Cancel]",
        "Plans · in Google, accepted",
    ]
    stays = replace(maya, tags=("client", "vip"), note="Tea.\n\nCoffee.", zone="UTC", version=2)
    assert desk.contacts() == [stays]
    with desk.store.reading() as work:
        assert work.appointments.get(acting(ana), appointment.id).contact == stays


def test_what_was_changed_since_it_was_shown_is_not_merged(desk: ContactsDesk) -> None:
    maya, old = desk.has_contact(), desk.has_contact("m@old.test", "M. Ortiz")
    desk.types("old.test")
    desk.presses("Open")
    desk.presses("Merge")
    desk.picks("contact_other", maya.id)
    desk.store.tables.contacts[maya.id] = replace(maya, note="new", version=2)

    assert desk.submits()[0] == (
        ":warning: Somebody changed this contact at the same moment. Nothing was changed; look again."
    )
    assert [one.email for one in desk.contacts()] == ["m@old.test", "maya@ortiz.test"]
    assert desk.submits()[0] == "They are one contact now."
    assert [(one.id, one.note) for one in desk.contacts()] == [(old.id, "new")]


def test_too_much_for_one_contact_is_told_before_anything_is_merged(desk: ContactsDesk) -> None:
    maya = desk.has_contact(tags=tuple(f"a{number}" for number in range(12)))
    desk.has_contact("m@old.test", "M. Ortiz", tags=tuple(f"b{number}" for number in range(12)))
    desk.types("old.test")
    desk.presses("Open")
    desk.presses("Merge")
    desk.picks("contact_other", maya.id)
    assert desk.submits()[0] == (
        ":warning: Together they would have 24 tags, and 20 are the most. Remove some of either first."
    )
    assert len(desk.contacts()) == 2


def test_a_contact_is_not_merged_with_himself_or_with_nobody(desk: ContactsDesk) -> None:
    maya = desk.has_contact()
    desk.types()
    desk.presses("Open")
    desk.presses("Merge")
    assert desk.picks("contact_other", maya.id) == ["*Maya Ortiz* · maya@ortiz.test", "The same person as: ", "[Back]"]
    desk.held = {}
    assert desk.submits()[0] == ":warning: Choose who is the same person."


# --- Deleting -------------------------------------------------------------------------------------------------


def test_deleting_says_what_it_means_and_leaves_the_past(desk: ContactsDesk) -> None:
    maya = desk.has_contact(note="Tea.")
    over = desk.book(a_request(contact=maya.id)).appointment
    desk.at("2026-11-24 18:00")
    desk.types()
    desk.presses("Open")

    assert desk.presses("Delete") == [
        "Delete *Maya Ortiz* (maya@ortiz.test) for your whole workspace?",
        "· Name, addresses, phone, time zone, tags and note are erased. It cannot be undone.",
        '· Past appointments stay, with "a deleted contact". Their titles, notes and Google events stay as they are.',
        "· To have the name taken out of those too, go back and use */daybook forget*. After *Delete* it is too late.",
        "· Nothing is e-mailed, and no trigger fires.",
        "From now on: ",
        "[Back]",
    ]
    assert desk.submits()[0] == "*Maya Ortiz* was deleted."
    assert desk.contacts() == []
    with desk.store.reading() as work:
        assert work.appointments.get(acting(ana), over.id).contact == deleted_contact(maya.workspace_id)
        assert work.invitees.blocked(maya.workspace_id) == frozenset()


def test_with_appointments_to_come_the_way_out_is_shown_instead(desk: ContactsDesk) -> None:
    maya = desk.has_contact()
    desk.book(a_request("15:00", contact=maya.id))
    desk.book(a_request("16:00", ben, contact=maya.id), by=ben)
    desk.types()
    desk.presses("Open")

    assert desk.presses("Delete") == [
        (
            "*Maya Ortiz* cannot be deleted yet: these appointments are to come. Cancel them first, or use *Merge* to "
            "have another contact take them over."
        ),
        f"· {told('15:00', '15:30', 'Tue 24 Nov 15:00 Berlin')} · with Ana · {OWN}",
        f"· {told('16:00', '16:30', 'Tue 24 Nov 16:00 Berlin')} · with Ben",
        "_ Ask the host to cancel what is not yours.",
        "[Back]",
    ]


def test_an_appointment_that_was_booked_meanwhile_keeps_its_contact(desk: ContactsDesk) -> None:
    maya = desk.has_contact()
    desk.types()
    desk.presses("Open")
    desk.presses("Delete")
    desk.book(a_request(contact=maya.id))

    assert desk.submits()[0].startswith(":warning: Maya Ortiz has appointments to come, so nothing was deleted.")
    assert desk.contacts() == [maya]


def test_meetings_to_come_in_google_preset_never_again(desk: ContactsDesk) -> None:
    maya = desk.has_contact()
    desk.store.tables.contact_addresses[maya.workspace_id, "m@old.test"] = maya.id
    desk.meets(maya, "2026-11-25 17:00-18:00", response=Response.ACCEPTED)
    desk.types()
    desk.presses("Open")

    assert desk.presses("Delete")[-3:] == [
        (
            "· Meetings with this person are to come in Google. Where a two-way calendar adds or asks about invitees, "
            "they bring the contact back; the box below keeps them out."
        ),
        "From now on: Never add again",
        "[Back]",
    ]
    desk.holds("contact_never", "never")
    assert desk.submits()[0] == "*Maya Ortiz* was deleted and is never added again."
    with desk.store.reading() as work:
        assert work.invitees.blocked(maya.workspace_id) == {"maya@ortiz.test", "m@old.test"}
