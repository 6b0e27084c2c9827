"""Builds what Homes need: the use-case that draws one, and the job that looks at all of them."""

from datetime import timedelta

from bot.app.foundation import Foundation
from bot.clients.slack_homes import SlackHomes
from bot.jobs import Job
from bot.rendering.home import render_home
from bot.settings import Settings
from bot.usecases.draw_home import DrawHome
from bot.usecases.refresh_homes import RefreshHomes
from bot.usecases.show_home import ShowHome
from bot.usecases.show_status import ShowStatus

# Eighty a minute at most, of the hundred that Slack takes: some are left for what people do themselves.
_EVERY = timedelta(seconds=3)
_AT_ONCE = 4


def draw_home(settings: Settings, base: Foundation) -> DrawHome:
    """What the Home tab, and everybody who changes what it shows, calls."""
    show = ShowHome(base.store, base.clock, ShowStatus(base.store, base.clock), support=settings.support_url)
    return DrawHome(base.store, show, SlackHomes(base.slack, render_home), base.clock)


def home_jobs(base: Foundation, draw: DrawHome) -> tuple[Job, ...]:
    """What runs by the clock for them."""
    refresh = RefreshHomes(base.store, draw, base.clock, limit=_AT_ONCE)
    return (Job("refresh_homes", refresh, every=_EVERY, grace=timedelta(minutes=1)),)
