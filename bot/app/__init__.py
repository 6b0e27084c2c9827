"""The composition root: the only place that builds things and puts them together."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from time import monotonic

from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from starlette.types import ASGIApp

from bot.app.foundation import LISTENERS, Foundation, lay_foundation
from bot.app.readiness import DatabaseReadiness
from bot.app.week import week_parts
from bot.app.wiring import connecting, google_hook, jobs, outward_deliveries, push_address, use_cases, zoom_hook
from bot.clients.system import SystemClock, new_id
from bot.domain.errors import ProviderDown
from bot.domain.people import Workspace
from bot.jobs import build_scheduler
from bot.ports import Clock
from bot.settings import Settings
from bot.usecases.resolve_actor import ResolveActor
from bot.usecases.review_calendars import ReviewCalendars
from bot.web import Measures, WebParts, build_web
from bot.web.week import WeekPages
from handlers.catalogue import build_handlers
from handlers.limits import RateLimits
from handlers.slack_app import SlackParts, build_slack_app, build_socket_mode
from handlers.waiting import WaitForSync

# One page of events parsed in one go holds the interpreter for its switch interval, and an acknowledgement
# waits in the meantime; the default of 5 ms added up to seconds under load.
SWITCH_INTERVAL = 0.0005


@dataclass(frozen=True, slots=True)
class Daybook:
    """Everything that runs: the web application, Bolt's app behind it, the jobs; and a look at what was read."""

    web: ASGIApp
    slack: App
    scheduler: BackgroundScheduler
    review: ReviewCalendars


@contextmanager
def build_app(
    settings: Settings,
    *,
    clock: Clock | None = None,
    pushes_to_loopback: bool = False,
    webhooks_to_loopback: bool = False,
    limits: RateLimits | None = None,
) -> Iterator[Daybook]:
    """Build everything and leave it ready to be served; on leaving, work is finished and connections are closed.

    Args:
        settings: complete for serving.
        clock: the domain's time; the machine's own unless a test or demo sets another.
        pushes_to_loopback: the provider is a stand-in on this machine, and may be told to call it.
        webhooks_to_loopback: triggers may call this machine, which nobody can ask for by a setting.
        limits: how much everybody in Slack may ask for at once; the usual unless a test or demo sets another.

    Raises:
        BadSecretKeys, SchemaOutOfDate, UnknownRevision: a start that would not be safe.
        BoltError, SlackApiError: Slack does not accept the bot token.
        ProviderDown: Slack cannot be reached.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    with ExitStack() as closing:
        base = lay_foundation(settings, clock or SystemClock(), closing, webhooks_to_loopback=webhooks_to_loopback)
        _register_workspace(base)
        outward = outward_deliveries(base)
        weeks = week_parts(settings, base)
        cases = use_cases(settings, base, outward, weeks.send)
        wait_for_sync = WaitForSync(cases.show_status, base.work)
        closing.callback(wait_for_sync.close)
        parts = _slack_parts(base, cases.resolve_actor, limits or RateLimits(monotonic))
        secret = settings.slack_signing_secret.get_secret_value()
        slack = build_slack_app(parts, build_handlers(cases, base.clock, wait_for_sync), signing_secret=secret)
        measures = Measures()
        address = push_address(settings, pushes_to_loopback=pushes_to_loopback)
        web = _web_parts(settings, base, slack, measures, address, weeks.pages)
        todo = jobs(settings, base, cases, wait_for_sync, outward, address)
        scheduler = build_scheduler(todo, measures.count_job)
        yield Daybook(build_web(web), slack, scheduler, ReviewCalendars(base.store))


@contextmanager
def running(
    settings: Settings,
    *,
    clock: Clock | None = None,
    pushes_to_loopback: bool = False,
    webhooks_to_loopback: bool = False,
    limits: RateLimits | None = None,
) -> Iterator[Daybook]:
    """Build everything, run the jobs, and in Socket Mode the connection to Slack, until the block is left.

    What is left to do is to serve its web application. Takes and raises what `build_app` does.
    """
    built = build_app(
        settings,
        clock=clock,
        pushes_to_loopback=pushes_to_loopback,
        webhooks_to_loopback=webhooks_to_loopback,
        limits=limits,
    )
    with built as daybook, ExitStack() as closing:
        daybook.scheduler.start()
        closing.callback(daybook.scheduler.shutdown)
        if settings.is_socket_mode:
            socket = build_socket_mode(daybook.slack, settings.slack_app_token.get_secret_value())
            socket.connect()
            closing.callback(socket.close)
        yield daybook


def _slack_parts(base: Foundation, resolve: ResolveActor, limits: RateLimits) -> SlackParts:
    return SlackParts(
        client=base.slack,
        store=base.store,
        clock=base.clock,
        new_id=new_id,
        queue=base.work,
        resolve=resolve,
        executor=base.acknowledgements,
        openings=base.openings,
        limits=limits,
    )


def _web_parts(
    settings: Settings, base: Foundation, slack: App, measures: Measures, address: str, week: WeekPages
) -> WebParts:
    """What the web application is built on; Google tells of changes at `address`, if there is one."""
    return WebParts(
        public_url=settings.base_url,
        readiness=DatabaseReadiness(base.store, base.clock),
        measures=measures,
        connect=connecting(settings, base),
        dispatch=None if settings.is_socket_mode else slack.dispatch,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        threads=LISTENERS,
        warnings=partial(_warnings, base),
        zoom=zoom_hook(settings, base),
        google=google_hook(base, address),
        week=week,
    )


def _register_workspace(base: Foundation) -> None:
    """Part of the start, so that the first delivery already finds its workspace."""
    try:
        told = base.slack.auth_test()
    except OSError as error:
        raise ProviderDown(f"Slack could not be reached at {base.slack.base_url}, so Daybook cannot start.") from error
    with base.store.writing() as work:
        work.workspaces.add(Workspace(new_id(), str(told["team_id"]), str(told["team"])))
        work.reminders.begin(base.clock.now())
        work.commit()


def _warnings(base: Foundation) -> Sequence[str]:
    """What is amiss without standing in the way."""
    warning = base.clock_watch.warning()
    return () if warning is None else (warning,)
