"""The sync option: its form, what will change by it, and what was done."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.domain.calendars import TWO_WAY, ContactPolicy, EventStyle, SyncOption
from bot.domain.change_sets import ChangeSet, Stays, SwitchProgress, Undone
from bot.domain.errors import NotFound
from bot.rendering.blocks import actions, button, confirmation, context, lines, section
from bot.rendering.form_blocks import Choice, field, radio_buttons
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Block, Modal
from bot.rendering.sync_options import BOTH_OPTIONS, option_name, option_told
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed, were
from bot.rendering.zones import told_day

TITLE = "Sync option"
_NOWHERE = "-"
_FORM_VALUES = {True: "fire", False: "off"}


@dataclass(frozen=True, slots=True)
class SwitchMark:
    """A switch, as the buttons about it carry it.

    Args:
        switch_id: the switch.
        below: the view under the one that the button stands in, "" for none; None where it stands in the settings.
    """

    switch_id: UUID
    below: str | None = None

    def value(self) -> str:
        """What the button carries."""
        return str(self.switch_id) if self.below is None else f"{self.switch_id} {self.below or _NOWHERE}"


def switch_mark(value: str) -> SwitchMark:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    told, _, below = value.partition(" ")
    try:
        switch_id = UUID(told)
    except ValueError as error:
        raise NotFound from error
    places = {"": None, _NOWHERE: ""}
    return SwitchMark(switch_id, places.get(below, below))


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


def switched(progress: SwitchProgress, below: str) -> Modal:
    """How far the switch has come, with the ways on."""
    switch = progress.switch
    told = f"*{user_text(switch.name, limit=60)}* is {option_told(switch.after)} now."
    again = button("Look again", ActionId.SWITCH_PROGRESS, value=SwitchMark(switch.id, below).value())
    buttons = [*([again] if progress.waiting else []), undo_button(progress, below)]
    return Modal(
        TITLE,
        (section(f"{told}\n{progress_told(progress)}"), actions(*buttons), context(_until(progress))),
    )


def progress_told(progress: SwitchProgress) -> str:
    """What was done so far."""
    made = f"{were(progress.contacts, 'contact')} added."
    if progress.waiting:
        return f"Daybook is still deciding about {counted(progress.waiting, 'event')}. {made}"
    return f"Everything is decided. {made}"


def switch_rows(progress: SwitchProgress | None) -> list[Block]:
    """Under the sync option in the settings: the last switch, with the way back."""
    if progress is None:
        return []
    switch = progress.switch
    told = (
        f"_Switched *{user_text(switch.name, limit=60)}* from {option_name(switch.before)} to "
        f"{option_name(switch.after)} on {told_day(switch.made_at)}. {progress_told(progress)}_"
    )
    if option_name(switch.before) == option_name(switch.after):
        told = (
            f"_Changed *{user_text(switch.name, limit=60)}* to {option_told(switch.after)} on "
            f"{told_day(switch.made_at)}. {progress_told(progress)}_"
        )
    return [section(told, accessory=undo_button(progress)), context(_until(progress))]


def undo_button(progress: SwitchProgress, below: str | None = None) -> Block:
    """[Undo] with the question that says first what happens; `below` is that of its `SwitchMark`."""
    switch = progress.switch
    question = f"{_again(switch)} {_contacts(switch)} Nothing is written to Google."
    return button(
        "Undo",
        ActionId.UNDO_SWITCH,
        value=SwitchMark(switch.id, below).value(),
        confirm=confirmation("Undo the switch?", question, yes="Undo", no="Keep"),
    )


def undone_text(undone: Undone) -> str:
    """What was undone, and what stays and why."""
    name = user_text(undone.switch.name, limit=60)
    if undone.option is None:
        now = f"*{name}* is not linked any more, so its option was left alone."
    else:
        now = f"*{name}* is {option_told(undone.option)} again."
    went = f"{were(undone.removed, 'contact')} removed."
    told = [f"{now} {went} Nothing was written to Google."]
    for reason in Stays:
        names = [user_text(contact.name, limit=40) for contact, why in undone.kept if why is reason]
        if names:
            told.append(f"{listed(names)} {'stays' if len(names) == 1 else 'stay'}: {_STAYS[reason]}.")
    return lines(told)


def undone_view(undone: Undone) -> Modal:
    """The same as a view."""
    return Modal(TITLE, (section(undone_text(undone)),))


_LEADS = {
    ContactPolicy.NONE: "adds nobody to contacts",
    ContactPolicy.KNOWN_ONLY: "leaves unknown invitees out",
    ContactPolicy.ASK: "asks about unknown invitees",
    ContactPolicy.CREATE: "adds unknown invitees",
}
_STAYS = {
    Stays.EDITED: "edited since",
    Stays.BOOKED: "with appointments booked in Daybook",
    Stays.MET_ELSEWHERE: "on meetings in a colleague's linked calendar",
}


def _until(progress: SwitchProgress) -> str:
    return f"You can undo this until {told_day(progress.switch.until)}. *Undo*: {_again(progress.switch)}"


def _again(switch: ChangeSet) -> str:
    """What an undo leads to, in a sentence."""
    name, before = user_text(switch.name, limit=60), switch.before
    if option_name(before) != option_name(switch.after):
        return f"{name} is {option_told(before)} again."
    changes = [_LEADS[before.contact_policy]] if before.contact_policy is not switch.after.contact_policy else []
    if before.fire_triggers is not switch.after.fire_triggers:
        changes.append(f"has triggers {'on' if before.fire_triggers else 'off'}")
    return f"{name} {listed(changes)} again."


def _contacts(switch: ChangeSet) -> str:
    """What becomes of contacts by it."""
    if switch.after.contact_policy is ContactPolicy.ASK:
        return "Contacts that you added when asked stay."
    if switch.after.contact_policy is ContactPolicy.CREATE:
        return "Contacts that the switch made go, if nobody edited them or booked with them."
    return "Contacts stay as they are."
