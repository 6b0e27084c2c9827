"""The buttons of an appointment's card, and those of the views that tell what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.appointments import Appointment, Venue, Where
from bot.domain.booking import Answer, SlotTaken
from bot.domain.booking_form import AppointmentShown
from bot.domain.cards import CardButton
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.ties import ConnectFirst
from bot.rendering.blocks import section
from bot.rendering.booking import opening_booking
from bot.rendering.booking_result import done_view
from bot.rendering.cancel import cancel_form, opening_cancel
from bot.rendering.card_ref import CardRef, card_ref
from bot.rendering.card_refusal import connect_first, time_taken
from bot.rendering.card_words import told_of_undone
from bot.rendering.names import ActionId
from bot.rendering.reschedule import opening_reschedule
from bot.rendering.surfaces import Message, Modal
from bot.rendering.text_to_send import opening_text, text_to_send
from bot.usecases.answer_question import AnswerQuestion
from bot.usecases.booking_form import BookAgain
from bot.usecases.change_appointment import CancelAppointment, ChangeVenue, ConfirmHold, SettleAppointment
from bot.usecases.retry_delivery import RetryDelivery
from bot.usecases.show_appointment import ShowAppointment
from bot.usecases.undo_change import UndoChange
from handlers.actions.booking import OpenForm
from handlers.home import RefreshHome
from handlers.interaction import Action, Surface
from handlers.registry import Handler, on_action
from handlers.reply import Reply
from handlers.views.reschedule import OpenMove

Change = Callable[[Actor, CardRef], Appointment]
Opening = Callable[[Actor, Action, Reply, CardRef], None]

_SAID = {
    CardButton.CONFIRM: "Confirmed.",
    CardButton.RELEASE: "Let go; the time is free again.",
    CardButton.USE_MEET: "Google Meet it is; the new link follows by itself.",
    CardButton.TRY_AGAIN: "It is being tried again.",
    CardButton.PUT_BACK: "Put back; the event follows in Google by itself.",
    CardButton.CANCEL_TOO: "Cancelled.",
    CardButton.KEEP_OURS: "Our time stays; Google is brought in line by itself.",
    CardButton.USE_THEIRS: "Google's time it is.",
    CardButton.SHOWED: "Marked as showed.",
    CardButton.NO_SHOW: "Marked as a no-show.",
}
_OPENINGS = {
    CardButton.RESCHEDULE: opening_reschedule,
    CardButton.CANCEL: opening_cancel,
    CardButton.TEXT_TO_SEND: opening_text,
    CardButton.BOOK_AGAIN: opening_booking,
}


@dataclass(frozen=True, slots=True)
class CardCases:
    """What the buttons call."""

    answer: AnswerQuestion
    book_again: BookAgain
    cancel: CancelAppointment
    change_venue: ChangeVenue
    confirm: ConfirmHold
    retry: RetryDelivery
    settle: SettleAppointment
    show: ShowAppointment
    undo: UndoChange


def handlers(
    cases: CardCases, open_booking: OpenForm, open_move: OpenMove, refresh_home: RefreshHome
) -> Sequence[Handler]:
    """Every button, beside each other or behind three dots."""
    changes = _changes(cases)
    openings = _openings(cases, open_booking, open_move)

    def press(actor: Actor, pressed: Action, reply: Reply) -> None:
        ref = _ref(pressed)
        opening = openings.get(ref.button)
        if opening is not None:
            opening(actor, pressed, reply, ref)
            return
        change = changes.get(ref.button)
        if change is None:
            raise NotFound
        try:
            changed = change(actor, ref)
        except SlotTaken as taken:
            reply.say(time_taken(cases.show(actor, ref.appointment_id), taken.nearest))
            return
        except ConnectFirst as first:
            reply.say(connect_first(first.provider, first.owner, actor.member_id))
            return
        _tell(cases.show, actor, pressed, reply, changed, ref.button)
        refresh_home(actor)

    return (
        on_action(ActionId.CARD, press, loading=_loading),
        on_action(ActionId.CARD_MENU, press, loading=_loading),
    )


def _undone(shown: AppointmentShown) -> str:
    """What was taken back, and who hears of it."""
    undone = shown.appointment
    done = "Undone; it is back where it stood." if undone.is_live else "Undone; the time is free again."
    return f"{done} {told_of_undone(undone, shown.ties)}"


def _changes(cases: CardCases) -> Mapping[CardButton, Change]:
    """What changes the appointment at once."""

    def answer(word: Answer) -> Change:
        return lambda actor, ref: cases.answer(actor, ref.appointment_id, word, version=ref.version)

    def settle(*, showed: bool) -> Change:
        return lambda actor, ref: cases.settle(actor, ref.appointment_id, version=ref.version, showed=showed)

    meet = Venue(Where.MEET)
    return {
        CardButton.CONFIRM: lambda actor, ref: cases.confirm(actor, ref.appointment_id, version=ref.version),
        CardButton.RELEASE: lambda actor, ref: cases.cancel(actor, ref.appointment_id, version=ref.version),
        CardButton.UNDO: lambda actor, ref: cases.undo(actor, ref.appointment_id, version=ref.version),
        CardButton.USE_MEET: lambda actor, ref: cases.change_venue(
            actor, ref.appointment_id, meet, version=ref.version
        ),
        CardButton.TRY_AGAIN: lambda actor, ref: cases.retry(actor, ref.appointment_id),
        CardButton.PUT_BACK: answer(Answer.PUT_BACK),
        CardButton.CANCEL_TOO: answer(Answer.CANCEL),
        CardButton.KEEP_OURS: answer(Answer.KEEP),
        CardButton.USE_THEIRS: answer(Answer.FOLLOW),
        CardButton.SHOWED: settle(showed=True),
        CardButton.NO_SHOW: settle(showed=False),
    }


def _openings(cases: CardCases, open_booking: OpenForm, open_move: OpenMove) -> Mapping[CardButton, Opening]:
    """What opens a view first."""

    def reschedule(actor: Actor, pressed: Action, reply: Reply, ref: CardRef) -> None:
        open_move(actor, pressed, reply, ref.appointment_id)

    def cancel(actor: Actor, _pressed: Action, reply: Reply, ref: CardRef) -> None:
        reply.open(cancel_form(cases.show(actor, ref.appointment_id, to_be="cancelled")))

    def text(actor: Actor, _pressed: Action, reply: Reply, ref: CardRef) -> None:
        reply.open(text_to_send(cases.show(actor, ref.appointment_id)))

    def again(actor: Actor, pressed: Action, reply: Reply, ref: CardRef) -> None:
        open_booking(actor, pressed, reply, cases.book_again(actor, ref.appointment_id))

    return {
        CardButton.RESCHEDULE: reschedule,
        CardButton.CANCEL: cancel,
        CardButton.TEXT_TO_SEND: text,
        CardButton.BOOK_AGAIN: again,
    }


def _tell(
    show: ShowAppointment, actor: Actor, pressed: Action, reply: Reply, changed: Appointment, button: CardButton
) -> None:
    """What was done, to him who pressed; the card itself is brought up to date by its own delivery."""
    shown = show(actor, changed.id)
    sentence = _undone(shown) if button is CardButton.UNDO else _SAID[button]
    if pressed.surface is Surface.MODAL:
        reply.update(done_view(shown, sentence))
    else:
        reply.say(Message(sentence, (section(sentence),)))


def _loading(pressed: Action) -> Modal | None:
    try:
        opening = _OPENINGS.get(_ref(pressed).button)
    except NotFound:
        return None  # told by the work
    return opening() if opening is not None else None


def _ref(pressed: Action) -> CardRef:
    return card_ref(pressed.value or next(iter(pressed.chosen), ""))
