"""The form, the list and the answers of digests, pressed as Slack would press them."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.domain.digest_form import DigestField
from bot.domain.digests import Level, PauseReason, Rhythm
from bot.domain.errors import NotFound
from bot.domain.firings import ChannelUnusable
from bot.domain.people import Actor, Standing
from bot.rendering.digests.ref import POSTED, DigestDeed, digest_mark
from bot.rendering.names import ActionId
from handlers.interaction import FormOutdated, Values
from handlers.views.digest import wish_in
from tests.digest_builders import SALES
from tests.unit.handlers.acting import acting, run
from tests.unit.handlers.digest_desk import DigestDesk
from tests.unit.rendering.answers import ana, ben, cara
from tests.unit.usecases.digest_house import a_wish

MONDAY_NOON = "<!date^1795431600^{date_short}, {time}|Mon 23 Nov, 12:00 Berlin>"
MONDAY_AT_NINE = "<!date^1796025600^{date_short}, {time}|Mon 30 Nov, 9:00 Berlin>"


def test_in_a_channel_without_one_the_form_opens_with_what_is_usual() -> None:
    desk = DigestDesk()
    assert desk.types() == [
        "For *#sales*",
        "How often: Daily",
        "On these days: Monday · Tuesday · Wednesday · Thursday · Friday",
        "At: 08:30",
        "In the time of: Berlin (Europe/Berlin)",
        "Whose days: ['U1']",
        "How much the channel sees: Busy times alone",
        "Empty days: ",
    ]


def test_saved_it_is_shown_and_everybody_else_is_asked_first() -> None:
    desk = DigestDesk()
    desk.types()
    seen = desk.submits()
    assert seen == [
        f"Saved. The next one comes {MONDAY_AT_NINE}. Whoever has not agreed yet is asked by direct message.",
        f"*Digest of #sales* · next {MONDAY_AT_NINE}",
        "every Monday 9:00, Berlin time · titles",
        "Set up by Ana.",
        "[Preview] [Pause] [Edit] [Delete]",
        "*Whose days*",
        "· Ana: titles",
        "· Ben: was asked",
        "[Stop showing my days]",
    ]
    assert desk.homes == ["U1"]
    desk.tells()
    assert [name for name, _ in desk.messages.asked] == ["Ben"]


def test_a_new_one_where_one_was_deleted_says_that_todays_was_posted() -> None:
    desk = DigestDesk()
    desk.has()
    desk.comes("2026-11-24 8:30")
    desk.ticks()
    desk.does(DigestDeed.DELETE)
    desk.types()
    seen = desk.submits()
    assert seen[0] == (
        f"Saved. Today's was posted at 8:30; the first of this one comes {MONDAY_AT_NINE}. "
        "Whoever has not agreed yet is asked by direct message."
    )
    assert [line for line in seen if "The digest of" in line] == []


def test_whoever_said_no_to_a_deleted_one_is_named_as_somebody_who_is_not_asked_again() -> None:
    desk = DigestDesk()
    desk.has()
    desk.does(DigestDeed.LEAVE, ben)
    desk.does(DigestDeed.DELETE)
    desk.types()
    assert desk.submits()[0] == (
        f"Saved. The next one comes {MONDAY_AT_NINE}. "
        "Ben said no earlier and is not asked again; they can press *Show my days*."
    )
    desk.tells()
    assert desk.messages.asked == []


def test_a_digest_of_titles_that_guests_may_read_says_that_it_shows_busy_times_alone() -> None:
    desk = DigestDesk()
    desk.channels.reads = None
    desk.types()
    veiled = (
        "_ Guests or people of other organisations may read this channel, so for now it shows busy times alone, and "
        "what changed as time. *Preview* shows what would be posted."
    )
    assert desk.submits()[4] == veiled
    assert desk.types()[3] == veiled
    [digest_id] = desk.store.tables.digests
    desk.presses(ActionId.DIGEST_EDIT, str(digest_id))
    assert veiled not in desk.submits(level={"selected_option": {"value": "busy"}})


def test_a_weekly_one_of_which_nobody_chose_the_day_comes_on_mondays() -> None:
    desk = DigestDesk()
    desk.types()
    seen = desk.submits(weekdays={"selected_options": [{"value": str(day)} for day in range(5)]})
    assert "every Monday 9:00, Berlin time · titles" in seen


def test_the_settings_of_a_deleted_digest_say_that_a_new_one_is_made() -> None:
    desk = DigestDesk()
    desk.has()
    desk.does(DigestDeed.DELETE)
    assert desk.types(text=POSTED)[:2] == ["That digest was deleted. This makes a new one.", "For *#sales*"]
    assert desk.types()[0] == "For *#sales*"


def test_a_form_that_is_delivered_twice_saves_once() -> None:
    desk = DigestDesk()
    desk.types()
    mark = desk.mark
    desk.submits()
    desk.mark = mark
    desk.submits()
    assert len(desk.store.tables.digests) == 1


def test_a_second_digest_in_a_channel_is_refused_and_everything_entered_is_still_there() -> None:
    desk = DigestDesk()
    desk.types()
    mark = desk.mark
    desk.has(by=ben)
    desk.mark = mark
    seen = desk.submits(channel={"selected_conversation": SALES})
    assert seen[0] == "#sales has a digest, set up by Ben. Nothing was saved. [Open it]"
    assert seen[2:5] == ["How often: Weekly", "On these days: Monday", "At: 09:00"]


@pytest.mark.parametrize(
    ("fields", "where", "sentence"),
    [
        ({"weekdays": {"selected_options": []}}, DigestField.WEEKDAYS, "Choose at least one day."),
        (
            {"weekdays": {"selected_options": [{"value": "0"}, {"value": "1"}]}},
            DigestField.WEEKDAYS,
            "A weekly digest comes on one day: choose that one alone.",
        ),
        ({"time": {}}, DigestField.TIME, "Choose a time."),
        ({"people": {"selected_users": []}}, DigestField.PEOPLE, "Choose at least one person."),
        (
            {"people": {"selected_users": [f"U{one}" for one in range(21)]}},
            DigestField.PEOPLE,
            "Choose 20 people at most.",
        ),
    ],
)
def test_what_is_wrong_stands_on_its_field(fields: dict[str, Any], where: DigestField, sentence: str) -> None:
    desk = DigestDesk()
    desk.types()
    assert desk.prepares(**fields).mistakes == {where: sentence}


def test_where_daybook_is_not_in_the_channel_it_says_how_to_invite_it() -> None:
    desk = DigestDesk()
    with pytest.raises(ChannelUnusable, match="/invite @Daybook"):
        desk.types(channel="C0ELSEWHERE")


def test_outside_a_channel_there_is_the_list_and_what_to_do_where_it_is_empty() -> None:
    desk = DigestDesk()
    assert desk.types(channel="D1")[-1].startswith("No digest shows your days, and you set up none.")
    desk.has()
    assert desk.types(ben, "D1")[2:] == [
        "*#sales* · next <!date^1795505400^{date_short}, {time}|Tue 24 Nov, 2:30 New York>",
        "weekdays 8:30, Berlin time",
        "set up by Ana · your days: titles [Open]",
    ]


def test_a_digest_can_be_set_up_from_the_list_too() -> None:
    desk = DigestDesk()
    desk.types(channel="D1")
    assert desk.presses(ActionId.DIGEST_NEW, "")[0] == "Channel: "
    assert desk.submits(channel={"selected_conversation": SALES})[1].startswith("*Digest of #sales*")


def test_whoever_is_not_in_its_list_learns_only_that_it_is_there() -> None:
    desk = DigestDesk()
    desk.has()
    assert desk.types(cara) == [
        "#sales has a digest, weekdays 8:30, Berlin time. Ana set it up.",
        "_ Its creator, or an admin, can put you in its list.",
    ]


def test_it_is_paused_goes_on_and_is_deleted() -> None:
    desk = DigestDesk()
    digest = desk.has()
    assert f"*Digest of #sales* · *paused* by you, {MONDAY_NOON}" in desk.does(DigestDeed.PAUSE)
    assert desk.now(digest).paused is PauseReason.BY_HAND
    assert "[Preview] [Pause] [Edit] [Delete]" in desk.does(DigestDeed.RESUME)
    assert desk.does(DigestDeed.DELETE) == ["The digest of #sales is deleted, with what everybody had agreed to."]
    assert desk.homes == ["U1", "U1", "U1"]
    assert desk.store.tables.digest_shares == {}


@pytest.mark.parametrize("deed", [DigestDeed.PAUSE, DigestDeed.RESUME, DigestDeed.DELETE, DigestDeed.TAKE_OVER])
def test_who_is_only_in_the_list_changes_nothing(deed: DigestDeed) -> None:
    desk = DigestDesk()
    digest = desk.has()
    with pytest.raises(NotFound):
        desk.does(deed, ben)
    with pytest.raises(NotFound):
        desk.presses(ActionId.DIGEST_EDIT, str(digest.id), ben)
    assert desk.now(digest) == digest


def test_an_admin_changes_it_and_does_not_read_it() -> None:
    desk = DigestDesk()
    digest = desk.has()
    boss = replace(cara, is_admin=True)
    desk.becomes(cara, is_admin=True)
    assert "[Pause] [Edit] [Delete]" in desk.types(boss)
    with pytest.raises(NotFound):
        desk.presses(ActionId.DIGEST_PREVIEW, str(digest.id), boss)


def test_once_its_creator_left_somebody_of_the_list_takes_it_over() -> None:
    desk = DigestDesk()
    digest = desk.has()
    desk.becomes(ana, standing=Standing.DEACTIVATED)
    assert "[Preview] [Take it over]" in desk.types(ben)
    with pytest.raises(NotFound):
        desk.does(DigestDeed.TAKE_OVER, cara)
    desk.does(DigestDeed.TAKE_OVER, ben)
    assert desk.now(digest).creator_id == ben.id


@pytest.mark.parametrize("value", ["", "x", "pause", "fly 00000000-0000-0000-0000-000000000000", "pause " + "-" * 36])
def test_a_button_that_is_none_of_ours_does_nothing(value: str) -> None:
    desk = DigestDesk()
    with pytest.raises(NotFound):
        desk.presses(ActionId.DIGEST_DO, value)
    with pytest.raises(NotFound):
        desk.presses(ActionId.DIGEST_ANSWER, value)
    with pytest.raises(NotFound):
        desk.presses(ActionId.DIGEST_ASK, value)


def test_a_form_of_another_version_is_not_saved() -> None:
    desk = DigestDesk()
    desk.types()
    prepared = desk.prepares(rhythm={"selected_option": {"value": "hourly"}})
    with pytest.raises(NotFound):
        run(prepared)
    with pytest.raises(FormOutdated):
        wish_in(Values(), digest_mark(desk.mark), "UTC")


def test_what_stands_in_the_form_is_what_is_saved() -> None:
    desk = DigestDesk()
    desk.types()
    desk.submits(quiet={"selected_options": [{"value": "quiet"}]})
    [row] = desk.store.tables.digests.values()
    wanted = a_wish(rhythm=Rhythm.WEEKLY, weekdays=frozenset({0}), at=time(9))
    plan = row.digest.plan
    assert (plan.rhythm, plan.weekdays, plan.at, plan.zone) == (wanted.rhythm, wanted.weekdays, wanted.at, wanted.zone)
    assert (row.digest.level, row.digest.is_quiet) == (Level.TITLES, True)


# fault 13
@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL, Standing.DEACTIVATED])
def test_nobody_but_full_members_sees_or_sets_up_any(standing: Standing) -> None:
    desk = DigestDesk()
    digest = desk.has()
    guest: Actor = replace(acting(ben), standing=standing)
    cases = desk.cases()
    for refused in (
        lambda: cases.show_all(guest),
        lambda: cases.show(guest, digest.id),
        lambda: cases.in_channel(guest, SALES),
        lambda: cases.preview(guest, digest.id),
        lambda: cases.answer(guest, digest.id, None),
        lambda: cases.save(guest, a_wish(), origin="x"),
    ):
        with pytest.raises(Exception, match=r"Guests|belongs to|deactivated"):
            refused()
