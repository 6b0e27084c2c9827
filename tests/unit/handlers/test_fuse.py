"""The answers to a question about a loss, pressed by its owner and by others."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotFound
from bot.domain.fuse import Fuse
from bot.domain.people import Member
from bot.rendering.surfaces import Message
from bot.usecases.answer_fuse import AnswerFuse
from handlers.actions.fuse import handlers
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import RecordingReply, pressed, run
from tests.unit.rendering.answers import ana, ben
from tests.unit.rendering.screen import read_message

LOSS = Fuse(number=3, gone=41, coming=60)


def asked() -> Acme:
    """Ana was asked about a loss in her calendar."""
    acme = Acme()
    rows, calendar_id = acme.store.tables.calendars, acme.calendars[ana.id].id
    rows[calendar_id] = replace(rows[calendar_id], calendar=replace(rows[calendar_id].calendar, fuse=LOSS))
    return acme


def press(acme: Acme, action: str, value: str = "", member: Member = ana) -> RecordingReply:
    value = value or f"{acme.calendars[ana.id].id} 3"
    return run(pressed(handlers(AnswerFuse(acme.store, acme.clock)), action, value), member)


def fuse_of(acme: Acme) -> Fuse | None:
    return acme.store.tables.calendars[acme.calendars[ana.id].id].calendar.fuse


# fault 39
@pytest.mark.parametrize(
    ("action", "said", "fuse"),
    [
        (
            "remove_lost:x",
            "What Google no longer lists in *Ana* is being removed; its time becomes free.",
            replace(LOSS, is_approved=True),
        ),
        (
            "keep_lost:x",
            (
                "Nothing was removed. *Ana* is being read again from the start; "
                "you are asked again only if Google still says so."
            ),
            None,
        ),
    ],
)
def test_the_owners_answer_takes_the_questions_place(action: str, said: str, fuse: Fuse | None) -> None:
    acme = asked()
    reply = press(acme, action)
    assert isinstance(reply.last, Message)
    assert (reply.ways, read_message(reply.last)) == (["replace"], [said])
    assert fuse_of(acme) == fuse


# faults 10 and 11
@pytest.mark.parametrize("action", ["remove_lost", "keep_lost"])
def test_nobody_else_may_answer(action: str) -> None:
    acme = asked()
    with pytest.raises(NotFound):
        press(acme, action, member=ben)
    assert fuse_of(acme) == LOSS


@pytest.mark.parametrize(
    "value", ["no id 3", "{id}", "{id} ", "{id} 2", "{id} three", "{id} -3", "{id} ٣", "{id} " + 99 * "3"]
)
def test_a_button_that_was_tampered_with_answers_nothing(value: str) -> None:
    acme = asked()
    with pytest.raises(NotFound):
        press(acme, "remove_lost", value.format(id=acme.calendars[ana.id].id))
    assert fuse_of(acme) == LOSS
