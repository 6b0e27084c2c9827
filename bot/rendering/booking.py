"""The booking form: with whom, where, when, and what will be sent to whom; whatever was typed stays."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from bot.domain.appointments import Where
from bot.domain.booking import LONGEST_DETAILS, LONGEST_NOTE, LONGEST_TITLE, OwnAddress
from bot.domain.booking_form import BookingForm
from bot.domain.contacts import LONGEST_ADDRESS, LONGEST_NAME, Contact, NewContact
from bot.rendering.blocks import OPTION_VALUE, VIEW_BLOCKS, fit, section
from bot.rendering.booking_words import NEW_CONTACT, NO_CONTACT, NO_TIME_TO_TAKE, WHERE, contact_value, invitation_line
from bot.rendering.form_blocks import Choice, checkboxes, external_select, field, people_select, select, text_input
from bot.rendering.form_mark import FormMark
from bot.rendering.form_trouble import BOOK_ANYWAY, NO_TROUBLE, UNKNOWN_IN_THE_WAY, Trouble, trouble_blocks
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, BookingField, BookingSwitch, CallbackId, numbered
from bot.rendering.start_fields import (
    caveat_lines,
    day_field,
    hash_of,
    notes,
    shift_lines,
    time_blocks,
    unknown_blocks,
    when_line,
    why_no_time,
)
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import clean, user_text
from bot.rendering.wording import meeting_length

TITLE = "Book"
LENGTHS = (15, 30, 45, 60, 90, 120)
OWN_TIME_NOT_TAKEN = "Your own time is not taken. Add yourself under *With* if you will be there."
_THEIR_NAME = "Their name"
_DETAILS = {Where.PHONE: "Phone number", Where.PLACE: "Which place"}


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in the form besides what it was asked with.

    Args:
        switches: what is ticked.
        name: of a new contact, as it was typed.
    """

    switches: frozenset[BookingSwitch] = frozenset()
    name: str = ""


def opening_booking() -> Modal:
    """What is on the screen while the form is made."""
    return loading(TITLE)


def booking_now() -> Modal:
    """What is on the screen while calendars are read and the time is taken."""
    return loading(TITLE, "Reading the calendars once more, then taking the time…")


def fresh(form: BookingForm) -> Held:
    """What is ticked as the form opens."""
    return Held(frozenset({BookingSwitch.INVITES} if form.invites else ()))


def booking_form(
    form: BookingForm,
    held: Held,
    mark: FormMark,
    viewer: UUID,
    trouble: Trouble = NO_TROUBLE,
    *,
    asked: Collection[str] = (),
) -> Modal:
    """The form, holding everything that was typed so far.

    `viewer` is the reader's member id; `asked` are the Slack ids of people who were asked to connect a calendar just
    now.
    """
    switches = _switches(form, mark, trouble)
    if trouble.unknown:  # what was ticked was said about something else
        held = replace(held, switches=held.switches - {BookingSwitch.ANYWAY})
    mark = replace(
        mark,
        unknown=mark.unknown | trouble.unknown,
        has_own_contact=form.is_own_contact,
        shows_invites=BookingSwitch.INVITES in [choice.value for choice in switches],
        wanted=form.free.wanted,
    )
    # Where nobody can say when a host is free, the own word of another one does not help.
    is_any = form.is_own and BookingSwitch.OVERRIDES in held.switches and form.free.starts is not None
    blocks = [
        *trouble_blocks(trouble, form.zone, ActionId.BOOKING_START),
        *_people(form, held, mark),
        *_what(form, held, mark),
        _length(form),
        day_field(form.free, mark, ActionId.BOOKING),
        *_why_none(form, trouble, viewer, asked, is_any=is_any),
        *time_blocks(form.free, form.minutes, mark, ActionId.BOOKING, is_any=is_any),
        _note(form),
        *_ticks(switches, held, form, mark),
        *_preview(form, held, is_any=is_any),
        *notes(caveat_lines(form.free, viewer, form.now)),
    ]
    return Modal(
        TITLE,
        fit(blocks, limit=VIEW_BLOCKS),
        callback_id=CallbackId.BOOK,
        submit="Hold" if BookingSwitch.HOLDS in held.switches else "Book",
        close="Cancel",
        private_metadata=mark.metadata(),
    )


def name_id(email: str) -> str:
    """The id of the field for a new contact's name."""
    return numbered(ActionId.BOOKING, f"name-{email}"[:200])


def details_id(where: Where) -> str:
    """The id of the field for a phone number or a place; one does not become the other."""
    return numbered(ActionId.BOOKING, f"details-{where}")


def _people(form: BookingForm, held: Held, mark: FormMark) -> list[Block]:
    hosts = people_select(
        numbered(ActionId.BOOKING, f"hosts-{mark.turn}"), chosen=[host.slack_user_id for host in form.hosts]
    )
    contact = external_select(ActionId.CONTACT, chosen=_contact(form), placeholder="Name or e-mail address")
    blocks = [
        field("With", hosts, block_id=BookingField.HOSTS, hint="Their time it takes; all have to be free.", tells=True),
        field(
            "Contact",
            contact,
            block_id=BookingField.CONTACT,
            hint="Somebody outside the team. Leave it empty for a meeting among colleagues.",
            optional=True,
            tells=True,
        ),
    ]
    if isinstance(form.contact, NewContact):
        # The address is part of the id: another new contact does not inherit the name of the one before.
        name = text_input(
            name_id(form.contact.email), initial=held.name, placeholder=clean(form.contact.name), most=LONGEST_NAME
        )
        blocks.append(field("Name of the new contact", name, block_id=BookingField.NAME, optional=True))
    if form.is_own_contact:
        blocks += notes([f"{OwnAddress()} Choose somebody else, or leave it empty."])
    elif form.is_colleague and form.contact is not None:
        blocks += notes([_colleague_line(form.contact)])
    if form.contact is None and not form.is_own:
        blocks += notes([OWN_TIME_NOT_TAKEN if form.may_host else NO_TIME_TO_TAKE])
    return blocks


def _colleague_line(contact: Contact | NewContact) -> str:
    address = user_text(contact.email, limit=LONGEST_ADDRESS)
    return (
        f"{address} looks like a colleague's. Add colleagues under *With* instead, so that they have to be free too; "
        "as a contact they are only e-mailed by Google."
    )


def _usual_title(form: BookingForm, held: Held) -> str:
    """What it is called where nothing is typed.

    A new contact goes by the name that is typed for him, of which Slack tells nothing until the form is made anew.
    """
    if not isinstance(form.contact, NewContact):
        return form.usual_title
    return (held.name.strip() or _THEIR_NAME) + form.usual_title.removeprefix(form.contact.name)


def _what(form: BookingForm, held: Held, mark: FormMark) -> list[Block]:
    title = text_input(
        numbered(ActionId.BOOKING, "title"),
        initial=form.title,
        placeholder=clean(_usual_title(form, held)),
        most=LONGEST_TITLE,
    )
    venues = [Choice(WHERE[where], where) for where in form.venues]
    where = form.venue.where
    action_id = numbered(ActionId.BOOKING, f"venue-{hash_of(form.free.gathered)}-{len(venues)}-{mark.turn}")
    blocks = [
        field("Title", title, block_id=BookingField.TITLE, optional=True),
        field("Where", select(action_id, venues, chosen=where), block_id=BookingField.VENUE, tells=True),
    ]
    if where in _DETAILS:
        details = text_input(details_id(where), initial=form.venue.details, most=LONGEST_DETAILS)
        blocks.append(field(_DETAILS[where], details, block_id=BookingField.DETAILS))
    return blocks


def _length(form: BookingForm) -> Block:
    lengths = [Choice(meeting_length(each), str(each)) for each in sorted({*LENGTHS, form.minutes})]
    picked = select(numbered(ActionId.BOOKING, "minutes"), lengths, chosen=str(form.minutes))
    return field("Length", picked, block_id=BookingField.MINUTES, tells=True)


def _why_none(
    form: BookingForm, trouble: Trouble, viewer: UUID, asked: Collection[str], *, is_any: bool
) -> list[Block]:
    if form.free.starts is None:
        return unknown_blocks(form.free.gathered, viewer, asked)
    if is_any or trouble.text:
        return []
    return why_no_time(form.free, form.minutes, form.hosts, viewer, form.zone, form.now)


def _note(form: BookingForm) -> Block:
    note = text_input(numbered(ActionId.BOOKING, "note"), initial=form.note, most=LONGEST_NOTE, multiline=True)
    hint = "Stands in the Google event, so whoever is invited can read it."
    return field("Note", note, block_id=BookingField.NOTE, hint=hint, optional=True)


def _switches(form: BookingForm, mark: FormMark, trouble: Trouble) -> list[Choice]:
    choices = []
    if form.contact is not None and form.invitations_left:
        told = "Google e-mails the link, changes and a cancellation"
        choices.append(Choice("Invite by e-mail", BookingSwitch.INVITES, told))
    choices.append(Choice("Only hold it for 30 minutes", BookingSwitch.HOLDS, "Nothing is e-mailed until confirmed"))
    if form.is_own:
        told = "Any time of yours, past your own hours and limits"
        choices.append(Choice("Outside my hours too", BookingSwitch.OVERRIDES, told))
    if mark.unknown or trouble.unknown:
        choices.append(Choice(BOOK_ANYWAY, BookingSwitch.ANYWAY, UNKNOWN_IN_THE_WAY))
    return choices


def _ticks(choices: list[Choice], held: Held, form: BookingForm, mark: FormMark) -> list[Block]:
    chosen = [switch for switch in held.switches if switch in [choice.value for choice in choices]]
    shown = "".join(choice.value[0] for choice in choices)
    boxes = checkboxes(numbered(ActionId.BOOKING, f"switches-{shown}-{mark.turn}"), choices, chosen=sorted(chosen))
    blocks = [field("Options", boxes, block_id=BookingField.SWITCHES, optional=True, tells=True)]
    if form.contact is not None and not form.invitations_left:
        blocks += notes(["You have had as many invitations mailed as is allowed within a day, so nobody is invited."])
    return blocks


def _preview(form: BookingForm, held: Held, *, is_any: bool) -> list[Block]:
    start = form.free.wanted if is_any else form.free.start
    if start is None:
        return []
    sends = invitation_line(
        form.contact,
        is_invited=BookingSwitch.INVITES in held.switches and form.invitations_left > 0,
        is_held=BookingSwitch.HOLDS in held.switches,
    )
    line = when_line(start, form.minutes, form.zone, form.zones)
    shifts = shift_lines(form.shift, form.zone, form.now)
    return [section(f"{line}. {sends}"), *notes(shifts)]


def _contact(form: BookingForm) -> Choice | None:
    match form.contact:
        case None:
            return None
        case Contact() as known:
            return Choice(clean(known.name, limit=75), contact_value(known))
        case new:
            value = contact_value(new)
            label = clean(new.email, limit=75)
            return Choice(label, value, NEW_CONTACT) if len(value) <= OPTION_VALUE else Choice("No match", NO_CONTACT)
