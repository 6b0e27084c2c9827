"""What opens the booking form, and the fields that make it anew."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.booking_form import FormAsked
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.rendering.booking import booking_form, fresh, opening_booking
from bot.rendering.form_mark import FormMark, form_mark
from bot.rendering.form_trouble import NO_TROUBLE, Trouble
from bot.rendering.names import ActionId, BookingSwitch, CallbackId
from bot.rendering.question import slot_ref
from bot.rendering.text import user_text
from bot.usecases.ask_to_connect import AskedAlready, AskToConnect, ConnectedMeanwhile
from bot.usecases.booking_form import ShowBookingForm
from handlers.interaction import Action, Interaction, Shortcut
from handlers.registry import Handler, on_action, on_shortcut
from handlers.reply import Reply
from handlers.views.booking_values import Typed, typed_in

OpenForm = Callable[[Actor, Interaction, Reply, FormAsked], None]
"""Opens the form with what was asked for."""


def opening_with(form_of: ShowBookingForm) -> OpenForm:
    """The form as it opens; what opened it names it, so that one form books once however often it is delivered."""

    def open_form(actor: Actor, opened_by: Interaction, reply: Reply, asked: FormAsked) -> None:
        form = form_of(actor, asked)
        mark = FormMark(opened_by.trigger_id, form.zone)
        reply.open(booking_form(form, fresh(form), mark, actor.member_id))

    return open_form


def handlers(form_of: ShowBookingForm, ask_to_connect: AskToConnect) -> Sequence[Handler]:
    """The shortcut, slots as buttons, the form's fields, the starts nearest to one that was refused, and the
    colleagues who can be asked for a calendar.
    """
    open_form = opening_with(form_of)

    def by_shortcut(actor: Actor, shortcut: Shortcut, reply: Reply) -> None:
        open_form(actor, shortcut, reply, FormAsked())

    def by_slot(actor: Actor, pressed: Action, reply: Reply) -> None:
        ref = slot_ref(pressed.value)
        open_form(actor, pressed, reply, FormAsked(ref.members, minutes=ref.minutes, start=ref.start))

    def changed(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = mark_of(pressed)
        typed = typed_in(pressed.values, mark)
        redraw(actor, reply, replace(typed, when=typed.when.made_anew(mark)), mark)

    def take(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = mark_of(pressed)
        typed = typed_in(pressed.values, mark)
        taken = replace(typed, when=typed.when.taking(pressed.value, mark.zone))
        redraw(actor, reply, taken, replace(mark, turn=mark.turn + 1))

    def ask(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = mark_of(pressed)
        typed = typed_in(pressed.values, mark)
        try:
            ask_to_connect(actor, pressed.value)
        except (AskedAlready, ConnectedMeanwhile) as told:
            redraw(actor, reply, typed, mark, trouble=Trouble(user_text(str(told), limit=1000)))
        else:
            redraw(actor, reply, typed, mark, asked=(pressed.value,))

    def redraw(
        actor: Actor,
        reply: Reply,
        typed: Typed,
        mark: FormMark,
        *,
        trouble: Trouble = NO_TROUBLE,
        asked: Sequence[str] = (),
    ) -> None:
        form = form_of(actor, typed.asked())
        held = typed.held()
        if form.invites and not mark.shows_invites:
            held = replace(held, switches=held.switches | {BookingSwitch.INVITES})
        reply.update(booking_form(form, held, mark, actor.member_id, trouble, asked=asked))

    return (
        on_shortcut(CallbackId.BOOK, by_shortcut, loading=opening_booking(), is_dear=True),
        on_action(ActionId.BOOK_SLOT, by_slot, loading=opening_booking(), is_dear=True),
        on_action(ActionId.BOOKING, changed, is_dear=True),
        on_action(ActionId.CONTACT, changed),
        on_action(ActionId.BOOKING_START, take),
        on_action(ActionId.BOOKING_ASK, ask),
    )


def mark_of(pressed: Action) -> FormMark:
    """What the form carries in which something was pressed or changed; raises `NotFound` outside of one."""
    if pressed.view is None:
        raise NotFound
    return form_mark(pressed.view.private_metadata)
