"""`/daybook` and its direct commands: one parser, and one way to press what could be typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from bot.domain.people import Actor
from bot.rendering.direct_words import who_is_meant
from bot.rendering.help import HelpEntry, unknown_word
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CommandName
from bot.rendering.surfaces import Message, Modal
from bot.usecases.read_words import ReadWords
from handlers.interaction import Action, Command
from handlers.registry import Dear, Handler, Loading, Work, on_action, on_command
from handlers.reply import Reply
from handlers.typed_text import as_shown

_SLOTS = "slots"
_CLOSENESS = 0.6


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One word after `/daybook`. `help` is None for what is not listed there; `loading` where it answers in a modal.

    `takes_people`: colleagues may be named in the words after it; with `takes_contacts` contacts too. `is_dear` as for
    `Prepared`.
    """

    word: str
    work: Work[Command]
    help: HelpEntry | None = None
    aliases: tuple[str, ...] = ()
    loading: Loading[Command] = None
    takes_people: bool = False
    is_dear: Dear[Command] = False
    takes_contacts: bool = False


class Router:
    """Finds the subcommand of what was typed and runs it on the rest."""

    def __init__(self, subcommands: Sequence[Subcommand], *, bare: str, read_words: ReadWords | None = None) -> None:
        """`bare` is the word that stands for nothing typed at all; `read_words` finds people by name, without @."""
        self._bare = bare
        self._read_words = read_words
        self._by_word = {word: one for one in subcommands for word in (one.word, *one.aliases)}

    def run(self, actor: Actor, command: Command, reply: Reply) -> None:
        """Do what the command says, or say what it may have meant."""
        found = self.find(command.text)
        if found is None:
            word, _ = self._split(command.text)
            reply.say(self._suggestion(word, command.text))
            return
        subcommand, rest = found
        read = self.with_people(actor, subcommand, rest)
        if isinstance(read, Message):
            reply.say(read)
        else:
            subcommand.work(actor, replace(command, text=read), reply)

    def with_people(self, actor: Actor, subcommand: Subcommand, words: str) -> str | Message:
        """The words after a subcommand with everybody marked up who is named in them, or the question who is meant."""
        if self._read_words is None or not subcommand.takes_people or not words:
            return words
        books = subcommand.takes_contacts
        read = self._read_words(actor, words, with_contacts=books)
        # Of a name that nobody has nearly, the subcommand says what may be written; who books may go on without it.
        if read.meanings or (read.is_unknown and books):
            return who_is_meant(read, subcommand.word, books=books)
        return read.text

    def find(self, text: str) -> tuple[Subcommand, str] | None:
        """The subcommand that a text begins with, and the rest of it; nothing where the first word is none."""
        word, rest = self._split(text)
        subcommand = self._by_word.get(word)
        return (subcommand, rest) if subcommand is not None else None

    def all(self) -> Sequence[Subcommand]:
        """Every subcommand, each once."""
        return tuple(dict.fromkeys(self._by_word.values()))

    def loading(self, command: Command) -> Modal | None:
        """What is opened at once, if this is answered in a modal."""
        found = self.find(command.text)
        if found is None:
            return None
        subcommand, rest = found
        shown = subcommand.loading
        return shown(replace(command, text=rest)) if callable(shown) else shown

    def is_dear(self, command: Command) -> bool:
        """Whether it costs more than most."""
        found = self.find(command.text)
        if found is None:
            return False
        subcommand, rest = found
        is_dear = subcommand.is_dear
        return is_dear(replace(command, text=rest)) if callable(is_dear) else is_dear

    def nearest(self, text: str) -> str:
        """The word that the first of a text is a slip for, or that goes without saying; or an empty text."""
        word, _ = self._split(text)
        if word.startswith("<@") and _SLOTS in self._by_word:
            return _SLOTS
        found = get_close_matches(as_shown(word), self._by_word, n=1, cutoff=_CLOSENESS)
        return self._by_word[found[0]].word if found else ""

    def _split(self, text: str) -> tuple[str, str]:
        word, _, rest = text.strip().partition(" ")
        return word.lower() or self._bare, rest.strip()

    def _suggestion(self, word: str, typed: str) -> Message:
        if word.startswith("<@") and _SLOTS in self._by_word:
            name, _, _ = typed.partition(">")
            return unknown_word(as_shown(f"{name}>"), _SLOTS, f"{_SLOTS} {typed}")
        word = as_shown(word)
        nearest = self.nearest(typed)
        _, _, rest = typed.partition(" ")
        return unknown_word(word, nearest, f"{nearest} {rest}".strip())


def handlers(router: Router, direct: Mapping[CommandName, str]) -> Sequence[Handler]:
    """`/daybook`, the direct commands with the words they stand for, and every button that runs a subcommand."""

    def pressed_loading(pressed: Action) -> Modal | None:
        # Where no channel takes the answer (on Home, in a modal) a view does, and it opens before the work.
        return router.loading(_typed(pressed)) or (None if pressed.response_url else loading())

    def run_pressed(actor: Actor, pressed: Action, reply: Reply) -> None:
        router.run(actor, _typed(pressed), reply)

    return (
        on_command(CommandName.DAYBOOK, router.run, loading=router.loading, is_dear=router.is_dear),
        *(_direct(router, name, word) for name, word in direct.items()),
        on_action(
            ActionId.RUN, run_pressed, loading=pressed_loading, is_dear=lambda pressed: router.is_dear(_typed(pressed))
        ),
        on_action(ActionId.OPEN_LINK, _nothing),
    )


def _direct(router: Router, name: CommandName, word: str) -> Handler:
    def prefixed(command: Command) -> Command:
        return replace(command, text=f"{word} {command.text}")

    def work(actor: Actor, command: Command, reply: Reply) -> None:
        router.run(actor, prefixed(command), reply)

    return on_command(
        name,
        work,
        loading=lambda command: router.loading(prefixed(command)),
        is_dear=lambda command: router.is_dear(prefixed(command)),
    )


def _typed(pressed: Action) -> Command:
    """The command that the button stands for."""
    return Command(
        asker=pressed.asker,
        surface=pressed.surface,
        trigger_id=pressed.trigger_id,
        response_url=pressed.response_url,
        channel_id=pressed.channel_id,
        view=pressed.view,
        name=CommandName.DAYBOOK,
        text=pressed.value,
    )


def _nothing(_actor: Actor, _pressed: Action, _reply: Reply) -> None:
    """The browser opens the page; Slack only wants to hear that it was told."""
