"""The picture of a week behind its link, as often as somebody may ask for it."""

import asyncio
from collections.abc import Callable
from threading import Event

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from bot.domain.errors import LinkUnusable, Overloaded
from bot.domain.week import Week
from bot.web.week import WeekPages, WeekRoutes
from tests.patience import PATIENCE
from tests.unit.usecases.test_week_link import House
from tests.week_builders import own_week


class Weeks:
    """One week behind every link, and what was drawn; drawing waits until `may_end`."""

    def __init__(self, opens: Callable[[str], Week] = lambda _token: own_week()) -> None:
        self.opens = opens
        self.seconds = 0.0
        self.drawn = 0
        self.may_end = Event()
        self.may_end.set()
        self.is_over = self.is_full = False
        routes = WeekRoutes(WeekPages(self.open, self.draw), lambda: self.seconds)
        self.app = Starlette(routes=[Route("/{token}.png", routes.picture), Route("/{token}", routes.page)])

    def open(self, token: str) -> Week:
        if self.is_over:
            raise LinkUnusable("This link was good for a day, and that is over.")
        return self.opens(token)

    def draw(self, _week: Week) -> bytes:
        if self.is_full:
            raise Overloaded
        self.may_end.wait(PATIENCE)
        self.drawn += 1
        return f"picture {self.drawn}".encode()

    def asked(self, *paths: str, before: int = 0) -> list[tuple[str, httpx.Response]]:
        """All of them at once, in the order of their answers; nobody is drawn for `before` so many were answered."""
        return asyncio.run(self._asked(*paths, before=before))

    async def _asked(self, *paths: str, before: int) -> list[tuple[str, httpx.Response]]:
        answers = list[tuple[str, httpx.Response]]()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://week.test") as browser:

            async def ask(path: str) -> None:
                answers.append((path, await browser.get(path)))

            asked = [asyncio.create_task(ask(path)) for path in paths]
            while len(answers) < before and not all(task.done() for task in asked):
                await asyncio.sleep(0.001)
            self.may_end.set()
            await asyncio.gather(*asked)
        return answers


def test_a_picture_is_the_same_for_a_minute() -> None:
    weeks = Weeks()
    told = []
    for seconds in (0.0, 59.9, 60.1):
        weeks.seconds = seconds
        [(_, answer)] = weeks.asked("/one.png")
        told.append((answer.status_code, answer.text))
    assert told == [(200, "picture 1"), (200, "picture 1"), (200, "picture 2")]


def test_of_one_link_one_is_drawn_at_a_time() -> None:
    weeks = Weeks()
    weeks.may_end.clear()
    answers = [answer for _, answer in weeks.asked("/one.png", "/one.png", "/one.png", before=2)]
    assert sorted(answer.status_code for answer in answers) == [200, 429, 429]
    assert {answer.headers.get("Retry-After") for answer in answers} == {None, "5"}
    assert weeks.drawn == 1


def test_a_link_that_is_spelt_otherwise_is_none() -> None:
    house = House()
    weeks, token = Weeks(house.opens), house.token()
    spellings = [f"/{token[:20]}{'~' * number}{token[20:]}.png" for number in range(4)]
    answers = sorted(answer.status_code for _, answer in weeks.asked(*spellings, f"/{token}=.png"))
    assert (answers, weeks.drawn) == ([200, 404, 404, 404, 404], 1)


def test_nobodys_page_waits_for_pictures() -> None:
    weeks = Weeks()
    weeks.may_end.clear()
    answers = weeks.asked("/one.png", "/two.png", "/three.png", "/one", before=1)
    assert {answer.status_code for _, answer in answers} == {200}
    assert answers[0][0] == "/one"


def test_where_no_place_to_draw_is_free_one_is_asked_to_come_again() -> None:
    weeks = Weeks()
    weeks.is_full = True
    assert [answer.status_code for _, answer in weeks.asked("/one.png")] == [429]


def test_a_link_that_is_over_shows_nothing_that_was_drawn_before() -> None:
    weeks = Weeks()
    weeks.asked("/one.png")
    weeks.is_over = True
    assert [answer.status_code for _, answer in weeks.asked("/one.png")] == [404]
