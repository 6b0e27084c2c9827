"""What the handlers of a week's picture call."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.week import Week
from bot.ports import WeekPictures
from bot.usecases.show_week import ShowWeek
from bot.usecases.week_link import MakeWeekLink


@dataclass(frozen=True, slots=True)
class WeekCases:
    """What they call; the page draws by the same `draw`, so that both together keep to what may be drawn at a time."""

    show: ShowWeek
    make_link: MakeWeekLink
    pictures: WeekPictures
    draw: Callable[[Week], bytes]
