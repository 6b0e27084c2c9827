"""The private address of a week: who may see what is decided when it is opened, and nothing is stored."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.errors import DaybookError, LinkUnusable
from bot.domain.people import Member, Standing, actor_of
from bot.domain.preferences import Audience, default_preferences
from bot.domain.reading_habits import OwnHabits
from bot.domain.week import WeekRequest
from bot.usecases.show_week import ShowWeek
from bot.usecases.week_link import LASTS, PURPOSE, MakeWeekLink, OpenWeekLink
from storage.vault import Vault, new_key
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import ACME, ana, ben

URL = "https://daybook.example.com"


class House:
    """Acme, with a key to seal addresses by."""

    def __init__(self) -> None:
        self.acme = Acme()
        self.vault = Vault([new_key()])
        self.show = ShowWeek(self.acme.store, self.acme.clock, self.acme.resolve_members())
        self.opens = OpenWeekLink(self.acme.store, self.vault, self.acme.clock, self.show)

    def link(self, asker: Member = ana, request: WeekRequest | None = None) -> str:
        """An address for who asks."""
        actor = actor_of(asker, ACME)
        return MakeWeekLink(self.vault, self.acme.clock, URL)(actor, self.show(actor, request or WeekRequest()))

    def token(self, asker: Member = ana, request: WeekRequest | None = None) -> str:
        """The part of it that is sealed."""
        return self.link(asker, request).rpartition("/")[2]


def test_the_address_opens_the_week_that_was_asked_for_as_it_is_now() -> None:
    house = House()
    token = house.token(request=WeekRequest(when="2026-12-01"))
    house.acme.add_event(ana, "2026-12-03 15:00-16:00", "Doctor")
    week = house.opens(token)
    assert (week.first, week.member, [entry.title for entry in week.entries]) == (date(2026, 11, 30), ana, ["Doctor"])


def test_whose_weeks_begin_otherwise_meanwhile_finds_the_week_of_the_picture() -> None:
    house = House()
    token = house.token(request=WeekRequest(when="2026-12-01"))
    house.acme.store.tables.members[ana.id] = replace(ana, own_habits=OwnHabits(first_day=6))
    assert house.opens(token).first == date(2026, 11, 29)  # of 2026-11-30, and back again
    sundays = house.token(replace(ana, own_habits=OwnHabits(first_day=6)), WeekRequest(when="2026-12-01"))
    house.acme.store.tables.members[ana.id] = ana
    assert house.opens(sundays).first == date(2026, 11, 30)


def test_the_address_says_nothing_of_whom_it_is() -> None:
    house = House()
    link = house.link(request=WeekRequest(calendar_id=house.acme.calendars[ana.id].id))
    assert link.startswith(f"{URL}/week/")
    assert len(link) < 500
    for told in (str(ana.id), ana.id.hex, "2026-11-23"):
        assert told not in link


@pytest.mark.parametrize("asked", ["", "U2"])
def test_it_ends_after_a_day(asked: str) -> None:
    house = House()
    token = house.token(request=WeekRequest(asked))
    house.acme.clock.time += LASTS - timedelta(seconds=1)
    assert house.opens(token).first == date(2026, 11, 23)
    house.acme.clock.time += timedelta(seconds=1)
    with pytest.raises(LinkUnusable, match="good for a day"):
        house.opens(token)


def test_an_address_from_before_an_upgrade_is_too_old() -> None:
    house = House()
    of_before = {"until": 9999999999, "workspace": str(ACME.id), "actor": str(ana.id), "of": "U1", "first": ""}
    with pytest.raises(LinkUnusable, match="good for a day"):
        house.opens(house.vault.seal(json.dumps(of_before), purpose=PURPOSE))


# fault 11
def test_what_is_forged_or_sealed_for_something_else_opens_nothing() -> None:
    house = House()
    token = house.token()
    other = House().token()
    elsewhere = house.vault.seal('{"until": 9999999999}', purpose="google connect state")
    for forged in (
        "",
        "x",
        "ü",
        token[:-2],
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        other,
        elsewhere,
        "x" * 5000,
    ):
        with pytest.raises(LinkUnusable):
            house.opens(forged)


# faults 11 and 13
def test_who_left_or_was_forgotten_sees_nothing_and_who_stopped_sharing_is_not_seen() -> None:
    house = House()
    own, bens = house.token(), house.token(request=WeekRequest("U2"))
    hidden = replace(default_preferences(ben.zone), audience=Audience.NOBODY)
    with house.acme.store.writing() as work:
        work.schedules.change(actor_of(ben, ACME), lambda _before: hidden)
        work.commit()
    with pytest.raises(DaybookError, match="does not share"):
        house.opens(bens)
    house.acme.store.tables.members[ana.id] = replace(ana, standing=Standing.DEACTIVATED)
    with pytest.raises(LinkUnusable, match="does not show this week any more"):
        house.opens(own)
    del house.acme.store.tables.members[ana.id]
    with pytest.raises(LinkUnusable, match="does not show this week any more"):
        house.opens(own)


def test_for_an_address_nobody_is_looked_up_in_slack() -> None:
    house = House()
    token = house.token(request=WeekRequest("U2"))
    house.acme.store.tables.members[ben.id] = replace(ben, slack_user_id="gone")
    with pytest.raises(LinkUnusable):
        house.opens(token)
