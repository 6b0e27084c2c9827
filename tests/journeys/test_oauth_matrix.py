"""Attacks on connecting: links, browsers and members that do not belong together never make a connection."""

from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.accounts import AccountStatus
from bot.rendering.names import ActionId
from bot.sandbox.page_text import page_text
from tests.journeys.browser import Browser
from tests.journeys.house import House

PEOPLE = ("ana", "ben")
BROWSERS = ("one", "two")
MATRIX = list(product(PEOPLE, BROWSERS, BROWSERS, PEOPLE))


# fault 16
@pytest.mark.parametrize(("owner", "opens", "returns", "confirms"), MATRIX)
def test_only_the_same_browser_and_the_same_member_make_a_connection(
    house: House, owner: str, opens: str, returns: str, confirms: str
) -> None:
    town = house.town
    people = {"ana": town.ana, "ben": town.ben}
    with Browser() as one, Browser() as two:
        browsers = {"one": one, "two": two}
        link = house.link_for(people[owner])
        consents = {name: browser.departs(link) for name, browser in browsers.items()}
        back = browsers[opens].agrees(consents[opens], "office@acme.test")
        page = browsers[returns].opens(back)
    waiting = house.accounts()
    assert page.status_code == (200 if opens == returns else 400)
    assert waiting == (
        [(people[owner].real_name, "office@acme.test", AccountStatus.PENDING)] if opens == returns else []
    )
    for account_id in house.account_ids():
        house.presses(people[confirms], ActionId.CONFIRM_ACCOUNT, str(account_id))
    active = [one for one in house.accounts() if one[2] is AccountStatus.ACTIVE]
    may_be = opens == returns and owner == confirms
    assert active == ([(people[owner].real_name, "office@acme.test", AccountStatus.ACTIVE)] if may_be else [])
    assert len(house.accounts()) == len(waiting)


# fault 16
def test_the_page_names_the_slack_member_and_the_google_account(house: House) -> None:
    with Browser() as browser:
        page = browser.connects(house.link_for(house.town.ana), house.town.ben.email)
    text = page_text(page.text)
    assert "Google account\n  ben@acme.test\n" in text
    assert "Slack member\n  Ana in Acme\n" in text
    assert "Is that not your name?" in text


# fault 16
@pytest.mark.parametrize("is_confirmed", [False, True])
def test_this_was_not_me_undoes_it_from_that_browser_alone(house: House, is_confirmed: bool) -> None:
    ana = house.person(house.town.ana)
    with Browser() as victim, Browser() as other:
        page = victim.connects(house.link_for(house.town.ana), house.town.ben.email)
        if is_confirmed:
            assert "Appointments go to" in house.clicks(ana, "Yes, connect")
        before = house.accounts()
        refused = other.presses_undo(page)
        assert (refused.status_code, house.accounts()) == (400, before)
        undone = victim.presses_undo(page)
    assert (undone.status_code, house.accounts()) == (200, [])
    assert not house.is_granted(house.town.ben.email)
    if not is_confirmed:
        assert "not there any more" in house.clicks(ana, "Yes, connect")


# fault 16
@pytest.mark.slow
@pytest.mark.parametrize("says_no", [False, True])
def test_this_was_not_me_pressed_again_leaves_what_was_there_before(house: House, says_no: bool) -> None:
    ana = house.sets_up(house.town.ana)
    before = house.accounts(), house.calendars()
    with Browser() as browser:
        page = browser.connects(house.link_for(house.town.ana), house.town.ana.email)
        if says_no:
            house.clicks(ana, "No, that is not me")
        pressed = [browser.presses_undo(page).status_code for _ in range(2)]
    assert pressed == [200, 200]
    assert (house.accounts(), house.calendars()) == before
    assert house.is_granted(house.town.ana.email)


# fault 15
@pytest.mark.parametrize("change", ["", "x", "drop", "swap"])
def test_a_forged_or_changed_state_gets_a_page_and_no_token(house: House, change: str) -> None:
    exchanged = len(house.exchanges())
    with Browser() as browser:
        back = browser.agrees(browser.departs(house.link_for(house.town.ana)), house.town.ana.email)
        query = parse_qs(urlsplit(back).query)
        state = query["state"][0]
        other = "y" if state[20] == "x" else "x"
        forged = {"": "", "x": f"{state[:20]}{other}{state[21:]}", "drop": state[:-8], "swap": state[::-1]}[change]
        page = browser.client.get(
            f"{house.url}/oauth/google/callback", params={"state": forged, "code": query["code"][0]}
        )
    assert page.status_code == 400
    assert "Nothing was stored" in page_text(page.text)
    assert (house.accounts(), len(house.exchanges())) == ([], exchanged)
