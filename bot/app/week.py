"""Builds what the picture of a week needs: the use-cases, the way to Slack, and its page."""

from bot.app.foundation import Foundation
from bot.clients.raster import RasterProcess
from bot.clients.slack_pictures import SlackPictures
from bot.domain.week import Week
from bot.rendering.week.svg import week_svg
from bot.settings import Settings
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.show_week import ShowWeek
from bot.usecases.week_link import MakeWeekLink, OpenWeekLink
from bot.web.week import WeekPages
from handlers.week_cases import WeekCases


def week_cases(settings: Settings, base: Foundation, resolve: ResolveMembers) -> WeekCases:
    """What the command and its buttons call."""
    draw = Draw(RasterProcess())
    return WeekCases(
        show=ShowWeek(base.store, base.clock, resolve),
        make_link=MakeWeekLink(base.vault, base.clock, settings.base_url),
        pictures=SlackPictures(base.slack, draw),
        draw=draw,
    )


def week_pages(base: Foundation, cases: WeekCases) -> WeekPages:
    """What the page calls."""
    return WeekPages(OpenWeekLink(base.store, base.vault, base.clock, cases.show), cases.draw)


class Draw:
    """A week as PNG."""

    def __init__(self, rasterise: RasterProcess) -> None:
        self._rasterise = rasterise

    def __call__(self, week: Week) -> bytes:
        """Raises `Overloaded` and `ProviderDown`."""
        return self._rasterise(week_svg(week))
