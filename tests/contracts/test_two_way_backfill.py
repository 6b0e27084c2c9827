"""What was so before somebody listened is no news: declines, answers, additions, pauses."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.domain.calendars import ONE_WAY, TWO_WAY, ContactPolicy, SyncOption
from bot.domain.contact_edits import ContactTyped, read_new
from bot.domain.events import Response
from bot.domain.invitee_questions import InviteeAnswer, InviteeBatch
from bot.domain.people import Member
from bot.ports import Store
from bot.usecases.answer_invitee import AnswerInvitee
from bot.usecases.ask_about_invitees import AskAboutInvitees
from bot.usecases.delete_contact import DeleteContact
from bot.usecases.edit_contact import CreateContact
from bot.usecases.stop_trigger import PauseTrigger
from tests.contracts.storage_builders import new_id
from tests.contracts.two_way_house import BEFORE, LEE, MADE, MAYA, TwoWay, invited

pytestmark = pytest.mark.slow

NINE, TEN = "2026-11-24 9:00-10:00", "2026-11-24 10:00-11:00"
BOOKED = "booked Demo 2026-11-24T09:00+01:00"
ASK = replace(TWO_WAY, contact_policy=ContactPolicy.ASK)
KNOWN_ONLY = replace(TWO_WAY, contact_policy=ContactPolicy.KNOWN_ONLY)
QUIET = replace(ASK, fire_triggers=False)


@dataclass
class Slack:
    """Keeps whom hosts were asked about."""

    asked: list[Sequence[str]] = field(default_factory=list)

    def ask_about_invitees(self, host: Member, batch: InviteeBatch) -> None:
        self.asked.append([one.email for one in batch.open])


def asked(house: TwoWay) -> list[Sequence[str]]:
    """Whom Ana is asked about from now on; it takes a while."""
    slack = Slack()
    house.clock.time += timedelta(minutes=5)
    AskAboutInvitees(house.store, slack, house.clock)()  # type: ignore[arg-type]  # as much of it as is needed
    return slack.asked


def answers(house: TwoWay, answer: InviteeAnswer = InviteeAnswer.ADDED) -> None:
    with house.store.reading() as work:
        batch = work.invitees.waiting(house.ana.actor)
    assert batch is not None
    AnswerInvitee(house.store, house.clock, new_id)(house.ana.actor, batch.questions[0].id, answer)
    house.settle()


def knows(house: TwoWay, email: str, name: str) -> None:
    """Somebody adds that contact by hand."""
    written, edit = read_new(ContactTyped(name=name, phone="", zone="", tags="", note="", email=email))
    CreateContact(house.store, house.clock, new_id)(house.ana.actor, written, edit)
    house.settle()


def test_who_declined_long_ago_is_no_news_when_he_becomes_a_contact(store: Store) -> None:
    house = TwoWay(store, KNOWN_ONLY)
    knows(house, MAYA, "Maya Ortiz")
    house.put(invited("demo", NINE, MAYA, LEE, said={LEE: Response.DECLINED}, created_at=BEFORE))
    house.run()
    house.switch(house.ana, TWO_WAY)
    house.run()

    assert (house.declined(), house.contacts()) == ([], ["Lee Chen <lee@chen.test>", "Maya Ortiz <maya@ortiz.test>"])


def test_who_declines_after_he_became_a_contact_is_told_of(store: Store) -> None:
    house = TwoWay(store)
    house.put(invited("demo", NINE, MAYA, LEE, created_at=BEFORE))
    house.run()
    house.put(invited("demo", NINE, MAYA, LEE, said={LEE: Response.DECLINED}, created_at=BEFORE))
    house.run()
    assert house.declined() == ["Ana: Lee Chen, Demo"]


@pytest.mark.parametrize(
    ("option", "made_at", "heard"),
    [(ASK, MADE, ["Maya Ortiz"]), (ASK, BEFORE, []), (QUIET, MADE, []), (ASK, None, [])],
    ids=["since the switch", "before it", "triggers off", "nobody knows when"],
)
def test_an_answer_fires_for_what_was_made_since_the_switch(
    store: Store, option: SyncOption, made_at: datetime | None, heard: list[str]
) -> None:
    house = TwoWay(store, option)
    house.put(invited("demo", NINE, MAYA, created_at=made_at))
    house.run()
    assert asked(house) == [[MAYA]]
    answers(house)

    assert (house.added(), house.contacts()) == (heard, ["Maya Ortiz <maya@ortiz.test>"])


def test_an_answer_fires_when_the_latest_of_the_events_is_new(store: Store) -> None:
    house = TwoWay(store, ASK)
    for event_id, made_at in (("old", BEFORE), ("new", MADE), ("older", BEFORE - timedelta(days=1))):
        house.put(invited(event_id, NINE, MAYA, created_at=made_at))
        house.run()
    assert asked(house) == [[MAYA]]
    answers(house)
    assert house.added() == ["Maya Ortiz"]


def test_an_answer_after_another_switch_fires_nothing(store: Store) -> None:
    house = TwoWay(store, ASK)
    house.put(invited("demo", NINE, MAYA))
    house.run()
    assert asked(house) == [[MAYA]]
    house.switch(house.ana, ONE_WAY)
    house.switch(house.ana, ASK)
    house.run()
    answers(house)
    assert house.added() == []


def test_who_is_deleted_and_invited_still_is_no_new_contact_to_triggers(store: Store) -> None:
    house = TwoWay(store)
    house.put(invited("demo", NINE, MAYA))
    house.run()
    with store.reading() as work:
        maya = work.contacts.by_address(house.ana.actor.workspace_id, [MAYA])[MAYA]
    DeleteContact(store, house.clock)(house.ana.actor, maya.id, version=maya.version, never_again=False)
    house.run()

    assert house.contacts() == ["Maya Ortiz <maya@ortiz.test>"]
    with store.reading() as work:
        fired = [one.occasion.what.value for one in work.firings.of(house.trigger.id, limit=9)]
    assert sorted(fired) == ["booked", "contact_added"]


def test_what_was_made_while_a_trigger_was_paused_fires_nothing_after_it(store: Store) -> None:
    house = TwoWay(store)
    pause = PauseTrigger(store, house.clock)
    pause(house.ana.actor, house.trigger.id, is_paused=True)
    house.put(invited("meanwhile", TEN, MAYA, created_at=house.clock.now() + timedelta(minutes=2)))
    house.clock.time += timedelta(minutes=5)
    pause(house.ana.actor, house.trigger.id, is_paused=False)
    house.put(invited("demo", NINE, MAYA, created_at=house.clock.now() + timedelta(minutes=1)))
    house.clock.time += timedelta(minutes=3)
    house.run()

    assert (house.told(), len(house.taken())) == ([BOOKED], 2)
