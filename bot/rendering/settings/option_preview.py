"""What will change by another sync option, before anything does."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.calendars import ContactPolicy, EventStyle, SyncOption
from bot.domain.contacts import NewContact
from bot.domain.errors import NotFound
from bot.domain.invitees import LeftOut
from bot.domain.option_change import OptionChange
from bot.domain.option_words import option_of, option_word
from bot.domain.shades import Shade
from bot.rendering.blocks import context, lines, section
from bot.rendering.names import CallbackId
from bot.rendering.surfaces import Modal
from bot.rendering.sync_options import option_name, option_told
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed
from bot.rendering.zones import told_day

_NOWHERE = "-"
_EXAMPLES = 2
_COLOURED = (Shade.BLUE, Shade.TEAL)
_LEFT_OUT = {
    LeftOut.COLLEAGUE: ("colleague", "colleagues"),
    LeftOut.ROOM: ("room", "rooms"),
    LeftOut.GROUP: ("group", "groups"),
    LeftOut.BLOCKED: ("blocked address", "blocked addresses"),
    LeftOut.CROWD: ("person of a large event", "people of large events"),
    LeftOut.UNREADABLE: ("unreadable address", "unreadable addresses"),
}


@dataclass(frozen=True, slots=True)
class WantedOption:
    """The option that is asked about.

    Args:
        below: the view under the question.
        agreed: the fingerprint of what the question tells; empty where it could not tell anything yet.
    """

    option: SyncOption
    below: str = ""
    agreed: str = ""

    def value(self) -> str:
        """What the view carries."""
        return f"{self.below or _NOWHERE} {option_word(self.option)} {self.agreed or _NOWHERE}"


def wanted_option(value: str) -> WantedOption:
    """What a view carried; raises `NotFound` for what no view of ours carries."""
    words = [None if word == _NOWHERE else word for word in value.split(" ")]
    option = option_of(words[1] or "") if len(words) == 3 else None
    if option is None:
        raise NotFound
    return WantedOption(option, words[0] or "", words[2] or "")


def option_preview(change: OptionChange, below: str, *, is_news: bool = False) -> Modal:
    """The question; nothing was changed yet. With `is_news` it is another one than was agreed to."""
    wanted = WantedOption(change.after, below, change.fingerprint if change.is_known else "")
    told = _told(change) if change.is_known else _unknown(change)
    news = ["*Something changed meanwhile, and nothing was switched yet.* This is how it is now:"] if is_news else []
    until = f"You can undo this until {_day(change)}. " if change.is_known else ""
    return Modal(
        "What will change",
        (section(lines([*news, *told])), context(f"{until}Nothing is written to Google.")),
        callback_id=CallbackId.SWITCH_OPTION,
        submit="Switch" if change.is_known else "Look again",
        close=f"Keep {option_name(change.before)}" if _is_switch(change) else "Keep it",
        private_metadata=wanted.value(),
    )


def _is_switch(change: OptionChange) -> bool:
    return change.before.event_style is not change.after.event_style


def _lead(change: OptionChange) -> str:
    name = user_text(change.calendar.name, limit=60)
    if _is_switch(change):
        return f"Switching *{name}* from {option_name(change.before)} to {option_name(change.after)}:"
    return f"Changing *{name}* to {option_told(change.after)}:"


def _unknown(change: OptionChange) -> list[str]:
    name = user_text(change.calendar.name, limit=60)
    if not change.is_read:
        why = (
            f"*{name}* is still being read, with the people on its events, so nobody can say yet what will change. "
            "It takes a minute at most."
        )
        return [_lead(change), why]
    people = "1 invitee belongs" if change.unanswered == 1 else f"{change.unanswered} invitees belong"
    if change.is_withheld:
        why = (
            f"Daybook may not ask Slack whether {people} to your team, because it was installed before it needed that. "
            "Have an admin install Daybook again, then look again."
        )
    else:
        why = f"Slack has not said yet whether {people} to your team, so nobody can say yet what will change."
    return [_lead(change), why]


def _told(change: OptionChange) -> list[str]:
    told = [*_events(change), *_people(change), "No trigger fires for anything that exists now"]
    if change.after.event_style is EventStyle.COLOURED and not change.after.fire_triggers:
        told.append("Triggers stay off for what is made in Google later, too")
    return [_lead(change), *(f"· {line}" for line in told)]


def _events(change: OptionChange) -> list[str]:
    told = []
    coloured = change.becoming(*_COLOURED, of=(Shade.GREY,))
    if coloured:
        blue = change.becoming(Shade.BLUE, of=(Shade.GREY,))
        becomes = "grey block becomes an event" if coloured == 1 else "grey blocks become events"
        told.append(f"{coloured} {becomes} in colour{_of_them(coloured, blue)}")
    grey = change.becoming(Shade.GREY, of=_COLOURED)
    if grey:
        blue = change.becoming(Shade.GREY, of=(Shade.BLUE,))
        becomes = "event in colour becomes a grey block" if grey == 1 else "events in colour become grey blocks"
        told.append(f"{grey} {becomes}{_of_them(grey, blue, was=True)}")
    to_blue = change.becoming(Shade.BLUE, of=(Shade.TEAL,))
    if to_blue:
        becomes = "event becomes an appointment" if to_blue == 1 else "events become appointments"
        told.append(f"{to_blue} {becomes}")
    to_teal = change.becoming(Shade.TEAL, of=(Shade.BLUE,))
    if to_teal:
        becomes = "appointment becomes an event" if to_teal == 1 else "appointments become events"
        told.append(f"{to_teal} {becomes} without contacts")
    stays = change.shades.get((Shade.GREY, Shade.GREY), 0)
    if stays and change.after.contact_policy is ContactPolicy.KNOWN_ONLY:
        told.append(f"{counted(stays, 'event')} with unknown guests {'stays' if stays == 1 else 'stay'} grey")
    return told or ["No event that is there now looks different"]


def _of_them(number: int, appointments: int, *, was: bool = False) -> str:
    until = " until now" if was else ""
    if number == 1:
        return f", an appointment{until}" if appointments else ""
    noun = "an appointment" if appointments == 1 else "appointments"
    return f", {appointments or 'none'} of them {noun}{until}"


def _people(change: OptionChange) -> list[str]:
    policy = change.after.contact_policy
    left_out = _left_out(change)
    if policy is ContactPolicy.CREATE:
        if not change.added:
            return [f"No contact is added{left_out}"]
        verb = "is" if len(change.added) == 1 else "are"
        return [f"{counted(len(change.added), 'contact')} {verb} added - _{_examples(change.added)}_{left_out}"]
    if policy is ContactPolicy.ASK:
        if not change.asked:
            return [f"You are asked about nobody{left_out}"]
        people = "1 person" if len(change.asked) == 1 else f"{len(change.asked)} people"
        return [f"You are asked about {people} - _{_examples(change.asked)}_{left_out}"]
    return ["Contacts stay as they are, and nobody is added to them"]


def _examples(people: Sequence[NewContact]) -> str:
    shown = [user_text(one.name, limit=40) for one in people[:_EXAMPLES]]
    more = len(people) - len(shown)
    return ", ".join([*shown, f"and {more} more"]) if more else listed(shown)


def _left_out(change: OptionChange) -> str:
    told = []
    for reason, (one, many) in _LEFT_OUT.items():
        number = change.left_out.get(reason, 0)
        if number:
            told.append(f"{number} {one if number == 1 else many}")
    if not told:
        return ""
    verb = "is" if sum(change.left_out.values()) == 1 else "are"
    return f" - {listed(told)} {verb} left out"


def _day(change: OptionChange) -> str:
    at = change.until
    return "" if at is None else told_day(at)
