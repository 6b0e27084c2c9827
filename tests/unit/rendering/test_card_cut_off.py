"""Cards and questions where Google or Zoom is not connected any more: they promise nothing that will not be."""

import pytest

from bot.domain.accounts import Provider
from bot.domain.appointments import Appointment, AppointmentStatus, Question, QuestionKind, Venue, Where
from bot.domain.availability import Slot
from bot.domain.card_state import card_of, message_to
from bot.domain.cards import Card, CardButton, Delivery, Progress
from bot.domain.overlaps import Overlap
from bot.domain.ties import Tie, Ties
from bot.rendering.cancel import cancel_form
from bot.rendering.card import card_message
from bot.rendering.card_refusal import connect_first, time_taken
from bot.rendering.card_words import told_of_move
from bot.rendering.tie_words import what_follows
from tests.builders import BERLIN, second, span
from tests.unit.rendering.answers import NOON, ana, ben
from tests.unit.rendering.bookings import DONE, a_card, an_appointment, shown
from tests.unit.rendering.screen import read_message, read_view

GOOGLE_GONE, ZOOM_GONE = Ties(google=Tie.GONE), Ties(zoom=Tie.GONE)
GOOGLE_BROKEN = Ties(google=Tie.BROKEN)
REMOVED = Ties(google=Tie.REMOVED)
LINKED_AGAIN = Ties(google=Tie.REMOVED, takes_events=True)
DEAD = Delivery(Progress.GIVEN_UP, "ana@acme.test has to be connected again first.")
PLACE = an_appointment(venue=Venue(Where.PLACE, "Torstr. 1"))
CALLED_OFF = an_appointment(status=AppointmentStatus.CANCELLED)
BY_HAND = "Until then nobody is e-mailed: tell Maya Ortiz yourself."
THEIRS = span("16:00-16:30")
FOUR = f"<!date^{second('16:00')}^{{date_short}} {{time}}|Tue 24 Nov 16:00 Berlin>"


def drawn(appointment: Appointment, ties: Ties) -> Card:
    """Of an appointment of which nothing is delivered."""
    return card_of(appointment, (ana,), ben, {}, {}, NOON, ties=ties)


def told(card: Card) -> list[str]:
    """What stands below the facts."""
    return read_message(card_message(card))[3 if card.reader else 2 :]


def question(ties: Ties, appointment: Appointment | None = None) -> str:
    """What the question before a cancellation says will happen."""
    return read_view(cancel_form(shown(appointment, ties=ties)))[3]


def test_a_card_that_is_cut_off_from_google_says_so_and_what_to_do() -> None:
    assert told(a_card(ties=GOOGLE_GONE, appointment=PLACE, join_url="", meeting=None))[0] == (
        "*Google is not connected any more.* Changes do not reach its event there. "
        f"Connect Google again and choose the calendar; then it goes on by itself. {BY_HAND}"
    )


def test_somebody_else_is_told_who_can_mend_it() -> None:
    card = a_card(ties=GOOGLE_GONE, appointment=PLACE, join_url="", meeting=None, reader=ben)
    assert told(card)[0].endswith(f"It goes on once Ana has connected Google again. {BY_HAND}")


def test_a_broken_account_is_connected_and_not_tried_again() -> None:
    card = a_card(ties=GOOGLE_BROKEN, appointment=PLACE, join_url="", meeting=None, event=DEAD)
    assert told(card)[0] == (
        "*Google does not accept Daybook's access any more.* The appointment stands. "
        f"Connect Google again; then it goes on by itself. {BY_HAND}"
    )


def test_a_broken_account_is_no_matter_where_everything_is_delivered() -> None:
    assert told(a_card(ties=GOOGLE_BROKEN)) == ["[Join Zoom] [Reschedule] [Cancel]"]


def test_zoom_that_was_disconnected_before_it_made_the_call_leaves_google_meet() -> None:
    card = drawn(an_appointment(), ZOOM_GONE)
    assert read_message(card_message(card))[0] == "*Maya Ortiz and Ana* · confirmed, *no link*"
    assert told(card) == [
        "*Zoom is not connected any more*, so there is no link. The appointment stands; meet in another way.",
        "[Reschedule] [Cancel] [Use Google Meet instead] [Connect]",
    ]


def test_without_google_there_is_no_google_meet_either() -> None:
    assert drawn(an_appointment(), Ties(Tie.GONE, Tie.GONE)).buttons == (
        CardButton.RESCHEDULE,
        CardButton.CANCEL,
        CardButton.TEXT_TO_SEND,
        CardButton.CONNECT,
    )


def test_what_was_called_off_after_google_was_left_has_to_be_deleted_by_hand() -> None:
    assert told(a_card(appointment=CALLED_OFF, ties=GOOGLE_GONE, meeting=None))[0] == (
        "*Google is not connected any more.* Its event may still be there: delete it in Google."
    )
    assert told(a_card(appointment=CALLED_OFF, ties=GOOGLE_GONE, meeting=None, reader=ben))[0] == (
        "*Google is not connected any more.* Its event may still be there: "
        "Ana has to connect Google again, or delete it there."
    )


def test_afterwards_nobody_needs_to_connect_anything() -> None:
    over = an_appointment("10:00-10:30", venue=Venue(Where.PLACE, "Torstr. 1"))
    assert drawn(over, GOOGLE_GONE).buttons == (CardButton.SHOWED, CardButton.NO_SHOW, CardButton.BOOK_AGAIN)


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        (
            Ties(),
            "Its Google event and the Zoom meeting go away. Google e-mails Maya Ortiz a cancellation.",
        ),
        (
            GOOGLE_GONE,
            (
                "Its Google event stays there: Google is not connected any more. The Zoom meeting goes away. "
                "Google is not connected, so nobody is e-mailed: tell Maya Ortiz yourself."
            ),
        ),
        (
            ZOOM_GONE,
            (
                "Its Google event goes away. The Zoom meeting stays there: Zoom is not connected any more. "
                "Google e-mails Maya Ortiz a cancellation."
            ),
        ),
        (
            GOOGLE_BROKEN,
            (
                "Its Google event goes away once Google is connected again. The Zoom meeting goes away. "
                "Google e-mails Maya Ortiz only once it is connected again: better tell Maya Ortiz yourself."
            ),
        ),
    ],
)
def test_the_question_before_a_cancellation_says_what_really_will_happen(ties: Ties, said: str) -> None:
    assert question(ties) == said


def test_a_moved_copy_names_what_it_overlaps() -> None:
    asking = an_appointment(question=Question(QuestionKind.COLLIDES, THEIRS))
    lee = Overlap(ana, THEIRS, "Lee Chen")
    card = a_card(CardButton.KEEP_OURS, appointment=asking, overlaps=(lee,))
    assert f"There it now overlaps *Lee Chen*, {FOUR}. Here it stays at" in told(card)[0]


def test_what_is_not_the_readers_to_know_is_an_appointment() -> None:
    asking = an_appointment(question=Question(QuestionKind.COLLIDES, THEIRS))
    card = a_card(CardButton.KEEP_OURS, appointment=asking, overlaps=(Overlap(ben, THEIRS),))
    assert f"There it now overlaps an appointment of Ben's, {FOUR}." in told(card)[0]


def test_a_time_that_is_taken_names_by_what_and_the_nearest() -> None:
    asking = an_appointment(question=Question(QuestionKind.COLLIDES, THEIRS))
    nearest = [Slot(second(at), (ana.id,)) for at in ("15:30", "16:30")]
    message = time_taken(shown(asking, overlaps=(Overlap(ana, THEIRS, "Lee Chen"),)), nearest)
    assert read_message(message) == [
        f"That time is taken by *Lee Chen*, {FOUR}. Nothing was changed. Nearest: 15:30 or 16:30.",
        "[Reschedule]",
    ]


def test_trying_again_says_what_has_to_be_connected_first() -> None:
    assert read_message(connect_first(Provider.ZOOM, ana, ana.id)) == [
        "Connect Zoom again first. Then everything goes on by itself.",
        "[Connect Zoom]",
    ]
    assert read_message(connect_first(Provider.GOOGLE, ana, ben.id)) == [
        "Ana has to connect Google Calendar again first. Then everything goes on by itself."
    ]


def test_a_message_to_whoever_booked_says_why_it_came_and_tells_no_address_of_the_host() -> None:
    card = a_card(reader=ben, event=Delivery(Progress.FAILING, "secret@acme.test is down."), meeting=DONE)
    lines = read_message(card_message(card))
    assert lines[2] == "_ 15:00-15:30 for Ana in Berlin · you booked it"
    assert "secret" not in "".join(lines)
    assert card_message(card).text == "Booked: Maya Ortiz and Ana, confirmed: Tue 24 Nov, 15:00-15:30 Berlin"


def test_only_the_host_is_asked_and_everybody_else_told_that_he_is() -> None:
    asking = an_appointment(question=Question(QuestionKind.DELETED))
    assert told(a_card(appointment=asking, reader=ben))[0] == (
        "Its event was *deleted in Google*. The appointment with Maya Ortiz still stands. "
        "Ana is asked what is to become of it."
    )


def test_the_zone_of_the_reader_counts_for_the_nearest_times() -> None:
    moved = an_appointment(before_move=THEIRS)
    nearest = [Slot(second("2026-11-25 9:00"), (ana.id,))]
    message = time_taken(shown(moved, zone=BERLIN), nearest)
    assert message.text == "That time is taken. Nothing was changed. Nearest: Wed 25 Nov, 9:00."


def test_what_was_removed_when_its_host_left_can_be_put_back_once_a_calendar_is_linked() -> None:
    told_of = (
        "*Not in Google Calendar*: you had its event removed when disconnecting, and Google told Maya Ortiz that it is "
        "cancelled. It stands in Daybook."
    )
    nowhere, back = drawn(PLACE, REMOVED), drawn(PLACE, LINKED_AGAIN)
    assert told(nowhere)[0] == f"{told_of} Once a calendar is linked again, it can be put back."
    assert told(back)[0] == (
        f"{told_of} *Put it back* writes it into Google anew, and Google e-mails Maya Ortiz a new invitation."
    )
    assert [CardButton.PUT_BACK in one.buttons for one in (nowhere, back)] == [False, True]
    assert "invitation" not in read_message(card_message(back))[0]


def test_somebody_else_reads_who_had_it_removed_and_has_no_button() -> None:
    card = message_to(ben, drawn(PLACE, LINKED_AGAIN), NOON)
    assert told(card)[0].startswith("*Not in Google Calendar*: Ana had its event removed when disconnecting")
    assert CardButton.PUT_BACK not in card.buttons


def test_of_what_was_removed_the_questions_promise_only_what_happens() -> None:
    assert question(REMOVED, PLACE) == (
        "It is not in Google Calendar any more. "
        "Google told Maya Ortiz already that it is cancelled, so nothing is e-mailed now."
    )
    assert [f"{what_follows(PLACE, ties)} {told_of_move(PLACE, ties)}" for ties in (LINKED_AGAIN, REMOVED)] == [
        "A new event is made in Google, as the old one was removed. Google e-mails Maya Ortiz a new invitation.",
        "It has no event in Google. No calendar is linked, so nobody is e-mailed: tell Maya Ortiz yourself.",
    ]
