"""The private link: one use, ten minutes, one provider; what else can happen to it is a page, and stores nothing."""

from datetime import timedelta

import httpx
import pytest

from bot.domain.accounts import AccountStatus
from bot.sandbox.page_text import page_text
from tests.journeys.browser import Browser
from tests.journeys.house import NOW, House

SLACKBOT = {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"}
PENDING_ANA = [("Ana", "ana@acme.test", AccountStatus.PENDING)]


# fault 15
def test_a_link_opened_after_ten_minutes_has_expired(house: House) -> None:
    link = house.link_for(house.town.ana)
    house.clock.time = NOW + timedelta(minutes=10)
    with Browser() as browser:
        page = browser.opens(link)
    assert page.status_code == 400
    assert "expired" in page_text(page.text)


# fault 15
def test_a_sign_in_that_took_ten_minutes_comes_back_too_late(house: House) -> None:
    exchanged = len(house.exchanges())
    with Browser() as browser:
        back = browser.agrees(browser.departs(house.link_for(house.town.ana)), house.town.ana.email)
        house.clock.time = NOW + timedelta(minutes=10)
        page = browser.opens(back)
    assert page.status_code == 400
    assert "expired" in page_text(page.text)
    assert (house.accounts(), len(house.exchanges())) == ([], exchanged)


# fault 15
def test_a_used_link_and_a_used_answer_do_nothing_more(house: House) -> None:
    link = house.link_for(house.town.ana)
    with Browser() as browser:
        back = browser.agrees(browser.departs(link), house.town.ana.email)
        browser.opens(back)
        exchanged = len(house.exchanges())
        again, opened_again = browser.opens(back), browser.opens(link)
    assert (again.status_code, opened_again.status_code) == (400, 400)
    assert "used already" in page_text(again.text)
    assert (house.accounts(), len(house.exchanges())) == (PENDING_ANA, exchanged)


@pytest.mark.parametrize("link", ["", "?link=", "?link=forged", "?link=a&link=b", "?link=%00%ff"])
def test_a_forged_link_gets_a_page(house: House, link: str) -> None:  # fault 15
    with Browser() as browser:
        page = browser.opens(f"{house.url}/connect/google{link}")
    assert page.status_code == 400
    assert "not reached from a link of Daybook's" in page_text(page.text)
    assert "set-cookie" not in page.headers


# fault 17
@pytest.mark.parametrize("provider", ["zoom", "Google", "../google", "google%2f"])
def test_an_answer_at_another_providers_address_is_refused(house: House, provider: str) -> None:
    exchanged = len(house.exchanges())
    with Browser() as browser:
        back = browser.agrees(browser.departs(house.link_for(house.town.ana)), house.town.ana.email)
        page = browser.opens(back.replace("/oauth/google/", f"/oauth/{provider}/"))
        assert page.status_code in (404, 400)
        assert (house.accounts(), len(house.exchanges())) == ([], exchanged)
        assert browser.opens(back).status_code == 200  # nothing was burnt by it


# fault 17
def test_two_codes_in_one_answer_are_believed_neither(house: House) -> None:
    with Browser() as browser:
        back = browser.agrees(browser.departs(house.link_for(house.town.ana)), house.town.ana.email)
        page = browser.opens(f"{back}&code=4/0Aanother")
    assert page.status_code == 400
    assert house.accounts() == []


# fault 17
def test_a_code_of_another_sign_in_does_not_open_with_this_ones_proof(house: House) -> None:
    with Browser() as attacker, Browser() as victim:
        stolen = attacker.agrees(attacker.departs(house.link_for(house.town.ben)), house.town.ben.email)
        back = victim.agrees(victim.departs(house.link_for(house.town.ana)), house.town.ana.email)
        code = httpx.URL(stolen).params["code"]
        page = victim.opens(str(httpx.URL(back).copy_set_param("code", code)))
    assert page.status_code == 502
    assert "Google did not accept this sign-in" in page_text(page.text)
    assert house.accounts() == []


# fault 20
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_previews_of_a_link_do_it_no_harm(house: House, method: str) -> None:
    link = house.link_for(house.town.ana)
    with Browser() as preview, Browser() as browser:
        for _ in range(3):
            preview.client.request(method, link, headers=SLACKBOT)
        assert browser.connects(link, house.town.ana.email).status_code == 200
    assert house.accounts() == PENDING_ANA


# fault 21
@pytest.mark.parametrize(
    ("scope", "need"),
    [
        ("calendar.events", "see and edit events"),
        ("calendar.calendarlist.readonly", "see the list of your calendars"),
        ("calendar.events.freebusy", "see when calendars are busy"),
    ],
)
def test_a_permission_left_out_is_named_with_what_it_is_for(house: House, scope: str, need: str) -> None:
    with Browser() as browser:
        at_google = browser.departs(house.link_for(house.town.ana))
        page = browser.opens(browser.agrees(at_google, house.town.ana.email, untick=[scope]))
    assert page.status_code == 400
    text = page_text(page.text)
    assert text.startswith(f"  *A permission is missing*\n  {scope}\n  {need}")
    assert "/daybook connect" in text
    assert house.accounts() == []


# fault 21
def test_several_permissions_left_out_are_all_named(house: House) -> None:
    label = "Connect for conflict calendars"
    with Browser() as browser:
        at_google = browser.departs(house.link_for(house.town.ana, label))
        assert "calendar.events%20" not in at_google  # nothing that could write is asked for
        left_out = ["calendar.events.readonly"]
        page = browser.opens(browser.agrees(at_google, house.town.ana.email, untick=left_out))
        both = browser.departs(house.link_for(house.town.ana))
        answer = browser.agrees(both, house.town.ana.email, untick=["calendar.events", "calendar.events.freebusy"])
        several = browser.opens(answer)
    assert "calendar.events.readonly\n  see events" in page_text(page.text)
    assert page_text(several.text).startswith("  *Some permissions are missing*\n  calendar.events\n")
    assert house.accounts() == []


def test_denied_is_a_page_and_the_link_stays_good(house: House) -> None:
    link = house.link_for(house.town.ana)
    with Browser() as browser:
        page = browser.opens(browser.agrees(browser.departs(link), house.town.ana.email, deny=True))
        assert page.status_code == 400
        told = page_text(page.text)
        assert "You chose not to share this account. Nothing was stored." in told
        assert "type /daybook connect in Slack for a new link" in told
        assert "Back to Slack" in told
        assert house.accounts() == []
        assert browser.connects(link, house.town.ana.email).status_code == 200


def test_google_that_fails_at_the_exchange_is_a_page_and_stores_nothing(house: House) -> None:
    house.google.faults.on("POST", "/token").answer(503)
    with Browser() as browser:
        page = browser.connects(house.link_for(house.town.ana), house.town.ana.email)
    assert page.status_code == 502
    assert "Nothing was stored. Ask for a new link in Slack" in page_text(page.text)
    assert house.accounts() == []


# fault 22
@pytest.mark.slow
def test_one_google_account_of_two_members_is_kept_apart(house: House) -> None:
    ana, ben, office = house.town.ana, house.town.ben, "office@acme.test"
    hers, his = house.connects(ana, office), house.connects(ben, office)
    assert house.accounts() == [("Ana", office, AccountStatus.ACTIVE), ("Ben", office, AccountStatus.ACTIVE)]
    hers.closes(all_of_them=True)
    his.closes(all_of_them=True)
    house.types(hers, "/daybook disconnect")
    told = house.clicks(hers, "Disconnect")
    assert "another connection of the same Google account needs it" in told
    assert house.accounts() == [("Ben", office, AccountStatus.ACTIVE)]
    assert house.is_granted(office)
    house.types(his, "/daybook disconnect")
    assert "The permission was given back to Google." in house.clicks(his, "Disconnect")
    assert (house.accounts(), house.is_granted(office)) == ([], False)


def test_a_connection_that_nobody_confirmed_is_given_back(house: House) -> None:
    with Browser() as browser:
        browser.connects(house.link_for(house.town.ana), house.town.ana.email)
    house.runs("clean_up")
    assert house.accounts() == PENDING_ANA
    house.clock.time = NOW + timedelta(hours=2, seconds=1)
    house.runs("clean_up")
    assert (house.accounts(), house.is_granted(house.town.ana.email)) == ([], False)


def test_a_word_that_comes_after_an_hour_is_too_late(house: House) -> None:
    ana = house.person(house.town.ana)
    with Browser() as browser:
        browser.connects(house.link_for(house.town.ana), house.town.ana.email)
    house.clock.time = NOW + timedelta(hours=1, seconds=1)
    assert "waited for longer than an hour" in house.clicks(ana, "Yes, connect")
    assert house.accounts() == PENDING_ANA


def test_no_gives_the_permission_back_and_reads_nothing(house: House) -> None:
    ana = house.person(house.town.ana)
    listed = len(house.google.ledger.matching("GET", "/calendar/v3/users/me/calendarList"))
    with Browser() as browser:
        browser.connects(house.link_for(house.town.ana), house.town.ana.email)
    told = house.clicks(ana, "No, that is not me")
    assert "is not connected. Its permission was given back and nothing was read." in told
    assert (house.accounts(), house.is_granted(house.town.ana.email)) == ([], False)
    assert len(house.google.ledger.matching("GET", "/calendar/v3/users/me/calendarList")) == listed
