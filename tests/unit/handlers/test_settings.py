"""Calendar Settings: its tabs, the forms on top of them, and what is drawn anew after each."""

from datetime import date

import pytest

from bot.domain.errors import NotFound
from bot.domain.preferences import Audience
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Modal
from handlers.interaction import FormOutdated
from handlers.payload import Payload
from handlers.registry import Kind, Registry
from tests.builders import hours_of
from tests.form_fields import day, option, people, typed
from tests.unit.handlers.acting import acting, run
from tests.unit.handlers.settings_house import SETTINGS_VIEW, House, a_house, lines, shown_below
from tests.unit.rendering.answers import ana
from tests.unit.rendering.screen import buttons_of


@pytest.fixture
def house() -> House:
    return a_house()


def test_a_tab_takes_the_place_of_the_other(house: House) -> None:
    reply = house.press("settings_tab:availability", "availability")
    assert reply.ways == ["update"]
    assert lines(reply.last)[0] == "[Calendars] [• Availability] [Video Conferencing]"
    assert (
        lines(house.press("settings_tab:calendars", "calendars").last)[0]
        == "[• Calendars] [Availability] [Video Conferencing]"
    )


@pytest.mark.parametrize(
    ("form", "title"),
    [
        (CallbackId.SETTINGS_HOURS, "Weekly hours"),
        (CallbackId.SETTINGS_DATES, "Other hours on a date"),
        (CallbackId.SETTINGS_ZONE, "Time zone"),
        (CallbackId.SETTINGS_HABITS, "Clock and week"),
        (CallbackId.SETTINGS_MEETINGS, "Meetings"),
        (CallbackId.SETTINGS_LIMITS, "Limits"),
        (CallbackId.SETTINGS_AUDIENCE, "Who may book me"),
        (CallbackId.SETTINGS_BLOCKING, "What takes time"),
        (CallbackId.SETTINGS_REMINDERS, "Reminders"),
        (CallbackId.SETTINGS_VENUE, "Usual meetings"),
        (CallbackId.SET_UP, "Calendar Settings"),
    ],
)
def test_change_opens_its_form_on_top_and_remembers_what_is_under_it(
    house: House, form: CallbackId, title: str
) -> None:
    reply = house.press(f"settings_change:{form}", form)
    assert reply.ways == ["update"]
    assert isinstance(reply.last, Modal)
    assert (reply.last.title, reply.last.callback_id, reply.last.private_metadata) == (title, form, SETTINGS_VIEW)


@pytest.mark.parametrize(
    ("action", "value"), [("settings_tab", "zoom"), ("settings_change", "set_down"), ("remove_dates", "x")]
)
def test_a_value_that_no_button_carries_is_not_there(house: House, action: str, value: str) -> None:
    with pytest.raises(NotFound):
        house.press(action, value)


def test_hours_are_kept_and_the_settings_under_the_form_show_them(house: House) -> None:
    form = house.submit(CallbackId.SETTINGS_HOURS, hours_0=typed("9-12, 13-17"), hours_6=typed(""))
    assert (form.mistakes, form.loading) == ({}, None)
    reply = run(form)
    assert (reply.ways, house.homes) == (["update_below"], ["U1"])
    assert shown_below(reply)[1] == "*Weekly hours*  Mon 9:00-12:00, 13:00-17:00 · Tue-Sun off [Change]"
    assert house.preferences.schedule.hours == hours_of("Mon 9:00-12:00 13:00-17:00")


def test_a_mistake_stands_on_its_field_and_nothing_is_kept(house: House) -> None:
    form = house.submit(CallbackId.SETTINGS_HOURS, hours_0=typed("9:00-25:00"), hours_1=typed("9-12"))
    assert form.mistakes == {"hours_0": "Write hours like 9:00-12:00, 13:00-17:00. “25:00” is not a time."}
    assert house.acme.store.tables.schedules == {}


def test_a_form_over_another_view_leaves_that_one_alone(house: House) -> None:
    reply = run(house.submit_over("V9", SETTINGS_VIEW, CallbackId.SETTINGS_LIMITS, {"horizon": typed("30")}))
    assert (reply.ways, house.homes) == ([], ["U1"])
    assert house.preferences.schedule.horizon_days == 30


@pytest.mark.parametrize(
    ("form", "fields", "row"),
    [
        (CallbackId.SETTINGS_ZONE, {"zone": option("Asia/Tokyo", ActionId.ZONE)}, "Tokyo (Asia/Tokyo)"),
        (
            CallbackId.SETTINGS_MEETINGS,
            {"length": typed("45"), "step": typed("30")},
            "45 minutes · may start every 30 minutes",
        ),
        (
            CallbackId.SETTINGS_LIMITS,
            {"horizon": typed("30"), "notice": typed("1 day")},
            "1 day notice · up to 30 days ahead",
        ),
        (CallbackId.SETTINGS_AUDIENCE, {"audience": option("invited"), "invited": people("U2")}, "one person"),
        (
            CallbackId.SETTINGS_BLOCKING,
            {"when_stale": option("offer_nothing")},
            "tentative and unanswered invitations leave time open · offers nothing while a calendar is not up to date",
        ),
        (
            CallbackId.SETTINGS_VENUE,
            {"venue": option("phone"), "venue_details": typed(" +49 30  123 ")},
            "Phone: +49 30 123",
        ),
        (
            CallbackId.SETTINGS_VENUE,
            {"venue": option("nowhere"), "venue_details": typed("12")},
            "Nowhere in particular",
        ),
    ],
)
def test_each_form_is_kept_and_shown(house: House, form: CallbackId, fields: dict[str, object], row: str) -> None:
    prepared = house.submit(form, **fields)
    assert prepared.mistakes == {}
    assert [line for line in shown_below(run(prepared)) if f"  {row} [Change]" in line]


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (CallbackId.SETTINGS_ZONE, {"zone": option("Europe/Atlantis", ActionId.ZONE)}),
        (CallbackId.SETTINGS_MEETINGS, {"length": typed("none"), "step": typed("30")}),
        (CallbackId.SETTINGS_LIMITS, {"horizon": typed("")}),
        (CallbackId.SETTINGS_AUDIENCE, {"audience": option("invited"), "invited": people()}),
        (CallbackId.SETTINGS_BLOCKING, {"when_stale": option("")}),
        (CallbackId.SETTINGS_DATES, {"first_date": day("")}),
        (CallbackId.SETTINGS_VENUE, {"venue": option("teams"), "venue_details": typed("")}),
        (CallbackId.SETTINGS_VENUE, {"venue": option("place"), "venue_details": typed("  ")}),
        (CallbackId.SETTINGS_VENUE, {"venue": option("phone"), "venue_details": typed("1" * 201)}),
    ],
)
def test_each_form_tells_what_to_enter_instead(house: House, form: CallbackId, fields: dict[str, object]) -> None:
    assert set(house.submit(form, **fields).mistakes) <= set(fields)
    assert house.submit(form, **fields).mistakes != {}


def test_the_people_named_may_book_and_nobody_else(house: House) -> None:
    run(house.submit(CallbackId.SETTINGS_AUDIENCE, audience=option("invited"), invited=people("U2", "U3")))
    assert (house.preferences.audience, house.preferences.invited) == (Audience.INVITED, ("U2", "U3"))


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (CallbackId.SETTINGS_HOURS, {"hours_0": typed("9-17")}),
        (CallbackId.SETTINGS_BLOCKING, {"when_stale": option("warn")}),
        (CallbackId.SETTINGS_AUDIENCE, {"audience": option("everyone")}),
        (CallbackId.SETTINGS_ZONE, {}),
        (CallbackId.SETTINGS_DATES, {"first_date": day("2026-12-24")}),
        (CallbackId.SET_UP, {"linked": option("a", ActionId.LINKED_CALENDAR)}),
    ],
)
def test_a_form_without_some_of_its_fields_is_outdated_and_empties_nothing(
    house: House, form: CallbackId, fields: dict[str, object]
) -> None:
    with pytest.raises(FormOutdated, match="an older version of Daybook"):
        house.submit_bare(form, **fields)


def test_what_is_no_person_is_not_kept_among_those_who_may_book(house: House) -> None:
    run(house.submit(CallbackId.SETTINGS_AUDIENCE, audience=option("invited"), invited=people("U2", "<!channel>", "")))
    assert house.preferences.invited == ("U2",)


# --- Dates


def test_dates_are_added_in_the_view_that_lists_them(house: House) -> None:
    form = house.submit(CallbackId.SETTINGS_DATES, first_date=day("2026-12-24"), last_date=day("2026-12-26"))
    assert form.loading is not None
    reply = run(form)
    assert (reply.ways, house.homes) == (["update", "update_below"], ["U1"])
    _, listed = reply.shown[0]
    assert lines(listed)[-1] == "Thu 24 Dec to Sat 26 Dec 2026: off [Remove]"
    assert shown_below(reply)[2] == "*Other hours on a date*  Thu 24 Dec to Sat 26 Dec 2026: off [Change]"
    removed = house.press(
        "remove_dates:2026-12-24", "2026-12-24 2026-12-26", metadata=SETTINGS_VIEW, below=SETTINGS_VIEW
    )
    assert (removed.ways, house.homes) == (["update", "update_below"], ["U1", "U1"])
    assert house.preferences.schedule.overrides == {}


def test_more_dates_than_fit_bring_the_view_back_with_the_reason(house: House) -> None:
    run(house.submit(CallbackId.SETTINGS_DATES, first_date=day("2026-12-01"), last_date=day("2027-12-01")))
    more = {"first_date": day("2028-01-01"), "last_date": day("2028-01-02"), "date_hours": typed("10-12")}
    reply = run(house.submit(CallbackId.SETTINGS_DATES, **more))
    [(way, shown)] = reply.shown
    assert way == "update"
    assert lines(shown)[:4] == [
        ":warning: At most 366 dates have hours of their own. Remove some first.",
        "From: 2028-01-01",
        "To: 2028-01-02",
        "Hours on each of these days: 10-12",
    ]
    assert date(2028, 1, 1) not in house.preferences.schedule.overrides


def test_too_many_dates_at_once_are_told_on_the_form(house: House) -> None:
    form = house.submit(CallbackId.SETTINGS_DATES, first_date=day("2026-12-01"), last_date=day("2027-12-02"))
    assert form.mistakes == {"last_date": "Choose 366 days at most."}


# --- Zones


def test_zones_are_offered_as_they_are_typed(house: House) -> None:
    body: dict[str, object] = {"user": {"id": "U1", "team_id": "T1"}, "action_id": "zone", "value": "kathm"}
    handler = Registry(house.handlers).find(Kind.OPTIONS, ActionId.ZONE)
    assert handler is not None
    found = handler.prepare(Payload(body)).search(lambda _asker: acting(ana))
    assert [one["value"] for one in found] == ["slack", "Asia/Kathmandu"]


def test_the_buttons_of_the_settings_carry_what_they_open(house: House) -> None:
    shown = house.press("settings_tab", "availability").last
    assert isinstance(shown, Modal)
    assert buttons_of(shown)["Change"] == CallbackId.SETTINGS_REMINDERS
