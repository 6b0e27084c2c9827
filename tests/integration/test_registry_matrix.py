"""Every handler, called by people to whom nothing of Ana's may show or yield, with the ids of what is hers.

A handler that is not in the table fails: whoever adds one says here what a stranger could send it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.rendering.names import ActionId, CallbackId, CommandName
from handlers.registry import Kind
from tests.integration.matrix_hers import ADDRESS, CALENDAR, CONTACT, INVITED, INVITEE, TITLE
from tests.integration.matrix_scene import ANA, OUTSIDER, Scene, a_scene
from tests.integration.matrix_sent import Sent, commands
from tests.integration.matrix_table import ROWS, SUBCOMMANDS, TABLE

pytestmark = pytest.mark.slow

REFUSALS = {
    "a guest": "Guests cannot use it.",
    "somebody who left": "is deactivated",
    "somebody of another organisation": "belongs to another workspace",
}
STRANGERS = ("a guest", "somebody who left", "somebody of another organisation", OUTSIDER)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with a_scene(tmp_path_factory.mktemp("matrix")) as scene:
        yield scene


def test_no_handler_is_missing_from_the_table(scene: Scene) -> None:
    registered = {(handler.kind, handler.name) for handler in scene.registry.all()}
    assert registered - set(TABLE) == set(), "say in TABLE what a stranger could send these"
    assert set(TABLE) - registered == set(), "these are not registered any more"


# fault 10, fault 11
@pytest.mark.parametrize("row", ROWS, ids=[f"{kind}-{name}-{number}" for (kind, name), number, _ in ROWS])
@pytest.mark.parametrize("person", ["a colleague", *STRANGERS])
def test_what_is_anas_neither_shows_nor_yields(
    scene: Scene, person: str, row: tuple[tuple[Kind, str], int, Sent]
) -> None:
    (kind, _), _, sent = row
    before, links = scene.snapshot(), scene.links_of_ana()
    heard = scene.sends(person, kind, sent)
    assert scene.snapshot() == before
    assert scene.links_of_ana() == links
    for canary in (ADDRESS, CALENDAR, TITLE, INVITED, str(scene.hers.account), str(scene.hers.calendar)):
        assert canary not in heard
    for canary in (CONTACT, INVITEE) if person != "a colleague" else (INVITEE,):
        assert canary not in heard


# fault 12, fault 13
@pytest.mark.parametrize("person", REFUSALS)
@pytest.mark.parametrize("text", SUBCOMMANDS)
def test_people_who_may_not_use_daybook_are_told_so(scene: Scene, person: str, text: str) -> None:
    [sent] = commands(CommandName.DAYBOOK, text)
    assert REFUSALS[person] in scene.sends(person, Kind.COMMAND, sent)


def test_the_same_buttons_pressed_by_ana_do_something(tmp_path: Path) -> None:
    with a_scene(tmp_path) as scene:
        for kind, name in (
            (Kind.ACTION, ActionId.CONFIRM_ACCOUNT),
            (Kind.ACTION, ActionId.IGNORE_EVENT),
            (Kind.ACTION, ActionId.UNIGNORE_EVENT),
            (Kind.VIEW, CallbackId.CANCEL),
            (Kind.ACTION, ActionId.INVITEE),
        ):
            before = scene.snapshot()
            scene.sends(ANA, kind, TABLE[kind, name][0])
            assert scene.snapshot() != before, name
