"""What `/daybook forget` shows and sends."""

import json
from uuid import UUID

import pytest

from bot.domain.accounts import Provider
from bot.domain.appointments import AppointmentStatus
from bot.domain.connections import Revocation
from bot.domain.contact_views import ContactMeeting, DeleteShown
from bot.domain.contacts import Contact
from bot.domain.erasure import ContactForgotten, EndedGrant, Forgetting, MemberHeld, Redaction
from bot.domain.errors import NotFound
from bot.domain.intervals import Interval
from bot.rendering.export import MOST_MESSAGES, export_messages
from bot.rendering.forgetting import (
    address_option,
    contact_forgotten,
    forget_contact_form,
    forget_modal,
)
from bot.rendering.forgetting_me import forget_me_form, member_forgotten
from bot.rendering.standing import named_in
from tests.contracts.appointment_builders import an_appointment
from tests.unit.handlers.acting import acting
from tests.unit.rendering.answers import ACME, NOON, ana
from tests.unit.rendering.screen import read_message, read_view

MAYA = Contact(UUID(int=7), ACME.id, "maya@ortiz.test", "Maya <!channel>", version=3)


def held(**changes: object) -> MemberHeld:
    told: dict[str, object] = {"addresses": ("ana@acme.test",), "calendars": 3, "events": 1, "standing": ()}
    return MemberHeld(**(told | {"zone": "Europe/Berlin"} | changes))  # type: ignore[arg-type]


def test_the_first_view_has_both_ways() -> None:
    assert read_view(forget_modal()) == [
        "*Forget me*",
        "Erase what Daybook stores of you, and give your permissions back.",
        "[Forget me…]",
        "---",
        "*Forget a contact*",
        "Erase a person outside your team, for your whole workspace.",
        "[ ▾]",
        "_ An address that is nobody's in the list is offered once you typed all of it.",
        "_ Nothing is erased before you confirm it. You can have what is stored sent to you first.",
    ]


def test_the_question_about_oneself_says_what_goes_and_what_stays() -> None:
    view = forget_me_form(held(), ana.id)
    assert (view.submit, view.close, view.private_metadata) == ("Forget me", "Keep", str(ana.id))
    assert read_view(view) == [
        "Erase *you* from Daybook? It cannot be undone.",
        (
            "· Connected: *ana@acme.test*. Each permission is given back to Google or Zoom, unless another "
            "member's or workspace's connection of the same account needs it."
        ),
        "· 3 calendars and 1 event read from there, your hours, settings, offers and triggers are erased.",
        '· Past appointments stay for the others in them, with "somebody who left"; your notes in them go.',
        '· Appointments to come that you booked for others stay too, booked by "somebody who left".',
        "· Nobody is told.",
        (
            "Daybook does not erase what stands in Google, Zoom and Slack, such as past events and messages, nor "
            "what backups of its database hold."
        ),
        "[Export first] [Back]",
    ]


def test_whoever_is_being_forgotten_is_asked_no_more() -> None:
    assert forget_me_form(held(under_way=True), ana.id).submit == ""


def test_the_question_about_a_contact_names_him_literally() -> None:
    view = forget_contact_form(DeleteShown(MAYA, (), in_google=False, zone="UTC"))
    assert view.private_metadata == f"{MAYA.id} 3"
    assert read_view(view) == [
        "Forget *Maya &lt;!channel&gt;* (maya@ortiz.test) for your whole workspace? It cannot be undone.",
        (
            "· Name, addresses, phone, time zone, tags and note are erased, also where past appointments, the "
            "history, triggers' entries and stored events hold them."
        ),
        '· Past appointments stay, with "a deleted contact" and without their note; their cards change too.',
        ("· Google brings the person back no more. Whoever books or adds this address on purpose makes a new contact."),
        (
            "· Not erased: events in anybody's Google calendar, meetings in Zoom, messages sent before, what "
            "triggers sent elsewhere, and backups."
        ),
        "[Export first] [Back]",
    ]


def test_appointments_of_ones_own_are_named_and_cancelled_with_the_contact() -> None:
    one = an_appointment(acting(ana), "17:00-18:00")
    mine = ContactMeeting(one.span, (ana,), one.title, status=one.status, appointment=one)
    view = forget_contact_form(DeleteShown(MAYA, (mine,), in_google=False, zone="UTC"))
    assert (view.submit, view.private_metadata) == ("Cancel and forget", f"{MAYA.id} 3 {one.id}:1")
    assert read_view(view)[0] == (
        "*These appointments with Maya &lt;!channel&gt; are to come.* They are cancelled first: their events in Google "
        "and meetings in Zoom go, and whoever was invited is told."
    )


def test_appointments_of_colleagues_stand_in_the_way_of_forgetting_a_contact() -> None:
    theirs = ContactMeeting(Interval(60, 120), (ana,), status=AppointmentStatus.CONFIRMED)
    view = forget_contact_form(DeleteShown(MAYA, (theirs,), in_google=False, zone="UTC"))
    assert (view.submit, read_view(view)[0]) == (
        "",
        (
            "*Maya &lt;!channel&gt;* cannot be forgotten yet: these appointments are to come. Cancel them first, or "
            "ask the host to."
        ),
    )


def test_a_member_has_eight_appointments_at_a_time_named_and_cancelled() -> None:
    standing = tuple(an_appointment(acting(ana), f"{hour}:00-{hour}:30") for hour in range(8, 18))
    view = forget_me_form(held(standing=standing), ana.id)
    named = " ".join(f"{one.id}:1" for one in standing[:8])
    assert (view.submit, view.private_metadata) == ("Cancel and forget me", f"{ana.id} {named}")
    assert "_ +2 more: you are asked about them next." in read_view(view)


def test_an_address_of_nobody_in_the_list_is_offered_once_it_is_whole() -> None:
    def offered(typed: str) -> list[object]:
        return [one["value"] for one in address_option(typed)]

    assert offered("maya@ort") == ["nobody"]
    assert offered("Maya@Ortiz.Test") == ["address maya@ortiz.test"]
    assert offered(f"{'m' * 60}@{'o' * 60}.{'r' * 60}.test") == []


def test_what_no_form_of_ours_carries_names_nothing() -> None:
    assert (named_in(""), named_in(f"{MAYA.id}:2")) == ((), ((MAYA.id, 2),))
    for forged in (f"{'a' * 36}:1", "x", f"{MAYA.id}:2 y:1"):
        with pytest.raises(NotFound):
            named_in(forged)


def test_the_report_about_a_contact_names_what_remains() -> None:
    assert read_view(contact_forgotten(MAYA, ContactForgotten(2, 1, 1, 2))) == [
        "*Maya &lt;!channel&gt;* is forgotten.",
        "· 2 past appointments were changed",
        "· 1 event read from Google names the person no more",
        (
            "Not erased: events in anybody's Google calendar, meetings in Zoom, messages sent before, what triggers "
            "sent elsewhere, and backups. Daybook wrote 1 event in Google and 2 meetings in Zoom."
        ),
    ]


def test_the_report_to_a_member_says_what_became_of_each_permission() -> None:
    ended = (EndedGrant(Provider.GOOGLE, Revocation.DONE), EndedGrant(Provider.ZOOM, Revocation.FAILED))
    assert read_message(member_forgotten(Forgetting(ACME.id, ana.id, "U1", NOON, ended=ended))) == [
        (
            "*You are forgotten.* Erased are your name, calendars and their events, hours, offers, triggers and "
            "accounts."
        ),
        "· Google: 1 permission given back.",
        "· Zoom did not take a permission back just now: remove Daybook in your Zoom account.",
        '· Past appointments stay for the others in them, with "somebody who left".',
        (
            "· Google, Zoom and Slack keep what was written there: events, meetings, messages. Erase these "
            "yourself there."
        ),
        "· Your colleagues' calendars may name you: what Daybook reads there is theirs.",
        "· Backups of Daybook's database keep what they hold until whoever runs Daybook deletes them.",
        "_ If you use Daybook again, or open its Home, it knows your name, zone and role from Slack anew.",
    ]


def test_an_export_is_json_in_which_slack_finds_no_marks_of_its_own() -> None:
    rows = [{"note": f"<!channel> `x` & {number} {'n' * 200}"} for number in range(100)]
    messages, is_whole = export_messages("Maya", {"contact": rows})
    texts = [str(block["text"]["text"]) for one in messages for block in one.blocks[1:]]  # type: ignore[index]
    assert is_whole
    assert [text for text in texts if len(text) > 3000 or not text.startswith("```\n")] == []
    whole = "\n".join(text.removeprefix("```\n").removesuffix("\n```") for text in texts)
    assert [mark for mark in "<>&`" if mark in whole] == []
    assert json.loads(whole) == {"contact": rows}


def test_an_export_that_is_too_long_says_that_it_was_cut() -> None:
    messages, is_whole = export_messages("you", {"appointments": [{"note": "n" * 2000}] * 500})
    assert (len(messages), is_whole) == (MOST_MESSAGES, False)
    assert "The rest was too long for Slack" in read_message(messages[-1])[0]


def test_names_are_taken_out_of_texts_as_whole_words() -> None:
    without = Redaction(("Maya Li", "maya@ortiz.test"), "somebody")
    assert (
        without("Maya Li and Amaya, MAYA, Li; maya@ortiz.test (Maya)")
        == "somebody and Amaya, somebody, Li; somebody (somebody)"
    )
    assert Redaction(("", " "), "somebody")("nobody is named") == "nobody is named"
