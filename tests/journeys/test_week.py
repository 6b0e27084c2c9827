"""A week as a picture: said in the channel, shown in one's own messages with Daybook, and opened as a page."""

import re
from datetime import timedelta

import httpx
import pytest

from bot.sandbox.slack.files import File
from bot.sandbox.slack.person import Person
from tests.journeys.house import House
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

PNG = b"\x89PNG"


@pytest.fixture
def ana(house: House) -> Person:
    """Ana with her three calendars read: Kick-off 9:00 and Dentist 13:00 today."""
    return house.sets_up(house.town.ana)


def picture_of(house: House, person: Person) -> File:
    """The latest picture among what a person sees."""
    shown = [block["slack_file"]["id"] for one in person.messages for block in one.blocks if "slack_file" in block]
    file = house.town.slack.files.get(shown[-1])
    assert file is not None
    return file


def link_of(person: Person) -> str:
    """Where *Open as a page* leads, on the latest message that has it."""
    buttons = [
        element
        for message in person.messages
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    return str([one["url"] for one in buttons if one.get("text", {}).get("text") == "Open as a page"][-1])


def test_a_week_is_told_where_it_was_asked_for_and_drawn_in_ones_own_messages(house: House, ana: Person) -> None:
    ana.types("/daybook week", channel="sales")
    house.is_settled()
    answer, drawn = ana.messages[-2:]
    assert (answer.only_for, drawn.only_for) == (ana.member.id, None)
    assert drawn.text == "Your week, 23 to 29 November: 3 events."
    for told in map(ana.reads, (answer, drawn)):
        assert "9:00-9:30 ▪ grey  Kick-off" in told
        assert "13:00-14:00 ▨ hatched  Dentist · Family" in told
    assert "The picture goes to your messages with Daybook." in ana.reads(answer)
    assert "[picture: Your week, 23 to 29 November, Berlin time" in ana.reads(drawn)
    file = picture_of(house, ana)
    assert file.content is not None
    assert file.content.startswith(PNG)
    assert (file.name, file.title) == ("week.png", "Your week, 23 to 29 November")
    assert not house.town.slack.problems.all


def test_among_the_pictures_one_message_says_it_all(house: House, ana: Person) -> None:
    before = len(ana.messages)
    house.types(ana, "/daybook week")
    assert len(ana.messages) == before + 1


def test_another_week_is_drawn_anew_and_the_picture_before_stays(house: House, ana: Person) -> None:
    house.types(ana, "/daybook week")
    before = picture_of(house, ana)
    told = ana.messages[-1]
    house.clicks(ana, "Next week")
    assert "*Your week, 30 November to 6 December* (Berlin)" in ana.reads(ana.messages[-1])
    assert picture_of(house, ana).id != before.id
    assert before.id in str(told.blocks)


def test_a_colleague_sees_busy_and_nothing_more(house: House, ana: Person) -> None:
    ben = house.sets_up(house.town.ben)
    house.types(ben, f"/daybook week @{ana.member.name}")
    told = ben.reads(ben.messages[-1])
    assert "busy 3:00-3:30 (9:00-9:30)" in told
    page = httpx.get(link_of(ben), trust_env=False, timeout=PATIENCE)
    for word in ("Kick-off", "Dentist", "Family"):  # fault 11
        assert word not in told
        assert word not in page.text


def test_the_link_shows_the_same_picture_for_a_day_to_whoever_has_it(house: House, ana: Person) -> None:
    house.types(ana, "/daybook week")
    link = link_of(ana)
    page = httpx.get(link, trust_env=False, timeout=PATIENCE)
    assert page.status_code == 200
    assert "Kick-off" in page.text
    assert 'data-kind="hatched"' in page.text
    assert "style=" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert re.search(r"<(script|img|link)", page.text) is None
    picture = httpx.get(f"{link}.png", trust_env=False, timeout=PATIENCE)
    assert (picture.headers["Content-Type"], picture.content[:4]) == ("image/png", PNG)

    house.clock.time += timedelta(hours=24)
    late = httpx.get(link, trust_env=False, timeout=PATIENCE)
    assert late.status_code == 404
    assert "good for a day" in late.text
    assert "Kick-off" not in late.text


# fault 11
def test_a_link_that_was_changed_shows_nothing(house: House, ana: Person) -> None:
    house.types(ana, "/daybook week")
    link = link_of(ana)
    changed = link[:-1] + ("A" if link[-1] != "A" else "B")
    for forged in (changed, f"{house.url}/week/x", f"{house.url}/week/{'x' * 5000}.png", link.rpartition("/")[0] + "/"):
        answer = httpx.get(forged, trust_env=False, timeout=PATIENCE)
        assert (answer.status_code, "Kick-off" in answer.text) == (404, False)


def test_a_picture_that_slack_does_not_take_leaves_the_text_and_the_link(house: House, ana: Person) -> None:
    house.town.slack.faults.on(path="/api/files.completeUploadExternal").answer(
        200, {"ok": False, "error": "fatal_error"}
    )
    house.types(ana, "/daybook week")
    told = ana.reads(ana.messages[-1])
    assert "The picture could not be shown here." in told
    assert "9:00-9:30 ▪ grey  Kick-off" in told
    assert httpx.get(link_of(ana), trust_env=False, timeout=PATIENCE).status_code == 200
