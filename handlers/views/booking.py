"""The booking form submitted: booked, or shown again with everything that was typed and why it was not taken."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import DaybookError, NotFound
from bot.domain.people import Actor
from bot.ports import Clock
from bot.rendering.booking import booking_form, booking_now
from bot.rendering.booking_result import booked_view
from bot.rendering.form_mark import form_mark
from bot.rendering.form_trouble import Reader, trouble_of
from bot.rendering.names import CallbackId
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.booking_form import ShowBookingForm
from bot.usecases.show_appointment import ShowAppointment
from handlers.home import RefreshHome
from handlers.interaction import Submission
from handlers.registry import Handler, on_submission
from handlers.reply import Reply
from handlers.views.booking_values import booking_mistakes, typed_in


def handlers(
    form_of: ShowBookingForm, book: BookAppointment, show: ShowAppointment, refresh_home: RefreshHome, clock: Clock
) -> Sequence[Handler]:
    """*Book*, or *Hold*."""

    def submit(actor: Actor, submitted: Submission, reply: Reply) -> None:
        mark = form_mark(submitted.private_metadata)
        typed = typed_in(submitted.values, mark)
        try:
            booked = book(actor, typed.request(mark), origin=mark.opened)
        except DaybookError as refused:
            form = form_of(actor, typed.asked())
            reader = Reader(actor.member_id, form.zone, form.hosts, typed.when.start, form.now)
            trouble = trouble_of(refused, reader)
            again = replace(mark, turn=mark.turn + 1)
            reply.update(booking_form(form, typed.held(), again, actor.member_id, trouble))
            return
        reply.update(booked_view(show(actor, booked.appointment.id), is_new=booked.is_new))
        refresh_home(actor)

    def mistakes(submitted: Submission) -> dict[str, str]:
        try:
            return booking_mistakes(submitted.values, form_mark(submitted.private_metadata), clock.now())
        except NotFound:
            return {}  # told by the work, where there is a place for a sentence

    return (on_submission(CallbackId.BOOK, submit, loading=booking_now(), validate=mistakes, is_dear=True),)
