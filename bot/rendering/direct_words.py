"""What is answered to words written to Daybook, where they do not run by themselves."""

from bot.domain.named_people import Called
from bot.rendering.blocks import VALUE, actions, context, rows, section
from bot.rendering.help import COMMAND
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Message
from bot.rendering.text import clean, user_text
from bot.rendering.wording import NAME_LENGTH

MEANINGS = 10
NO_FILES = "Daybook reads no files. Write what you would like to know, such as `slots ana tomorrow`."
NO_CALLING = "Daybook calls no channels and no groups. Name people one by one, such as `slots ana tomorrow`."
TOO_LONG = "That is more than Daybook reads at once. Write one line, such as `slots ana 30m tomorrow`."


def opens_message(label: str, typed: str) -> Message:
    """The button that opens what a message cannot: a window needs a press."""
    opens = "open" if label.endswith("s") and label != "Status" else "opens"
    sentence = f"{label} {opens} in a window."
    # What is too long for a button is left out but for its first word.
    carried = typed if len(typed) <= VALUE else typed.partition(" ")[0]
    return Message(sentence, (section(sentence), actions(run(f"Open {label}", carried, mark="open", primary=True))))


def who_is_meant(found: Called, word: str) -> Message:
    """A name that several have, each a button; `word` is the subcommand."""
    name = user_text(found.name, limit=NAME_LENGTH)
    sentence = f"{len(found.meanings)} people here are called {name}. Whom do you mean?"
    buttons = [
        run(clean(member.name, limit=NAME_LENGTH), typed, mark=member.slack_user_id)
        for member, typed in ((one, f"{word} {text}") for one, text in found.meanings[:MEANINGS])
        if len(typed) <= VALUE
    ]
    hint = context("Or write @ and pick from the list that Slack shows.")
    return Message(sentence, (section(sentence), *rows(buttons), hint))


def refused(sentence: str) -> Message:
    """What Daybook does not do, and what works."""
    return Message(
        sentence.replace("`", ""), (section(sentence), context(f"`help` lists everything, as does `{COMMAND}`."))
    )
