"""How long a member waits for the answer to *Book* while seven others press it in the same moment."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from uuid import UUID
from zoneinfo import ZoneInfo

import yaml

from bot.clients.system import SystemClock
from bot.domain.accounts import Access, Account, AccountStatus, Credential, Provider
from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, Role
from bot.domain.people import Profile, Standing, Workspace, actor_of
from bot.domain.preferences import Preferences
from bot.ports import UnitOfWork
from handlers.manifest import manifest_text
from storage.engine import open_engine
from storage.migrate import upgrade
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.bench.booking_town import MEMBERS, ZONE, Opened, Outcome, Resident, Told, Wanted, town
from tests.bench.house import url_of
from tests.bench.processes import another_process, told
from tests.bench.real_bot import running_with
from tests.bench.report import Figure, milliseconds, require
from tests.bench.timing import Pair
from tests.builders import a_schedule

_WARM_UP, _ALONE, _ROUNDS = 2, 24, 24
_HALF_AN_HOUR = timedelta(minutes=30)
_SETTLE_SECONDS = 60.0
_OVERLAPS = (
    "SELECT count(*) FROM appointment_host AS one JOIN appointment_host AS other"
    " ON one.host_id = other.host_id AND one.appointment_id < other.appointment_id"
    " WHERE one.live AND other.live AND one.start_at < other.end_at AND other.start_at < one.end_at"
)
_UNREAD = "SELECT count(*) FROM calendar WHERE read_at IS NULL"
_ids = count(1)


def measure() -> list[Figure]:
    """`book_p99_ms`, beside the same form submitted by one member alone."""
    manifest = yaml.safe_load(manifest_text(url="https://daybook.example.com"))
    with TemporaryDirectory() as folder, another_process(town, manifest) as people:
        file, key = Path(folder) / "booking.db", new_key()
        opened = told(people, Opened)
        _move_in(file, key, opened)
        settings = {**opened.settings, "secret_keys": key, "database_url": url_of(file)}
        with running_with(settings) as bot:
            people.send(bot)
            _wait_until_read(file)
            times = _times()
            warm = [one for _ in range(_WARM_UP) for one in _round(people, next(times))]
            alone = [one for _ in range(_ALONE) for one in _submitted(people, [Wanted(0, 0, next(times), _contact())])]
            busy = [one for _ in range(_ROUNDS) for one in _round(people, next(times))]
            booked = sum(one.is_booked for one in (*warm, *alone, *busy))
            require(booked == (_WARM_UP + _ROUNDS) * MEMBERS // 2 + _ALONE, f"{booked} were told that it is booked")
            _require_kept(people, file, booked)
    told_of = (
        f"{MEMBERS} members submit the booking form in the same moment, two of them always the same time of the same"
        f" host, {_ROUNDS} times; until the answer stands on the form, Google, Zoom and the cards being written"
        " besides; the same form submitted by one alone"
    )
    ours, reference = (_p99([one.seconds for one in some]) for some in (busy, alone))
    return [milliseconds("book_p99_ms", Pair(ours, reference), told_of, at_most=250)]


def _round(people: Connection, when: str) -> list[Told]:
    """All press at once; of each two who want the same host's time one has it."""
    half = MEMBERS // 2
    answers = _submitted(people, [Wanted(one, one % half, when, _contact()) for one in range(MEMBERS)])
    pairs = [(answers[one].is_booked, answers[one + half].is_booked) for one in range(half)]
    require(all(sum(pair) == 1 for pair in pairs), f"of two for one time not just one was told so: {pairs}")
    return answers


def _submitted(people: Connection, wanted: list[Wanted]) -> list[Told]:
    people.send(wanted)
    answers: list[Told] = told(people, list)
    return answers


def _require_kept(people: Connection, file: Path, booked: int) -> None:
    with closing(sqlite3.connect(file)) as raw:
        live = raw.execute("SELECT count(*) FROM appointment WHERE status = 'confirmed'").fetchone()[0]
        overlaps = raw.execute(_OVERLAPS).fetchone()[0]
    require((live, overlaps) == (booked, 0), f"{booked} were told, {live} are stored, {overlaps} overlap")
    deadline = perf_counter() + _SETTLE_SECONDS
    seen = Outcome(0, 0, "")
    while (seen.events, seen.meetings) != (booked, booked) and perf_counter() < deadline:
        sleep(0.2)
        people.send([])
        seen = told(people, Outcome)
    require((seen.events, seen.meetings) == (booked, booked), f"of {booked} there are outside: {seen}")
    require(not seen.problems, f"Slack finds fault with an answer: {seen.problems}")


def _times() -> Iterator[str]:
    """Half hours of the days after tomorrow, as they are typed."""
    first = SystemClock().now().astimezone(ZoneInfo(ZONE)).replace(hour=8, minute=0) + timedelta(days=2)
    return (f"{first + number * _HALF_AN_HOUR:%Y-%m-%d %H:%M}" for number in count())


def _contact() -> str:
    return f"guest{next(_ids)}@ortiz.test"


def _wait_until_read(file: Path) -> None:
    deadline = perf_counter() + _SETTLE_SECONDS
    with closing(sqlite3.connect(file)) as raw:
        while raw.execute(_UNREAD).fetchone()[0] and perf_counter() < deadline:
            sleep(0.1)
        require(raw.execute(_UNREAD).fetchone()[0] == 0, "the calendars were not read")


def _move_in(file: Path, key: str, opened: Opened) -> None:
    """A database in which everybody is connected, and can be booked around the clock."""
    upgrade(url_of(file))
    engine = open_engine(url_of(file))
    with SqlStore(engine, Vault([key])).writing() as work:
        workspace = work.workspaces.add(Workspace(UUID(int=1), opened.team_id, "Acme"))
        for resident in opened.residents:
            _connect(work, workspace, resident, SystemClock().now())
        work.commit()
    engine.dispose()


def _connect(work: UnitOfWork, workspace: Workspace, resident: Resident, now: datetime) -> None:
    profile = Profile(resident.slack_user_id, resident.name, ZONE, Standing.FULL, is_admin=False)
    member = work.members.save(workspace.id, profile, new_id=_new_id(), now=now)
    actor = actor_of(member, workspace)
    google = Account(
        id=_new_id(),
        workspace_id=workspace.id,
        member_id=member.id,
        provider=Provider.GOOGLE,
        address=resident.address,
        access=Access.FULL,
        status=AccountStatus.ACTIVE,
        created_at=now,
    )
    work.accounts.add(google, _credential(resident.google, now))
    work.accounts.add(replace(google, id=_new_id(), provider=Provider.ZOOM), _credential(resident.zoom, now))
    linked = Calendar(
        id=_new_id(),
        workspace_id=workspace.id,
        member_id=member.id,
        account_id=google.id,
        remote_id=resident.address,
        name=resident.name,
        zone=ZONE,
        access_role=AccessRole.OWNER,
        role=Role.LINKED,
        option=ONE_WAY,
        next_sync_at=now,
    )
    work.calendars.choose(actor, [linked])
    work.schedules.change(actor, _around_the_clock)


def _around_the_clock(preferences: Preferences) -> Preferences:
    return replace(preferences, schedule=a_schedule("daily 0:00-24:00"))


def _credential(answer: object, now: datetime) -> Credential:
    assert isinstance(answer, dict)
    scopes = frozenset(str(answer["scope"]).split())
    return Credential(str(answer["access_token"]), str(answer["refresh_token"]), now + timedelta(minutes=55), scopes)


def _new_id() -> UUID:
    return UUID(int=1000 + next(_ids))


def _p99(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=100)[98]
