"""Which events take time."""

from dataclasses import replace

import pytest

from bot.domain.events import Certainty, EventKind, EventStatus, RemoteEvent, Response, ShowsAs
from bot.domain.sync_policy import blocks, certainty
from tests.event_builders import a_meeting

MEETING = a_meeting()


# fault 45
@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(MEETING, True, id="a plain meeting"),
        pytest.param(replace(MEETING, status=EventStatus.TENTATIVE), True, id="a tentative one"),
        pytest.param(replace(MEETING, status=EventStatus.CANCELLED), False, id="a cancelled one"),
        pytest.param(replace(MEETING, shows_as=ShowsAs.FREE), False, id="shown as free"),
        pytest.param(replace(MEETING, response=Response.ACCEPTED), True, id="an accepted invitation"),
        pytest.param(replace(MEETING, response=Response.TENTATIVE), True, id="a maybe"),
        pytest.param(replace(MEETING, response=Response.NEEDS_ACTION), True, id="an unanswered invitation"),
        pytest.param(replace(MEETING, response=Response.DECLINED), False, id="a declined invitation"),
        pytest.param(replace(MEETING, kind=EventKind.FOCUS_TIME), True, id="focus time"),
        pytest.param(replace(MEETING, kind=EventKind.OUT_OF_OFFICE), True, id="out of office"),
        pytest.param(replace(MEETING, kind=EventKind.FROM_GMAIL), True, id="a flight found in the mail"),
        pytest.param(replace(MEETING, kind=EventKind.WORKING_LOCATION), False, id="a working location"),
        pytest.param(replace(MEETING, kind=EventKind.BIRTHDAY), False, id="a birthday"),
        pytest.param(
            replace(MEETING, kind=EventKind.OUT_OF_OFFICE, shows_as=ShowsAs.FREE), False, id="out of office, free"
        ),
        pytest.param(replace(MEETING, is_private=True), True, id="a private one"),
    ],
)
def test_an_event_blocks_as_the_table_says(event: RemoteEvent, expected: bool) -> None:
    assert blocks(event) is expected


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (None, Certainty.SETTLED),
        (Response.ACCEPTED, Certainty.SETTLED),
        (Response.DECLINED, Certainty.SETTLED),
        (Response.TENTATIVE, Certainty.TENTATIVE),
        (Response.NEEDS_ACTION, Certainty.UNANSWERED),
    ],
)
def test_an_answer_tells_how_certain_its_owner_is(response: Response | None, expected: Certainty) -> None:
    assert certainty(replace(MEETING, response=response)) is expected


def test_what_its_organiser_calls_tentative_is_settled_for_him() -> None:
    assert certainty(replace(MEETING, status=EventStatus.TENTATIVE)) is Certainty.SETTLED
