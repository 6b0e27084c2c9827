"""Builds what the picture of a week needs: the use-cases, the way to Slack, and its page."""

from dataclasses import dataclass

from bot.app.foundation import Foundation
from bot.clients.raster import RasterProcess
from bot.clients.slack_directory import SlackDirectory
from bot.clients.slack_pictures import SlackPictures
from bot.clients.system import new_id
from bot.domain.week import Week
from bot.rendering.week.svg import week_svg
from bot.settings import Settings
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.send_week import SendWeek
from bot.usecases.show_week import ShowWeek
from bot.usecases.week_link import MakeWeekLink, OpenWeekLink
from bot.web.week import WeekPages


@dataclass(frozen=True, slots=True)
class WeekParts:
    """What the command and its buttons call, and what the page calls; both draw at the same few places."""

    send: SendWeek
    pages: WeekPages


def week_parts(settings: Settings, base: Foundation) -> WeekParts:
    """Both of them."""
    rasterise = RasterProcess()

    def draw(week: Week) -> bytes:
        return rasterise(week_svg(week))

    resolve = ResolveMembers(base.store, SlackDirectory(base.slack), base.clock, new_id)
    show = ShowWeek(base.store, base.clock, resolve)
    make_link = MakeWeekLink(base.vault, base.clock, settings.base_url)
    return WeekParts(
        send=SendWeek(show, make_link, SlackPictures(base.slack, draw)),
        pages=WeekPages(OpenWeekLink(base.store, base.vault, base.clock, show), draw),
    )
