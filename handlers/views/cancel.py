"""The question before an appointment is cancelled, answered with *Cancel it*."""

from collections.abc import Sequence

from bot.domain.booking import BadBooking
from bot.domain.booking_rules import tidied_reason
from bot.domain.people import Actor
from bot.rendering.booking_result import cancelled_view
from bot.rendering.cancel import cancelling
from bot.rendering.card_ref import card_ref
from bot.rendering.names import BookingField, CallbackId
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.show_appointment import ShowAppointment
from handlers.home import RefreshHome
from handlers.interaction import Submission
from handlers.registry import Handler, on_submission
from handlers.reply import Reply


def handlers(cancel: CancelAppointment, show: ShowAppointment, refresh_home: RefreshHome) -> Sequence[Handler]:
    """*Cancel it*."""

    def submit(actor: Actor, submitted: Submission, reply: Reply) -> None:
        ref = card_ref(submitted.private_metadata)
        reason = submitted.values.in_block(BookingField.REASON)
        cancelled = cancel(actor, ref.appointment_id, version=ref.version, reason=reason)
        reply.update(cancelled_view(show(actor, cancelled.id)))
        refresh_home(actor)

    return (on_submission(CallbackId.CANCEL, submit, loading=cancelling(), validate=mistakes),)


def mistakes(submitted: Submission) -> dict[str, str]:
    """A reason that is too long stands on its field."""
    try:
        tidied_reason(submitted.values.in_block(BookingField.REASON))
    except BadBooking as bad:
        return {BookingField.REASON: str(bad)}
    return {}
