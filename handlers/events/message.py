"""Words written to Daybook in its direct messages, read as what would be typed after `/daybook`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.people import Actor
from bot.domain.plain_words import Meant, PlainWords, plain_words
from bot.domain.when import has_time
from bot.ports import Clock
from bot.rendering.direct_words import (
    NO_BLOCKING,
    NO_CALLING,
    NO_FILES,
    NO_FORWARDED,
    TOO_LONG,
    gladly,
    greeted,
    how_to_change,
    name_whom,
    not_understood,
    opens_message,
    refused,
    with_left_out,
)
from bot.rendering.names import CommandName, EventName
from bot.rendering.questions import SURE, HelpQuestion, found_questions, questions_message
from bot.rendering.surfaces import Message, Modal
from bot.usecases.find_change_meant import FindChangeMeant
from handlers.commands.daybook import Router
from handlers.commands.slots import anyone_then
from handlers.interaction import Command, Interaction
from handlers.payload import Payload
from handlers.people import asker_of
from handlers.registry import Handler, Kind, Prepared, read_by_actor
from handlers.reply import Reply
from handlers.typed_text import as_shown, as_typed

LONGEST = 500
"""Characters of one message; nobody types more than that on purpose."""

_GREETINGS = frozenset(
    {
        *("hi", "hello", "hey", "hallo", "moin", "yo", "good morning", "good evening", "what's up", "hi there"),
        *("hello there", "hey there", "good day", "good afternoon", "guten morgen", "guten tag", "guten abend"),
        *("servus", "bonjour", "hola", "ciao"),
    }
)
_ASKING = frozenset({"how", "what", "what's", "when", "where", "which", "who", "why"})
_CALLS = ("daybook", "/daybook", *(str(name) for name in CommandName if name is not CommandName.DAYBOOK))
_WHY = "why"
_TO_BLOCK = re.compile(r"\s*(?:(?:please|can you|could you|pls) )*block(?: out)?\s", re.IGNORECASE)
_VERY_SURE = 2 * SURE
_DIRECT = "im"
_WITH_FILES = "file_share"
_NOTHING = PlainWords("")
_NOBODY = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Written:
    """A message of a person's; `refusal` is what is answered instead of doing anything.

    `text` is what was written, `words` what it means; `greets` where it says hello and nothing else.
    """

    command: Command
    text: str = ""
    greets: bool = False
    is_question: bool = False
    words: PlainWords = _NOTHING
    refusal: str = ""


def handler(router: Router, clock: Clock, find_meant: FindChangeMeant) -> Handler:
    """The one listener: for people's own new messages, and for nothing else that is told as one."""

    def prepare(body: Payload) -> Prepared:
        written = written_in(body)
        if written is None or (written.command.thread_ts and not _is_for_daybook(router, written)):
            return Prepared(Interaction(asker=asker_of(body)), lambda _resolve, _reply: None)
        return Prepared(
            written.command,
            lambda resolve, reply: read_by_actor(answer, resolve(written.command.asker), written, reply),
            is_dear=router.is_dear(written.command),
        )

    def answer(actor: Actor, written: Written, reply: Reply) -> None:
        words = written.words
        if not written.refusal and words.meant in (Meant.CANCEL, Meant.MOVE):
            meant = find_meant(actor, words.about, words.command)
            reply.say(how_to_change(meant, cancels=words.meant is Meant.CANCEL))
        else:
            _answer(router, clock, actor, written, reply)

    return Handler(Kind.EVENT, EventName.MESSAGE, prepare)


def written_in(body: Payload) -> Written | None:
    """What a person wrote to Daybook; None for bots, edits, and all that Slack tells of a channel."""
    event = body.at("event")
    kind, user = event.text("subtype"), event.text("user")
    is_a_persons = bool(user) and user != _NOBODY and not event.text("bot_id") and not event.text("app_id")
    if event.text("channel_type") != _DIRECT or not is_a_persons or kind not in ("", _WITH_FILES):
        return None
    raw = event.text("text")
    line = _said(as_typed(raw), body) if len(raw) <= LONGEST else ""
    greets = line.lower() in _GREETINGS
    text = "" if greets else line
    words = plain_words(text)
    is_command = words.meant is Meant.COMMAND
    asked = Command(
        asker=asker_of(body),
        channel_id=event.text("channel"),
        name=CommandName.DAYBOOK,
        thread_ts=event.text("thread_ts"),
        text=words.command if is_command else "",
    )
    is_question = raw.rstrip().endswith("?") or text.partition(" ")[0].lower() in _ASKING
    return Written(asked, text, greets, is_question, words, _refusal(event, raw))


def _is_for_daybook(router: Router, written: Written) -> bool:
    """Whether what is written in a thread asks for something: others are notes, as under a card."""
    if written.refusal or not written.text:
        return False
    is_understood = written.words.meant is not Meant.THANKS and router.find(written.command.text) is not None
    if router.find(written.text) is not None or (written.is_question and is_understood):
        return True
    return bool(written.is_question and found_questions(written.text, least=SURE))


def _refusal(event: Payload, raw: str) -> str:
    if event.text("subtype") == _WITH_FILES or event.at("files"):
        return NO_FILES
    if len(raw) > LONGEST:
        return TOO_LONG
    if not raw.strip() and event.at("attachments"):
        return NO_FORWARDED
    if _TO_BLOCK.match(raw):
        return NO_BLOCKING
    return NO_CALLING if "<!" in raw else ""


def _said(text: str, body: Payload) -> str:
    """The words in one line, without what calls Daybook by its name."""
    line = " ".join(text.replace("`", " ").replace("’", "'").split())
    first, _, rest = line.partition(" ")
    own = next((one.text("user_id") for one in body.elements("authorizations")), "")
    if first.lower().rstrip(",:") in _CALLS or (own and first.startswith(f"<@{own}")):
        name = first.lower().partition("-")[2]
        first, line = name, f"{name} {rest}".strip()
    return line.rstrip(" .!?,")


def _answer(router: Router, clock: Clock, actor: Actor, written: Written, reply: Reply) -> None:
    if written.refusal:
        reply.say(refused(written.refusal))
    elif written.words.meant is Meant.THANKS:
        reply.say(gladly())
    elif written.words.meant is Meant.WHO:
        when = written.words.command
        reply.say(name_whom(when, anyone_then(actor, when, clock.now())))
    elif questions := _questions_in(router, written):
        reply.say(questions_message(questions))
    else:
        _run(router, actor, written, reply)


def _questions_in(router: Router, written: Written) -> Sequence[HelpQuestion]:
    """Those that somebody asks in words that are no command; `why` asks one where it names no time."""
    found = router.find(written.command.text)
    if found is None:
        return found_questions(written.command.text, least=SURE)
    subcommand, rest = found
    if subcommand.word != _WHY or has_time(rest):
        return ()
    return found_questions(written.text, least=_VERY_SURE)


def _run(router: Router, actor: Actor, written: Written, reply: Reply) -> None:
    command, left_out = written.command, written.words.left_out

    def told(message: Message) -> Message:
        if left_out:
            message = with_left_out(message, as_shown(written.command.text), left_out)
        return greeted(message) if written.greets else message

    found = router.find(command.text)
    if found is None:
        if router.nearest(command.text):
            router.run(actor, command, InMessages(reply, "It", command.text, told))
        else:
            reply.say(not_understood())
        return
    subcommand, rest = found
    read = router.with_people(actor, subcommand, rest)
    if isinstance(read, Message):
        reply.say(told(read))
        return
    label = subcommand.help.label if subcommand.help is not None else "It"
    typed = f"{subcommand.word} {read}".strip() if read else command.text
    if router.loading(replace(command, text=typed)) is not None:
        reply.say(told(opens_message(label, typed)))
    else:
        subcommand.work(actor, replace(command, text=read), InMessages(reply, label, typed, told))


class InMessages:
    """A `Reply` for words: a window cannot open without a press, so a button stands for it; nobody else reads along."""

    def __init__(self, reply: Reply, label: str, typed: str, told: Callable[[Message], Message]) -> None:
        """Answer by `reply` what `told` makes of an answer; `typed` is what the button runs."""
        self._reply = reply
        self._label = label
        self._typed = typed
        self._told = told

    def say(self, message: Message) -> None:
        """As an ordinary message."""
        self._reply.say(self._told(message))

    def replace(self, message: Message) -> None:
        """There is nothing to be replaced."""
        self.say(message)

    def share(self, message: Message) -> None:
        """There is nobody to share it with."""
        self.say(message)

    def open(self, modal: Modal) -> None:  # noqa: ARG002 - it opens by the button
        """Say how to open it."""
        self.say(opens_message(self._label, self._typed))

    def update(self, modal: Modal) -> None:
        """The same."""
        self.open(modal)

    def update_below(self, modal: Modal) -> None:
        """There is nothing below."""
