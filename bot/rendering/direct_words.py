"""What is answered to words written to Daybook, where they do not run by themselves."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.appointments import Appointment
from bot.domain.cards import CardButton
from bot.domain.change_meant import MOST_MEANT, ChangeMeant
from bot.domain.named_people import Called, Named
from bot.domain.slots_request import SlotsRequest
from bot.rendering.blocks import BUTTON_TEXT, VALUE, actions, button, context, rows, section
from bot.rendering.card_ref import CardRef
from bot.rendering.card_words import reader_times
from bot.rendering.help import COMMAND, EVERYTHING, FOR_EXAMPLE
from bot.rendering.names import ActionId, numbered
from bot.rendering.posting import long_message
from bot.rendering.question import words_of
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import clean, user_text
from bot.rendering.wording import NAME_LENGTH, listed

MEANINGS = 10
NO_FILES = "Daybook reads no files. Write what you would like to know, such as `slots ana tomorrow`."
NO_FORWARDED = "Daybook reads no messages of others. Write what you would like to know, such as `slots ana tomorrow`."
NO_CALLING = "Daybook calls no channels and no groups. Name people one by one, such as `slots ana tomorrow`."
NO_BLOCKING = "Daybook blocks no time by itself. Put it into Google Calendar as Busy, and it is taken here too."
GLADLY = "Gladly. `help` lists what Daybook can do."
TOO_LONG = "That is more than Daybook reads at once. Write one line, such as `slots ana 30m tomorrow`."


def opens_message(label: str, typed: str) -> Message:
    """The button that opens what a message cannot: a window needs a press."""
    opens = "open" if label.endswith("s") and label != "Status" else "opens"
    sentence = f"{label} {opens} in a window."
    # What is too long for a button is left out but for its first word.
    carried = typed if len(typed) <= VALUE else typed.partition(" ")[0]
    return Message(sentence, (section(sentence), actions(run(f"Open {label}", carried, mark="open", primary=True))))


def who_is_meant(found: Called, word: str, *, books: bool = False) -> Message:
    """A name that several have, or nobody, with everybody who may be meant as a button.

    `word` is the subcommand; `books` where contacts may be meant too.
    """
    if found.is_contact:
        return _of_a_contact(found)
    name = user_text(found.name, limit=NAME_LENGTH)
    if not found.is_unknown:
        sentence = f"{len(found.meanings)} people here are called {name}. Whom do you mean?"
    else:
        asks = " Do you mean one of these?" if found.meanings else ""
        sentence = f"Daybook knows {'no contact and no colleague' if books else 'nobody here'} called {name}.{asks}"
    buttons = [
        run(_label(one), typed, mark=f"{number}")
        for number, (one, typed) in enumerate((one, f"{word} {text}") for one, text in found.meanings[:MEANINGS])
        if len(typed) <= VALUE
    ]
    if found.is_unknown and books:
        typed = f"{word} {found.without}".strip()
        buttons.append(run("Open the form", typed if len(typed) <= VALUE else word, mark="form"))
    hint = "Or write @ and pick from the list that Slack shows."
    if books:
        hint = "Or write @ and pick a colleague from the list that Slack shows, or a contact's e-mail address."
    return Message(sentence, (section(sentence), *rows(buttons), context(hint)))


def _of_a_contact(found: Called) -> Message:
    """What is asked about somebody whose calendar nobody here has, and the way to book him all the same."""
    named = [user_text(one.name, limit=NAME_LENGTH) for one, _ in found.meanings[:MEANINGS]]
    who = f"{named[0]} is a contact" if len(named) == 1 else f"{listed(named)} are contacts"
    sentence = f"{who}; Daybook does not know the calendars of contacts."
    alone = len(found.meanings) == 1
    buttons = [
        run("Book" if alone else _label(one), typed, mark=f"{number}")
        for number, (one, typed) in enumerate((one, f"book {text}") for one, text in found.meanings[:MEANINGS])
        if len(typed) <= VALUE
    ]
    return Message(sentence, (section(sentence), *rows(buttons)))


def with_left_out(message: Message, command: str, left_out: Sequence[str]) -> Message:
    """The answer, below what of the words was understood."""
    first_end = len(message.blocks) - message.ends
    body, ends = message.blocks[:first_end], message.blocks[first_end:]
    return long_message(message.text, (context(_read_as(command, left_out)), *body), ends)


def greeted(message: Message) -> Message:
    """An answer to somebody who said hello."""
    return replace(message, blocks=(section("Hello."), *message.blocks))


def not_understood() -> Message:
    """The answer to a sentence that is no command and no question Daybook knows; nothing of it is blamed."""
    sentence = "Daybook did not understand that."
    buttons = (run("Agenda", "agenda"), run("Find a time", "slots"), run("Help", f"help {EVERYTHING}", mark="help"))
    return Message(sentence, (section(sentence), actions(*buttons), context(FOR_EXAMPLE)))


def name_whom(when: str, form: SlotsRequest) -> Message:
    """The answer to who is free, where nobody is named; `when` are the words that say when.

    `form` is what *Find a time* holds when it opens; its `when` is an ISO date.
    """
    example = f"slots @ana @ben any {when or 'tomorrow'}"
    sentence = "Whose time do you mean? Daybook looks at the people whom you name."
    shown = user_text(example, limit=NAME_LENGTH)
    find = button("Find a time", ActionId.ANOTHER_DAY, value=words_of(form), primary=True)
    buttons = (find, run("My own time", f"slots {when}".strip(), mark="own"))
    return Message(sentence, (section(sentence), actions(*buttons), context(f"Or write for example *{shown}*.")))


def gladly() -> Message:
    """The answer to thanks."""
    return Message(GLADLY.replace("`", ""), (section(GLADLY),))


def how_to_change(meant: ChangeMeant, *, cancels: bool) -> Message:
    """The appointments that may be meant, each with the button that does it; without any, how it is done."""
    label, done = ("Cancel", "cancelled") if cancels else ("Reschedule", "moved")
    typed = f"agenda {meant.day.isoformat()}" if meant.day is not None else "agenda"
    in_google = "What was made in Google is changed there."
    if meant.appointments:
        sentence = f"Which one is to be {done}? {in_google}"
        does = CardButton.CANCEL if cancels else CardButton.RESCHEDULE
        those = [_changeable(one, meant.zone, label, does) for one in meant.appointments[:MOST_MEANT]]
        return Message(sentence, (section(sentence), *those, actions(run("Agenda", typed))))
    sentence = (
        f"An appointment is {done} by *{label}* on its card, the message here that tells of it. Your agenda shows "
        f"what is on. {in_google}"
    )
    return Message(sentence.replace("*", ""), (section(sentence), actions(run("Agenda", typed, primary=True))))


def _changeable(one: Appointment, zone: str, label: str, does: CardButton) -> Block:
    whom = one.contact.name if one.contact is not None else one.title
    line = f"{reader_times(one.span, zone)} · {user_text(whom, limit=NAME_LENGTH, empty='(no title)')}"
    ref = CardRef(does, one.id, one.version)
    return section(line, accessory=button(label, numbered(ActionId.CARD, one.id), value=ref.value()))


def _read_as(command: str, left_out: Sequence[str]) -> str:
    parts = listed([f"“{part}”" for part in dict.fromkeys(left_out)])
    read = user_text(command, limit=NAME_LENGTH)
    return f"Read as *{read}*, without {parts}: Daybook knows days and times of the clock, but no parts of a day."


def _label(one: Named) -> str:
    """A colleague by name; a contact with his address, which tells him from others."""
    name = clean(one.name, limit=NAME_LENGTH)
    return clean(f"{name} ({one.address})", limit=BUTTON_TEXT) if one.address else name


def refused(sentence: str) -> Message:
    """What Daybook does not do, and what works."""
    return Message(
        sentence.replace("`", ""), (section(sentence), context(f"`help` lists everything, as does `{COMMAND}`."))
    )
