"""The picture of a week on the stand-in for Slack: said at once, shown when Slack is done, and never twice."""

import time
from collections.abc import Iterator
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
from tests.contracts.slack_standin_bot import MANIFEST, TUESDAY, House, Team, a_house, a_team
from tests.week_builders import event, own_week

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
LINK = "https://daybook.example.com/week/x"
SCOPES = ("chat:write", "im:write", "files:write")
COMPLETE = "/api/files.completeUploadExternal"


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with a_house(MANIFEST | {"oauth_config": {"scopes": {"bot": list(SCOPES)}}}) as house:
        yield house


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


def seen(team: Team) -> str:
    return team.slack.person(team.ana.id).sees()


def test_the_week_is_one_message_with_its_picture_and_text(team: Team) -> None:
    message = posted(team)
    assert message.text == "Your week, 23 to 29 November: 1 event."
    assert "[picture: Your week, 23 to 29 November, Berlin time" in " ".join(seen(team).replace("│", " ").split())
    assert "9:00-9:30 ▪ grey  Kick-off" in seen(team)
    assert "follows in a moment" not in seen(team)
    [file_id] = [block["slack_file"]["id"] for block in message.blocks if "slack_file" in block]
    file = team.slack.files.get(file_id)
    assert file is not None
    assert (file.content, file.title) == (PNG, "Your week, 23 to 29 November")
    assert not team.slack.problems.all


def test_it_is_tried_again_while_slack_looks_the_file_over(team: Team) -> None:
    team.slack.files.seconds = 0.1
    posted(team)
    assert "[picture: " in seen(team)


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
    assert "The picture could not be shown here." in seen(team)
    assert "9:00-9:30 ▪ grey  Kick-off" in seen(team)
    assert "[Open as a page" in seen(team)


def test_a_file_that_is_never_done_or_not_drawn_leaves_the_same(team: Team) -> None:
    team.slack.files.seconds = 60.0
    posted(team, pauses=(0.0, 0.01))
    assert "The picture could not be shown here." in seen(team)


def test_what_could_not_be_drawn_leaves_the_same(team: Team) -> None:
    posted(team, png=b"")
    assert "The picture could not be shown here." in seen(team)


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
