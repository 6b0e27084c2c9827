"""The screens of digests with the oddest names and the longest lists: Slack takes them, literally."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digest_form import DigestForm
from bot.domain.digest_views import DigestShown, Listed
from bot.domain.digests import Digest, Level, PauseReason, Rhythm, Run, RunState, Share
from bot.domain.people import Standing
from bot.rendering.digests.form import digest_form
from bot.rendering.digests.messages import answered_message, digest_question, paused_message
from bot.rendering.digests.modals import deleted_view, digest_modal, digests_modal, saved_note
from bot.rendering.digests.ref import DigestMark
from bot.rendering.digests.words import times_text
from bot.rendering.surfaces import Message, Modal
from tests.builders import BERLIN
from tests.digest_builders import EVERY_DAY, a_digest, a_plan
from tests.unit.rendering.answers import a_person, ana, ben
from tests.unit.rendering.screen import read_message, read_view
from tests.unit.usecases.digest_house import a_wish

HOSTILE = "<!channel> *bold* <https://evil.test|bank> \u202egnol\u202c :rocket:"


def all_screens(name: str, number: int) -> list[Modal | Message]:
    """Everything there is, of somebody and a channel of that name, with so many people or digests."""
    mallory = a_person(ana.id, name, BERLIN)
    digest = a_digest(channel_name=name, is_quiet=True)
    stopped = replace(digest, next_due_at=None, paused=PauseReason.CHANNEL)
    share = Share(digest.id, ana.id, Level.FULL, Level.BUSY)
    people = tuple(Listed(mallory, share) for _ in range(min(number, 20)))
    last = Run(digest.next_day, RunState.SENDING, digest.created_at)
    shown = DigestShown(digest, mallory, people, share, last, True, True, True, BERLIN)
    stranger = replace(shown, people=(), own=None, may_change=False, may_preview=False, may_take_over=False)
    form = DigestForm(a_wish(ana, ben), None, name)
    return [
        digest_modal(shown, note=saved_note(digest, BERLIN)),
        digest_modal(replace(shown, digest=stopped, own=replace(share, agreed=None))),
        digest_modal(stranger),
        digests_modal((shown,) * number),
        deleted_view(digest),
        digest_form(form, DigestMark("1.2.3", channel_id="C1"), mistake=name or "Wrong."),
        digest_form(replace(form, channel_name=""), DigestMark("1.2.3")),
        digest_question(digest, mallory, share),
        digest_question(digest, mallory, replace(share, agreed=None)),
        answered_message(digest, Level.FULL),
        answered_message(digest, None),
        *(paused_message(replace(stopped, paused=reason), mallory, ben) for reason in PauseReason),
    ]


def read(screen: Modal | Message) -> list[str]:
    return read_message(screen) if isinstance(screen, Message) else read_view(screen)


# faults 46, 47
@settings(max_examples=20, deadline=None)
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
    [told, buttons] = read_message(paused_message(digest, left, ben))
    assert told.endswith("Whoever set it up left. Somebody in its list, or an admin, can take it over.")
    assert buttons == "[Take it over] [Open digest]"


def test_a_channel_that_was_lost_is_told_with_what_to_do() -> None:
    digest = a_digest(next_due_at=None, paused=PauseReason.CHANNEL)
    [told, buttons] = read_message(paused_message(digest, ana, ana))
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
