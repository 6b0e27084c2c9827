"""The question about a loss, and what takes its place."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.accounts import AccountStatus
from bot.domain.connections import Status
from bot.domain.fuse import Fuse
from bot.rendering.fuse import keeping, question, removing
from bot.rendering.status import status_message
from tests.builders import BERLIN
from tests.unit.rendering.answers import NOON
from tests.unit.rendering.connections import WORK, a_calendar, a_linked_calendar
from tests.unit.rendering.screen import buttons_of, read_message

LOSS = Fuse(number=3, gone=41, coming=60)
FAMILY = replace(a_calendar("Family", read_at=NOON, next_sync_at=NOON + timedelta(minutes=20)), fuse=LOSS)
ANSWERS = {"Yes, remove them": f"{FAMILY.id} 3", "No, keep and check again": f"{FAMILY.id} 3"}


# fault 39
def test_the_question_names_the_calendar_and_how_much_is_gone() -> None:
    message = question(FAMILY, LOSS)
    assert message.text == "Google says 41 of 60 coming events in *Family* are gone. Did you clear it?"
    assert read_message(message) == [
        (
            "Google says 41 of 60 coming events in *Family* are gone. Did you clear it? "
            "Until you answer, all of them go on to block your time."
        ),
        "[Yes, remove them] [No, keep and check again]",
    ]
    assert buttons_of(message) == ANSWERS


def test_an_answer_says_what_becomes_of_it() -> None:
    assert read_message(removing(FAMILY)) == [
        "What Google no longer lists in *Family* is being removed; its time becomes free."
    ]
    assert read_message(keeping(FAMILY)) == [
        (
            "Nothing was removed. *Family* is being read again from the start; "
            "you are asked again only if Google still says so."
        )
    ]


# fault 46
def test_a_name_is_shown_literally() -> None:
    assert "<!channel>" not in question(replace(FAMILY, name="<!channel>"), LOSS).text


# fault 39
def test_status_shows_a_loss_that_waits_with_the_same_buttons() -> None:
    message = status_message(Status(NOON, (WORK,), (), (FAMILY,)), BERLIN)
    assert read_message(message)[1:] == [
        (
            "· Family (conflict) · *waits for your answer*: Google says 41 of 60 coming events are gone. "
            "Until you answer, all of them go on to block your time."
        ),
        "[Yes, remove them] [No, keep and check again]",
        "[Sync now] [Calendar Settings]",
    ]
    assert ANSWERS.items() <= buttons_of(message).items()


def test_status_of_a_loss_that_was_answered_or_of_a_broken_account_asks_nothing() -> None:
    answered = replace(FAMILY, fuse=replace(LOSS, is_approved=True))
    broken = replace(WORK, status=AccountStatus.NEEDS_RECONNECT)
    for account, calendar in ((WORK, answered), (broken, FAMILY)):
        assert "Yes, remove them" not in buttons_of(status_message(Status(NOON, (account,), (), (calendar,)), BERLIN))


# fault 38
def test_status_of_a_linked_calendar_that_is_lost_leads_to_another() -> None:
    lost = replace(a_linked_calendar(read_at=NOON), problem="It was deleted in Google.", is_lost=True)
    message = status_message(Status(NOON, (WORK,), (), (lost,)), BERLIN)
    told = read_message(message)
    assert told[1].endswith(
        "*: It was deleted in Google. What was read still blocks; newer events are unknown. "
        "Choose another calendar for appointments."
    )
    assert told[2] == "[Choose another for Ana]"
    assert buttons_of(message)["Choose another for Ana"] == "settings"


# fault 38
def test_status_of_a_conflict_calendar_that_is_not_shared_any_more_says_so() -> None:
    lost = replace(
        a_calendar("Team holidays", read_at=NOON),
        problem="It is no longer shared with ana@acme.test, or was deleted.",
        is_lost=True,
    )
    told = read_message(status_message(Status(NOON, (WORK,), (), (lost,)), BERLIN))
    assert told[1].endswith(
        "*: It is no longer shared with ana@acme.test, or was deleted. "
        "What was read still blocks; newer events are unknown. "
        "Ask its owner to share it with ana@acme.test again, or stop using it."
    )
