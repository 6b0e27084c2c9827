"""Words written to Daybook in its direct messages, read as what would be typed after `/daybook`."""

from dataclasses import dataclass, replace
from functools import partial

from bot.domain.people import Actor
from bot.rendering.direct_words import NO_CALLING, NO_FILES, TOO_LONG, opens_message, refused, who_is_meant
from bot.rendering.names import CommandName, EventName
from bot.rendering.questions import SURE, found_questions, questions_message
from bot.rendering.surfaces import Message, Modal
from bot.usecases.read_words import ReadWords
from handlers.commands.daybook import Router
from handlers.interaction import Command, Interaction
from handlers.payload import Payload
from handlers.people import asker_of
from handlers.registry import Handler, Kind, Prepared
from handlers.reply import Reply
from handlers.typed_text import as_typed

LONGEST = 500
"""Characters of one message; nobody types more than that on purpose."""

_GREETINGS = frozenset({"hi", "hello", "hey", "hallo", "moin", "yo", "good morning", "good evening"})
_CALLS = ("daybook", "/daybook", *(str(name) for name in CommandName if name is not CommandName.DAYBOOK))
_DIRECT = "im"
_WITH_FILES = "file_share"
_NOBODY = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Written:
    """A message of a person's; `refusal` is what is answered instead of doing anything."""

    command: Command
    refusal: str = ""


def handler(router: Router, read_words: ReadWords) -> Handler:
    """The one listener: for people's own new messages, and for nothing else that is told as one."""

    def prepare(body: Payload) -> Prepared:
        written = written_in(body)
        if written is None:
            return Prepared(Interaction(asker=asker_of(body)), lambda _resolve, _reply: None)
        return Prepared(
            written.command,
            lambda resolve, reply: answer(resolve(written.command.asker), written, reply),
        )

    answer = partial(_answer, router, read_words)
    return Handler(Kind.EVENT, EventName.MESSAGE, prepare)


def written_in(body: Payload) -> Written | None:
    """What a person wrote to Daybook; None for bots, edits, and all that Slack tells of a channel."""
    event = body.at("event")
    kind, user = event.text("subtype"), event.text("user")
    is_a_persons = bool(user) and user != _NOBODY and not event.text("bot_id") and not event.text("app_id")
    if event.text("channel_type") != _DIRECT or not is_a_persons or kind not in ("", _WITH_FILES):
        return None
    raw = event.text("text")
    asked = Command(
        asker=asker_of(body),
        channel_id=event.text("channel"),
        name=CommandName.DAYBOOK,
        text=_command(as_typed(raw), body) if len(raw) <= LONGEST else "",
    )
    return Written(asked, _refusal(event, raw))


def _refusal(event: Payload, raw: str) -> str:
    if event.text("subtype") == _WITH_FILES or event.at("files"):
        return NO_FILES
    if len(raw) > LONGEST:
        return TOO_LONG
    return NO_CALLING if "<!" in raw else ""


def _command(text: str, body: Payload) -> str:
    """The words in one line, without what calls Daybook by its name, and without a greeting."""
    line = " ".join(text.replace("`", " ").split())
    first, _, rest = line.partition(" ")
    own = next((one.text("user_id") for one in body.elements("authorizations")), "")
    if first.lower().rstrip(",:") in _CALLS or (own and first.startswith(f"<@{own}")):
        name = first.lower().partition("-")[2]
        first, line = name, f"{name} {rest}".strip()
    line = line.rstrip(" .!?,")
    return "" if line.lower() in _GREETINGS else line


def _answer(router: Router, read_words: ReadWords, actor: Actor, written: Written, reply: Reply) -> None:
    if written.refusal:
        reply.say(refused(written.refusal))
        return
    command = written.command
    found = router.find(command.text)
    if found is None and (questions := found_questions(command.text, least=SURE)):
        reply.say(questions_message(questions))
        return
    if found is not None and found[0].takes_people and found[1]:
        subcommand, rest = found
        read = read_words(actor, rest)
        if read.meanings:
            reply.say(who_is_meant(read, subcommand.word))
            return
        command = replace(command, text=f"{subcommand.word} {read.text}")
    label = found[0].help.label if found is not None and found[0].help is not None else "It"
    if router.loading(command) is not None:
        reply.say(opens_message(label, command.text))
    else:
        router.run(actor, command, InMessages(reply, label, command.text))


class InMessages:
    """A `Reply` for words: a window cannot open without a press, so a button stands for it; nobody else reads along."""

    def __init__(self, reply: Reply, label: str, typed: str) -> None:
        """Answer by `reply`; `typed` is what the button runs."""
        self._reply = reply
        self._label = label
        self._typed = typed

    def say(self, message: Message) -> None:
        """As an ordinary message."""
        self._reply.say(message)

    def replace(self, message: Message) -> None:
        """There is nothing to be replaced."""
        self._reply.say(message)

    def share(self, message: Message) -> None:
        """There is nobody to share it with."""
        self._reply.say(message)

    def open(self, modal: Modal) -> None:  # noqa: ARG002 - it opens by the button
        """Say how to open it."""
        self._reply.say(opens_message(self._label, self._typed))

    def update(self, modal: Modal) -> None:
        """The same."""
        self.open(modal)

    def update_below(self, modal: Modal) -> None:
        """There is nothing below."""
