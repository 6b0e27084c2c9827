"""Answers about people who share no time, or offer none while a calendar of theirs is stale."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answers import SlotsFound
from bot.domain.availability import Mode
from bot.domain.member_time import MemberTime
from bot.domain.people import Member
from bot.rendering.explanation import explanation_modal
from bot.rendering.slots import slots_message
from tests.builders import ANA, span
from tests.unit.rendering.answers import ana, ben, cara, explained, found, time_of
from tests.unit.rendering.screen import buttons_of, read_message, read_view


def withheld(words: str, *members: Member, known: Sequence[Member] = (ana,)) -> SlotsFound:
    """The answer without those members' time."""
    answered = found(words, known)
    gathered = replace(answered.gathered, withheld=members)
    slots = answered.slots if answered.request.mode is Mode.ANY else None
    return replace(answered, gathered=gathered, members=(*known, *members), slots=slots)


def paused(member: Member) -> MemberTime:
    return replace(time_of(member), is_paused=True)


def test_somebody_who_shares_nothing_can_be_left_out() -> None:
    message = slots_message(withheld("<@U1> <@U2> 30m today", ben), ANA)
    assert read_message(message) == [
        "*Ana and Ben, 30 minutes, Tuesday 24 November* (Berlin)",
        "Ben does not share free times with you. [Leave Ben out]",
    ]
    assert buttons_of(message) == {"Leave Ben out": "<@U1> all 30m 2026-11-24"}
    assert message.text == "Ana and Ben, 30 minutes, Tuesday 24 November: nobody can say."


def test_somebody_asked_about_alone_leaves_nobody_to_ask_about() -> None:
    message = slots_message(withheld("<@U2> 30m today", ben, known=()), ANA)
    assert read_message(message)[1:] == ["Ben does not share free times with you."]


def test_where_anyone_is_enough_the_others_are_offered_all_the_same() -> None:
    lines = read_message(slots_message(withheld("<@U1> <@U2> any 4h today", ben), ANA))
    assert lines[1:3] == [
        "[12:00] [12:15] [12:30] [12:45] [13:00]",
        "Ben does not share free times with you. [Leave Ben out]",
    ]


def test_somebody_who_offers_nothing_while_stale_is_named_instead_of_an_empty_day() -> None:
    answered = found("<@U1> <@U2> 30m today", times=[time_of(ana), paused(ben)])
    assert read_message(slots_message(answered, ANA)) == [
        "*Ana and Ben, 30 minutes, Tuesday 24 November* (Berlin)",
        "Ben offers no time while a calendar is not up to date.",
        "[Another day]",
    ]


def test_ones_own_pause_is_told_as_ones_own_choice() -> None:
    answered = found("<@U1> 30m today", (ana,), times=[paused(ana)])
    assert read_message(slots_message(answered, ANA))[1] == (
        "Nothing of yours is offered until your calendars are up to date again: that is how you set it."
    )


def test_where_anyone_is_enough_a_pause_stands_beside_the_times_of_the_others() -> None:
    answered = found("<@U1> <@U3> any 4h today", (ana, cara), times=[time_of(ana), paused(cara)])
    assert read_message(slots_message(answered, ANA))[1:3] == [
        "[12:00 Ana] [12:15 Ana] [12:30 Ana] [12:45 Ana] [13:00 Ana]",
        "_ Cara offers no time while a calendar is not up to date.",
    ]
    busy_all_day = replace(time_of(ana), busy=[span("9:00-17:00")])
    nobody = found("<@U1> <@U3> any 4h today", (ana, cara), times=[busy_all_day, paused(cara)])
    assert read_message(slots_message(nobody, ANA))[1:3] == [
        "Cara offers no time while a calendar is not up to date.",
        "Nobody else is free then.",
    ]


def test_the_reasons_name_a_pause_among_all_others() -> None:
    lines = read_view(explanation_modal(explained("18:00", [time_of(ana), paused(ben)]), ANA))
    assert "· Ben offers no time while a calendar is not up to date" in lines
    assert "· Ana works 9:00-17:00 that day" in lines
