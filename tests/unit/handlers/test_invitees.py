"""The question about people in a host's calendar who are no contacts, and his answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendars import ONE_WAY
from bot.domain.contacts import new_contact
from bot.domain.errors import NotAllowed, NotFound, ProviderDown
from bot.domain.invitee_questions import InviteeAnswer
from bot.domain.occasions import BookedIn, What
from bot.domain.people import Standing
from bot.rendering.invitees import invitees_message
from tests.builders import second
from tests.unit.handlers.acting import acting
from tests.unit.handlers.contacts_desk import ContactsDesk
from tests.unit.rendering.answers import ACME, ana, ben
from tests.unit.usecases.booking_house import a_request

MAYA, LEE, ANN = "Maya Ortiz <maya@ortiz.test>", "Lee Chen <lee@chen.test>", "Ann <ann@gmail.com>"
TOLD = (
    "Where you add or link somebody, events with that person become appointments; where you ignore somebody, they "
    "stay teal. Whatever you answer, nobody is e-mailed."
)
DECIDED = (
    "*There is nobody left to decide about here.* You are not asked about them again. "
    "Changed your mind? Add them under `/daybook contacts`, with *New contact*."
)


@pytest.fixture
def desk() -> ContactsDesk:
    return ContactsDesk()


def test_one_message_asks_about_all_of_them(desk: ContactsDesk) -> None:
    assert desk.is_invited_by(MAYA, LEE, ANN) == [
        f"*3 invitees in your Google calendar are no contacts yet.* {TOLD}",
        "*Ann*",
        "ann@gmail.com",
        "[Add] [ ▾] [Ignore]",
        "*Lee Chen*",
        "lee@chen.test",
        "[Add] [ ▾] [Ignore] [Never for chen.test]",
        "*Maya Ortiz*",
        "maya@ortiz.test",
        "[Add] [ ▾] [Ignore] [Never for ortiz.test]",
        "[Add all 3] [Ignore all 3]",
    ]
    assert [who for who, _ in desk.notifier.asked_about_invitees] == ["U1"]


def test_nobody_is_asked_before_others_could_join_or_twice(desk: ContactsDesk) -> None:
    with desk.store.writing() as work:
        work.invitees.ask(ACME.id, ana.id, [new_contact("maya@ortiz.test", "Maya")], desk.clock.now())
        work.commit()
    counts = []
    for seconds in (0, 59, 1, 3600):
        desk.clock.time += timedelta(seconds=seconds)
        counts.append(desk.ask())
    assert counts == [0, 0, 1, 0]


def test_each_answer_brings_the_message_up_to_date(desk: ContactsDesk) -> None:
    known = desk.has_contact("lee@home.test", "Lee <Chen>")
    desk.is_invited_by(MAYA, LEE, ANN)

    assert desk.presses("Add", near="Maya")[-2:] == [
        "_ Maya Ortiz (maya@ortiz.test): added",
        "[Add all 2] [Ignore all 2]",
    ]
    assert desk.picks("invitee_link:", "nobody")[0].startswith("*2 invitees")
    desk.presses("Ignore", near="Ann")
    assert desk.picks("invitee_link:", known.id) == [
        DECIDED,
        "_ Ann (ann@gmail.com): ignored",
        "_ Lee Chen (lee@chen.test): linked to Lee &lt;Chen&gt;",
        "_ Maya Ortiz (maya@ortiz.test): added",
    ]

    assert sorted(one.email for one in desk.contacts()) == ["lee@home.test", "maya@ortiz.test"]
    with desk.store.reading() as work:
        assert work.contacts.by_address(ACME.id, ["lee@chen.test"]) == {"lee@chen.test": known}


def test_whoever_was_decided_on_is_never_asked_about_again(desk: ContactsDesk) -> None:
    desk.is_invited_by(MAYA, LEE, ANN)
    desk.presses("Add", near="Maya")
    desk.presses("Ignore", near="Ann")
    desk.presses("Never for chen.test")
    with desk.store.writing() as work:
        people = [new_contact(email, "") for email in ("maya@ortiz.test", "ann@gmail.com", "lee@chen.test")]
        work.invitees.ask(ACME.id, ana.id, people, desk.clock.now())
        work.commit()
    desk.clock.time += timedelta(days=1)
    assert desk.ask() == 0


def test_adding_is_for_everybody_and_ignoring_for_oneself(desk: ContactsDesk) -> None:
    desk.is_invited_by(MAYA, LEE, host=ben)
    desk.is_invited_by(MAYA, LEE)
    desk.presses("Add", near="Maya")
    desk.presses("Ignore", near="Lee")

    answers = {one.email: one.answer for one in desk.cases.answer_invitee.batch(acting(ben), 1).questions}
    assert answers == {"maya@ortiz.test": InviteeAnswer.ADDED, "lee@chen.test": None}


def test_never_for_a_domain_settles_all_of_it_for_everybody(desk: ContactsDesk) -> None:
    desk.is_invited_by("Tim <tim@chen.test>", MAYA, host=ben)
    desk.is_invited_by(LEE, "Joe <joe@chen.test>", MAYA)

    assert desk.presses("Never for chen.test", near="Lee")[1:4] == [
        "_ Joe (joe@chen.test): never anybody at chen.test",
        "_ Lee Chen (lee@chen.test): never anybody at chen.test",
        "*Maya Ortiz*",
    ]
    with desk.store.reading() as work:
        assert work.invitees.blocked(ACME.id) == {"@chen.test"}
    assert [one.email for one in desk.cases.answer_invitee.batch(acting(ben), 1).open] == ["maya@ortiz.test"]


def test_whoever_was_left_out_is_asked_about_again_once_he_is_allowed(desk: ContactsDesk) -> None:
    desk.is_invited_by(LEE, MAYA)
    desk.presses("Never for chen.test")
    desk.types()
    desk.presses("Left out")
    desk.presses("Allow again")
    assert desk.is_invited_by(LEE, MAYA)[1:3] == ["*Lee Chen*", "lee@chen.test"]


def test_a_public_mail_domain_cannot_be_left_out(desk: ContactsDesk) -> None:
    lines = desk.is_invited_by(ANN)
    assert [line for line in lines if "Never" in line] == []
    forged = desk.carries("Ignore").replace("ignore", "never")
    with pytest.raises(NotAllowed, match=r"Anybody gets an address at gmail\.com"):
        desk.sends("invitee", forged)


def test_all_on_a_page_are_answered_at_once_and_the_next_page_follows(desk: ContactsDesk) -> None:
    people = [f"Person {number:02} <p{number:02}@x{number}.test>" for number in range(1, 21)]
    first = desk.is_invited_by(*people)
    assert first[0].startswith("*20 invitees")
    assert first[-3:] == ["[Add all 5] [Ignore all 5]", "_ 1-5 of 20", "[Next]"]

    desk.presses("Ignore", near="Person 01")
    second = desk.presses("Add all 4")
    assert second[0].startswith("*15 invitees")
    assert second[1] == "*Person 06*"
    assert second[-2:] == ["_ 6-10 of 20", "[Previous] [Next]"]
    back = desk.presses("Previous")
    assert back[1:3] == ["_ Person 01 (p01@x1.test): ignored", "_ Person 02 (p02@x2.test): added"]
    assert len(desk.contacts()) == 4

    desk.presses("Next")
    desk.presses("Ignore all 5")
    desk.presses("Ignore all 5")
    assert desk.presses("Ignore all 5")[0] == DECIDED


def test_adding_tells_triggers_and_has_the_events_decided_anew(desk: ContactsDesk) -> None:
    desk.listens()
    desk.is_two_way()
    desk.is_invited_by(MAYA, LEE)
    desk.presses("Add all 2")
    assert [(one.what, one.version, one.booked_in, one.hosts) for one in desk.heard()] == [
        (What.CONTACT_ADDED, 1, BookedIn.GOOGLE, (ana.id,))
    ] * 2


def test_whoever_became_a_contact_while_he_waited_is_not_asked_about(desk: ContactsDesk) -> None:
    with desk.store.writing() as work:
        people = [new_contact(one, "") for one in ("maya@ortiz.test", "x@barred.test", "y@acme.test", "lee@chen.test")]
        work.invitees.ask(ACME.id, ana.id, people, desk.clock.now())
        work.invitees.block(acting(ana), "@barred.test", desk.clock.now())
        work.invitees.set_domains(acting(ana), ["acme.test"], desk.clock.now())
        work.commit()
    desk.book(a_request())  # with Maya
    desk.clock.time += timedelta(minutes=1)
    desk.ask()
    assert [one.email for one in desk.batch().questions] == ["lee@chen.test"]


def test_a_press_that_comes_twice_or_late_changes_nothing(desk: ContactsDesk) -> None:  # fault 4
    desk.is_invited_by(MAYA, LEE)
    add, ignore = desk.carries("Add", near="Maya"), desk.carries("Ignore", near="Maya")
    for value in (add, add, ignore):
        desk.sends("invitee", value)
    assert [one.email for one in desk.contacts()] == ["maya@ortiz.test"]
    assert [one.answer for one in desk.cases.answer_invitee.batch(acting(ana), 1).questions] == [
        None,
        InviteeAnswer.ADDED,
    ]


# fault 11
def test_nobody_answers_for_another_host(desk: ContactsDesk) -> None:
    desk.is_invited_by(MAYA, LEE)
    for label in ("Add", "Ignore", "Never for ortiz.test", "Add all 2"):
        value = desk.carries(label, near="" if label == "Add all 2" else "Maya")
        with pytest.raises(NotFound):
            desk.sends("invitee", value, ben)
    assert desk.contacts() == []


@pytest.mark.parametrize(
    "value", ["", "add 1 0", f"steal 1 0 {'0' * 8}-0000-0000-0000-{'0' * 12}", f"add 1 0 {'-' * 36}"]
)
def test_what_no_button_of_ours_carries_does_nothing(desk: ContactsDesk, value: str) -> None:
    with pytest.raises(NotFound):
        desk.sends("invitee", value)


def test_what_slack_did_not_take_is_asked_later(desk: ContactsDesk) -> None:
    desk.notifier.refusals.append(ProviderDown("Slack did not take the message."))
    with desk.store.writing() as work:
        work.invitees.ask(ACME.id, ana.id, [new_contact("maya@ortiz.test", "Maya")], desk.clock.now())
        work.commit()
    desk.clock.time += timedelta(minutes=1)
    assert (desk.ask(), desk.ask()) == (0, 0)
    desk.clock.time += timedelta(hours=1)
    assert (desk.ask(), desk.ask()) == (1, 0)


def test_who_left_is_asked_nothing(desk: ContactsDesk) -> None:  # fault 13
    desk.store.tables.members[ana.id] = replace(ana, standing=Standing.DEACTIVATED)
    with desk.store.writing() as work:
        work.invitees.ask(ACME.id, ana.id, [new_contact("maya@ortiz.test", "Maya")], desk.clock.now())
        work.commit()
    desk.clock.time += timedelta(minutes=1)
    desk.ask()
    assert desk.notifier.asked_about_invitees == []


def test_a_lost_message_is_found_in_the_list_of_contacts(desk: ContactsDesk) -> None:
    desk.is_invited_by(MAYA, LEE)
    assert desk.types()[0] == "*2 invitees from your calendar* wait for your word. [Decide]"
    assert desk.presses("Decide")[0] == f"*2 invitees in your Google calendar are no contacts yet.* {TOLD}"
    desk.presses("Ignore all 2")
    assert desk.types()[0] == "Search: "


def test_foreign_names_are_literal_and_fit(desk: ContactsDesk) -> None:  # fault 46
    evil = [f"<!channel> *x* {'&' * 100} <p{number}@{'a' * 60}.{'b' * 60}.test>" for number in range(8)]
    with desk.store.writing() as work:
        people = [replace(new_contact(one.rpartition("<")[2].rstrip(">"), ""), name=one) for one in evil]
        work.invitees.ask(ACME.id, ana.id, people, desk.clock.now())
        work.commit()
    desk.clock.time += timedelta(minutes=1)
    desk.ask()
    lines = "\n".join(desk.is_asked(invitees_message(desk.batch())))
    assert "<!channel>" not in lines
    assert "*x*" not in lines


def test_in_a_calendar_that_is_one_way_now_there_is_nothing_to_decide(desk: ContactsDesk) -> None:
    desk.is_invited_by(MAYA)
    desk.has_option(ONE_WAY)
    assert desk.presses("Add") == [
        (
            "*Ana* is one-way now, so there is nothing to decide. Under two-way they wait for your word in "
            "`/daybook contacts` again."
        )
    ]
    assert desk.contacts() == []
    assert not any("for your word" in line for line in desk.types())


def test_in_a_calendar_that_asks_again_they_wait_again(desk: ContactsDesk) -> None:
    desk.is_invited_by(MAYA)
    desk.has_option(ONE_WAY)
    desk.is_two_way()
    assert "*1 invitee from your calendar* waits for your word. [Decide]" in desk.types()


def test_each_is_named_with_the_meeting_to_come(desk: ContactsDesk) -> None:
    desk.stands_in_an_event("maya@ortiz.test", "15:00-16:00", title="Board *call*")
    start = f"<!date^{second('15:00')}^{{date_short}} {{time}}|Tue 24 Nov 14:00 UTC>"
    assert f"maya@ortiz.test · in *Board ∗call∗*, {start}" in desk.is_invited_by(MAYA)
