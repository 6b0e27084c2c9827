"""The question how an appointment went, and the answer that takes its place."""

from bot.domain.appointments import AppointmentStatus
from bot.domain.cards import CardButton
from bot.domain.reminder_telling import MeetingNow, Reminding, Stage
from bot.rendering.blocks import actions, button, section
from bot.rendering.card_ref import CardRef
from bot.rendering.card_words import TITLE_SHOWN, contact_of, host_times, reader_start, reader_times
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.wording import listed

_LABELS = {CardButton.SHOWED: "Showed", CardButton.NO_SHOW: "No-show", CardButton.BOOK_AGAIN: "Book again"}


def question_message(reminding: Reminding) -> Message:
    """What the host is asked, or what was said since, here or elsewhere."""
    meeting = reminding.meeting
    if meeting is None:
        return Message("The appointment is gone.", (section("*The appointment is gone.*"),))
    title = user_text(meeting.title, limit=TITLE_SHOWN, empty="(no title)")
    who = listed([contact_of(one) for one in meeting.contacts])
    zone = reminding.host.zone
    when = reader_times(meeting.span, zone)
    match reminding.stage:
        case Stage.OPEN:
            asked = f"How did it go with {who}?" if who else "How did it go?"
            row = _buttons(meeting, CardButton.SHOWED, CardButton.NO_SHOW, CardButton.BOOK_AGAIN)
            read_out = f"{asked} {title}, {host_times(meeting.span, zone)}"
            return Message(read_out, (section(f"*{asked}*\n{title} · {when}"), *row))
        case Stage.MOVED:
            moved = f"{title} was *moved to {reader_start(meeting.span, zone)}*."
            return Message(f"Moved: {title}, {host_times(meeting.span, zone)}", (section(moved),))
        case _:
            answer = _answer(meeting)
            row = _buttons(meeting, CardButton.BOOK_AGAIN)
            told = f"*{title}* · {answer}\n{when}{f' · with {who}' if who else ''}"
            return Message(f"{title}: {answer}", (section(told), *row))


def _answer(meeting: MeetingNow) -> str:
    status = meeting.appointment.status if meeting.appointment is not None else None
    if status is AppointmentStatus.SHOWED:
        return "showed"
    return "no-show" if status is AppointmentStatus.NO_SHOW else "cancelled"


def _buttons(meeting: MeetingNow, *which: CardButton) -> list[Block]:
    appointment = meeting.appointment
    if appointment is None:
        return []
    return [
        actions(
            *(
                button(
                    _LABELS[each],
                    numbered(ActionId.CARD, each),
                    value=CardRef(each, appointment.id, appointment.version).value(),
                )
                for each in which
            )
        )
    ]
