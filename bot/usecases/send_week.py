"""A week for who asks for it: said where he is, and as a picture in his own messages with Daybook."""

from collections.abc import Callable

from bot.domain.people import Actor
from bot.domain.week import Week, WeekRequest
from bot.ports import WeekPictures
from bot.usecases.show_week import ShowWeek
from bot.usecases.week_link import MakeWeekLink


class SendWeek:
    """Say the week at once, except among the pictures, where the message with the picture says it all."""

    def __init__(self, show: ShowWeek, make_link: MakeWeekLink, pictures: WeekPictures) -> None:
        self._show = show
        self._make_link = make_link
        self._pictures = pictures

    def __call__(self, actor: Actor, request: WeekRequest, channel_id: str, say: Callable[[Week, str], None]) -> None:
        """Send it to the actor, who asked in the conversation `channel_id`.

        Args:
            say: says the week where he asked, with the address of its page or an empty one where nothing is drawn. It
                is called before the picture is made, or not at all.

        Raises:
            UnclearWhen, NotAllowed: nothing was said.
            ProviderError: Slack did not take it.
        """
        week = self._show(actor, request)
        if not week.is_drawn:
            say(week, "")
            return
        link = self._make_link(actor, week)
        if not self.is_among_pictures(actor, channel_id):
            say(week, link)
        self._pictures.post(actor, week, link)

    def is_among_pictures(self, actor: Actor, channel_id: str) -> bool:
        """Whether messages of the conversation may be pictures, which stay whatever is asked for next."""
        return self._pictures.is_there(actor, channel_id)
