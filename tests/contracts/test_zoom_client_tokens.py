"""Access tokens for Zoom: renewed when they have to be, stored before they are used, given up once they are dead."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.accounts import RefreshClaim
from bot.domain.errors import CredentialRefused, NotFound, ProviderBusy, ProviderDown
from bot.sandbox.zoom.counting import refreshes
from tests.contracts.zoom_client import ZoomSetup
from tests.contracts.zoom_desk import ANA


@pytest.fixture
def ana(zoom: ZoomSetup) -> UUID:
    return zoom.connect()


@pytest.mark.parametrize(("minutes", "asked"), [(0, 0), (58, 0), (59, 1), (61, 1)])
def test_a_token_is_renewed_a_minute_before_its_end(zoom: ZoomSetup, ana: UUID, minutes: int, asked: int) -> None:
    zoom.clock.pass_by(timedelta(minutes=minutes))
    assert zoom.tokens.access_token(ana) == zoom.tokens.access_token(ana) == zoom.credentials.load(ana).access_token
    assert refreshes(zoom.world.settle()) == asked


def test_what_comes_back_is_stored_whole(zoom: ZoomSetup, ana: UUID) -> None:
    before = zoom.credentials.load(ana)
    zoom.clock.pass_by(timedelta(days=1))
    zoom.tokens.access_token(ana)
    after = zoom.credentials.load(ana)
    assert after.refresh_token != before.refresh_token
    assert (after.expires_at, after.scopes) == (zoom.clock.at + timedelta(hours=1), before.scopes)
    assert zoom.credentials.writes == ["claim", "finish"]


def test_a_refused_token_is_renewed_however_long_it_had_to_live(zoom: ZoomSetup, ana: UUID) -> None:
    old = zoom.credentials.load(ana).access_token
    new = zoom.tokens.access_token(ana, refused=old)
    assert new != old
    assert zoom.tokens.access_token(ana, refused=old) == new  # another one renewed it meanwhile
    assert refreshes(zoom.world.settle()) == 1


# fault 28
def test_a_token_that_was_used_before_is_given_up_and_zoom_is_left_alone(zoom: ZoomSetup, ana: UUID) -> None:
    lost = zoom.credentials.load(ana)
    zoom.oauth.refresh(lost)  # an answer that nobody stored
    zoom.clock.pass_by(timedelta(hours=2))
    for _ in range(3):
        with pytest.raises(CredentialRefused, match=r"^Zoom no longer accepts Daybook's access to this account\.$"):
            zoom.tokens.access_token(ana)
    assert zoom.credentials.load(ana) == replace(lost, refresh_token="")
    assert len(zoom.world.settle().matching("POST", "/oauth/token", 400)) == 1


def test_what_its_owner_connected_anew_while_zoom_was_asked_is_used(zoom: ZoomSetup, ana: UUID) -> None:
    lost = zoom.credentials.load(ana)
    zoom.oauth.refresh(lost)
    zoom.clock.pass_by(timedelta(hours=2))
    anew = zoom.agreed(ANA)

    zoom.credentials.once_claimed = lambda: zoom.credentials.kept.update({ana: anew})
    assert zoom.tokens.access_token(ana) == anew.access_token


@pytest.mark.parametrize("status", [500, 503])
def test_zoom_being_down_uses_nothing_up(zoom: ZoomSetup, ana: UUID, status: int) -> None:
    zoom.clock.pass_by(timedelta(hours=2))
    zoom.world.faults.on("POST", "/oauth/token").answer(status)
    with pytest.raises(ProviderDown):
        zoom.tokens.access_token(ana)
    assert zoom.credentials.writes == ["claim", "release"]
    assert zoom.tokens.access_token(ana)


def test_while_another_renews_it_one_waits_a_moment_and_then_comes_again(zoom: ZoomSetup, ana: UUID) -> None:
    zoom.clock.pass_by(timedelta(hours=2))
    zoom.credentials.held[ana] = RefreshClaim(ana, 1, zoom.credentials.load(ana))
    with pytest.raises(ProviderBusy) as caught:
        zoom.tokens.access_token(ana)
    assert caught.value.retry_after == 60.0
    assert refreshes(zoom.world.settle()) == 0


def test_an_account_that_is_gone_has_no_token(zoom: ZoomSetup) -> None:
    with pytest.raises(NotFound):
        zoom.tokens.access_token(UUID(int=404))
