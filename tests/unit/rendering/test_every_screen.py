"""Whatever Daybook shows, Slack takes it and foreign text is literal: every renderer, with the worst there is.

A renderer that is new is found and tried at once. Where values made by type alone do not fit each other, say so in
`GIVEN` (arguments) or in `SPECIAL` (fields).
"""

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from bot.domain.reading_habits import Habits, HourCycle
from bot.rendering.agenda import agenda_message
from bot.rendering.blocks import MESSAGE_CHARACTERS, size
from bot.rendering.card import card_message
from bot.rendering.card_log import log_message
from bot.rendering.digests.posted import digest_message
from bot.rendering.export import export_messages
from bot.rendering.home import render_home
from bot.rendering.invitees import invitees_message
from bot.rendering.landings import landing_message
from bot.rendering.offers import offer_message, taken_message
from bot.rendering.reader import read_by
from bot.rendering.reminders import reminder_message
from bot.rendering.shared_slots import shared_slots
from bot.rendering.surfaces import Message
from bot.rendering.text_to_send import plain_text
from bot.rendering.triggered import trigger_message
from bot.rendering.week.message import week_message
from bot.rendering.week.words import alt_text
from tests.unit.rendering.judging import faults_of
from tests.unit.rendering.producers import GIVEN, Producer, produced, producers
from tests.unit.rendering.strategies.makers import makers
from tests.unit.rendering.strategies.making import FEW, MANY, NONE, Maker
from tests.unit.rendering.strategies.special import MOST, SPECIAL
from tests.unit.rendering.strategies.texts import SHORT_NASTIES

pytestmark = pytest.mark.slow

EVERY = pytest.mark.parametrize("producer", producers(), ids=lambda one: f"{one.__module__[14:]}.{one.__name__}")
A_FEW = settings(
    max_examples=8,
    derandomize=True,
    # A smaller seed is no simpler example, so that nothing is gained by looking for one.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
ONE = settings(A_FEW, max_examples=1)
TWENTY = (20,)
ALWAYS_POSTED = pytest.mark.parametrize(
    "producer",
    [
        card_message,
        digest_message,
        export_messages,
        invitees_message,
        landing_message,
        reminder_message,
        trigger_message,
        week_message,
    ],
    ids=lambda one: one.__name__,
)


READ_BY_OTHERS = pytest.mark.parametrize(
    "producer",
    # Whoever has it made: several people read it, by 24 hours, or one who is named in it, as he does.
    [
        card_message,
        digest_message,
        landing_message,
        log_message,
        offer_message,
        plain_text,
        reminder_message,
        render_home,
        shared_slots,
        taken_message,
        trigger_message,
        week_message,
    ],
    ids=lambda one: one.__name__,
)


def test_every_renderer_is_found() -> None:
    found = producers()
    assert {agenda_message, render_home, alt_text} <= set(found)
    assert set(GIVEN) <= set(found)
    assert len(found) > 150


# fault 46, fault 47
@EVERY
@A_FEW
@given(maker=makers(FEW))
def test_the_worst_of_texts_is_shown_literally_and_fits(producer: Producer, maker: Maker) -> None:
    assert faults_of(produced(producer, maker)) == []


# fault 47
@EVERY
@ONE
@given(maker=makers(NONE))
def test_of_everything_nothing_can_be_shown(producer: Producer, maker: Maker) -> None:
    assert faults_of(produced(producer, maker)) == []


# fault 46, fault 47
@EVERY
@ONE
@given(maker=makers(MANY, SHORT_NASTIES))
def test_of_everything_five_hundred_can_be_shown(producer: Producer, maker: Maker) -> None:
    assert faults_of(produced(producer, maker)) == []


# fault 47
@ALWAYS_POSTED
@A_FEW
@given(maker=makers(TWENTY))
def test_what_is_always_posted_fits_without_being_cut_by_whoever_posts_it(producer: Producer, maker: Maker) -> None:
    made = produced(producer, maker)
    messages = [made] if isinstance(made, Message) else made[0]  # type: ignore[index]
    assert [size(one.blocks) for one in messages if size(one.blocks) > MESSAGE_CHARACTERS] == []


@READ_BY_OTHERS
@pytest.mark.parametrize("seed", range(4))
def test_what_goes_to_others_than_who_is_being_answered_does_not_follow_his_clock(
    producer: Producer, seed: int
) -> None:
    def made() -> object:
        return produced(producer, Maker(Random(seed), SHORT_NASTIES, FEW, SPECIAL, MOST))

    usual = made()
    with read_by(Habits(HourCycle.TWELVE, first_day=6)):
        assert made() == usual
