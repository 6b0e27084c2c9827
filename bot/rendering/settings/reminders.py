"""The row *Reminders* of Calendar Settings, and the form behind it."""

from bot.domain.reminder_form import ASKS_AFTER, ChannelLevel, ReminderField
from bot.domain.reminders import LONGEST_AHEAD, MOST_REMINDERS, ReminderChoice
from bot.rendering.blocks import section
from bot.rendering.form_blocks import Choice, channel_select, checkboxes, field, radio_buttons, text_input
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import channel_text, counted, meeting_length

TITLE = "Reminders"
_PROBLEM = 300


def opening_reminders() -> Modal:
    """What is on the screen while they are looked up."""
    return loading(TITLE)


def saving_reminders() -> Modal:
    """What is on the screen while the channel is looked at."""
    return loading(TITLE, "Saving…")


def reminders_form(choice: ReminderChoice, below: str = "", *, mistake: str = "", is_new: bool = False) -> Modal:
    """What is set.

    Args:
        choice: what stands in the fields.
        below: the id of the view that it is on top of, if any.
        mistake: why the last try was refused.
        is_new: it is what somebody wrote in words, and not kept yet.
    """
    told = [section(user_text(mistake, limit=_PROBLEM))] if mistake else []
    told += [section(f"Not saved yet: {_before(choice)}. *Save* keeps it.")] if is_new else []
    return Modal(
        TITLE,
        (*told, *_fields(choice)),
        callback_id=CallbackId.SETTINGS_REMINDERS,
        submit="Save",
        close="Cancel",
        private_metadata=below,
    )


def reminders_saved(choice: ReminderChoice) -> Modal:
    """What was kept."""
    return Modal(TITLE, (section(f"Saved: {reminders_text(choice)}"),))


def reminders_text(choice: ReminderChoice) -> str:
    """`1 hour before, and 10 minutes before the start · also in #sales, without titles`, and so on."""
    told = [_before(choice)]
    if choice.channel_id:
        titles = "with titles" if choice.shows_titles else "without titles"
        told.append(f"also in {channel_text(choice.channel_name)}, {titles}")
    told.append("asked afterwards how it went" if choice.asks_after else "not asked afterwards")
    problem = f"\n_{user_text(choice.problem, limit=_PROBLEM)}_" if choice.problem else ""
    return " · ".join(told) + problem


def _before(choice: ReminderChoice) -> str:
    """Each by itself, so that two of them do not read as one."""
    lengths = [f"{_length(one)} before" for one in choice.minutes] or ["none before"]
    last = f", and {lengths[-1]}" if len(lengths) > 1 else ""
    return f"{', '.join(lengths[:-1] or lengths)}{last} the start"


def _fields(choice: ReminderChoice) -> list[Block]:
    levels = [
        Choice("That I have an appointment, and when", ChannelLevel.BUSY),
        Choice("Its title as well", ChannelLevel.TITLES, "titles often name the contact; private ones stay hidden"),
    ]
    asking = [Choice("Ask me how an appointment with a contact went", ASKS_AFTER)]
    return [
        field(
            "Minutes before the start",
            text_input(
                ActionId.SETTING, initial=", ".join(str(one) for one in choice.minutes), placeholder="none", most=80
            ),
            block_id=ReminderField.MINUTES,
            hint=f"Several are possible, like 60, 10; up to {MOST_REMINDERS}, and {LONGEST_AHEAD // 60} hours at most.",
            optional=True,
        ),
        field(
            "Remind a channel as well",
            channel_select(ActionId.SETTING, chosen=choice.channel_id, placeholder="No channel"),
            block_id=ReminderField.CHANNEL,
            hint="Daybook has to be in it: /invite @Daybook",
            optional=True,
        ),
        field(
            "What the channel reads",
            radio_buttons(
                ActionId.SETTING,
                levels,
                chosen=ChannelLevel.TITLES if choice.shows_titles else ChannelLevel.BUSY,
            ),
            block_id=ReminderField.SHOWS,
        ),
        field(
            "Afterwards",
            checkboxes(ActionId.SETTING, asking, chosen=[ASKS_AFTER] if choice.asks_after else []),
            block_id=ReminderField.AFTER,
            hint="Once, in your working hours, if nobody has said it yet.",
            optional=True,
        ),
    ]


def _length(minutes: int) -> str:
    return meeting_length(minutes) if minutes < 24 * 60 else counted(minutes // (24 * 60), "day")
