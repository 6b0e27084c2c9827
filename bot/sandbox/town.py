"""A small team to try Daybook with: people in Slack, their Google accounts, and what stands in their calendars."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.slack.delivery import PATIENCE
from bot.sandbox.slack.people import Member, Workspace
from bot.sandbox.slack.standin import SlackStandIn
from bot.sandbox.zoom.world import ZoomWorld

BERLIN = "Europe/Berlin"
NEW_YORK = "America/New_York"


@dataclass(frozen=True)
class Town:
    """Everyone and everything of the demo.

    `change` is the next day on which the clocks change in one of the two zones but not in the other; what the
    calendars hold stands around it, so that the journey reads the same all year.
    """

    slack: SlackStandIn
    google: GoogleWorld
    zoom: ZoomWorld
    workspace: Workspace
    ana: Member
    ben: Member
    cara: Member
    family: str
    holidays: str
    today: date
    change: date


def _wall_clock() -> datetime:
    return datetime.now(UTC)


def build_town(
    manifest: Mapping[str, Any],
    now: datetime,
    clock: Callable[[], datetime] = _wall_clock,
    *,
    patience: float = PATIENCE,
) -> Town:
    """Acme: Ana in Berlin and Ben in New York with calendars and Zoom, Cara with neither.

    Args:
        manifest: the bot's, as Slack reads it.
        now: aware; what stands in the calendars is arranged around it.
        clock: what time it is at Zoom, whose tokens and days end by it.
        patience: seconds that Slack and Zoom wait for the bot, and that a trigger of Slack's lives.
    """
    slack = SlackStandIn(manifest, patience=patience, trigger_seconds=patience)
    workspace = slack.people.add_workspace("acme", "Acme")
    ana = slack.people.add_member(workspace.id, "ana", "Ana", tz=BERLIN, admin=True, locale="en-GB")
    ben = slack.people.add_member(workspace.id, "ben", "Ben", tz=NEW_YORK, locale="en-GB")
    cara = slack.people.add_member(workspace.id, "cara", "Cara", tz=BERLIN, locale="en-GB")
    slack.people.add_channel(workspace.id, "sales", [ana.id, ben.id, cara.id])
    google = GoogleWorld()
    google.add_account(ana.email, "Ana", BERLIN)
    google.add_account(ben.email, "Ben", NEW_YORK)
    google.add_account("office@acme.test", "Office", BERLIN)
    zoom = ZoomWorld(now=clock)
    zoom.courier.patience = patience
    zoom.add_person(ana.email, "Ana", BERLIN)
    zoom.add_person(ben.email, "Ben", NEW_YORK)
    today = now.astimezone(ZoneInfo(BERLIN)).date()
    change = next_change(today)
    family = google.add_calendar(ana.email, "Family", BERLIN)
    holidays = google.add_calendar("office@acme.test", "Team holidays", BERLIN)
    google.share(holidays, ana.email, "reader")
    google.list_as(ana.email, ana.email, summary_override="Ana")
    google.list_as(ben.email, ben.email, summary_override="Ben")
    town = Town(slack, google, zoom, workspace, ana, ben, cara, family, holidays, today, change)
    _fill(town)
    return town


def next_change(today: date) -> date:
    """The next Sunday on which the two zones drift apart or together, at least four days ahead."""
    day = today + timedelta(days=4)
    while _apart(day) == _apart(day + timedelta(days=1)):
        day += timedelta(days=1)
    return day


def _apart(day: date) -> timedelta | None:
    """How far apart the zones are at the beginning of a day, by the earlier one's clock."""
    begin = datetime.combine(day, time(), ZoneInfo(BERLIN))
    there = begin.astimezone(ZoneInfo(NEW_YORK))
    here = begin.utcoffset()
    return None if here is None else here - (there.utcoffset() or timedelta())


def _fill(town: Town) -> None:
    """Friday before the change and Monday after it, BUSY and FREE, once and every week, and something today."""
    google, friday, monday = town.google, town.change - timedelta(days=2), town.change + timedelta(days=1)
    google.put_event(town.ana.email, **_timed("Kick-off", friday, "15:00", "15:30"))
    google.put_event(
        town.ana.email,
        **_timed("Weekly review", monday - timedelta(days=28), "14:00", "14:30"),
        recurrence=["RRULE:FREQ=WEEKLY;BYDAY=MO"],
    )
    google.put_event(town.ana.email, **_timed("Reading", friday, "16:00", "16:30"), transparency="transparent")
    google.put_event(town.family, **_timed("School play", monday, "16:00", "16:30"))
    google.put_event(town.family, **_all_day("Grandma visits", friday), transparency="transparent")
    google.put_event(town.holidays, **_all_day("Office closed", town.change + timedelta(days=2)))
    google.put_event(town.ben.email, **_timed("Stand-up", friday, "10:30", "11:00"))
    google.put_event(town.ana.email, **_timed("Kick-off", town.today, "9:00", "9:30"))
    google.put_event(town.family, **_timed("Dentist", town.today, "13:00", "14:00"))
    google.put_event(town.family, **_all_day("Ben's birthday", town.today), transparency="transparent")


def _timed(summary: str, day: date, start: str, end: str) -> dict[str, Any]:
    return {"summary": summary, "start": f"{day.isoformat()}T{start:0>5}", "end": f"{day.isoformat()}T{end:0>5}"}


def _all_day(summary: str, day: date) -> dict[str, Any]:
    return {"summary": summary, "start": day.isoformat(), "end": (day + timedelta(days=1)).isoformat()}
