"""What Daybook can do, and the first words to somebody who has nothing connected."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rendering.blocks import VALUE, actions, button, context, section
from bot.rendering.names import ActionId, numbered
from bot.rendering.run_buttons import run
from bot.rendering.support import support_line
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text

COMMAND = "/daybook"
WELCOME = (
    "*Daybook keeps your calendar, bookings and Slack in step.*\n"
    "Start by connecting Google Calendar. It takes a minute, and you choose what is shared."
)
EVERYTHING = "everything"
FOR_EXAMPLE = "Write for example `slots @ana tomorrow`, `agenda fri` or `help undo`."
_HELP = "help"
_SHOWN = 7


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """One subcommand in the help.

    Args:
        word: what is typed after `/daybook`.
        label: what its button is called.
        example: the subcommand with arguments, as somebody would type it.
        does: what it does, in a few words.
    """

    word: str
    label: str
    example: str
    does: str


def welcome(connect_url: str) -> Message:
    """The first words, with the one thing to do; without an address nothing can be connected yet."""
    buttons = [_everything("What can it do?")]
    if connect_url:
        link = numbered(ActionId.OPEN_LINK, "welcome")
        buttons.insert(0, button("Connect Google Calendar", link, url=connect_url, primary=True))
    return Message(
        text="Daybook keeps your calendar, bookings and Slack in step. Start by connecting Google Calendar.",
        blocks=(
            section(WELCOME),
            actions(*buttons),
            context(
                f"`{COMMAND} slots @ana 30m tomorrow` - when Ana is free · `{COMMAND} book` - make an appointment · "
                f"`{COMMAND} help` - everything"
            ),
        ),
    )


def help_message(entries: Sequence[HelpEntry], support: str = "") -> Message:
    """Every subcommand with an example and a button; beyond the first seven, one line names the rest."""
    blocks: list[Block] = [section("*What Daybook can do*")]
    blocks += [entry_line(entry) for entry in entries[:_SHOWN]]
    rest = entries[_SHOWN:]
    if rest:
        blocks.append(context("Also: " + " · ".join(f"`{COMMAND} {entry.word}`" for entry in rest)))
    alone = (
        "Answers are for you alone unless you share them. In messages to Daybook, write the same without `/daybook`."
    )
    blocks.append(context(alone, support_line(support)))
    return Message(text="What Daybook can do", blocks=tuple(blocks))


def entry_line(entry: HelpEntry) -> Block:
    """One subcommand: an example, what it does, and its button."""
    return section(f"`{COMMAND} {entry.example}`\n{entry.does}", accessory=run(entry.label, entry.word))


def unknown_word(typed: str, nearest: str, meant: str) -> Message:
    """A word that is no subcommand, with the nearest one as a button; `meant` is all that it would run.

    What is too long for a button to carry is left out: the button then runs the nearest word alone.
    """
    shown = user_text(typed, limit=40)
    if not nearest:
        sentence = f"Daybook does not know *{shown}*."
        return Message(text=sentence, blocks=(section(sentence), actions(_everything("Help")), context(FOR_EXAMPLE)))
    sentence = f"Daybook does not know *{shown}*. Did you mean *{nearest}*?"
    buttons = [_everything("Help")]
    if nearest != _HELP:
        typed_right = meant if len(meant) <= VALUE else nearest
        buttons.insert(0, run(nearest.capitalize(), typed_right, mark=nearest, primary=True))
    return Message(text=sentence, blocks=(section(sentence), actions(*buttons)))


def _everything(label: str) -> Block:
    return run(label, f"{_HELP} {EVERYTHING}", mark=_HELP)
