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
from handlers.registry import Handler, Loading, Work, on_action, on_command
from handlers.reply import Reply
from handlers.typed_text import as_shown

_SLOTS = "slots"


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One word after `/daybook`. `help` is None for what is not listed there; `loading` where it answers in a modal.

    `takes_people`: colleagues may be named in the words after it.
    """

    word: str
    work: Work[Command]
    help: HelpEntry | None = None
    aliases: tuple[str, ...] = ()
    loading: Loading[Command] = None
    takes_people: bool = False


class Router:
    """Finds the subcommand of what was typed and runs it on the rest."""

    def __init__(self, subcommands: Sequence[Subcommand], *, bare: str, read_words: ReadWords | None = None) -> None:
        """`bare` is the word that stands for nothing typed at all; `read_words` finds people by name, without @."""
        self._bare = bare
        self._read_words = read_words
        self._by_word = {word: one for one in subcommands for word in (one.word, *one.aliases)}

    def run(self, actor: Actor, command: Command, reply: Reply) -> None:
        """Do what the command says, or say what it may have meant."""
        word, rest = self._split(command.text)
        subcommand = self._by_word.get(word)
        if subcommand is None:
            reply.say(self._suggestion(word, command.text))
        else:
            self._run(subcommand, actor, replace(command, text=rest), reply)

    def _run(self, subcommand: Subcommand, actor: Actor, command: Command, reply: Reply) -> None:
        # What opens a window asks there who is meant.
        reads = subcommand.takes_people and command.text and not self._opens(subcommand, command)
        if self._read_words is None or not reads:
            subcommand.work(actor, command, reply)
            return
        read = self._read_words(actor, command.text)
        if read.meanings:
            reply.say(who_is_meant(read, subcommand.word))
        else:
            subcommand.work(actor, replace(command, text=read.text), reply)

    @staticmethod
    def _opens(subcommand: Subcommand, command: Command) -> Modal | None:
        shown = subcommand.loading
        return shown(command) if callable(shown) else shown

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
        word, rest = self._split(command.text)
        subcommand = self._by_word.get(word)
        return self._opens(subcommand, replace(command, text=rest)) if subcommand is not None else None

    def _split(self, text: str) -> tuple[str, str]:
        word, _, rest = text.strip().partition(" ")
        return word.lower() or self._bare, rest.strip()

    def _suggestion(self, word: str, typed: str) -> Message:
        if word.startswith("<@") and _SLOTS in self._by_word:
            name, _, _ = typed.partition(">")
            return unknown_word(as_shown(f"{name}>"), _SLOTS, f"{_SLOTS} {typed}")
        word = as_shown(word)
        found = get_close_matches(word, self._by_word, n=1, cutoff=0.6)
        nearest = self._by_word[found[0]].word if found else ""
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
        on_command(CommandName.DAYBOOK, router.run, loading=router.loading),
        *(_direct(router, name, word) for name, word in direct.items()),
        on_action(ActionId.RUN, run_pressed, loading=pressed_loading),
        on_action(ActionId.OPEN_LINK, _nothing),
    )


def _direct(router: Router, name: CommandName, word: str) -> Handler:
    def prefixed(command: Command) -> Command:
        return replace(command, text=f"{word} {command.text}")

    def work(actor: Actor, command: Command, reply: Reply) -> None:
        router.run(actor, prefixed(command), reply)

    return on_command(name, work, loading=lambda command: router.loading(prefixed(command)))


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
