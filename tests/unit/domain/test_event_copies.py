"""What an appointment's event is stored as."""

from bot.domain.event_copies import as_copy
from bot.domain.events import Certainty, Occurrence
from bot.domain.recurrence import Expansion


def test_what_would_block_is_told_by_the_appointment_and_what_is_free_stays_free() -> None:
    busy = Occurrence(0, 60, "e", "e", blocks=True, certainty=Certainty.UNANSWERED)
    free = Occurrence(60, 120, "f", "e", blocks=False)

    assert as_copy(Expansion((busy, free))).occurrences == (
        Occurrence(0, 60, "e", "e", blocks=False, certainty=Certainty.COPY),
        free,
    )
