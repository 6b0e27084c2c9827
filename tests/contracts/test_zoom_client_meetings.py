"""Meetings through the client: made once, moved with the same link, found again, and every refusal by its meaning."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.clients.zoom.errors import RequestRefused
from bot.domain.errors import CredentialRefused, ProviderBusy, ProviderDown, ProviderError
from bot.domain.meetings import DailyLimitReached, Meeting, MeetingGone
from bot.sandbox.faults import Occasion
from bot.sandbox.zoom.counting import meetings_changed, meetings_created, meetings_deleted, refreshes
from bot.sandbox.zoom.errors import error_body
from tests.builders import NEW_YORK, second
from tests.contracts.zoom_client import PLAN, ZoomSetup
from tests.contracts.zoom_desk import ANA

MEETINGS = "/v2/users/me/meetings"


@pytest.fixture
def ana(zoom: ZoomSetup) -> UUID:
    return zoom.connect()


def test_a_meeting_is_made_as_it_was_planned(zoom: ZoomSetup, ana: UUID) -> None:
    made = zoom.meetings.create(ana, PLAN)
    [kept] = zoom.world.meetings(ANA)
    assert made == Meeting(str(kept["id"]), kept["join_url"], "Maya Ortiz and Ana", second("15:00"), 30)
    assert (kept["start_time"], kept["timezone"], kept["agenda"]) == (
        "2026-11-24T14:00:00Z",
        "Europe/Berlin",
        "Daybook 1",
    )
    assert made.is_as(PLAN)
    assert zoom.meetings.get(ana, made.id) == made


@pytest.mark.parametrize(
    ("start", "zone", "told"),
    [
        (second("2026-10-25 2:30"), "Europe/Berlin", "2026-10-25T00:30:00Z"),
        (second("2027-03-28 3:00"), "Europe/Berlin", "2027-03-28T01:00:00Z"),
        (second("2026-11-01 1:30", NEW_YORK), NEW_YORK, "2026-11-01T05:30:00Z"),
        (second("2027-03-14 3:00", NEW_YORK), NEW_YORK, "2027-03-14T07:00:00Z"),
    ],
)
def test_on_the_days_when_clocks_change_the_moment_is_the_one_that_was_planned(
    zoom: ZoomSetup, ana: UUID, start: int, zone: str, told: str
) -> None:
    made = zoom.meetings.create(ana, replace(PLAN, start=start, zone=zone))
    assert (zoom.world.meetings(ANA)[-1]["start_time"], made.start) == (told, start)


def test_a_moved_meeting_keeps_its_link(zoom: ZoomSetup, ana: UUID) -> None:
    made = zoom.meetings.create(ana, PLAN)
    later = replace(PLAN, start=second("16:30"), minutes=45, topic="Maya and Ana")
    zoom.meetings.change(ana, made.id, later)
    assert zoom.meetings.get(ana, made.id) == Meeting(made.id, made.join_url, "Maya and Ana", second("16:30"), 45)
    assert meetings_changed(zoom.world.settle(), int(made.id)) == 1


def test_a_meeting_is_found_again_by_its_reference(zoom: ZoomSetup, ana: UUID) -> None:  # fault 32
    made = zoom.meetings.create(ana, PLAN)
    zoom.meetings.create(ana, replace(PLAN, reference="Daybook 10"))
    assert zoom.meetings.find(ana, "Daybook 1") == [made]
    assert zoom.meetings.find(ana, "Daybook") == []


def test_one_that_is_far_ahead_and_pages_away_is_found_too(zoom: ZoomSetup, ana: UUID) -> None:  # fault 32
    zoom.world.pages.longest = 2
    plans = [replace(PLAN, reference=f"Daybook {n}", start=PLAN.start + n * 30 * 86_400) for n in range(12)]
    made = [zoom.meetings.create(ana, plan) for plan in plans]
    assert zoom.meetings.find(ana, "Daybook 11") == [made[11]]


def test_a_create_whose_answer_is_lost_was_made_and_is_found(zoom: ZoomSetup, ana: UUID) -> None:  # fault 32
    zoom.world.faults.on("POST", MEETINGS).drop(after_commit=True)
    with pytest.raises(ProviderDown, match=r"^Zoom did not answer\.$"):
        zoom.meetings.create(ana, PLAN)
    [found] = zoom.meetings.find(ana, PLAN.reference)
    assert meetings_created(zoom.world.settle()) == (int(found.id),)


def test_a_list_that_does_not_come_to_an_end_is_given_up(zoom: ZoomSetup, ana: UUID) -> None:
    page = {"meetings": [], "next_page_token": "again"}
    zoom.world.faults.on("GET", MEETINGS, times=200).answer(200, page)
    with pytest.raises(ProviderDown, match="could not be read"):
        zoom.meetings.find(ana, "Daybook 1")


def test_a_meeting_that_is_gone_cannot_be_read_or_moved_and_removing_it_is_a_success(
    zoom: ZoomSetup, ana: UUID
) -> None:
    made = zoom.meetings.create(ana, PLAN)
    zoom.meetings.remove(ana, made.id)
    zoom.meetings.remove(ana, made.id)
    for refused in (lambda: zoom.meetings.get(ana, made.id), lambda: zoom.meetings.change(ana, made.id, PLAN)):
        with pytest.raises(MeetingGone):
            refused()
    assert meetings_deleted(zoom.world.settle(), int(made.id)) == 1


def test_a_hundred_a_day_is_the_end_until_midnight_in_utc(zoom: ZoomSetup, ana: UUID) -> None:
    made = zoom.meetings.create(ana, PLAN)
    zoom.world.use_up_the_day(ANA)
    for refused in (lambda: zoom.meetings.create(ana, PLAN), lambda: zoom.meetings.change(ana, made.id, PLAN)):
        with pytest.raises(DailyLimitReached, match="until midnight UTC") as caught:
            refused()
        assert caught.value.retry_after == timedelta(hours=16).total_seconds()
    zoom.meetings.remove(ana, made.id)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("7", 7.0),
        ("2026-11-24T08:00:30Z", 30.0),
        ("2026-11-24T07:00:00Z", 0.0),
        ("soon", None),
        ("nan", None),
        ("", None),
    ],
)
def test_a_pause_is_as_long_as_zoom_wants_it(zoom: ZoomSetup, ana: UUID, told: str, seconds: float | None) -> None:
    zoom.world.faults.on(path=MEETINGS).answer(
        429, error_body(429, "per-second rate limit"), headers={"Retry-After": told}
    )
    with pytest.raises(ProviderBusy) as caught:
        zoom.meetings.create(ana, PLAN)
    assert (type(caught.value), caught.value.retry_after) == (ProviderBusy, seconds)


def answered(status: int, code: int | None = None, message: str = "No.") -> Callable[[Occasion], None]:
    return lambda occasion: occasion.answer(status, error_body(code, message) if code is not None else "")


@pytest.mark.parametrize(
    ("fault", "error", "sentence"),
    [
        (answered(400, 300), RequestRefused, "Zoom refused the request (status 400, code 300)."),
        (answered(400, 3161), RequestRefused, "Zoom does not let this account hold meetings"),
        (answered(404, 1001), RequestRefused, "Zoom does not know this user any more."),
        (answered(404, 3001), MeetingGone, "Zoom says that the meeting is not there any more."),
        (answered(404), MeetingGone, "Zoom says that the meeting is not there any more."),
        (answered(400, 4700), CredentialRefused, "A permission is missing at Zoom"),
        (answered(400, 4711), CredentialRefused, "A permission is missing at Zoom"),
        (answered(500), ProviderDown, "Zoom had an error of its own"),
        (answered(503, 124), ProviderDown, "Zoom had an error of its own"),
        (answered(302), RequestRefused, "Zoom refused the request (status 302)."),
        (lambda occasion: occasion.answer(200, "{"), ProviderDown, "Zoom's answer could not be read."),
        (lambda occasion: occasion.answer(200, "[" * 100_000), ProviderDown, "Zoom's answer could not be read."),
        (lambda occasion: occasion.answer(200, "x" * 2_000_001), ProviderDown, "Zoom's answer could not be read."),
        (lambda occasion: occasion.drop(), ProviderDown, "Zoom did not answer."),
        (lambda occasion: occasion.cut(), ProviderDown, "Zoom did not answer."),
    ],
)
def test_every_refusal_is_told_by_its_meaning(
    zoom: ZoomSetup, ana: UUID, fault: Callable[[Occasion], None], error: type[ProviderError], sentence: str
) -> None:
    made = zoom.meetings.create(ana, PLAN)
    fault(zoom.world.faults.on("GET", "/v2/meetings/.*", times=5))
    with pytest.raises(ProviderError) as caught:
        zoom.meetings.get(ana, made.id)
    assert (type(caught.value), str(caught.value).startswith(sentence)) == (error, True)
    assert len(zoom.world.settle().matching("GET", f"/v2/meetings/{made.id}")) == 1
    assert refreshes(zoom.world.ledger) == 0


def test_a_refused_token_is_renewed_once_and_the_request_goes_on(zoom: ZoomSetup, ana: UUID) -> None:
    zoom.world.expire_access_tokens()
    made = zoom.meetings.create(ana, PLAN)
    assert meetings_created(zoom.world.settle()) == (int(made.id),)
    assert refreshes(zoom.world.ledger) == 1


def test_a_token_that_stays_refused_is_for_its_owner_to_mend(zoom: ZoomSetup, ana: UUID) -> None:
    zoom.world.faults.on("POST", MEETINGS, times=5).answer(401, error_body(124, "Invalid access token."))
    with pytest.raises(CredentialRefused):
        zoom.meetings.create(ana, PLAN)
    assert (refreshes(zoom.world.settle()), len(zoom.world.ledger.matching("POST", MEETINGS))) == (1, 2)


@pytest.mark.parametrize(
    "changed",
    [
        {"id": None},
        {"id": "../users/me"},
        {"id": True},
        {"join_url": "javascript:alert(1)"},
        {"join_url": "https://zoom.test/j/1|<!channel>\n"},
        {"join_url": ""},
        {"topic": 3},
        {"duration": "30"},
        {"start_time": "soon"},
        {"start_time": "2026-11-24T15:00:00", "timezone": "Europe/Atlantis"},
    ],
)
def test_a_meeting_that_is_not_as_documented_is_none(zoom: ZoomSetup, ana: UUID, changed: dict[str, object]) -> None:
    answer = {**zoom.desk.made(), **changed}
    zoom.world.faults.on("GET", "/v2/meetings/.*").answer(200, answer)
    with pytest.raises(ProviderDown, match="could not be read"):
        zoom.meetings.get(ana, "1")


def test_a_start_without_an_offset_is_on_the_wall_of_its_zone(zoom: ZoomSetup, ana: UUID) -> None:
    answer = {**zoom.desk.made(), "start_time": "2026-11-24T15:00:00"}
    zoom.world.faults.on("GET", "/v2/meetings/.*").answer(200, answer)
    start = zoom.meetings.get(ana, "1").start
    assert start is not None
    assert datetime.fromtimestamp(start, UTC).isoformat() == "2026-11-24T14:00:00+00:00"


def test_nothing_of_the_hosts_own_link_is_kept(zoom: ZoomSetup, ana: UUID) -> None:
    made = zoom.meetings.create(ana, PLAN)
    assert ("zak" in repr(made), "/s/" in repr(made)) == (False, False)
