"""What happens to a digest, and to appointments, while Slack is taking it, or refuses to."""

from datetime import time, timedelta

from bot.domain.digest_changes import ChangeKind
from bot.domain.errors import ProviderBusy
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.digest_house import DigestHouse, a_wish

TUESDAY = "2026-11-24"


def test_what_changes_while_slack_takes_it_is_told_in_the_next_one() -> None:
    house = DigestHouse()
    house.has(a_wish(ana))
    for day in ("23", "24"):
        house.comes(f"2026-11-{day} 8:30")
        house.ticks()
    house.comes("2026-11-25 8:30")

    def meanwhile() -> None:
        house.clock.time += timedelta(seconds=5)
        house.book(a_request("2026-11-26 15:00"))
        house.clock.time += timedelta(seconds=5)

    house.messages.before = meanwhile
    house.ticks()
    house.messages.before = lambda: None
    house.comes("2026-11-26 8:30")
    house.ticks()
    assert [(one.day.day, [change.kind for change in one.changes]) for one in house.messages.posted[-2:]] == [
        (25, []),
        (26, [ChangeKind.NEW]),
    ]


def test_what_slack_was_too_busy_for_is_sent_a_little_later_though_somebody_said_a_word_meanwhile() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")

    def busy() -> None:
        house.cases().answer(actor(ben), digest.id, None)
        raise ProviderBusy("Too many.", 30.0)

    house.messages.before = busy
    house.ticks()
    house.messages.before = lambda: None
    house.comes(f"{TUESDAY} 8:31")
    house.ticks()
    assert house.runs(digest) == [(TUESDAY, "posted")]
    assert [[person.member.name for person in one.people] for one in house.messages.posted] == [["Ana"]]


def test_a_day_that_slack_refused_while_its_time_was_changed_is_told_of_in_the_next() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")

    def busy() -> None:
        house.cases().save(actor(ana), a_wish(at=time(9)), origin="x", digest_id=digest.id)
        raise ProviderBusy("Too many.", 30.0)

    house.messages.before = busy
    house.ticks()
    house.messages.before = lambda: None
    for moment in (f"{TUESDAY} 9:00", "2026-11-25 9:00"):
        house.comes(moment)
        house.ticks()
    assert house.runs(digest) == [(TUESDAY, "skipped"), ("2026-11-25", "posted")]
    assert "_ There was no digest on Tue 24 Nov." in house.reads()
