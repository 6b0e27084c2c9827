"""A permission that died: its owner is told once, nothing is asked of Google again, and reconnecting goes on."""

from datetime import timedelta

import pytest

from bot.domain.accounts import AccountStatus
from bot.sandbox.slack.person import Person
from tests.journeys.browser import Browser
from tests.journeys.house import House

pytestmark = pytest.mark.slow

NOTICE = "Google stopped accepting Daybook's access"
BROKEN = [("Ana", "ana@acme.test", AccountStatus.NEEDS_RECONNECT)]
PENDING = ("Ana", "ana@acme.test", AccountStatus.PENDING)
ACTIVE = [("Ana", "ana@acme.test", AccountStatus.ACTIVE)]


def notices(house: House, person: Person) -> int:
    """How many direct messages about it the person got."""
    channel = house.town.slack.people.direct(house.town.workspace, house.town.workspace.bot.id, person.member.id)
    said = [message for message in house.town.slack.messages_in(channel.id) if message.only_for is None]
    return sum(message.text.startswith(NOTICE) for message in said)


def revoked(house: House) -> Person:
    """Ana, whose permission died, and who was told of it after the next sync."""
    ana = house.sets_up(house.town.ana)
    dies(house, ana)
    return ana


def dies(house: House, person: Person) -> None:
    """The person withdraws the permission, and is told so."""
    told_before = notices(house, person)
    house.google.revoke(person.member.email)
    house.clock.time += timedelta(minutes=6)
    house.reads()
    house.waits_until(lambda: notices(house, person) == told_before + 1)


# fault 36
def test_the_owner_is_told_once_in_a_hundred_ticks(house: House) -> None:
    ana = revoked(house)
    told = notices(house, ana)
    asked, exchanged = len(house.google.ledger.matching("GET")), len(house.exchanges())
    for _ in range(100):
        house.clock.time += timedelta(minutes=5)
        house.runs("sync_due_calendars")
        house.runs("announce_broken_accounts")
    house.reads()
    assert notices(house, ana) == told
    assert house.accounts() == BROKEN
    assert (len(house.google.ledger.matching("GET")), len(house.exchanges())) == (asked, exchanged)


# fault 36
def test_status_and_home_say_what_to_do(house: House) -> None:
    ana = revoked(house)
    told = house.types(ana, "/daybook status")
    assert f"{NOTICE} to *ana@acme.test*" in told
    assert "[Reconnect]" in told
    ana.opens_home()
    assert "[Reconnect]" in house.sees(ana)


# fault 36
def test_what_was_read_still_blocks_and_says_so(house: House) -> None:
    ana = revoked(house)
    house.clock.time += timedelta(minutes=45)
    day = house.town.change - timedelta(days=2)
    told = house.types(ana, f"/daybook slots 30m {day.isoformat()}")
    assert "[15:00]" not in told  # Kick-off
    assert "[15:30]" in told
    assert "newer events are unknown" in told


# fault 36
def test_reconnecting_goes_on_with_the_same_account_and_calendars(house: House) -> None:
    ana = revoked(house)
    account, calendars = house.account_ids(), house.calendars()
    house.types(ana, "/daybook status")
    house.clicks(ana, "Reconnect")
    with Browser() as browser:
        browser.connects(ana.clicks("Connect Google Calendar"), house.town.ana.email)
    assert house.accounts() == [*BROKEN, PENDING]
    assert "Appointments go to" in house.clicks(ana, "Yes, connect")
    ana.closes(all_of_them=True)
    assert (house.account_ids(), house.accounts(), house.calendars()) == (account, ACTIVE, calendars)
    house.reads()
    day = house.town.change - timedelta(days=2)
    told = house.types(ana, f"/daybook slots 30m {day.isoformat()}")
    assert "[15:30]" in told
    assert "newer events are unknown" not in told
    assert "up to date" in house.types(ana, "/daybook status")


# fault 36
def test_a_second_death_is_told_anew(house: House) -> None:
    ana = revoked(house)
    house.connects(house.town.ana).closes(all_of_them=True)
    dies(house, ana)


# fault 36
def test_a_notice_that_slack_refused_comes_later(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    told_before = notices(house, ana)
    house.google.revoke(house.town.ana.email)
    not_taken = {"ok": False, "error": "service_unavailable"}
    house.town.slack.faults.on(path="/api/chat.postMessage", times=1000).answer(200, not_taken)
    house.clock.time += timedelta(minutes=6)
    house.reads()
    house.waits_until(house.puts_off_a_notice)
    assert notices(house, ana) == told_before
    house.town.slack.faults.clear()
    house.clock.time += timedelta(hours=1)

    def is_told_at_a_later_tick() -> bool:
        house.runs("announce_broken_accounts")
        return notices(house, ana) > told_before

    house.waits_until(is_told_at_a_later_tick)
    assert notices(house, ana) == told_before + 1


def test_an_access_token_that_ran_out_is_renewed_without_a_word(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    told_before = notices(house, ana)
    house.google.expire_access_tokens()
    house.clock.time += timedelta(minutes=6)
    house.reads()
    assert "up to date" in house.types(ana, "/daybook status")
    assert (house.accounts(), notices(house, ana)) == (ACTIVE, told_before)


# fault 38
def test_a_calendar_that_is_not_shared_any_more_is_named_and_the_others_go_on(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    house.google.unshare(house.town.holidays, house.town.ana.email)
    try:
        house.clock.time += timedelta(minutes=6)
        house.reads()
        told = house.types(ana, "/daybook status")
    finally:
        house.google.share(house.town.holidays, house.town.ana.email, "reader")
    assert "Ana (linked, one-way) · up to date" in told
    assert "Team holidays (conflict) · *has not been readable since" in told
