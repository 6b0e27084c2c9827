"""The form that asks who is free."""

from bot.domain.availability import Mode
from bot.domain.slots_request import SlotsRequest
from bot.rendering.find_a_time import find_a_time, found_modal
from bot.rendering.slots import slots_message
from tests.builders import ANA
from tests.unit.rendering.answers import found
from tests.unit.rendering.screen import read_view


def test_the_form_opens_with_everything_preset() -> None:
    assert read_view(find_a_time(SlotsRequest(("U1",), when="2026-11-24"))) == [
        "Who: ['U1']",
        "Everyone or anyone: Everyone has to be free",
        "Length: As long as usual",
        "Day: 2026-11-24",
    ]


def test_a_refused_try_keeps_what_was_chosen_and_says_what_was_wrong() -> None:
    request = SlotsRequest(("U1", "U2"), Mode.ANY, 95, "2026-11-20")
    assert read_view(find_a_time(request, mistake="Friday 20 November has passed.")) == [
        "Friday 20 November has passed.",
        "Who: ['U1', 'U2']",
        "Everyone or anyone: Any one of them is enough",
        "Length: 1 hour 35 minutes",
        "Day: 2026-11-20",
    ]


def test_the_answer_takes_the_forms_place() -> None:
    modal = found_modal(slots_message(found("<@U1> <@U2> 90m today"), ANA))
    assert read_view(modal)[1:] == ["[15:00] [15:15] [15:30]", "[Another day]"]
