"""The sync option: its form, what will change by it, and what was done."""

from datetime import datetime
from enum import StrEnum

from bot.domain.calendars import TWO_WAY, ContactPolicy, EventStyle, SyncOption
from bot.domain.change_sets import Progress, Stays, Undone
from bot.rendering.blocks import Choice, actions, button, confirmation, context, field, lines, radio_buttons, section
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Block, Modal
from bot.rendering.sync_options import BOTH_OPTIONS, option_name, option_told
from bot.rendering.text import slack_date, user_text
from bot.rendering.wording import counted, listed

TITLE = "Sync option"
_NOWHERE = "-"
_FORM_VALUES = {True: "fire", False: "off"}


class OptionField(StrEnum):
    """The fields of the form, as block ids."""

    STYLE = "style"
    POLICY = "policy"
    TRIGGERS = "triggers"


def option_form(option: SyncOption, below: str) -> Modal:
    """The form with what is set now. `below` is the id of the view that it is on top of."""
    finer = option if option.event_style is EventStyle.COLOURED else TWO_WAY
    return Modal(
        TITLE,
        (
            section(BOTH_OPTIONS),
            field(
                "Sync option",
                radio_buttons(
                    ActionId.SETTING,
                    [Choice("One-way", EventStyle.BLOCKED), Choice("Two-way", EventStyle.COLOURED)],
                    chosen=option.event_style,
                ),
                block_id=OptionField.STYLE,
            ),
            field(
                "Under two-way: unknown invitees",
                radio_buttons(ActionId.SETTING, _POLICIES, chosen=finer.contact_policy),
                block_id=OptionField.POLICY,
            ),
            field(
                "Under two-way: triggers",
                radio_buttons(ActionId.SETTING, _TRIGGERS, chosen=_FORM_VALUES[finer.fire_triggers]),
                block_id=OptionField.TRIGGERS,
            ),
            context("Nothing changes yet: next you see what will."),
        ),
        callback_id=CallbackId.SYNC_OPTION,
        submit="Next",
        close="Cancel",
        private_metadata=below,
    )


_POLICIES = (
    Choice("Add them", ContactPolicy.CREATE, "outside invitees become contacts"),
    Choice("Ask me", ContactPolicy.ASK, "one message lists them, and you decide"),
    Choice("Known only", ContactPolicy.KNOWN_ONLY, "leave them out; an event with nobody known stays grey"),
)
_TRIGGERS = (
    Choice("Fire", _FORM_VALUES[True], "for what happens in Google from now on"),
    Choice("Off", _FORM_VALUES[False]),
)


def option_from(style: str, policy: str, triggers: str) -> SyncOption | None:
    """What a form asks for; None for what no form of ours sends."""
    if style not in set(EventStyle) or policy not in set(ContactPolicy) or triggers not in _FORM_VALUES.values():
        return None
    return SyncOption(EventStyle(style), ContactPolicy(policy), fire_triggers=triggers == _FORM_VALUES[True])


def counting() -> Modal:
    """What is on the screen while it is worked out what will change."""
    return Modal(TITLE, (section("Counting what will change…"),))


def switching() -> Modal:
    """What is on the screen while it is switched."""
    return Modal(TITLE, (section("Switching…"),))


def kept_as_it_is(option: SyncOption) -> Modal:
    """Nothing was to change."""
    return Modal(TITLE, (section(f"It is {option_told(option)} already. Nothing was changed."),))


def switched(progress: Progress, below: str) -> Modal:
    """How far the switch has come, with the ways on."""
    switch = progress.switch
    told = f"*{user_text(switch.name, limit=60)}* is {option_told(switch.after)} now."
    again = button("Look again", ActionId.SWITCH_PROGRESS, value=f"{switch.id} {below or _NOWHERE}")
    buttons = [*([again] if progress.waiting else []), undo_button(progress, below or _NOWHERE)]
    return Modal(
        TITLE,
        (section(f"{told}\n{progress_told(progress)}"), actions(*buttons), context(_until(progress))),
    )


def progress_told(progress: Progress) -> str:
    """What was done so far."""
    made = f"{counted(progress.contacts, 'contact')} {'was' if progress.contacts == 1 else 'were'} added by it."
    if progress.waiting:
        verb = "is" if progress.waiting == 1 else "are"
        return f"{counted(progress.waiting, 'event')} {verb} still being gone through; {made}"
    return f"Everything was gone through; {made}"


def switch_rows(progress: Progress | None) -> list[Block]:
    """Under the sync option in the settings: the last switch, with the way back."""
    if progress is None:
        return []
    switch = progress.switch
    told = (
        f"_Switched *{user_text(switch.name, limit=60)}* from {option_name(switch.before)} to "
        f"{option_name(switch.after)} on {_day(switch.made_at)}. {progress_told(progress)}_"
    )
    if option_name(switch.before) == option_name(switch.after):
        told = (
            f"_Changed *{user_text(switch.name, limit=60)}* to {option_told(switch.after)} on "
            f"{_day(switch.made_at)}. {progress_told(progress)}_"
        )
    return [section(told, accessory=undo_button(progress)), context(_until(progress))]


def undo_button(progress: Progress, below: str = "") -> Block:
    """[Undo] with the question that says first what happens; `below` is the view under the one that it stands in."""
    switch = progress.switch
    question = (
        f"{user_text(switch.name, limit=60)} is {option_name(switch.before)} again. Contacts that the switch made go, "
        "if nobody edited them or booked with them. Nothing is written to Google."
    )
    return button(
        "Undo",
        ActionId.UNDO_SWITCH,
        value=f"{switch.id} {below}".rstrip(),
        confirm=confirmation("Undo the switch?", question, yes="Undo", no="Keep"),
    )


def undone_text(undone: Undone) -> str:
    """What was undone, and what stays and why."""
    name = user_text(undone.switch.name, limit=60)
    if undone.option is None:
        now = f"*{name}* is not linked any more, so its option was left alone."
    else:
        now = f"*{name}* is {option_told(undone.option)} again."
    went = f"{counted(undone.removed, 'contact')} {'was' if undone.removed == 1 else 'were'} removed."
    told = [f"{now} {went} Nothing was written to Google."]
    for reason in Stays:
        names = [user_text(contact.name, limit=40) for contact, why in undone.kept if why is reason]
        if names:
            told.append(f"{listed(names)} {'stays' if len(names) == 1 else 'stay'}: {_STAYS[reason]}.")
    return lines(told)


def undone_view(undone: Undone) -> Modal:
    """The same as a view."""
    return Modal(TITLE, (section(undone_text(undone)),))


_STAYS = {
    Stays.EDITED: "edited since",
    Stays.BOOKED: "with appointments booked in Daybook",
    Stays.MET_ELSEWHERE: "on meetings in a colleague's linked calendar",
}


def _until(progress: Progress) -> str:
    return f"You can undo this until {_day(progress.switch.until)}."


def _day(at: datetime) -> str:
    return slack_date(at, form="{date_long}", fallback=f"{at:%-d %B %Y} (UTC)")
