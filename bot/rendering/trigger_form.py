"""The form of a trigger: when, which appointments, and then what."""

from bot.domain.calendars import Calendar
from bot.domain.occasions import BookedIn, What
from bot.domain.templates import LONGEST_TEMPLATE, fields_text
from bot.domain.trigger_form import TriggerForm, TriggerFormField, TriggerWish
from bot.domain.trigger_views import TriggerSaved
from bot.domain.triggers import LONGEST_TRIGGER_NAME, ActionKind
from bot.domain.webhooks import LONGEST_URL
from bot.rendering.blocks import OPTION_TEXT, context, section
from bot.rendering.form_blocks import Choice, channel_select, checkboxes, field, people_select, select, text_input
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import clean, user_text
from bot.rendering.trigger_ref import TriggerMark
from bot.rendering.trigger_words import trigger_name
from bot.rendering.triggers import secret_note

ANY = "any"
"""The choice that leaves nothing out."""

_WHEN = (
    Choice("Booked", What.BOOKED, "what is on hold counts once it is confirmed"),
    Choice("Rescheduled", What.RESCHEDULED),
    Choice("Cancelled", What.CANCELLED),
    Choice("Showed", What.SHOWED),
    Choice("No-show", What.NO_SHOW),
    Choice("Contact added", What.CONTACT_ADDED, "choose it alone: it has no appointment"),
)
_BOOKED_IN = (
    Choice("Anywhere", ANY),
    Choice("In Daybook", BookedIn.DAYBOOK),
    Choice("In Google", BookedIn.GOOGLE),
)
_KINDS = (
    Choice("Post to a channel", ActionKind.POST),
    Choice("Message the host", ActionKind.MESSAGE),
    Choice("Call a webhook", ActionKind.WEBHOOK),
    Choice("Tag the contact", ActionKind.TAG),
)


def opening_form() -> Modal:
    """What is on the screen while the form is made."""
    return loading("Trigger")


def saving_trigger() -> Modal:
    """What is on the screen while it is saved, and its channel or address is looked at."""
    return loading("Trigger", "Saving…")


def trigger_form(form: TriggerForm, mark: TriggerMark, *, mistake: str = "") -> Modal:
    """The form with what stands in it; `mistake` says on top what was wrong with the last try."""
    wish = form.wish
    chosen = [choice.value for choice in _WHEN if choice.value in wish.when]
    when = field("When", checkboxes(ActionId.TRIGGER, _WHEN, chosen=chosen), block_id=TriggerFormField.WHEN)
    does = select(ActionId.TRIGGER_KIND, _KINDS, chosen=wish.kind)
    blocks = [
        *([section(user_text(mistake, limit=500))] if mistake else []),
        when,
        _hosts(form),
        *_filters(wish, form.calendars),
        field("Then", does, block_id=TriggerFormField.ACTION, tells=True),
        *_action(wish),
        _text("Name", TriggerFormField.NAME, wish.name, hint="Stands under what it says.", most=LONGEST_TRIGGER_NAME),
    ]
    title = "New trigger" if form.trigger_id is None else "Edit trigger"
    return Modal(
        title,
        tuple(blocks),
        callback_id=CallbackId.TRIGGER,
        submit="Save",
        close="Cancel",
        private_metadata=mark.metadata(),
    )


def saved_view(saved: TriggerSaved) -> Modal:
    """What was saved, with the secret of a webhook where there is a new one."""
    name = trigger_name(saved.trigger)
    state = "is paused" if saved.trigger.is_paused else "is on"
    told = f"{name} {state}. It fires for what happens from now on." if saved.is_new else f"{name} is changed."
    secret = [section(secret_note(saved.secret))] if saved.secret else []
    return Modal("Trigger", (section(told), *secret))


def _hosts(form: TriggerForm) -> Block:
    if not form.for_everybody:
        return context("It looks at what you host. An admin can make triggers for everybody.")
    return field(
        "Hosted by",
        people_select(ActionId.TRIGGER, chosen=form.wish.hosts, placeholder="Everybody"),
        block_id=TriggerFormField.HOSTS,
        hint="Empty: everybody in this workspace. Whoever is concerned finds the trigger in their own list.",
        optional=True,
    )


def _filters(wish: TriggerWish, calendars: tuple[Calendar, ...]) -> list[Block]:
    blocks = []
    if calendars:
        choices = [Choice("Any calendar", ANY)]
        choices += [Choice(clean(one.name, limit=OPTION_TEXT), str(one.id)) for one in calendars]
        known = [choice.value for choice in choices if choice.value == str(wish.calendar_id)]
        shown = select(ActionId.TRIGGER, choices, chosen=next(iter(known), ANY))
        blocks.append(field("In the calendar", shown, block_id=TriggerFormField.CALENDAR))
    booked_in = select(ActionId.TRIGGER, _BOOKED_IN, chosen=wish.booked_in or ANY)
    blocks.append(field("Booked where", booked_in, block_id=TriggerFormField.BOOKED_IN))
    blocks.append(
        _text("Only contacts with this tag", TriggerFormField.ONLY_TAG, wish.only_tag, placeholder="any contact")
    )
    return blocks


def _action(wish: TriggerWish) -> list[Block]:
    match wish.kind:
        case ActionKind.POST:
            channel = channel_select(ActionId.TRIGGER, chosen=wish.channel_id, placeholder="Choose a channel")
            return [
                field(
                    "Channel",
                    channel,
                    block_id=TriggerFormField.CHANNEL,
                    hint="Daybook has to be in it: invite it there with /invite @Daybook.",
                ),
                _says(wish),
            ]
        case ActionKind.MESSAGE:
            return [_says(wish)]
        case ActionKind.WEBHOOK:
            entered = text_input(
                ActionId.TRIGGER,
                initial=wish.url,
                placeholder="https://hooks.example.com/daybook",
                most=LONGEST_URL,
            )
            hint = "Called with JSON, signed; an https address on the open internet."
            return [field("Address", entered, block_id=TriggerFormField.URL, hint=hint)]
        case ActionKind.TAG:
            return [field("Tag", text_input(ActionId.TRIGGER, initial=wish.tag), block_id=TriggerFormField.TAG)]


def _says(wish: TriggerWish) -> Block:
    entered = text_input(
        ActionId.TRIGGER,
        initial=wish.text,
        placeholder="Booked: {contact} with {host}, {when}",
        most=LONGEST_TEMPLATE,
        multiline=True,
    )
    hint = f"Plain text with {fields_text()}. Empty: what is usually said."
    return field("Text", entered, block_id=TriggerFormField.TEXT, hint=hint, optional=True)


def _text(
    label: str, name: TriggerFormField, initial: str, *, hint: str = "", placeholder: str = "", most: int = 0
) -> Block:
    entered = text_input(ActionId.TRIGGER, initial=initial, placeholder=placeholder, most=most)
    return field(label, entered, block_id=name, hint=hint, optional=True)
