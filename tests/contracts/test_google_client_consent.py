"""Connecting a Google account, from the consent page to the end of the grant, against the stand-in."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.clients.google.consent import GoogleConsent
from bot.domain.accounts import Access, RemoteIdentity
from bot.domain.errors import CredentialRefused, ProviderDown, ProviderError
from tests.contracts.google_client import ANA, NOW, REDIRECT_URI, VERIFIER, GoogleSetup

AUTH = "https://www.googleapis.com/auth/"
REFUSED = r"^Google did not accept this sign-in: it was used already, or took too long\.$"


def test_the_consent_page_is_asked_for_lasting_access_and_nothing_secret_goes_along(google: GoogleSetup) -> None:
    url = google.consent.authorization_url(
        access=Access.FULL, state="state-1", verifier=VERIFIER, redirect_uri=REDIRECT_URI
    )

    assert url.startswith(f"{google.oauth.auth_url}?")
    assert {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()} == {
        "response_type": "code",
        "client_id": google.oauth.client_id,
        "redirect_uri": REDIRECT_URI,
        "scope": f"{AUTH}calendar.events {AUTH}calendar.calendarlist.readonly {AUTH}calendar.events.freebusy",
        "state": "state-1",
        "code_challenge": "M1qnDBeiFtyzVsEEE69xAxFxRaA8h7-YZvx1o-UI7bk",
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }


@pytest.mark.parametrize(
    ("access", "scopes"),
    [
        (Access.FULL, {"calendar.events", "calendar.calendarlist.readonly", "calendar.events.freebusy"}),
        (Access.CONFLICT_ONLY, {"calendar.calendarlist.readonly", "calendar.events.readonly"}),
    ],
)
def test_a_consent_yields_a_credential_for_what_was_asked(
    google: GoogleSetup, access: Access, scopes: set[str]
) -> None:
    credential = google.agreed(access=access)

    assert credential.scopes == {AUTH + scope for scope in scopes}
    assert credential.expires_at == NOW + timedelta(seconds=3599)
    assert google.consent.missing_scopes(credential, access) == ()
    assert google.consent.identity(credential) == RemoteIdentity(ANA)


def test_the_address_is_that_of_the_account_that_was_chosen(google: GoogleSetup) -> None:
    assert google.consent.identity(google.agreed("ben@acme.test")) == RemoteIdentity("ben@acme.test")


def test_a_second_consent_lasts_as_well(google: GoogleSetup) -> None:
    google.agreed()
    assert google.oauth.refresh(google.agreed()).access_token


# fault 21
@pytest.mark.parametrize(
    ("access", "left_out"),
    [
        (Access.FULL, ("calendar.events",)),
        (Access.FULL, ("calendar.calendarlist.readonly",)),
        (Access.FULL, ("calendar.events", "calendar.events.freebusy")),
        (Access.CONFLICT_ONLY, ("calendar.events.readonly",)),
    ],
)
def test_a_permission_that_was_left_out_is_named(
    google: GoogleSetup, access: Access, left_out: tuple[str, ...]
) -> None:
    credential = google.agreed(access=access, untick=left_out)
    assert google.consent.missing_scopes(credential, access) == left_out


# fault 21
def test_what_an_earlier_consent_allowed_does_not_hide_what_this_one_left_out(google: GoogleSetup) -> None:
    google.agreed()
    credential = google.agreed(untick=["calendar.events"])
    assert google.consent.missing_scopes(credential, Access.FULL) == ("calendar.events",)


# fault 21
def test_read_access_is_not_enough_to_write(google: GoogleSetup) -> None:
    credential = google.agreed(access=Access.CONFLICT_ONLY)
    assert google.consent.missing_scopes(credential, Access.FULL) == ("calendar.events", "calendar.events.freebusy")


def test_a_denied_consent_brings_no_code(google: GoogleSetup) -> None:
    assert google.redirected(deny=True) == {"error": "access_denied", "state": "state-1"}


# fault 16
def test_a_code_is_worth_nothing_without_the_verifier_it_was_asked_with(google: GoogleSetup) -> None:
    code = google.redirected()["code"]
    with pytest.raises(CredentialRefused, match=REFUSED):
        google.consent.exchange(code=code, verifier=VERIFIER[::-1], redirect_uri=REDIRECT_URI)


# fault 15
def test_a_code_works_once(google: GoogleSetup) -> None:
    code = google.redirected()["code"]
    google.consent.exchange(code=code, verifier=VERIFIER, redirect_uri=REDIRECT_URI)
    with pytest.raises(CredentialRefused, match=REFUSED):
        google.consent.exchange(code=code, verifier=VERIFIER, redirect_uri=REDIRECT_URI)


# fault 15
def test_a_code_of_eleven_minutes_ago_is_refused(google: GoogleSetup) -> None:
    code = google.redirected()["code"]
    google.clock.pass_by(timedelta(minutes=11))
    with pytest.raises(CredentialRefused, match=REFUSED):
        google.consent.exchange(code=code, verifier=VERIFIER, redirect_uri=REDIRECT_URI)


# fault 15
@pytest.mark.parametrize("code", ["4/0forged", "x" * 5000, "\x00", "<script>"])
def test_a_forged_code_is_refused(google: GoogleSetup, code: str) -> None:
    with pytest.raises(CredentialRefused, match=REFUSED):
        google.consent.exchange(code=code, verifier=VERIFIER, redirect_uri=REDIRECT_URI)


def test_a_code_that_was_asked_for_another_address_is_no_fault_of_the_persons(google: GoogleSetup) -> None:
    code = google.redirected()["code"]
    with pytest.raises(ProviderError, match="its administrator has to look at that") as raised:
        google.consent.exchange(code=code, verifier=VERIFIER, redirect_uri="http://127.0.0.1:8080/elsewhere")
    assert type(raised.value) is ProviderError


def test_a_wrong_client_secret_is_no_fault_of_the_persons(google: GoogleSetup) -> None:
    code = google.redirected()["code"]
    consent = GoogleConsent(google.with_secret("GOCSPX-wrong"), google.service)
    with pytest.raises(ProviderError, match="its administrator has to look at that") as raised:
        consent.exchange(code=code, verifier=VERIFIER, redirect_uri=REDIRECT_URI)
    assert type(raised.value) is ProviderError


def test_access_that_would_end_within_the_hour_is_refused(google: GoogleSetup) -> None:
    google.world.faults.on(path="/token").answer(200, {"access_token": "a", "expires_in": 3599, "scope": "b"})
    with pytest.raises(CredentialRefused, match="for an hour only"):
        google.consent.exchange(code="4/0", verifier=VERIFIER, redirect_uri=REDIRECT_URI)


def test_revoking_ends_the_whole_grant(google: GoogleSetup) -> None:
    first, second = google.agreed(), google.agreed()

    google.consent.revoke(first)

    with pytest.raises(CredentialRefused):
        google.oauth.refresh(second)
    with pytest.raises(CredentialRefused):
        google.consent.identity(second)


def test_revoking_what_is_gone_already_is_a_success(google: GoogleSetup) -> None:
    credential = google.agreed()
    google.world.revoke(ANA)

    google.consent.revoke(credential)
    google.consent.revoke(credential)

    assert google.requests("/revoke", status=400) == 2


@pytest.mark.parametrize("fault", ["down", "dropped"])
def test_a_grant_that_could_not_be_revoked_is_not_called_revoked(google: GoogleSetup, fault: str) -> None:
    credential = google.agreed()
    occasion = google.world.faults.on(path="/revoke")
    if fault == "down":
        occasion.answer(503)
    else:
        occasion.drop()

    with pytest.raises(ProviderDown):
        google.consent.revoke(credential)
    assert google.consent.identity(credential) == RemoteIdentity(ANA)


# fault 23
def test_secrets_travel_in_bodies_and_never_in_addresses(google: GoogleSetup) -> None:
    google.consent.revoke(google.oauth.refresh(google.agreed()))

    sent = google.world.ledger.matching(path="/token|/revoke")
    assert [(entry.method, entry.path, entry.query) for entry in sent] == [
        ("POST", "/token", ()),
        ("POST", "/token", ()),
        ("POST", "/revoke", ()),
    ]
