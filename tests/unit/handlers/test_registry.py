"""What is registered is found by kind and name, and no name stands for two things."""

from dataclasses import replace

import pytest

from bot.domain.people import Actor
from bot.domain.reading_habits import EVERYBODYS, Habits, HourCycle
from bot.rendering.form_blocks import Choice, option
from bot.rendering.names import ActionId, numbered
from bot.rendering.reader import hour_cycle
from bot.rendering.surfaces import Block
from bot.rendering.zones import clock_time
from bot.usecases.resolve_actor import Asker
from handlers.interaction import Action, Command, Fact, Search
from handlers.parsing import parse_fact
from handlers.payload import Payload
from handlers.registry import Kind, Registry, on_action, on_command, on_fact, on_search
from handlers.reply import Reply
from tests.builders import BERLIN, second
from tests.unit.handlers.acting import RecordingReply, acting
from tests.unit.rendering.answers import ana


def nothing(_actor: Actor, _asked: Action | Command, _reply: Reply) -> None: ...


def test_an_action_is_found_by_its_name_without_the_mark() -> None:
    handler = on_action(ActionId.RUN, nothing)
    registry = Registry([handler])
    assert registry.find(Kind.ACTION, numbered(ActionId.RUN, "status")) is handler
    assert registry.find(Kind.ACTION, "running") is None


def test_a_name_means_one_thing_within_a_kind_only() -> None:
    command, action = on_command("same", nothing), on_action("same", nothing)
    registry = Registry([command, action])
    assert registry.find(Kind.COMMAND, "same") is command
    assert registry.find(Kind.ACTION, "same") is action


def test_two_handlers_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="share a kind and a name"):
        Registry([on_command("same", nothing), on_command("same", nothing)])


def test_what_merely_happens_to_a_person_needs_no_actor_and_answers_nobody() -> None:
    seen: list[Asker] = []

    def changed(event: Fact) -> None:
        seen.append(event.asker)

    def refuse(_asker: Asker) -> Actor:
        raise AssertionError("nobody is to be resolved")

    handler = on_fact("user_change", parse_fact, changed)
    reply = RecordingReply()
    body = {"team_id": "T1", "event": {"user": {"id": "U1", "team_id": "T1"}}}
    handler.prepare(Payload(body)).work(refuse, reply)
    assert handler.is_silent
    assert seen == [Asker("U1", "T1", "T1")]
    assert reply.shown == []


def test_a_select_is_answered_for_the_one_who_types() -> None:
    def found(actor: Actor, search: Search) -> list[Block]:
        return [option(Choice(f"{search.typed} for {actor.name}", "1"))]

    prepared = on_search("contact", found).prepare(Payload({"action_id": "contact", "value": "may"}))
    [shown] = prepared.search(lambda _asker: acting(ana))
    assert shown["text"] == {"type": "plain_text", "text": "may for Ana", "emoji": False}


def test_each_is_answered_by_his_own_clock_and_the_next_one_on_the_thread_by_his() -> None:
    told: list[str] = []

    def answer(_actor: Actor, _command: Command, _reply: Reply) -> None:
        told.append(clock_time(second("15:00"), BERLIN))

    def asked_by(habits: Habits) -> None:
        prepared = on_command("daybook", answer).prepare(Payload({"user_id": "U1", "team_id": "T1"}))
        prepared.work(lambda _asker: replace(acting(ana), habits=habits), RecordingReply())

    american = Habits(HourCycle.TWELVE, first_day=6)
    for habits in (american, EVERYBODYS, american):
        asked_by(habits)
        told.append(hour_cycle())
    assert told == ["3:00 PM", "24", "15:00", "24", "3:00 PM", "24"]


def test_who_fails_to_be_answered_leaves_nothing_to_the_next_one() -> None:
    def fail(_actor: Actor, _command: Command, _reply: Reply) -> None:
        raise RuntimeError

    prepared = on_command("daybook", fail).prepare(Payload({"user_id": "U1", "team_id": "T1"}))
    with pytest.raises(RuntimeError):
        prepared.work(lambda _asker: replace(acting(ana), habits=Habits(HourCycle.TWELVE)), RecordingReply())
    assert hour_cycle() is HourCycle.TWENTY_FOUR


def test_a_select_offers_times_by_the_clock_of_the_one_who_types() -> None:
    def found(_actor: Actor, _search: Search) -> list[Block]:
        return [option(Choice(clock_time(second("15:00"), BERLIN), "x"))]

    prepared = on_search(ActionId.CONTACT, found).prepare(Payload({"user": {"id": "U1", "team_id": "T1"}}))
    [offered] = prepared.search(lambda _asker: replace(acting(ana), habits=Habits(HourCycle.TWELVE)))
    assert offered["text"]["text"] == "3:00 PM"  # type: ignore[index]
