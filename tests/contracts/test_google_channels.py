"""What the channel gateway promises, over real HTTP against the stand-in for Google."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from bot.clients.google.channels import GoogleChannels
from bot.domain.channels import Granted, PushRefused
from bot.domain.errors import CalendarGone, CredentialRefused, ProviderBusy, ProviderDown, ProviderError, QuotaUsedUp
from bot.sandbox.google.channels import LONGEST_LIFE
from bot.sandbox.google.errors import error_body, rate_limited
from tests.contracts.google_client import ANA, NOW, GoogleSetup, Stage, a_stage

WATCH = "/calendar/v3/calendars/.*/events/watch"
STOP = "/calendar/v3/channels/stop"
CHANNEL = UUID(int=7)
ADDRESS = "https://daybook.example.com/webhooks/google"
HOLIDAYS = "de.german#holiday@group.v.calendar.google.com"
A_WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


@pytest.fixture
def google(stage: Stage) -> GoogleSetup:
    return stage.set_up()


def watched(google: GoogleSetup, calendar: str = ANA, address: str = ADDRESS, life: timedelta = A_WEEK) -> Granted:
    """A channel to a calendar of Ana's."""
    return GoogleChannels(google.service, google.tokens).watch(
        google.connect(), calendar, channel_id=CHANNEL, token="canary-token", address=address, life=life
    )


def stopped(google: GoogleSetup, resource_id: str) -> None:
    GoogleChannels(google.service, google.tokens).stop(google.connect(), CHANNEL, resource_id)


def test_a_channel_is_opened_as_it_was_asked_for(google: GoogleSetup) -> None:
    granted = watched(google)
    (channel,) = google.world.channels.open
    assert (channel.id, channel.account, channel.calendar_id) == (str(CHANNEL), ANA, ANA)
    assert (channel.address, channel.token) == (ADDRESS, "canary-token")
    assert granted == Granted(channel.resource_id, NOW + A_WEEK)


def test_google_may_end_it_sooner(google: GoogleSetup) -> None:
    assert watched(google, life=timedelta(days=365)).expires_at == NOW + LONGEST_LIFE


def test_stopping_it_twice_is_a_success(google: GoogleSetup) -> None:
    granted = watched(google)
    stopped(google, granted.resource_id)
    assert google.world.channels.open == ()
    stopped(google, granted.resource_id)


@pytest.mark.parametrize("address", ["http://daybook.example.com/webhooks/google"])
def test_an_address_that_google_does_not_call_is_a_refusal(google: GoogleSetup, address: str) -> None:
    with pytest.raises(PushRefused):
        watched(google, address=address)


def test_a_calendar_that_google_does_not_tell_of_is_a_refusal(google: GoogleSetup) -> None:
    google.world.add_calendar(ANA, "Holidays", "Europe/Berlin", calendar_id=HOLIDAYS)
    with pytest.raises(PushRefused, match=r"^Google does not tell of changes of this calendar\.$"):
        watched(google, HOLIDAYS)


def test_an_id_that_was_used_before_is_refused_as_any_bad_request(google: GoogleSetup) -> None:
    watched(google)
    with pytest.raises(ProviderError, match="status 400"):
        watched(google)


def test_a_calendar_that_is_gone_is_told_apart(google: GoogleSetup) -> None:
    with pytest.raises(CalendarGone):
        watched(google, "nobody@acme.test")


# fault 35
def test_a_quota_is_told_apart(google: GoogleSetup) -> None:
    google.world.faults.on("POST", WATCH).answer(403, rate_limited())
    with pytest.raises(ProviderBusy):
        watched(google)
    used_up = error_body(403, "quotaExceeded", "Calendar usage limits exceeded.")
    google.world.faults.on("POST", WATCH).answer(403, used_up)
    with pytest.raises(QuotaUsedUp):
        watched(google)


# fault 36
def test_a_revoked_permission_is_told_apart(google: GoogleSetup) -> None:
    account = google.connect()
    google.world.revoke(ANA)
    with pytest.raises(CredentialRefused):
        GoogleChannels(google.service, google.tokens).stop(account, CHANNEL, "resource")


def test_a_request_is_never_repeated(google: GoogleSetup) -> None:
    google.world.faults.on("POST", WATCH).drop(after_commit=True)
    with pytest.raises(ProviderDown):
        watched(google)
    assert len(google.world.channels.open) == 1
    google.world.faults.on("POST", STOP).answer(503)
    with pytest.raises(ProviderDown):
        stopped(google, "resource")
    assert (google.requests(WATCH), google.requests(STOP)) == (1, 1)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"resourceId": "r"},
        {"resourceId": "", "expiration": "1796112000000"},
        {"resourceId": 7, "expiration": "1796112000000"},
        {"resourceId": "r", "expiration": "soon"},
        {"resourceId": "r", "expiration": None},
        {"resourceId": "r", "expiration": "9" * 30},
    ],
)
def test_an_answer_that_is_no_channel_is_a_failure_of_the_provider(
    google: GoogleSetup, answer: dict[str, object]
) -> None:
    google.world.faults.on("POST", WATCH).answer(200, answer)
    with pytest.raises(ProviderDown):
        watched(google)
