"""Which occasions a trigger fires for, whose it may be, and whom it means."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.contacts import Contact
from bot.domain.firings import pause_after
from bot.domain.occasions import BookedIn, Occasion, What
from bot.domain.people import Standing
from bot.domain.trigger_form import TriggerFormField, TriggerWish, mistakes_in
from bot.domain.triggers import (
    ActionKind,
    Trigger,
    TriggerFilter,
    host_of,
    is_entitled,
    may_know_of,
    may_stop,
    sample,
    tidied_tag,
    waits_for,
)
from tests.builders import ANA, BEN, at, local
from tests.trigger_builders import LATER, MADE, a_trigger, an_occasion
from tests.unit.rendering.answers import ACME, CALENDAR, actor, ana, ben, cara

MAYA = Contact(ANA, ACME.id, "maya@ortiz.test", "Maya Ortiz", tags=("VIP", "berlin"))
EVERYBODY = TriggerFilter()
an_admin = replace(ana, is_admin=True)


@pytest.mark.parametrize(
    ("only", "occasion", "fires"),
    [
        (EVERYBODY, an_occasion(actor(ben)), True),
        (TriggerFilter((ANA,)), an_occasion(actor(ben)), False),
        (TriggerFilter((ANA,)), an_occasion(actor(ben), hosts=(BEN, ANA)), True),
        (TriggerFilter(calendar_id=CALENDAR), an_occasion(actor(), calendar_id=CALENDAR), True),
        (TriggerFilter(calendar_id=CALENDAR), an_occasion(actor(), calendar_id=ANA), False),
        (TriggerFilter(calendar_id=CALENDAR), an_occasion(actor()), False),
        (TriggerFilter(booked_in=BookedIn.DAYBOOK), an_occasion(actor()), True),
        (TriggerFilter(booked_in=BookedIn.GOOGLE), an_occasion(actor()), False),
        (TriggerFilter(tag="vip"), an_occasion(actor(), contacts=[MAYA]), True),
        (TriggerFilter(tag="new"), an_occasion(actor(), contacts=[MAYA]), False),
        (TriggerFilter(tag="vip"), an_occasion(actor()), False),
    ],
)
def test_a_filter_leaves_out_what_it_does_not_name(only: TriggerFilter, occasion: Occasion, *, fires: bool) -> None:
    assert waits_for(a_trigger(actor(), only=only), occasion) is fires


@pytest.mark.parametrize("what", What)
def test_a_trigger_waits_for_what_it_names_and_nothing_else(what: What) -> None:
    trigger = a_trigger(actor(), What.BOOKED, What.NO_SHOW)
    assert waits_for(trigger, an_occasion(actor(), what)) is (what in (What.BOOKED, What.NO_SHOW))


def test_what_was_before_the_trigger_is_nothing_to_it() -> None:
    trigger = a_trigger(actor())
    assert not waits_for(trigger, an_occasion(actor(), at=MADE - timedelta(microseconds=1)))
    assert waits_for(trigger, an_occasion(actor(), at=MADE))


def test_what_was_made_before_the_trigger_and_seen_after_it_is_nothing_to_it() -> None:
    trigger = a_trigger(actor())
    assert not waits_for(trigger, an_occasion(actor(), made_at=MADE - timedelta(microseconds=1)))
    assert waits_for(trigger, an_occasion(actor(), made_at=MADE))


def test_a_paused_trigger_and_one_of_another_workspace_wait_for_nothing() -> None:
    trigger = a_trigger(actor())
    assert not waits_for(replace(trigger, is_paused=True), an_occasion(actor()))
    assert not waits_for(replace(trigger, workspace_id=ANA), an_occasion(actor()))


def test_its_host_is_the_one_it_looks_at_else_the_first() -> None:
    together = an_occasion(actor(ben), hosts=(BEN, ANA))
    assert host_of(a_trigger(actor(ana)), together) == ANA
    assert host_of(a_trigger(actor(ana), only=EVERYBODY), together) == BEN
    assert host_of(a_trigger(actor(ana), only=EVERYBODY), replace(together, hosts=())) == ANA


# fault 13
@pytest.mark.parametrize(
    ("owner", "only", "entitled"),
    [
        (ana, TriggerFilter((ANA,)), True),
        (ana, EVERYBODY, False),
        (ana, TriggerFilter((BEN,)), False),
        (ana, TriggerFilter((ANA, BEN)), False),
        (an_admin, EVERYBODY, True),
        (replace(an_admin, standing=Standing.DEACTIVATED), EVERYBODY, False),
        (replace(ana, standing=Standing.GUEST), TriggerFilter((ANA,)), False),
    ],
)
def test_a_member_has_triggers_for_himself_and_an_admin_for_everybody(
    owner: object, only: TriggerFilter, *, entitled: bool
) -> None:
    assert is_entitled(owner, a_trigger(actor(), only=only)) is entitled  # type: ignore[arg-type]


# fault 11
def test_others_are_told_of_a_trigger_that_looks_at_them_and_admins_may_stop_it() -> None:
    for_ben, for_all = (a_trigger(actor(), only=only) for only in (TriggerFilter((BEN,)), EVERYBODY))

    def seen(trigger: Trigger) -> list[tuple[bool, bool]]:
        return [(may_know_of(one, trigger), may_stop(one, trigger)) for one in map(actor, (ana, ben, cara))]

    assert seen(for_ben) == [(True, True), (True, False), (False, False)]
    assert seen(for_all) == [(True, True), (True, False), (True, False)]
    admin = actor(replace(cara, is_admin=True))
    assert (may_know_of(admin, for_ben), may_stop(admin, for_ben)) == (True, True)
    assert not may_stop(replace(admin, workspace_id=ANA), for_ben)


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (at("2026-03-28 12:00"), "2026-03-29T15:00+02:00"),
        (at("2026-10-24 12:00"), "2026-10-25T15:00+01:00"),
        (at("2026-11-24 23:30"), "2026-11-25T15:00+01:00"),
    ],
)
def test_what_is_made_up_is_tomorrow_afternoon_on_the_readers_wall(now: object, shown: str) -> None:
    made_up = sample(a_trigger(actor()), actor(), now)  # type: ignore[arg-type]
    assert made_up.span is not None
    assert local([made_up.span.start]) == [shown]


def test_what_is_made_up_fires_the_trigger() -> None:
    for what in What:
        trigger = a_trigger(actor(), what, only=TriggerFilter((ANA,), CALENDAR, BookedIn.GOOGLE, "vip"))
        assert waits_for(trigger, sample(trigger, actor(), LATER)), what


@pytest.mark.parametrize(
    ("written", "kept"), [("VIP", "vip"), ("  New   Lead ", "new lead"), ("großkunde", "grosskunde")]
)
def test_a_tag_is_kept_in_small_letters(written: str, kept: str) -> None:
    assert tidied_tag(written) == kept


@pytest.mark.parametrize("written", ["", " ", "a,b", "#vip", "<b>", "@ana", "x" * 41])
def test_what_is_no_tag_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="Write one tag"):
        tidied_tag(written)


def test_waits_between_tries_double_up_to_an_hour_and_keep_to_what_is_asked() -> None:
    assert [pause_after(n, 1.0).total_seconds() for n in (0, 1, 2, 9, 10, 11, 40)] == [4, 8, 16, 2048, 3600, 3600, 3600]
    assert pause_after(5, 0.0) == timedelta(seconds=1)
    assert pause_after(0, 1.0, retry_after=600) == timedelta(minutes=10)
    assert pause_after(0, 1.0, retry_after=1e9) == timedelta(days=1)


BOOKED = frozenset({What.BOOKED})


@pytest.mark.parametrize(
    ("wish", "mistakes"),
    [
        (TriggerWish(when=BOOKED, channel_id="C1"), {}),
        (TriggerWish(channel_id="C1"), {TriggerFormField.WHEN: "Choose at least one."}),
        (TriggerWish(when=BOOKED), {TriggerFormField.CHANNEL: "Choose a channel."}),
        (
            TriggerWish(when=frozenset({What.BOOKED, What.CONTACT_ADDED}), channel_id="C1"),
            {TriggerFormField.WHEN: "A new contact has no appointment: make a trigger of its own for it."},
        ),
        (
            TriggerWish(when=BOOKED, kind=ActionKind.MESSAGE, text="{contcat}"),
            {
                TriggerFormField.TEXT: "There is no {contcat}. Write {contact}, {email}, {host}, {title}, {when}, "
                "{before}, {where} or {what}."
            },
        ),
        (
            TriggerWish(when=frozenset({What.CONTACT_ADDED}), kind=ActionKind.MESSAGE, text="{When}"),
            {TriggerFormField.TEXT: "A new contact has no {when}. Write {contact}, {email} or {what}."},
        ),
        (
            TriggerWish(when=BOOKED, kind=ActionKind.WEBHOOK),
            {TriggerFormField.URL: "Enter the address to call, like https://hooks.example.com/daybook."},
        ),
        (
            TriggerWish(when=BOOKED, kind=ActionKind.TAG, only_tag="#"),
            {
                TriggerFormField.ONLY_TAG: "Write one tag of at most 40 characters, like vip or new lead.",
                TriggerFormField.TAG: "Write one tag of at most 40 characters, like vip or new lead.",
            },
        ),
        (
            TriggerWish(when=BOOKED, kind=ActionKind.MESSAGE, name="x" * 61),
            {TriggerFormField.NAME: "Write 60 characters at most."},
        ),
    ],
)
def test_a_mistake_stands_on_its_field(wish: TriggerWish, mistakes: dict[TriggerFormField, str]) -> None:
    assert dict(mistakes_in(wish)) == mistakes
