"""Contacts in Slack: found, looked at, and left out."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.events import Response
from bot.domain.occasions import BookedIn, What
from bot.domain.people import Standing
from tests.builders import second
from tests.unit.handlers.acting import acting
from tests.unit.handlers.contacts_desk import ContactsDesk
from tests.unit.rendering.answers import ana, ben
from tests.unit.usecases.booking_house import a_request

OWN = "Maya Ortiz and Ana [⋯ Reschedule · Cancel]"
FOOTER = [
    "---",
    "[New contact] [Left out]",
    "_ Contacts are your whole workspace's. Other workspaces and guests never see them.",
]


@pytest.fixture
def desk() -> ContactsDesk:
    return ContactsDesk()


def told(when: str, end: str, shown: str) -> str:
    """A time as every reader sees it in his own zone."""
    start = f"<!date^{second(when)}^{{date_short_pretty}} {{time}}|{shown}>"
    return f"{start} - <!date^{second(end)}^{{time}}|{end.rpartition(' ')[2]} Berlin>"


# --- The list -------------------------------------------------------------------------------------------------


def test_without_contacts_the_list_says_where_they_come_from(desk: ContactsDesk) -> None:
    assert desk.types() == [
        "Search: ",
        (
            "No contacts yet. Whoever you book with becomes one, and so do outside invitees of a two-way calendar. "
            "*New contact* adds somebody by hand."
        ),
        *FOOTER,
    ]


def test_contacts_are_listed_by_name_a_page_at_a_time(desk: ContactsDesk) -> None:
    for number in range(1, 31):
        desk.has_contact(f"p{number:02}@x.test", f"Person {number:02}")

    first = desk.types()
    assert first[1:3] == ["*Person 01* · p01@x.test [Open]", "*Person 02* · p02@x.test [Open]"]
    assert first[13:15] == ["_ 1-12 of 30", "[Next]"]
    assert desk.presses("Next")[13:15] == ["_ 13-24 of 30", "[Previous] [Next]"]
    assert desk.presses("Next")[1:9] == [
        *(f"*Person {number}* · p{number}@x.test [Open]" for number in range(25, 31)),
        "_ 25-30 of 30",
        "[Previous]",
    ]


def test_words_after_the_command_or_in_the_field_find_contacts(desk: ContactsDesk) -> None:
    desk.has_contact(tags=("client",))
    desk.has_contact("lee@chen.test", "Lee Chen")
    maya = "*Maya Ortiz* · maya@ortiz.test · _client_ [Open]"

    assert desk.types("CLIENT")[:3] == ["Search: CLIENT", maya, "_ 1 contact"]
    assert desk.types("<mailto:maya@ortiz.test|maya@ortiz.test>")[1] == maya
    desk.fills("contact_words", "chen")
    assert desk.submits()[:2] == ["Search: chen", "*Lee Chen* · lee@chen.test [Open]"]
    assert desk.types("nobody &amp; &lt;!here&gt;")[1] == (
        "Nobody is found by *nobody &amp; &lt;!here&gt;*. Search for part of a name, an address or a tag, "
        "or for nothing to see all."
    )


def test_from_a_card_the_way_back_leads_to_the_page_it_was_opened_from(desk: ContactsDesk) -> None:
    for number in range(1, 31):
        desk.has_contact(f"p{number:02}@x.test", f"Person {number:02}")
    desk.types("person")
    page = desk.presses("Next")

    desk.presses("Open", near="Person 20")
    desk.presses("Edit")
    desk.presses("Back")

    assert desk.presses("Back") == page


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL])
def test_guests_are_refused(desk: ContactsDesk, standing: Standing) -> None:  # fault 13
    with pytest.raises(NotAllowed):
        desk.types(by=replace(ana, standing=standing))


# --- A card ---------------------------------------------------------------------------------------------------


def test_a_card_tells_what_is_known_with_what_was_and_what_is_to_come(desk: ContactsDesk) -> None:
    maya = desk.has_contact(
        phone="+1 212 555 0100", zone="America/New_York", tags=("client", "vip"), note="Tea.\nNo milk"
    )
    desk.store.tables.contact_addresses[maya.workspace_id, "m@old.test"] = maya.id
    desk.book(a_request("2026-11-24 15:00", contact=maya.id))
    desk.book(a_request("2026-11-25 16:00", ben, contact=maya.id), by=ben)
    desk.meets(maya, "2026-11-24 17:00-18:00", title="Fitting", response=Response.TENTATIVE)
    desk.meets(maya, "2026-11-23 10:00-11:00", host=ben, title="secret", response=Response.DECLINED)

    desk.types("maya")
    assert desk.presses("Open") == [
        "*Maya Ortiz*",
        "maya@ortiz.test · also m@old.test",
        "Phone: +1 212 555 0100",
        "Time zone: New York (America/New_York)",
        "Tags: client, vip",
        ">Tea.",
        ">No milk",
        "[Book] [Edit] [Merge] [Delete] [Back]",
        "---",
        "*To come*",
        f"· {told('15:00', '15:30', 'Tue 24 Nov 15:00 Berlin')} · with Ana · {OWN}",
        f"· {told('17:00', '18:00', 'Tue 24 Nov 17:00 Berlin')} · with Ana · Fitting · in Google, answered with maybe",
        f"· {told('2026-11-25 16:00', '2026-11-25 16:30', 'Wed 25 Nov 16:00 Berlin')} · with Ben",
        "*So far*",
        f"· {told('2026-11-23 10:00', '2026-11-23 11:00', 'Mon 23 Nov 10:00 Berlin')} · with Ben · in Google, declined",
        "_ What colleagues' appointments are called is shown to them alone.",
    ]


def test_what_is_over_says_what_came_of_it(desk: ContactsDesk) -> None:
    maya = desk.has_contact()
    first = desk.book(a_request("2026-11-24 15:00", contact=maya.id)).appointment
    desk.book(a_request("2026-11-24 16:00", contact=maya.id))
    with desk.store.writing() as work:
        work.appointments.save(first.cancelled("", desk.clock.now()))
        work.commit()
    desk.at("2026-11-24 18:00")

    desk.types()
    assert [line.rpartition(" · ")[2] for line in desk.presses("Open")[-2:]] == ["Maya Ortiz and Ana", "cancelled"]


def test_foreign_text_on_a_card_is_literal(desk: ContactsDesk) -> None:  # fault 46
    desk.has_contact(
        name="<!channel> *Maya* \u202e<https://evil.test|bank>", note="<@U1> `x`\n>quoted", phone="_1_", tags=("~t~",)
    )
    desk.types()
    shown = "\n".join(desk.presses("Open"))
    for mark in ("<!", "<@", "<http", "\u202e", "*Maya*", "`", "_1_", "~t~"):
        assert mark not in shown


def test_a_contact_with_everything_there_can_be_fits_into_slack(desk: ContactsDesk) -> None:
    maya = desk.has_contact(
        "x" * 64 + "@" + "y" * 60 + ".test",
        "&" * 120,
        note="&" * 2000,
        phone="&" * 40,
        tags=tuple(f"{'t' * 38}{number:02}" for number in range(20)),
        zone="America/Argentina/ComodRivadavia",
    )
    for number in range(30):
        desk.store.tables.contact_addresses[maya.workspace_id, f"{'a' * 60}{number}@{'b' * 60}.test"] = maya.id
    for hour in range(10):
        desk.meets(maya, f"2026-11-25 {hour}:00-{hour}:30", title="&" * 300, response=Response.ACCEPTED)
        desk.meets(maya, f"2026-11-23 {hour}:00-{hour}:30", title="&" * 300, response=Response.ACCEPTED)

    desk.types("y" * 60)
    card = desk.presses("Open")
    assert card.count("_ and more") == 2
    for label in ("Edit", "Back", "Merge", "Back", "Delete"):
        desk.presses(label)


def test_book_opens_the_booking_form_with_the_contact_in_it(desk: ContactsDesk) -> None:
    desk.has_contact()
    desk.types()
    desk.presses("Open")
    assert "Contact: Maya Ortiz" in desk.presses("Book")


def test_a_contact_who_is_gone_meanwhile_is_told_so(desk: ContactsDesk) -> None:
    maya = desk.has_contact()
    desk.types()
    del desk.store.tables.contacts[maya.id]
    assert desk.presses("Open") == [
        "This contact is not there any more. It may have been merged or deleted.",
        "[Back]",
    ]


# fault 10
def test_a_contact_of_another_workspace_is_not_there(desk: ContactsDesk) -> None:
    other = replace(desk.has_contact(), id=UUID(int=77), workspace_id=UUID(int=9), name="Maya Elsewhere")
    desk.store.tables.contacts[other.id] = other
    assert [line for line in desk.types() if "Elsewhere" in line] == []
    for deed in ("open", "edit", "merge", "delete"):
        [(_, shown)] = desk.sends("contacts", f"{deed} {other.id} 1 - 0 0 ").shown
        assert "Elsewhere" not in str(shown)


@pytest.mark.parametrize("value", ["", "open", "open - 0 - 0 0 ", f"open {'-' * 36} 1 - 0 0 ", "steal - 0 - 0 0 "])
def test_what_no_button_of_ours_carries_does_nothing(desk: ContactsDesk, value: str) -> None:
    with pytest.raises(NotFound):
        desk.sends("contacts", value)


# --- Left out -------------------------------------------------------------------------------------------------


def test_whoever_was_left_out_can_be_allowed_again(desk: ContactsDesk) -> None:
    with desk.store.writing() as work:
        for pattern in ("maya@ortiz.test", "@chen.test"):
            work.invitees.block(acting(ana), pattern, desk.clock.now())
        work.commit()
    desk.types()
    assert desk.presses("Left out") == [
        "Colleagues never become contacts: full members of this workspace, and everybody at your own domains.",
        "*Our domains*  none named. _An admin can change them here._",
        "---",
        "*Never added*",
        "· everybody at chen.test [Allow again]",
        "· maya@ortiz.test [Allow again]",
        "[Back]",
    ]
    assert desk.presses("Allow again", near="chen.test")[0] == (
        "everybody at chen.test may become a contact again, at the latest when an event of theirs changes."
    )
    with desk.store.reading() as work:
        assert work.invitees.blocked(acting(ana).workspace_id) == {"maya@ortiz.test"}


def test_an_admin_says_which_domains_are_ours_and_public_mail_is_none_of_them(desk: ContactsDesk) -> None:
    boss = replace(ana, is_admin=True)
    desk.types(by=boss)
    assert desk.presses("Left out", by=boss)[1] == "Our domains: "
    for typed, mistake in (
        ("gmail.com", "Anybody gets an address at gmail.com, so it cannot be one of yours alone. Leave it out."),
        ("acme", "acme is no domain. Write what stands behind the @, like acme.test."),
    ):
        desk.fills("contact_domains", typed)
        assert dict(desk.prepares().mistakes) == {"contact_domains": mistake}
    desk.fills("contact_domains", "@Acme.test, acme.test\nmünchen.test")
    lines = desk.submits(by=boss)
    assert lines[0] == "Saved. Events with people at these domains are looked at again; others as they change."
    with desk.store.reading() as work:
        assert work.invitees.domains(acting(ana).workspace_id) == {"acme.test", "xn--mnchen-3ya.test"}


def test_nobody_else_says_so(desk: ContactsDesk) -> None:
    boss = replace(ana, is_admin=True)
    desk.types(by=boss)
    desk.presses("Left out", by=boss)
    desk.fills("contact_domains", "acme.test")
    with pytest.raises(NotAllowed, match="Only an admin"):
        desk.submits(by=ben)


# --- Whatever made him ----------------------------------------------------------------------------------------


def test_a_contact_made_by_booking_is_told_to_triggers_once(desk: ContactsDesk) -> None:
    desk.listens()
    desk.book(a_request("15:00", ben), by=ana)
    desk.book(a_request("16:00"))
    [maya] = desk.contacts()
    heard = [(one.version, one.booked_in, one.hosts, one.contacts) for one in desk.heard()]
    assert heard == [(1, BookedIn.DAYBOOK, (ben.id,), (maya,))]


def test_a_contact_made_by_hand_is_told_to_triggers(desk: ContactsDesk) -> None:
    desk.listens()
    desk.types()
    desk.presses("New contact")
    desk.fills("contact_email", "lee@chen.test")
    desk.submits()
    assert [(one.what, one.booked_in, one.hosts) for one in desk.heard()] == [
        (What.CONTACT_ADDED, BookedIn.DAYBOOK, (ana.id,))
    ]
