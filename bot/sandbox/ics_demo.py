"""A member's real calendars on the stand-ins: iCalendar files loaded, synced by the bot, and what it makes of them."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import httpx

from bot.sandbox.bot_settings import free_port, settings_for, stay_up
from bot.sandbox.google.app import google_app
from bot.sandbox.google.browser import consent
from bot.sandbox.google.ics import IcsFile, distinct, fill, owners_of, read_ics
from bot.sandbox.google.ics_zones import known_zone
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.ics_report import Loaded, Seen, printed, report_of
from bot.sandbox.serving import HOST, serving
from bot.sandbox.slack.people import Member
from bot.sandbox.slack.person import CannotDo
from bot.sandbox.slack.standin import SlackStandIn

DAYS = timedelta(days=14)
USUAL_ZONE = "Europe/Berlin"
_YEARS = range(1971, 2201)
# Thousands of series take a while to be worked out; a calendar that only fails will not be read any more.
_MOST_SECONDS = 900.0
_MOST_FAILING_SECONDS = 40.0

Look = Callable[[str, str, datetime, datetime], Seen]
"""Asks the bot about a member, by the ids of Slack's team and user, from one moment to another."""

StartBot = Callable[[Mapping[str, str], int, datetime], AbstractContextManager[Look]]
"""Runs the real bot with these settings on a port of this machine, as if it were that moment now."""


class CannotLoad(Exception):
    """What was asked for cannot be tried; the sentence says why."""


@dataclass(frozen=True)
class Wish:
    """What to load, and for when. Make it with `wish`."""

    files: tuple[Path, ...]
    zone: str
    at: datetime
    report: Path | None


def wish(files: Sequence[Path], zone: str, at: str, report: Path | None, now: datetime) -> Wish:
    """What the words of the command line mean; raises `CannotLoad`.

    Args:
        files: iCalendar files, the first to be the linked calendar.
        zone: IANA name of the member's zone; the usual one if empty.
        at: a date and time, in the member's zone unless it says another; now if empty.
        report: where the answer goes as JSON, if anywhere.
        now: aware.
    """
    zone = zone or USUAL_ZONE
    if not known_zone(zone):
        like = next((name for name in sorted(available_timezones()) if name.lower() == zone.lower()), "")
        hint = f"Do you mean {like}?" if like else "Names look like Europe/Berlin."
        raise CannotLoad(f"There is no time zone '{zone}'. {hint}")
    try:
        moment = datetime.fromisoformat(at) if at else now
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise CannotLoad(f"'{at}' is no date and time. Write one like 2026-11-25T09:00Z.") from problem
    if moment.year not in _YEARS:
        raise CannotLoad(f"Choose a year from {_YEARS[0]} to {_YEARS[-1]}.")
    if report is not None and not report.absolute().parent.is_dir():
        raise CannotLoad(f"There is no folder {report.absolute().parent} to write {report.name} into.")
    return Wish(tuple(files), zone, moment.replace(microsecond=0), report)


def play_ics(start_bot: StartBot, manifest: Mapping[str, Any], wanted: Wish, *, stay: bool) -> int:
    """Load, sync, show, and leave the report; the exit code is 0 if the bot read every calendar, else 1.

    Args:
        start_bot: runs the real bot.
        manifest: as the stand-in for Slack registers it.
        wanted: what to load.
        stay: keep everything up afterwards.
    """
    try:
        files = [read_ics(path, zone=wanted.zone, year=wanted.at.year) for path in wanted.files]
    except OSError as problem:
        print(f"{problem.filename} cannot be read: {problem.strerror}.")
        return 1
    if empty := [path for path, file in zip(wanted.files, files, strict=True) if not file.has_calendar]:
        print("\n".join(f"There is no calendar in {path}." for path in empty))
        return 1
    with _house(start_bot, manifest, wanted, files) as house:
        try:
            _connect(house)
            _offer_every_half_hour(house)
            seen = _read(house, wanted)
        except CannotDo as problem:
            print(f"\nThe calendars could not be connected: {problem}")
            seen = _look(house, wanted)
        report = report_of(wanted.zone, house.loaded, seen)
        print(f"\n{printed(report, can_say=seen.slots is not None)}")
        if wanted.report is not None:
            wanted.report.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            print(f"\nAll of it is in {wanted.report}.")
        if stay:
            stay_up(house.slack_url, house.google_url, house.bot_url, house.member.real_name)
        return 0 if seen.slots is not None else 1


@dataclass(frozen=True)
class _House:
    """The stand-ins with the bot running on them, one member, and the calendars that were loaded for him."""

    slack: SlackStandIn
    member: Member
    loaded: Sequence[Loaded]
    look: Look
    slack_url: str
    google_url: str
    bot_url: str


@contextmanager
def _house(
    start_bot: StartBot, manifest: Mapping[str, Any], wanted: Wish, files: Sequence[IcsFile]
) -> Iterator[_House]:
    ahead = wanted.at - datetime.now(UTC)
    with ExitStack() as closing:
        slack = SlackStandIn(manifest)
        workspace = slack.people.add_workspace("acme", "Acme")
        member = slack.people.add_member(workspace.id, "ana", "Ana", tz=wanted.zone, locale="en-GB")
        google = GoogleWorld(now=lambda: datetime.now(UTC) + ahead)
        loaded = _load(google, member.email, files)
        folder = Path(closing.enter_context(TemporaryDirectory(prefix="daybook-demo-")))
        google_url = closing.enter_context(serving(google_app(google)))
        slack_url = closing.enter_context(slack.serve())
        port = free_port()
        bot_url = f"http://{HOST}:{port}"
        settings = settings_for(slack, workspace, google, (bot_url, slack_url, google_url), folder)
        look = closing.enter_context(start_bot(settings, port, wanted.at))
        slack.delivers_to(f"{bot_url}/slack/events")
        yield _House(slack, member, loaded, look, slack_url, google_url, bot_url)


def _load(google: GoogleWorld, address: str, files: Sequence[IcsFile]) -> list[Loaded]:
    """The first file into the account's own calendar, each other one into a further calendar."""
    owners = [*owners_of(files), address]
    names = distinct([file.name for file in files])
    google.add_account(address, "Ana", files[0].zone)
    google.list_as(address, address, summary_override=names[0])
    loaded: list[Loaded] = []
    for place, (name, file) in enumerate(zip(names, files, strict=True)):
        calendar_id = google.add_calendar(address, name, file.zone) if place else address
        problems = fill(google, calendar_id, file, owners)
        loaded.append(Loaded(name, "conflict" if place else "linked", problems))
        print(f"Loaded {name}. Events: {len(file.entries)}, problems: {len(problems)}.")
    return loaded


def _connect(house: _House) -> None:
    """What every member does: connect Google, say yes, and take the calendars as they are preset."""
    person = house.slack.person(house.member.id)
    person.types("/daybook connect")
    person.waits_for("Connect Google Calendar")
    with httpx.Client() as browser:
        to_google = browser.get(person.clicks("Connect Google Calendar"))
        if not to_google.is_redirect:
            raise CannotDo("the link does not lead to Google")
        browser.get(consent(browser, to_google.headers["Location"], account=house.member.email))
    person.waits_for("Is it yours?")
    person.clicks("Yes, connect")
    person.waits_for("Appointments go to")
    person.submits()
    person.waits_for("Linked calendar")
    person.closes(all_of_them=True)


def _offer_every_half_hour(house: _House) -> None:
    """In *Calendar Settings > Availability*, as a member would: meetings may start every 30 minutes."""
    person = house.slack.person(house.member.id)
    person.types("/daybook settings")
    person.waits_for("Conflict calendars")
    person.clicks("Availability")
    person.waits_for("Meetings")
    person.clicks("Change", near="Meetings")
    person.waits_for("May start every so many minutes")
    person.fills("May start every so many minutes", "30")
    person.submits()
    person.waits_for("may start every 30 minutes")
    person.closes(all_of_them=True)


def _read(house: _House, wanted: Wish) -> Seen:
    """Wait until every calendar was read, or until that cannot be hoped for any more."""
    began = failing_since = time.monotonic()
    while True:
        seen = _look(house, wanted)
        now = time.monotonic()
        if not any(calendar.is_failing for calendar in seen.calendars):
            failing_since = now
        if seen.slots is not None or now - failing_since > _MOST_FAILING_SECONDS or now - began > _MOST_SECONDS:
            break
        time.sleep(0.25)
    person = house.slack.person(house.member.id)
    person.types("/daybook status")
    print(f"\nAna types /daybook status. She sees:\n\n{person.waits_for('Sync now')}")
    return seen


def _look(house: _House, wanted: Wish) -> Seen:
    return house.look(house.member.team_id, house.member.id, wanted.at, wanted.at + DAYS)
