"""The screens of digests with the oddest names and the longest lists: Slack takes them, literally."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digest_form import DigestForm
from bot.domain.digest_questions import Ending, Question, QuestionNow, QuestionShown
from bot.domain.digest_views import Answered, DigestShown, Listed
from bot.domain.digests import Digest, Level, PauseReason, Rhythm, Run, RunState, Share
from bot.domain.people import Member, Standing
from bot.rendering.digests.form import digest_form
from bot.rendering.digests.messages import channel_notice, paused_message, refused_message
from bot.rendering.digests.modals import deleted_view, digest_modal, digests_modal, saved_note
from bot.rendering.digests.questions import answered_message, digest_question, digest_question_now
from bot.rendering.digests.ref import DigestMark
from bot.rendering.digests.words import times_text
from bot.rendering.surfaces import Message, Modal
from tests.builders import BERLIN
from tests.digest_builders import EVERY_DAY, LONG_AGO, a_digest, a_plan
from tests.unit.rendering.answers import a_person, ana, ben
from tests.unit.rendering.screen import read_message, read_view
from tests.unit.usecases.digest_house import a_wish

HOSTILE = "<!channel> *bold* <https://evil.test|bank> \u202egnol\u202c :rocket:"


def all_screens(name: str, number: int) -> list[Modal | Message]:
    """Everything there is, of somebody and a channel of that name, with so many people or digests."""
    mallory = a_person(ana.id, name, BERLIN)
    digest = a_digest(channel_name=name, is_quiet=True)
    stopped = replace(digest, next_due_at=None, paused=PauseReason.CHANNEL)
    by_hand = replace(stopped, paused=PauseReason.BY_HAND, paused_by=ana.id, paused_at=digest.created_at)
    gone = replace(mallory, standing=Standing.DEACTIVATED)
    share = Share(digest.id, ana.id, Level.FULL, Level.BUSY)
    question = Question(digest.id, digest.id, digest.workspace_id, ana.id, name, Level.FULL, version=1)
    people = tuple(Listed(mallory, share) for _ in range(min(number, 20)))
    last = Run(digest.next_day, RunState.SENDING, digest.created_at)
    shown = DigestShown(digest, mallory, people, share, last, True, True, True, BERLIN)
    stranger = replace(shown, people=(), own=None, may_change=False, may_preview=False, may_take_over=False)
    form = DigestForm(a_wish(ana, ben), None, name)
    return [
        digest_modal(shown, note=saved_note(shown)),
        digest_modal(replace(shown, digest=stopped, own=replace(share, agreed=None))),
        digest_modal(stranger),
        digests_modal((shown,) * number),
        deleted_view(digest),
        digest_form(form, DigestMark("1.2.3", channel_id="C1"), mistake=name or "Wrong."),
        digest_form(replace(form, channel_name=""), DigestMark("1.2.3")),
        digest_question(digest, mallory, share),
        digest_question(digest, mallory, replace(share, agreed=None)),
        answered_message(Answered(digest, Level.FULL, has_calendar=True)),
        answered_message(Answered(digest, None, has_calendar=True)),
        *(
            digest_question_now(QuestionShown(QuestionNow(asked, of, share), mallory, mallory, has_calendar=False))
            for asked in (question, *(replace(question, ended=ending) for ending in Ending))
            for of in (digest, None)
        ),
        channel_notice(stopped),
        refused_message(digest, digest.next_day),
        digest_modal(replace(shown, digest=by_hand, paused_by=mallory)),
        digests_modal((replace(shown, digest=by_hand, paused_by=mallory),)),
        digest_modal(replace(stranger, digest=by_hand, paused_by=mallory, creator=gone)),
        *(paused_message(replace(stopped, paused=reason), mallory, may_take_over=True) for reason in PauseReason),
    ]


def read(screen: Modal | Message) -> list[str]:
    return read_message(screen) if isinstance(screen, Message) else read_view(screen)


# faults 46, 47
@settings(max_examples=20)
@given(name=st.text(max_size=300), number=st.sampled_from([0, 1, 120]))
def test_whatever_stands_on_them_slack_takes_it(name: str, number: int) -> None:
    for screen in all_screens(name, number):
        read(screen)


# fault 46
def test_hostile_names_are_shown_letter_by_letter() -> None:
    told = "\n".join(line for screen in all_screens(HOSTILE, 3) for line in read(screen))
    for raw in ("<!channel>", "<https", "*bold*", "\u202e", ":rocket:"):
        assert raw not in told


@pytest.mark.parametrize(
    ("digest", "told"),
    [
        (a_digest(), "weekdays 8:30, Berlin time"),
        (a_digest(a_plan(weekdays=EVERY_DAY)), "every day 8:30, Berlin time"),
        (a_digest(a_plan("16:05", "America/New_York", weekdays={0, 2})), "Monday and Wednesday 16:05, New York time"),
        (a_digest(a_plan(weekdays={4}, rhythm=Rhythm.WEEKLY)), "every Friday 8:30, Berlin time"),
    ],
)
def test_when_it_comes_is_said_as_people_say_it(digest: Digest, told: str) -> None:
    assert times_text(digest.plan) == told


def test_whose_creator_left_is_told_with_the_button_that_takes_it_over() -> None:
    left = replace(ana, name="somebody who left", standing=Standing.DEACTIVATED)
    digest = a_digest(next_due_at=None, paused=PauseReason.CREATOR_LEFT)
    [told, buttons] = read_message(paused_message(digest, left, may_take_over=True))
    assert told.endswith("Whoever set it up left. Somebody in its list, or an admin, can take it over.")
    assert buttons == "[Take it over] [Open digest]"


PAUSED_AT = "<!date^1793534400^{date_short}, {time}|Sun 1 Nov, 13:00 Berlin>"


@pytest.mark.parametrize(
    ("reason", "by", "told"),
    [
        (PauseReason.BY_HAND, ana, f"*Digest of #sales* · *paused* by Ana, {PAUSED_AT}"),
        (PauseReason.BY_HAND, None, f"*Digest of #sales* · *paused* since {PAUSED_AT}"),
        (PauseReason.CHANNEL, None, f"*Digest of #sales* · *paused* by itself, {PAUSED_AT}"),
    ],
    ids=["by hand", "by somebody forgotten", "by itself"],
)
def test_a_pause_is_told_with_who_and_when(reason: PauseReason, by: Member | None, told: str) -> None:
    digest = a_digest(next_due_at=None, paused=reason, paused_at=LONG_AGO)
    shown = DigestShown(digest, ana, (), None, None, True, True, False, BERLIN, paused_by=by)
    assert read_view(digest_modal(shown))[0] == told
    row = told.removeprefix("*Digest of #sales* ·").strip()
    assert read_view(digests_modal((shown,)))[2] == f"*#sales* · {row}"


def test_a_pause_of_which_nobody_noted_anything_down_is_a_pause_all_the_same() -> None:
    digest = a_digest(next_due_at=None, paused=PauseReason.BY_HAND)
    shown = DigestShown(digest, ana, (), None, None, True, True, False, BERLIN)
    assert read_view(digest_modal(shown))[0] == "*Digest of #sales* · *paused*"


def test_whoever_may_do_nothing_reads_that_it_is_paused_and_who_can_mend_it() -> None:
    left = replace(ana, name="somebody who left", standing=Standing.DEACTIVATED)
    digest = a_digest(next_due_at=None, paused=PauseReason.CREATOR_LEFT, paused_at=LONG_AGO)
    shown = DigestShown(digest, left, (), None, None, False, False, False, BERLIN)
    assert read_view(digest_modal(shown)) == [
        (
            "#sales has a digest, weekdays 8:30, Berlin time. somebody who left set it up. "
            f"It is *paused* by itself, {PAUSED_AT}."
        ),
        "_ Whoever set it up left. Somebody in its list, or an admin, can take it over and put you in.",
    ]


def test_a_channel_in_which_nobody_can_mend_it_is_told_who_can() -> None:
    digest = a_digest(next_due_at=None, paused=PauseReason.CREATOR_LEFT)
    assert read_message(channel_notice(digest)) == [
        (
            "*The digest of #sales is paused.* Whoever set it up left, and nobody in its list is here any more. "
            "An admin of this workspace can take it over or delete it: `/daybook digest`."
        ),
        "[Digest settings]",
    ]


def test_what_titles_show_is_said_plainly_wherever_somebody_chooses_or_agrees() -> None:
    digest = a_digest()
    share = Share(digest.id, ben.id, Level.TITLES)
    form = DigestForm(a_wish(ana, ben), None, "sales")
    shown = DigestShown(digest, ana, (), share, None, False, True, False, BERLIN)
    told = "as they stand in the calendar; a title may name the contact"
    for screen in (digest_form(form, DigestMark("1.2.3")), digest_modal(shown), digest_question(digest, ana, share)):
        assert told in json.dumps(screen.blocks)


def test_a_channel_that_was_lost_is_told_with_what_to_do() -> None:
    digest = a_digest(next_due_at=None, paused=PauseReason.CHANNEL)
    [told, buttons] = read_message(paused_message(digest, ana, may_take_over=False))
    assert told == (
        "*The digest of #sales is paused.* Daybook, or Ana, cannot be in #sales any more, or it is archived. "
        "Invite Daybook there with `/invite @Daybook`, then press *Go on*."
    )
    assert buttons == "[Open digest]"


def test_more_is_asked_for_by_saying_what_is_shown_until_then() -> None:
    digest = a_digest(level=Level.FULL)
    asked = digest_question(digest, ana, Share(digest.id, ben.id, Level.FULL, Level.BUSY))
    [lead, shows, buttons, _] = read_message(asked)
    assert lead == "*Ana would like to show more of your days in #sales*: the day itself, weekdays 8:30, Berlin time."
    assert shows == (
        "Everybody in that channel would see your appointments and events with their titles, people and places. "
        "Until you agree it stays at busy times alone."
    )
    assert buttons == "[Agree] [No]"
