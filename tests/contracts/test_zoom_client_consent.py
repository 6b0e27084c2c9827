"""Connecting a Zoom account, from the consent page to the end of the grant, against the stand-in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clients.zoom import scopes as needed
from bot.domain.accounts import Access, RemoteIdentity
from bot.domain.errors import CredentialRefused, ProviderDown, ProviderError
from bot.sandbox.zoom.counting import revokes
from bot.sandbox.zoom.scopes import ALL
from tests.contracts.google_client import NOW
from tests.contracts.zoom_client import ZoomSetup
from tests.contracts.zoom_desk import ANA, CALLBACK, CHALLENGE, VERIFIER, answers_of

AN_HOUR = timedelta(hours=1)
NOT_ACCEPTED = r"^Zoom did not accept this sign-in: it was used already, or took too long\.$"


def test_the_consent_page_is_asked_with_a_challenge_and_nothing_secret(zoom: ZoomSetup) -> None:
    url = zoom.consent.authorization_url(access=Access.FULL, state="s", verifier=VERIFIER, redirect_uri=CALLBACK)
    assert url.startswith(f"{zoom.desk.urls.auth_url}?")
    assert answers_of(url) == {
        "response_type": "code",
        "client_id": zoom.client.id,
        "redirect_uri": CALLBACK,
        "state": "s",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }


def test_a_consent_yields_a_credential_and_says_whose_it_is(zoom: ZoomSetup) -> None:
    credential = zoom.agreed()
    assert (credential.expires_at, credential.scopes) == (NOW + AN_HOUR, frozenset(ALL))
    assert zoom.consent.missing_scopes(credential, Access.FULL) == ()
    ana = zoom.desk.ana
    assert zoom.consent.identity(credential) == RemoteIdentity(ANA, f"{ana.account_id}/{ana.id}")
    assert credential.refresh_token not in repr(credential)
    assert zoom.client.secret not in repr(zoom.oauth)


@pytest.mark.parametrize(
    ("granted", "missing"),
    [
        (ALL, ()),
        ([f"{scope}:admin" for scope in ALL], ()),
        (["user:read", "meeting:read", "meeting:write"], ()),
        (["user:read:admin", "meeting:read:admin", "meeting:write:admin"], ()),
        (
            ["user:read:user", "meeting:read", "meeting:write:meeting"],
            ("meeting:update:meeting", "meeting:delete:meeting"),
        ),
        ([], ALL),
    ],
)
def test_permissions_count_in_the_fine_and_in_the_broad_family(granted: list[str], missing: tuple[str, ...]) -> None:
    assert set(needed.missing(frozenset(granted))) == set(missing)


# fault 15
def test_a_code_works_once(zoom: ZoomSetup) -> None:
    url = zoom.consent.authorization_url(access=Access.FULL, state="s", verifier=VERIFIER, redirect_uri=CALLBACK)
    code = answers_of(zoom.desk.browser.consents(url, ANA))["code"]
    zoom.consent.exchange(code=code, verifier=VERIFIER, redirect_uri=CALLBACK)
    with pytest.raises(CredentialRefused, match=NOT_ACCEPTED):
        zoom.consent.exchange(code=code, verifier=VERIFIER, redirect_uri=CALLBACK)


# fault 16
def test_a_code_is_worth_nothing_without_its_verifier(zoom: ZoomSetup) -> None:
    url = zoom.consent.authorization_url(access=Access.FULL, state="s", verifier=VERIFIER, redirect_uri=CALLBACK)
    code = answers_of(zoom.desk.browser.consents(url, ANA))["code"]
    with pytest.raises(CredentialRefused, match=NOT_ACCEPTED):
        zoom.consent.exchange(code=code, verifier=VERIFIER[::-1], redirect_uri=CALLBACK)


def test_a_wrong_client_secret_is_not_the_members_fault(zoom: ZoomSetup) -> None:
    with pytest.raises(ProviderError, match="its administrator has to look") as caught:
        zoom.with_secret("wrong").refresh(zoom.agreed())
    assert type(caught.value) is ProviderError


@pytest.mark.parametrize("body", ["", "[]", '{"access_token": 1}', '{"access_token": "a", "refresh_token": ""}', "{"])
def test_an_answer_that_is_no_token_is_none(zoom: ZoomSetup, body: str) -> None:
    credential = zoom.agreed()
    zoom.world.faults.on(path="/oauth/token").answer(200, body)
    with pytest.raises(ProviderDown, match="could not be read"):
        zoom.oauth.refresh(credential)


def test_revoking_ends_the_grant_and_doing_it_twice_is_a_success(zoom: ZoomSetup) -> None:
    credential = zoom.agreed()
    zoom.consent.revoke(credential)
    with pytest.raises(CredentialRefused):
        zoom.oauth.refresh(credential)
    zoom.consent.revoke(credential)
    assert revokes(zoom.world.settle()) == 1


def test_a_credential_whose_hour_is_over_is_revoked_all_the_same(zoom: ZoomSetup) -> None:
    credential = zoom.agreed()
    zoom.clock.pass_by(2 * AN_HOUR)
    zoom.consent.revoke(credential)
    assert revokes(zoom.world.settle()) == 1
    zoom.consent.revoke(credential)
    zoom.consent.revoke(replace(credential, refresh_token=""))
    assert revokes(zoom.world.settle()) == 1


def test_a_revocation_that_zoom_did_not_answer_is_none(zoom: ZoomSetup) -> None:
    credential = zoom.agreed()
    zoom.world.faults.on(path="/oauth/revoke").answer(503)
    with pytest.raises(ProviderDown):
        zoom.consent.revoke(credential)
