"""Every listener as data: what Slack calls it, what it shows while it works, and the work itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Concatenate, ParamSpec, TypeVar

from bot.domain.people import Actor
from bot.rendering.names import base_name
from bot.rendering.reader import read_by
from bot.rendering.surfaces import Block, Modal
from bot.usecases.resolve_actor import Asker
from handlers.interaction import Action, Command, Interaction, Search, Shortcut, Submission
from handlers.parsing import Parse, parse_action, parse_command, parse_search, parse_shortcut, parse_submission
from handlers.payload import Payload
from handlers.reply import Reply


class Kind(StrEnum):
    """The kinds of things Slack sends; names are unique within a kind."""

    COMMAND = "command"
    ACTION = "action"
    VIEW = "view"
    OPTIONS = "options"
    EVENT = "event"
    SHORTCUT = "shortcut"


Resolve = Callable[[Asker], Actor]
"""Finds the actor behind an asker, or refuses him."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One interaction, ready to be answered: at once by `mistakes` or `loading`, and then by `work`.

    `mistakes` maps block ids to what is wrong with what was typed there; with any, nothing else happens.
    `search` stands in the place of `work` for a select that asks for its options. `is_dear` where the work looks
    through several people's time, draws, or asks a provider something.
    """

    interaction: Interaction
    work: Callable[[Resolve, Reply], None]
    loading: Modal | None = None
    mistakes: Mapping[str, str] = field(default_factory=dict)
    search: Callable[[Resolve], Sequence[Block]] = lambda _resolve: ()
    is_dear: bool = False


@dataclass(frozen=True, slots=True)
class Handler:
    """One listener; `is_silent` where nobody is told what it fails by: it merely happened, or a Home stands already."""

    kind: Kind
    name: str
    prepare: Callable[[Payload], Prepared]
    is_silent: bool = False


_P = ParamSpec("_P")
_R = TypeVar("_R")
I = TypeVar("I", bound=Interaction)  # noqa: E741 - the interaction
Work = Callable[[Actor, I, Reply], None]
Loading = Callable[[I], Modal | None] | Modal | None
Dear = Callable[[I], bool] | bool


def read_by_actor(
    answer: Callable[Concatenate[Actor, _P], _R], actor: Actor, *args: _P.args, **kwargs: _P.kwargs
) -> _R:
    """What `answer` gives for the actor, with times as he reads them: whatever answers somebody goes through here."""
    with read_by(actor.habits):
        return answer(actor, *args, **kwargs)


def on_command(
    name: str, work: Work[Command], *, loading: Loading[Command] = None, is_dear: Dear[Command] = False
) -> Handler:
    """A slash command; `loading` is opened at once where the answer is a modal; `is_dear` as for `Prepared`."""
    return Handler(Kind.COMMAND, name, _preparing(parse_command, work, loading, is_dear))


def on_action(
    name: str, work: Work[Action], *, loading: Loading[Action] = None, is_dear: Dear[Action] = False
) -> Handler:
    """A button or another element; `loading` is opened (or pushed onto the modal) at once."""
    return Handler(Kind.ACTION, name, _preparing(parse_action, work, loading, is_dear))


def on_submission(
    name: str,
    work: Work[Submission],
    *,
    loading: Loading[Submission] = None,
    validate: Callable[[Submission], Mapping[str, str]] | None = None,
    is_dear: Dear[Submission] = False,
) -> Handler:
    """A modal submitted: mistakes stand on their fields, `loading` takes the modal's place while it works."""
    prepare = _preparing(parse_submission, work, loading, is_dear)
    if validate is None:
        return Handler(Kind.VIEW, name, prepare)

    def prepare_valid(body: Payload) -> Prepared:
        return replace(prepare(body), mistakes=validate(parse_submission(body)))

    return Handler(Kind.VIEW, name, prepare_valid)


def on_shortcut(
    name: str, work: Work[Shortcut], *, loading: Loading[Shortcut] = None, is_dear: Dear[Shortcut] = False
) -> Handler:
    """A global shortcut."""
    return Handler(Kind.SHORTCUT, name, _preparing(parse_shortcut, work, loading, is_dear))


def on_fact(name: str, parse: Parse[I], work: Callable[[I], None]) -> Handler:
    """An event that happened to a person; nobody is answered."""

    def prepare(body: Payload) -> Prepared:
        interaction = parse(body)
        return Prepared(interaction, lambda _resolve, _reply: work(interaction))

    return Handler(Kind.EVENT, name, prepare, is_silent=True)


def on_search(name: str, search: Callable[[Actor, Search], Sequence[Block]]) -> Handler:
    """A select that asks for its options; answered at once, from what is stored."""

    def prepare(body: Payload) -> Prepared:
        interaction = parse_search(body)
        return Prepared(
            interaction,
            work=lambda _resolve, _reply: None,
            search=lambda resolve: read_by_actor(search, resolve(interaction.asker), interaction),
        )

    return Handler(Kind.OPTIONS, name, prepare)


def _preparing(parse: Parse[I], work: Work[I], loading: Loading[I], is_dear: Dear[I]) -> Callable[[Payload], Prepared]:
    def prepare(body: Payload) -> Prepared:
        interaction = parse(body)
        return Prepared(
            interaction,
            lambda resolve, reply: read_by_actor(work, resolve(interaction.asker), interaction, reply),
            loading(interaction) if callable(loading) else loading,
            is_dear=is_dear(interaction) if callable(is_dear) else is_dear,
        )

    return prepare


class Registry:
    """The handlers by kind and name; an action is found by its id without the mark."""

    def __init__(self, handlers: Sequence[Handler]) -> None:
        self._handlers = {(handler.kind, handler.name): handler for handler in handlers}
        if len(self._handlers) != len(handlers):
            raise ValueError("two handlers share a kind and a name")

    def find(self, kind: Kind, name: str) -> Handler | None:
        """The handler, or nothing where a button of an older version was pressed."""
        if kind in (Kind.ACTION, Kind.OPTIONS):
            name = base_name(name)
        return self._handlers.get((kind, name))

    def all(self) -> Sequence[Handler]:
        """Every handler, in the order given."""
        return tuple(self._handlers.values())
