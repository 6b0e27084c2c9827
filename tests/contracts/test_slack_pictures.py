"""The picture of a week on the stand-in for Slack: said at once, shown when Slack is done, and never twice."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

import pytest

from bot.clients.slack_pictures import SlackPictures
from bot.domain.errors import ProviderDown
from bot.domain.people import Actor, Member, Standing, Workspace, actor_of
from bot.domain.week import Week
from bot.sandbox.slack.messages import Message
from tests.builders import BERLIN
from tests.contracts.slack_standin_bot import TUESDAY, House, Team, a_team, module_house
from tests.week_builders import event, own_week

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
LINK = "https://daybook.example.com/week/x"
SCOPES = ("chat:write", "im:write", "files:write")
COMPLETE = "/api/files.completeUploadExternal"
PICTURE = (
    "[picture: Your week, 23 to 29 November, Berlin time, as a picture. Mon 23 Nov: nothing. Tue 24",
    "Nov: 9:00-9:30 Kick-off (grey). Wed 25 Nov: nothing. Thu 26 Nov: nothing. Fri 27 Nov: nothing.",
    "Sat 28 Nov: nothing. Sun 29 Nov: nothing.]",
)
MISSING = "_The picture could not be shown here. *Open as a page* shows it._"
COMING = "_The picture joins this message if Slack takes it. *Open as a page* shows it now._"
house = module_house(*SCOPES)


@pytest.fixture
def team(house: House) -> Team:
    team = a_team(house)
    team.slack.files.seconds = 0.0
    team.slack.faults.clear()
    return team


def actor_in(team: Team) -> Actor:
    now = datetime.fromtimestamp(TUESDAY, UTC)
    ana = Member(UUID(int=1), UUID(int=100), team.ana.id, "Ana", BERLIN, Standing.FULL, is_admin=False, checked_at=now)
    return actor_of(ana, Workspace(UUID(int=100), team.acme.id, "Acme"))


def posted(team: Team, *, pauses: tuple[float, ...] = (0.0, 0.05, 0.1), png: bytes = PNG) -> Message:
    """The one message that Ana has after the week was posted."""

    def draw(_week: Week) -> bytes:
        if not png:
            raise ProviderDown("The picture could not be drawn.")
        return png

    SlackPictures(team.client, draw, pauses=pauses).post(actor_in(team), own_week(event("Tue 9:00-9:30")), LINK)
    [message] = team.slack.person(team.ana.id).messages
    return message


def test_of_one_person_one_picture_is_drawn_at_a_time(team: Team) -> None:
    being_drawn, most = 0, list[int]()

    def draw(_week: Week) -> bytes:
        nonlocal being_drawn
        being_drawn += 1
        most.append(being_drawn)
        time.sleep(0.1)
        being_drawn -= 1
        return PNG

    pictures = SlackPictures(team.client, draw, pauses=(0.0, 0.05))
    with ThreadPoolExecutor(3) as threads:
        for posting in [threads.submit(pictures.post, actor_in(team), own_week(), LINK) for _ in range(3)]:
            posting.result()
    assert most == [1, 1, 1]


def seen(team: Team) -> list[str]:
    return [line.strip() for line in team.slack.person(team.ana.id).sees().splitlines()]


def the_week(*beside: str, head: str = "Helper · direct message · edited") -> list[str]:
    """What Ana reads of it, with what stands where the picture may be."""
    return [
        head,
        "*Your week, 23 to 29 November* (Berlin)",
        *beside,
        "*Mon 23 Nov*  nothing",
        "*Tue 24 Nov*",
        "9:00-9:30 ▪ grey  Kick-off",
        *(f"*{day} Nov*  nothing" for day in ("Wed 25", "Thu 26", "Fri 27", "Sat 28", "Sun 29")),
        "(All ▾)  [? Colours]",
        "[Previous week]  [Next week]  [Open as a page ↗]",
    ]


def test_the_week_is_one_message_with_its_picture_and_text(team: Team) -> None:
    message = posted(team)
    assert message.text == "Your week, 23 to 29 November: 1 event."
    assert seen(team) == the_week(*PICTURE)
    [file_id] = [block["slack_file"]["id"] for block in message.blocks if "slack_file" in block]
    file = team.slack.files.get(file_id)
    assert file is not None
    assert (file.content, file.title) == (PNG, "Your week, 23 to 29 November")
    assert not team.slack.problems.all


def test_it_is_tried_again_while_slack_looks_the_file_over(team: Team) -> None:
    team.slack.files.seconds = 0.1
    posted(team)
    assert seen(team) == the_week(*PICTURE)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (COMPLETE, {"ok": False, "error": "fatal_error"}),
        ("/api/files.getUploadURLExternal", {"ok": False, "error": "missing_scope"}),
        ("/api/files.getUploadURLExternal", {"ok": True, "upload_url": "http://elsewhere.test/x", "file_id": "F1"}),
    ],
)
def test_what_slack_does_not_take_leaves_the_text_and_the_way_to_the_page(
    team: Team, path: str, answer: dict[str, object]
) -> None:
    team.slack.faults.on(path=path).answer(200, answer)
    posted(team)
    assert seen(team) == the_week(MISSING)


def test_a_file_that_is_never_done_or_not_drawn_leaves_the_same(team: Team) -> None:
    team.slack.files.seconds = 60.0
    posted(team, pauses=(0.0, 0.01))
    assert seen(team) == the_week(MISSING)


def test_what_could_not_be_drawn_leaves_the_same(team: Team) -> None:
    posted(team, png=b"")
    assert seen(team) == the_week(MISSING)


def test_where_slack_takes_no_message_nothing_is_handed_over(team: Team) -> None:
    team.slack.faults.on(path="/api/chat.postMessage").answer(200, {"ok": False, "error": "fatal_error"})
    with pytest.raises(ProviderDown):
        SlackPictures(team.client, lambda _week: PNG).post(actor_in(team), own_week(), LINK)
    assert team.slack.person(team.ana.id).messages == []


def test_ones_own_messages_are_known_from_other_conversations(team: Team) -> None:
    pictures = SlackPictures(team.client, lambda _week: PNG)
    own = str(team.client.conversations_open(users=team.ana.id)["channel"]["id"])
    bens = str(team.client.conversations_open(users=team.ben.id)["channel"]["id"])
    assert [pictures.is_there(actor_in(team), channel) for channel in (own, bens, team.sales.id, "")] == [
        True,
        False,
        False,
        False,
    ]


def deletions(team: Team) -> int:
    return len(team.slack.ledger.matching(path="/api/files.delete", status=200))


@pytest.mark.parametrize("times", [1, 2])
def test_a_pause_that_slack_asks_for_is_kept_and_the_picture_follows(team: Team, times: int) -> None:
    team.slack.limits_rate("chat.update", 1, times=times)
    began = time.monotonic()
    posted(team, pauses=(0.0,))
    assert time.monotonic() - began >= times
    assert seen(team) == the_week(*PICTURE)


def test_a_pause_too_long_leaves_a_text_that_is_true_and_no_error(team: Team) -> None:
    team.slack.limits_rate("chat.update", 60, times=2)
    posted(team)
    assert seen(team) == the_week(COMING, head="Helper · direct message")


def test_a_mistake_while_drawing_is_told_to_whoever_logs_it_and_leaves_the_text(team: Team) -> None:
    def draw(_week: Week) -> bytes:
        raise KeyError("x")

    with pytest.raises(KeyError):
        SlackPictures(team.client, draw).post(actor_in(team), own_week(event("Tue 9:00-9:30")), LINK)
    assert seen(team) == the_week(MISSING)


def test_a_picture_that_no_message_shows_is_taken_back(team: Team) -> None:
    team.slack.files.seconds = 60.0
    before = deletions(team)
    posted(team, pauses=(0.0, 0.01))
    assert deletions(team) == before + 1


def test_a_picture_that_is_shown_stays(team: Team) -> None:
    before = deletions(team)
    posted(team)
    assert deletions(team) == before


def test_a_picture_that_cannot_be_taken_back_is_no_error(team: Team) -> None:
    team.slack.files.seconds = 60.0
    team.slack.faults.on(path="/api/files.delete").answer(200, {"ok": False, "error": "fatal_error"})
    posted(team, pauses=(0.0, 0.01))
    assert seen(team) == the_week(MISSING)
