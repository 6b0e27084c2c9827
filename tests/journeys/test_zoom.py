"""A Zoom account from *Connect* to *Disconnect*, over HTTP: by its member, in his browser, at Zoom."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from bot.domain.accounts import AccountStatus
from bot.rendering.names import ActionId
from bot.sandbox.page_text import page_text
from bot.sandbox.slack.person import Person
from bot.sandbox.zoom.browser import ZoomBrowser
from bot.sandbox.zoom.counting import revokes
from bot.sandbox.zoom.grants import Client
from storage.tables import ACCOUNTS, METADATA
from tests.journeys.house import House
from tests.patience import PATIENCE

CONNECTED = "*Zoom is connected.* New bookings get a link. Manage it here, under Video Conferencing."


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=PATIENCE, verify=False) as browser:
        yield browser


@pytest.fixture(autouse=True)
def undecided(house: House) -> None:
    """Nobody decided anything yet: what others decided outlives their accounts."""
    with house.store.connected("writing") as connection:
        connection.execute(METADATA.tables["schedule"].delete())
        connection.commit()


def app_of(house: House) -> Client:
    """Daybook's app, as Zoom knows it."""
    client = house.town.zoom.grants.client(house.settings.zoom_client_id)
    assert client is not None
    return client


def agrees(house: House, browser: httpx.Client, link: str, *, way: str = "password") -> httpx.Response:
    """From a private link to the page at the end."""
    at_zoom = browser.get(link).headers["Location"]
    return browser.get(ZoomBrowser(browser).consents(at_zoom, house.town.ana.email, way=way))


def connects(house: House, browser: httpx.Client) -> Person:
    """Ana with *Video Conferencing* in front of her."""
    person = house.person(house.town.ana)
    assert agrees(house, browser, house.link_for(house.town.ana, "Connect Zoom")).status_code == httpx.codes.OK
    assert CONNECTED in house.clicks(person, "Yes, connect")
    return person


@pytest.mark.parametrize("way", ["password", "sso", "apple", "google", "facebook"])
def test_zoom_is_connected_in_whatever_way_one_signs_in_and_only_after_ones_word(
    house: House, browser: httpx.Client, way: str
) -> None:
    page = agrees(house, browser, house.link_for(house.town.ana, "Connect Zoom"), way=way)
    told = page_text(page.text)
    assert ("Zoom account" in told, house.town.ana.email in told, "One step left, in Slack" in told) == (True,) * 3
    assert [status for _, _, status in house.accounts()] == [AccountStatus.PENDING]

    shown = house.clicks(house.person(house.town.ana), "Yes, connect")

    assert CONNECTED in shown
    assert f"*{house.town.ana.email}* · Zoom · connected [Disconnect]" in shown
    assert [status for _, _, status in house.accounts()] == [AccountStatus.ACTIVE]
    house.reads()  # nobody looks for calendars in it


def test_the_link_works_once_and_in_one_browser(house: House, browser: httpx.Client) -> None:
    at_zoom = browser.get(house.link_for(house.town.ana, "Connect Zoom")).headers["Location"]
    back = ZoomBrowser(browser).consents(at_zoom, house.town.ana.email)
    with httpx.Client(trust_env=False, verify=False, timeout=PATIENCE) as other:
        assert other.get(back).status_code == 400
    assert browser.get(back).status_code == httpx.codes.OK
    assert browser.get(back).status_code == 400
    assert len(house.accounts()) == 1


def test_whoever_declines_at_zoom_has_nothing_connected(house: House, browser: httpx.Client) -> None:
    at_zoom = browser.get(house.link_for(house.town.ana, "Connect Zoom")).headers["Location"]
    page = browser.get(ZoomBrowser(browser).consents(at_zoom, house.town.ana.email, decline=True))
    assert "You chose not to share this account" in page_text(page.text)
    assert house.accounts() == []


@pytest.mark.slow
def test_disconnecting_revokes_and_says_what_was_done(house: House, browser: httpx.Client) -> None:
    person, before = connects(house, browser), revokes(house.town.zoom.settle())

    shown = house.clicks(person, "Disconnect")
    if person.modal is not None and "Disconnect this account?" in shown:
        shown = house.clicks(person, "Disconnect")

    assert "The permission was given back to Zoom." in shown
    assert "No Zoom account is connected" in shown
    assert (house.accounts(), revokes(house.town.zoom.settle()) - before) == ([], 1)


def test_no_that_is_not_me_gives_the_permission_back(house: House, browser: httpx.Client) -> None:
    agrees(house, browser, house.link_for(house.town.ana, "Connect Zoom"))
    before = revokes(house.town.zoom.settle())
    house.clicks(house.person(house.town.ana), "No, that is not me")
    assert (house.accounts(), revokes(house.town.zoom.settle()) - before) == ([], 1)


# fault 54
@pytest.mark.slow
def test_whoever_removes_daybook_at_zoom_is_forgotten_here_and_may_come_again(
    house: House, browser: httpx.Client
) -> None:
    connects(house, browser)
    zoom, app = house.town.zoom, app_of(house)
    zoom.point_webhook(app, f"{house.url}/webhooks/zoom")
    house.clock.time += timedelta(minutes=1)

    delivery = zoom.removes_app(house.town.ana.email, app)

    assert delivery is not None
    assert (delivery.status, house.accounts()) == (204, [])
    house.clock.time += timedelta(minutes=1)
    house.person(house.town.ana).closes(all_of_them=True)
    connects(house, browser)
    assert len(house.accounts()) == 1


def test_the_usual_way_to_meet_is_zoom_once_connected_until_one_decides(house: House, browser: httpx.Client) -> None:
    person = connects(house, browser)
    assert "*Meetings usually take place by* Zoom" in house.sees(person)
    house.clicks(person, "Change", near="Meetings usually take place by")
    person.fills("Meetings usually take place by", "A place")
    assert "Write which place, like a street or a room." in house.submits(person)
    person.fills("Phone number or place", "Room 3")
    assert "*Meetings usually take place by* A place: Room 3" in house.submits(person)


# fault 11
def test_what_is_anas_is_not_bens_to_disconnect(house: House, browser: httpx.Client) -> None:
    connects(house, browser)
    with house.store.connected("reading") as connection:
        account_id = connection.scalar(select(ACCOUNTS.c.id))
    house.presses(house.town.ben, ActionId.DISCONNECT_ACCOUNT, str(account_id))
    assert len(house.accounts()) == 1
