"""The Home tab is opened: it is drawn, and an error takes the place of no Home that stands there."""

from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from bot.domain.errors import DaybookError, NotAllowed, ProviderDown
from bot.domain.people import Actor
from bot.rendering.surfaces import Message
from bot.usecases.resolve_actor import Asker
from handlers.events import app_home_opened
from handlers.payload import Payload
from tests.unit.handlers.acting import RecordingReply, acting
from tests.unit.rendering.answers import ana
from tests.unit.rendering.screen import read_message

SILENT = ProviderDown("Slack did not say who is asking. Nothing was done; try again in a minute.")
REFUSED = NotAllowed("Guests cannot use it.")
STANDING = {"id": "V1", "hash": "1.a", "private_metadata": "f" * 64}


@dataclass
class Drawn:
    """Whose Homes were drawn, each with what stood there by Slack's word."""

    homes: list[tuple[str, str | None]] = field(default_factory=list)

    def __call__(self, actor: Actor, *, shown: str | None = None) -> None:
        self.homes.append((actor.slack_user_id, shown))


def opened(
    tab: str = "home", *, standing: bool = True, refusal: DaybookError | None = None
) -> tuple[list[tuple[str, str | None]], RecordingReply]:
    """What is drawn, and what is told, when Ana opens a tab."""
    event = {"type": "app_home_opened", "user": "U1", "tab": tab, "view": STANDING if standing else None}
    drawn, reply = Drawn(), RecordingReply()

    def resolve(_asker: Asker) -> Actor:
        if refusal is not None:
            raise refusal
        return acting(ana)

    prepared = app_home_opened.handler(drawn).prepare(Payload({"team_id": "T1", "event": event}))
    with suppress(DaybookError):
        prepared.work(resolve, reply)
    return drawn.homes, reply


def told(reply: RecordingReply) -> list[str]:
    """What is said where the Home would stand."""
    return [line for _, shown in reply.shown if isinstance(shown, Message) for line in read_message(shown)[:1]]


def test_a_home_is_drawn_with_what_slack_says_that_it_shows() -> None:
    assert opened()[0] == [("U1", "f" * 64)]
    assert opened(standing=False)[0] == [("U1", "")]


def test_what_passes_leaves_the_home_that_stands_there() -> None:
    homes, reply = opened(refusal=SILENT)
    assert (homes, reply.shown) == ([], [])
    assert app_home_opened.handler(Drawn()).is_silent


def test_a_refusal_for_good_takes_its_place() -> None:
    assert told(opened(refusal=REFUSED)[1]) == ["Guests cannot use it."]


@pytest.mark.parametrize("refusal", [SILENT, REFUSED])
def test_where_nothing_stands_yet_it_is_told(refusal: DaybookError) -> None:
    assert told(opened(standing=False, refusal=refusal)[1]) == [str(refusal)]


def test_the_messages_tab_asks_nobody_who_opened_it() -> None:
    homes, reply = opened("messages", refusal=REFUSED)
    assert (homes, reply.shown) == ([], [])
