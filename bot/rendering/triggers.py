"""The list of triggers, and one of them with its ledger."""

from bot.domain.firings import Firing, TriggerHealth
from bot.domain.trigger_views import LEDGER_PAGE, TriggerShown, TriggersShown
from bot.domain.triggers import ActionKind, Trigger
from bot.rendering.blocks import VIEW_BLOCKS, actions, button, confirmation, context, divider, fit, section
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text
from bot.rendering.trigger_ref import TriggerDeed, TriggerRef
from bot.rendering.trigger_words import about, does_text, looks_at, outcome, says_text, trigger_name, when_text
from bot.rendering.wording import channel_text, counted, name_of

TITLE = "Triggers"
_NONE_YET = "No triggers yet. For instance: post to a channel when you are booked, or call your own system."
_LEAD = "A trigger does something when an appointment is booked, moved or cancelled, or a contact is added."

_OFF = "Your calendar has triggers off: of what you host, only bookings made in Daybook fire."


def opening_triggers() -> Modal:
    """What is on the screen while they are gathered."""
    return loading(TITLE)


def triggers_modal(shown: TriggersShown) -> Modal:
    """The reader's own, and below them those of others of which he is told."""
    blocks = [section(_LEAD), *([context(_OFF)] if shown.is_off else [])]
    blocks.append(actions(button("New trigger", ActionId.TRIGGER_NEW, primary=True)))
    blocks += [_row(one, may_open=True) for one in shown.own] or [section(_NONE_YET)]
    if shown.others:
        heading = "*Others' triggers*" if shown.is_admin else "*Others' triggers that look at your appointments*"
        blocks += [divider(), section(heading)]
        blocks += [_row(one, may_open=shown.is_admin, by=name_of(one.owner)) for one in shown.others]
    return Modal(TITLE, fit(blocks, limit=VIEW_BLOCKS))


def trigger_modal(shown: TriggerShown, *, note: str = "") -> Modal:
    """One trigger; `note` says on top what was just done with it."""
    trigger = shown.health.trigger
    whose = "" if shown.is_own else f"\nSet up by {name_of(shown.health.owner)}; its owner sees what it did."
    reader = shown.health.owner if shown.is_own else None
    rule = f"{when_text(trigger)}, {looks_at(trigger, shown.hosts, shown.calendar, reader)}: {does_text(trigger)}"
    says = f"\n{says_text(trigger)}" if shown.is_own and says_text(trigger) else ""
    blocks = [section(note)] if note else []
    blocks += [section(f"{trigger_name(trigger)} · {_state(trigger)}\n{rule}{says}{whose}"), actions(*_buttons(shown))]
    if shown.is_own:
        blocks += [divider(), *_ledger(shown)]
    return Modal(TITLE, tuple(blocks))


def deleted_view(trigger: Trigger) -> Modal:
    """What is left of a deleted one."""
    return Modal(TITLE, (section(f"{trigger_name(trigger)} is deleted, with the record of what it did."),))


def trying_note() -> str:
    """While it is tried out."""
    return "Trying…"


def tried_note(trigger: Trigger) -> str:
    """What became of trying it out."""
    match trigger.action.kind:
        case ActionKind.POST:
            return f"Tried: there is a message in {channel_text(trigger.action.channel_name)}, marked as a test."
        case ActionKind.MESSAGE:
            return "Tried: you have a message, marked as a test. A real one goes to the host."
        case ActionKind.WEBHOOK:
            return f"Tried: {user_text(trigger.action.webhook_host, limit=100)} took the call, marked as a test."
        case ActionKind.TAG:
            return f"Nothing was tagged: it would add the tag {user_text(trigger.action.tag, limit=60)} to the contact."


def paused_note() -> str:
    """Why nothing is run again."""
    return "It is paused: *Go on* first. Nothing was done."


def failed_note(problem: str) -> str:
    """Why trying it out did not work."""
    return f"That did not work: {user_text(problem, limit=300)}"


def secret_note(secret: str) -> str:
    """What calls are signed with, shown once."""
    return f"Calls are signed with this secret. Copy it now, it is not shown again:\n`{secret}`"


def _row(health: TriggerHealth, *, may_open: bool, by: str = "") -> Block:
    trigger = health.trigger
    whose = f" · by {by}" if by else ""
    done = health.fired - health.waiting
    told = [f"fired {counted(done, 'time')}" if done else "", "" if health.fired else "not fired yet"]
    told.append(f"*{health.failed} came to nothing*" if health.failed else "")
    told.append(f"{health.waiting} not delivered yet" if health.waiting else "")
    lines = [
        f"{trigger_name(trigger)} · {_state(trigger)}{whose}",
        f"{when_text(trigger)}: {does_text(trigger)}",
        ", ".join(part for part in told if part),
    ]
    opens = button("Open", numbered(ActionId.TRIGGER_OPEN, trigger.id), value=str(trigger.id)) if may_open else None
    return section("\n".join(lines), accessory=opens)


def _state(trigger: Trigger) -> str:
    return "*paused*" if trigger.is_paused else "on"


def _buttons(shown: TriggerShown) -> list[Block]:
    trigger = shown.health.trigger
    stop = [
        _do("Go on", TriggerDeed.RESUME, trigger) if trigger.is_paused else _pause(trigger),
        _delete(trigger, shown.health.fired),
    ]
    if not shown.is_own:
        return stop
    edit = button("Edit", ActionId.TRIGGER_EDIT, value=str(trigger.id))
    secret = [_new_secret(trigger)] if trigger.action.kind is ActionKind.WEBHOOK else []
    return [_do("Try it", TriggerDeed.TRY, trigger), edit, *secret, *stop]


def _do(
    label: str, deed: TriggerDeed, trigger: Trigger, *, danger: bool = False, confirm: Block | None = None
) -> Block:
    value = TriggerRef(deed, trigger.id).value()
    return button(label, numbered(ActionId.TRIGGER_DO, deed), value=value, danger=danger, confirm=confirm)


def _new_secret(trigger: Trigger) -> Block:
    host = user_text(trigger.action.webhook_host, limit=100)
    asked = confirmation(
        "Make a new secret?",
        f"Calls to {host} are signed with it from now on. The old one counts for nothing any more.",
        yes="Make one",
        no="Keep the old one",
    )
    return _do("New secret", TriggerDeed.SECRET, trigger, confirm=asked)


def _pause(trigger: Trigger) -> Block:
    asked = confirmation(
        "Pause this trigger?",
        f"{trigger_name(trigger)} does nothing until it goes on. What happens while it is paused never fires.",
        yes="Pause",
        no="Leave it on",
    )
    return _do("Pause", TriggerDeed.PAUSE, trigger, confirm=asked)


def _delete(trigger: Trigger, fired: int) -> Block:
    record = f" The record of what it did ({counted(fired, 'firing')}) goes with it." if fired else ""
    asked = confirmation(
        "Delete this trigger?",
        f"{trigger_name(trigger)} stops at once.{record}",
        yes="Delete",
        no="Keep it",
    )
    return _do("Delete", TriggerDeed.DELETE, trigger, danger=True, confirm=asked)


def _ledger(shown: TriggerShown) -> list[Block]:
    trigger, total = shown.health.trigger, shown.health.fired
    if not total:
        return [section("It has not fired yet. *Try it* shows what it would do.")]
    last = shown.offset + len(shown.firings)
    shown_of = f"{shown.offset + 1} to {last} of {total}" if total > len(shown.firings) else str(total)
    blocks = [section(f"*What it did* · {shown_of}, the newest first")]
    blocks += [_entry(firing, shown.zone, is_paused=trigger.is_paused) for firing in shown.firings]
    turns = []
    if shown.offset:
        turns.append(_page("Newer", trigger, max(shown.offset - LEDGER_PAGE, 0)))
    if last < total:
        turns.append(_page("Older", trigger, last))
    if turns:
        blocks.append(actions(*turns))
    blocks.append(context("It never fires twice for the same booking or change."))
    return blocks


def _entry(firing: Firing, zone: str, *, is_paused: bool) -> Block:
    again = None
    if firing.state.may_run_again:
        again = button("Run again", numbered(ActionId.FIRING_AGAIN, firing.id), value=str(firing.id))
    return section(f"{about(firing)}\n{outcome(firing, zone, is_paused=is_paused)}", accessory=again)


def _page(label: str, trigger: Trigger, offset: int) -> Block:
    ref = TriggerRef(TriggerDeed.PAGE, trigger.id, offset)
    return button(label, numbered(ActionId.TRIGGER_DO, f"{TriggerDeed.PAGE}-{label.lower()}"), value=ref.value())
