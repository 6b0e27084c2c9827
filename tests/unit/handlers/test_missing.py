"""*An event is missing*, from the button to what is done about a difference."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.errors import NotFound
from bot.usecases.ignore_event import IgnoreEvent
from handlers.interaction import Surface
from handlers.registry import Handler, Prepared
from handlers.views import missing
from tests.event_builders import a_meeting
from tests.unit.handlers.acme import NOW
from tests.unit.handlers.acting import RecordingReply, pressed, run, submitted
from tests.unit.handlers.trouble_house import LATER, TroubleHouse, lines_of
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.rendering.screen import buttons_of

KICK_OFF = replace(a_meeting("Kick-off"), title="Kick-off")


def press(house: TroubleHouse, action: str, value: str) -> Prepared:
    return pressed(_handlers(house), action, value, Surface.MODAL)


def compare(house: TroubleHouse, mark: str, day: str = "2026-11-24") -> Prepared:
    values: dict[str, dict[str, object]] = {
        "calendar": {"type": "static_select", "selected_option": {"value": mark}},
        "day": {"type": "datepicker", "selected_date": day},
    }
    return submitted(_handlers(house), "missing", values)


def mark_of(house: TroubleHouse, name: str = "Ana") -> str:
    return next(one.mark for one in house.cases.offer_own_calendars(actor(ana)).calendars if one.calendar.name == name)


def _handlers(house: TroubleHouse) -> Sequence[Handler]:
    return missing.handlers(house.cases, house.wait_for_sync, house.acme.clock)


def test_the_button_opens_a_form_for_today() -> None:
    house = TroubleHouse()
    opened = press(house, "missing", "")
    assert opened.loading is not None
    assert lines_of(run(opened))[0][1:] == ["Calendar: Ana", "Day: 2026-11-24"]


def test_another_day_keeps_the_calendar() -> None:
    house = TroubleHouse()
    value = f"form {mark_of(house, 'Side')} 2026-11-20"
    assert lines_of(run(press(house, "missing", value)))[0][1:] == ["Calendar: Side (not used)", "Day: 2026-11-20"]


def test_the_form_is_answered_with_both_sides() -> None:
    house = TroubleHouse()
    house.reader.events = [KICK_OFF]
    asked = compare(house, mark_of(house))
    assert asked.loading is not None
    [lines] = lines_of(run(asked))
    assert lines[:4] == [
        "*Ana*, Tue 24 Nov: 1 of 1 event shows otherwise here, or not at all.",
        "9:00-10:00  *Kick-off*",
        "It is in Google, and Daybook has not read it yet.",
        "Google: 9:00-10:00 · Daybook: nothing [Sync now]",
    ]


def test_sync_now_compares_again_once_the_calendar_was_read() -> None:
    house = TroubleHouse()
    house.reader.events = [KICK_OFF]
    reply = run(press(house, "missing_do", f"sync {mark_of(house)} 2026-11-24"))
    assert lines_of(reply)[0][0] == ("Reading the calendar now. The comparison is made again when that is done.")
    house.acme.put_event(ana, KICK_OFF, "9:00-10:00")
    house.acme.set_read(ana, NOW, next_sync_at=LATER)
    house.passes(seconds=1)
    assert reply.ways == ["update", "update"]
    assert lines_of(reply)[-1][:3] == [
        "*Ana*, Tue 24 Nov: Google and Daybook agree.",
        "*As in Google*",
        "9:00-10:00  Kick-off · grey under the one-way option",
    ]


def test_an_ignored_event_is_taken_back_where_it_is_found() -> None:
    house = TroubleHouse()
    house.acme.put_event(ana, KICK_OFF, "9:00-10:00")
    house.reader.events = [KICK_OFF]
    IgnoreEvent(house.acme.store)(actor(ana), house.acme.ref(ana, "9:00-10:00", "Kick-off"))
    shown = run(compare(house, mark_of(house))).last
    reply = run(press(house, "missing_do", buttons_of(shown)["Take back"]))
    assert lines_of(reply)[0][:2] == ["It counts again.", "*Ana*, Tue 24 Nov: Google and Daybook agree."]


def test_a_colleagues_calendar_is_none_of_ones_own() -> None:
    house = TroubleHouse()
    house.reader.events = [KICK_OFF]
    for prepared in (
        compare(house, mark_of(house)),
        press(house, "missing_do", f"sync {mark_of(house)} 2026-11-24"),
    ):
        reply = RecordingReply()
        with pytest.raises(NotFound):
            prepared.work(lambda _asker: actor(ben), reply)
        assert reply.shown == []


@pytest.mark.parametrize(("mark", "day"), [("x", "2026-11-24"), ("x", ""), ("x", "2026-02-30")])
def test_a_form_with_what_no_form_offers_leads_nowhere(mark: str, day: str) -> None:
    with pytest.raises(NotFound):
        run(compare(TroubleHouse(), mark, day))


def test_a_button_with_what_no_button_carries_leads_nowhere() -> None:
    house = TroubleHouse()
    for value in ("x", f"form {mark_of(house)} 2026-11-24"):
        with pytest.raises(NotFound):
            run(press(house, "missing_do", value))
