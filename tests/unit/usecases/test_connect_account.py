"""The browser's part of connecting: one link, one browser, one use; everything else stores nothing."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts import Access, Account, AccountStatus, Provider
from bot.domain.errors import ConsentIncomplete, CredentialRefused, LinkUnusable, NotAllowed, ProviderDown
from bot.domain.people import Standing
from bot.usecases.connect_account import (
    ALREADY_FULL,
    DENIED,
    EXPIRED,
    FORGED,
    OTHER_BROWSER,
    STATE_PURPOSE,
    FinishConnecting,
)
from tests.unit.usecases.connect_house import NOW, REDIRECT, URL, ConnectHouse

TEN_MINUTES = timedelta(minutes=10)


def test_an_account_comes_back_and_waits_for_its_member() -> None:
    house = ConnectHouse()
    arrival, _ = house.arrive(house.ana)
    waiting = Account(
        id=arrival.account.id,
        workspace_id=house.ana.workspace_id,
        member_id=house.ana.member_id,
        provider=Provider.GOOGLE,
        address="ana@acme.test",
        access=Access.FULL,
        status=AccountStatus.PENDING,
        created_at=NOW,
    )
    assert house.accounts() == [waiting]
    assert (arrival.actor, arrival.workspace_name, arrival.account) == (house.ana, "Acme", waiting)
    assert arrival.asked
    assert house.notifier.asked == [(house.ana, waiting)]


def test_following_a_link_writes_nothing_however_often() -> None:  # fault 20
    house = ConnectHouse()
    token = house.link(house.ana)
    before = house.store.commits
    departures = [house.begin("google", token) for _ in range(3)]
    assert house.store.commits == before
    assert len({departure.cookie for departure in departures}) == 3
    state, cookie = house.provider.asked[-1][1], departures[-1].cookie
    assert house.return_with(state, cookie).account.status is AccountStatus.PENDING


def test_the_provider_is_asked_with_a_proof_and_our_own_address() -> None:
    house = ConnectHouse()
    house.leave(house.link(house.ana, Access.CONFLICT_ONLY))
    access, _, verifier, redirect_uri = house.provider.asked[0]
    assert (access, redirect_uri) == (Access.CONFLICT_ONLY, REDIRECT)
    assert len(verifier) == 64  # PKCE wants 43 to 128 characters


def test_two_departures_from_one_link_prove_themselves_differently() -> None:
    house = ConnectHouse()
    token = house.link(house.ana)
    house.leave(token)
    house.leave(token)
    assert house.provider.asked[0][2] != house.provider.asked[1][2]


def test_the_link_itself_is_not_stored() -> None:  # fault 24
    house = ConnectHouse()
    token = house.link(house.ana)
    assert token not in repr(house.store.tables)


@pytest.mark.parametrize("token", ["", "forged", "secret-1"])
def test_a_forged_link_leads_nowhere(token: str) -> None:  # fault 15
    house = ConnectHouse()
    house.link(house.ana)
    with pytest.raises(LinkUnusable, match=FORGED):
        house.begin("google", token)


def test_a_link_leads_to_its_own_provider_alone() -> None:  # fault 17
    house = ConnectHouse()
    with pytest.raises(LinkUnusable, match=FORGED):
        house.begin("zoom", house.link(house.ana))


def test_a_link_dies_after_ten_minutes() -> None:  # fault 15
    house = ConnectHouse()
    token = house.link(house.ana)
    house.clock.time = NOW + TEN_MINUTES - timedelta(seconds=1)
    house.begin("google", token)
    house.clock.time = NOW + TEN_MINUTES
    with pytest.raises(LinkUnusable, match=EXPIRED):
        house.begin("google", token)


def test_coming_back_after_ten_minutes_is_too_late() -> None:  # fault 15
    house = ConnectHouse()
    state, cookie = house.leave(house.link(house.ana))
    house.clock.time = NOW + TEN_MINUTES
    with pytest.raises(LinkUnusable, match=EXPIRED):
        house.return_with(state, cookie)
    assert (house.accounts(), house.provider.exchanged) == ([], [])


def test_a_link_works_once() -> None:  # fault 15
    house = ConnectHouse()
    token = house.link(house.ana)
    state, cookie = house.leave(token)
    house.return_with(state, cookie)
    with pytest.raises(LinkUnusable, match=EXPIRED):
        house.return_with(state, cookie)
    with pytest.raises(LinkUnusable, match=EXPIRED):
        house.begin("google", token)
    assert house.provider.exchanged == ["code-1"]
    assert len(house.accounts()) == 1


@given(state=st.text(max_size=400))
def test_a_forged_state_exchanges_nothing(state: str) -> None:  # fault 15
    house = ConnectHouse()
    _, cookie = house.leave(house.link(house.ana))
    with pytest.raises(LinkUnusable, match=FORGED):
        house.return_with(state, cookie)
    assert (house.accounts(), house.provider.exchanged) == ([], [])


@pytest.mark.slow
@given(data=st.data())
def test_a_changed_state_exchanges_nothing(data: st.DataObject) -> None:  # fault 15
    house = ConnectHouse()
    state, cookie = house.leave(house.link(house.ana))
    # The last letter carries bits that mean nothing, so a change there may be none.
    place = data.draw(st.integers(0, len(state) - 2))
    drawn = data.draw(st.sampled_from("ABCxyz019-_"))
    # Not filtered: the state is another one each time, so what is drawn must not hang on it.
    letter = drawn if drawn != state[place] else "a"
    with pytest.raises(LinkUnusable, match=FORGED):
        house.return_with(state[:place] + letter + state[place + 1 :], cookie)
    assert (house.accounts(), house.provider.exchanged) == ([], [])


def test_a_text_sealed_for_another_purpose_is_no_state() -> None:  # fault 15
    house = ConnectHouse()
    arrival, cookie = house.arrive(house.ana)
    with pytest.raises(LinkUnusable, match=FORGED):
        house.return_with(arrival.stop, cookie)


def test_a_state_of_another_provider_is_refused() -> None:  # fault 17
    house = ConnectHouse()
    state, cookie = house.leave(house.link(house.ana))
    opened = house.vault.open(state, purpose=STATE_PURPOSE)
    of_another = house.vault.seal(opened.replace('"google"', '"zoom"'), purpose=STATE_PURPOSE)
    with pytest.raises(LinkUnusable, match=FORGED):
        house.return_with(of_another, cookie)
    assert house.provider.exchanged == []


@pytest.mark.parametrize("cookie", ["", "secret-1", "another browser's"])
def test_another_browser_cannot_come_back(cookie: str) -> None:  # fault 16
    house = ConnectHouse()
    state, own = house.leave(house.link(house.ana))
    with pytest.raises(LinkUnusable, match=OTHER_BROWSER):
        house.return_with(state, cookie)
    assert (house.accounts(), house.provider.exchanged) == ([], [])
    assert house.return_with(state, own).account.status is AccountStatus.PENDING  # the link was not burnt by it


def test_a_provider_that_is_not_set_up_any_more_burns_no_link() -> None:
    house = ConnectHouse()
    state, cookie = house.leave(house.link(house.ana))
    without_google = FinishConnecting(
        house.store, house.clock, lambda: UUID(int=1), house.vault, {}, house.notifier, URL
    )
    with pytest.raises(LinkUnusable, match=FORGED):
        without_google(Provider.GOOGLE, {"state": state, "code": "code"}, cookie)
    assert house.return_with(state, cookie).account.status is AccountStatus.PENDING


def test_denied_stores_nothing_and_leaves_the_link_good() -> None:
    house = ConnectHouse()
    token = house.link(house.ana)
    state, cookie = house.leave(token)
    with pytest.raises(LinkUnusable, match=DENIED):
        house.finish(Provider.GOOGLE, {"state": state, "error": "access_denied"}, cookie)
    assert house.accounts() == []
    again, cookie = house.leave(token)
    assert house.return_with(again, cookie).account.status is AccountStatus.PENDING


def test_a_callback_without_a_code_stores_nothing() -> None:
    house = ConnectHouse()
    state, cookie = house.leave(house.link(house.ana))
    with pytest.raises(LinkUnusable, match=FORGED):
        house.finish(Provider.GOOGLE, {"state": state}, cookie)
    assert house.provider.exchanged == []


@pytest.mark.parametrize("missing", ["read", "write"])
def test_a_partial_consent_names_what_is_missing_and_stores_nothing(missing: str) -> None:  # fault 21
    house = ConnectHouse()
    house.provider.granted = frozenset({"read", "write"} - {missing})
    state, cookie = house.leave(house.link(house.ana))
    with pytest.raises(ConsentIncomplete) as refused:
        house.return_with(state, cookie)
    assert refused.value.missing == (missing,)
    assert (house.accounts(), house.provider.revoked) == ([], ["refresh-code-1"])


# faults 21, 22
@pytest.mark.parametrize("status", [AccountStatus.ACTIVE, AccountStatus.PENDING])
def test_a_partial_consent_is_not_given_back_where_somebody_lives_by_the_same_grant(status: AccountStatus) -> None:
    house = ConnectHouse()
    his = house.connect(house.ben) if status is AccountStatus.ACTIVE else house.arrive(house.ben)[0].account
    house.provider.granted = frozenset()
    state, cookie = house.leave(house.link(house.ana))
    with pytest.raises(ConsentIncomplete):
        house.return_with(state, cookie)
    assert (house.accounts(), house.provider.revoked) == ([his], [])


# fault 21
def test_a_partial_consent_that_cannot_be_given_back_is_told_all_the_same() -> None:
    house = ConnectHouse()
    house.provider.granted = frozenset()
    house.provider.revoke_fails_with = ProviderDown("Google did not answer.")
    state, cookie = house.leave(house.link(house.ana))
    with pytest.raises(ConsentIncomplete):
        house.return_with(state, cookie)
    assert house.accounts() == []


def test_read_access_alone_is_enough_for_conflict_calendars() -> None:  # fault 21
    house = ConnectHouse()
    house.provider.granted = frozenset({"read"})
    arrival, _ = house.arrive(house.ana, Access.CONFLICT_ONLY)
    assert arrival.account.access is Access.CONFLICT_ONLY


def test_read_access_does_not_replace_a_connection_that_may_write() -> None:
    house = ConnectHouse()
    connected = house.connect(house.ana)
    state, cookie = house.leave(house.link(house.ana, Access.CONFLICT_ONLY))
    with pytest.raises(LinkUnusable, match=ALREADY_FULL.format(address="ana@acme.test")):
        house.return_with(state, cookie)
    assert house.accounts() == [connected]


def test_a_code_that_the_provider_refuses_stores_nothing() -> None:
    house = ConnectHouse()
    state, cookie = house.leave(house.link(house.ana))
    house.provider.asked.clear()  # its proof is unknown there now
    with pytest.raises(CredentialRefused):
        house.return_with(state, cookie)
    assert house.accounts() == []


def test_a_member_whom_slack_could_not_tell_is_told_by_the_page() -> None:
    house = ConnectHouse()
    house.notifier.is_refused = True
    arrival, _ = house.arrive(house.ana)
    assert not arrival.asked
    assert house.accounts() == [arrival.account]


def test_a_guest_gets_no_link() -> None:
    house = ConnectHouse()
    with pytest.raises(NotAllowed):
        house.make_link(replace(house.ana, standing=Standing.GUEST), Provider.GOOGLE, Access.FULL)
    assert house.store.tables.links == {}


def test_the_links_address_is_the_configured_one() -> None:  # fault 18
    house = ConnectHouse()
    parts = urlsplit(house.make_link(house.ana, Provider.GOOGLE, Access.FULL))
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "daybook.test", "/connect/google")
    assert list(parse_qs(parts.query)) == ["link"]
