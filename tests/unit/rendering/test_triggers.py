"""The screens of triggers, read aloud."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from bot.domain.contacts import Contact
from bot.domain.errors import NotFound
from bot.domain.firings import Firing, FiringState, TriggerHealth
from bot.domain.occasions import BookedIn, What
from bot.domain.trigger_form import TriggerForm, TriggerWish
from bot.domain.trigger_views import TriggerSaved, TriggerShown, TriggersShown
from bot.domain.triggers import ActionKind, Trigger, TriggerFilter
from bot.rendering.trigger_form import saved_view, trigger_form
from bot.rendering.trigger_ref import TriggerDeed, TriggerMark, TriggerRef, trigger_mark, trigger_ref
from bot.rendering.triggers import (
    deleted_view,
    failed_note,
    secret_note,
    tried_note,
    trigger_modal,
    triggers_modal,
)
from tests.builders import ANA, second
from tests.trigger_builders import AS_VIP, LATER, TO_HOOK, TO_HOST, TO_SALES, a_trigger, an_occasion
from tests.unit.rendering.answers import ACME, CALENDAR, actor, ana, ben
from tests.unit.rendering.connections import a_linked_calendar
from tests.unit.rendering.screen import buttons_of, read_view

MAYA = Contact(ANA, ACME.id, "maya@ortiz.test", "Maya Ortiz")
HOSTILE = "<!channel> *x*"
AT_NINE = "22 Nov, 10:00 Berlin"
ENDED = f"<!date^{second('2026-11-22 10:00')}^{{date_short}}, {{time}}|Sun {AT_NINE}>"
START = f"<!date^{second('15:00')}^{{date_short}} {{time}}|Tue 24 Nov 15:00 Berlin>"


def a_shown(trigger: Trigger, *firings: Firing, is_own: bool = True, total: int | None = None) -> TriggerShown:
    fired = len(firings) if total is None else total
    health = TriggerHealth(trigger, ana, fired, 0)
    return TriggerShown(health, (ana,) if trigger.only.hosts else (), None, firings, 0, is_own, "Europe/Berlin")


def a_firing(state: FiringState = FiringState.DONE, problem: str = "", **fields: Any) -> Firing:
    firing = Firing(ANA, ANA, an_occasion(actor(), contacts=[MAYA]), state, problem=problem, ended_at=LATER)
    return replace(firing, **fields)


def test_without_a_trigger_the_list_says_what_to_do() -> None:
    assert read_view(triggers_modal(TriggersShown((), (), is_admin=False))) == [
        "A trigger does something when an appointment is booked, moved or cancelled, or a contact is added.",
        "[New trigger]",
        "No triggers yet. For instance: post to a channel when you are booked, or call your own system.",
    ]


def test_the_list_tells_each_trigger_in_a_line_and_how_often_it_came_to_nothing() -> None:
    mine = a_trigger(actor(), What.BOOKED, What.CANCELLED)
    paused = replace(a_trigger(actor(), action=AS_VIP, name="Tag them"), is_paused=True)
    bens = a_trigger(actor(ben), action=TO_HOST, only=TriggerFilter(), name="Ben's")
    shown = TriggersShown(
        (TriggerHealth(mine, ana, 12, 1), TriggerHealth(paused, ana)), (TriggerHealth(bens, ben, 1),), is_admin=False
    )
    assert read_view(triggers_modal(shown))[2:] == [
        "*Tell sales* · on",
        "When booked or cancelled: posts to #sales",
        "fired 12 times, *1 came to nothing* [Open]",
        "*Tag them* · *paused*",
        "When booked: tags the contact vip",
        "not fired yet [Open]",
        "---",
        "*Others' triggers that look at your appointments*",
        "*Ben's* · on · by Ben",
        "When booked: messages the host",
        "fired 1 time",
    ]
    for_admin = read_view(triggers_modal(replace(shown, is_admin=True)))
    assert for_admin[-4:] == ["*Others' triggers*", *for_admin[-3:-1], "fired 1 time [Open]"]


def test_a_trigger_says_what_it_waits_for_and_what_it_does() -> None:
    only = TriggerFilter((ANA,), CALENDAR, BookedIn.GOOGLE, "vip")
    trigger = a_trigger(actor(), action=replace(TO_SALES, text=f"{HOSTILE} {{contact}}"), only=only)
    shown = replace(a_shown(trigger), calendar=a_linked_calendar())
    name = a_linked_calendar().name
    assert read_view(trigger_modal(shown)) == [
        "*Tell sales* · on",
        f"When booked, hosted by you, in {name}, from Google, with a contact tagged vip: posts to #sales",
        "“&lt;!channel&gt; ∗x∗ {contact}”",
        "[Try it] [Edit] [Pause] [Delete]",
        "---",
        "It has not fired yet. *Try it* shows what it would do.",
    ]
    gone = read_view(trigger_modal(replace(shown, calendar=None)))
    assert "in a calendar that is not in use any more" in gone[1]


def test_a_webhook_shows_its_host_and_offers_a_new_secret() -> None:
    shown = a_shown(replace(a_trigger(actor(), action=TO_HOOK), is_paused=True))
    lines = read_view(trigger_modal(shown, note=secret_note("abc-_1")))
    assert lines[:5] == [
        "Calls are signed with this secret. Copy it now, it is not shown again:",
        "`abc-_1`",
        "*Tell sales* · *paused*",
        "When booked, hosted by you: calls hooks.example.com",
        "[Try it] [Edit] [New secret] [Go on] [Delete]",
    ]


@pytest.mark.parametrize(
    ("firing", "told"),
    [
        (a_firing(), f"done {ENDED}"),
        (
            a_firing(FiringState.FAILED, "hooks.example.com answered 404."),
            f"*failed* {ENDED}: hooks.example.com answered 404. [Run again]",
        ),
        (a_firing(FiringState.UNSURE, "Look for it."), "*perhaps posted*: Look for it. [Run again]"),
        (a_firing(FiringState.LEFT_OUT, HOSTILE), f"left out {ENDED}: &lt;!channel&gt; ∗x∗ [Run again]"),
        (a_firing(FiringState.WAITING, ended_at=None), "about to be done"),
        (
            a_firing(FiringState.WAITING, "It is down.", attempts=3, due_at=LATER, ended_at=None),
            f"failed 3 times so far: It is down. Next try {ENDED}.",
        ),
    ],
)
def test_the_ledger_says_what_came_of_each(firing: Firing, told: str) -> None:
    lines = read_view(trigger_modal(a_shown(a_trigger(actor()), firing)))
    assert lines[-4:-1] == ["*What it did* · 1, the newest first", f"Booked · Maya Ortiz · {START}", told]


def test_a_long_ledger_is_turned_page_by_page_and_says_its_total() -> None:
    trigger = a_trigger(actor())
    firings = [a_firing(id=UUID(int=number)) for number in range(10)]
    shown = replace(a_shown(trigger, *firings, total=25), offset=10)
    lines, values = read_view(trigger_modal(shown)), buttons_of(trigger_modal(shown))
    assert "*What it did* · 11 to 20 of 25, the newest first" in lines
    assert "[Newer] [Older]" in lines
    assert [trigger_ref(values[label]) for label in ("Newer", "Older")] == [
        TriggerRef(TriggerDeed.PAGE, trigger.id, 0),
        TriggerRef(TriggerDeed.PAGE, trigger.id, 20),
    ]


# fault 11
def test_an_admin_sees_that_it_is_there_and_nothing_of_what_it_says_or_did() -> None:
    trigger = a_trigger(actor(), action=replace(TO_SALES, text="canary"))
    assert read_view(trigger_modal(a_shown(trigger, is_own=False, total=3))) == [
        "*Tell sales* · on",
        "When booked, hosted by Ana: posts to #sales",
        "Set up by Ana; its owner sees what it did.",
        "[Pause] [Delete]",
    ]


@pytest.mark.parametrize(
    ("trigger", "note"),
    [
        (a_trigger(actor()), "Tried: there is a message in #sales, marked as a test."),
        (
            a_trigger(actor(), action=TO_HOST),
            "Tried: you have a message, marked as a test. A real one goes to the host.",
        ),
        (a_trigger(actor(), action=TO_HOOK), "Tried: hooks.example.com took the call, marked as a test."),
        (a_trigger(actor(), action=AS_VIP), "Nothing was tagged: it would add the tag vip to the contact."),
    ],
)
def test_trying_it_says_where_to_look(trigger: Trigger, note: str) -> None:
    assert tried_note(trigger) == note
    assert failed_note(HOSTILE) == "That did not work: &lt;!channel&gt; ∗x∗"


def a_form(wish: TriggerWish, *, is_admin: bool = False) -> TriggerForm:
    return TriggerForm(wish, None, (a_linked_calendar(),), for_everybody=is_admin)


MARK = TriggerMark("1.2.3", below="V1")


def test_the_form_asks_for_a_channel_and_presets_none() -> None:
    assert read_view(trigger_form(a_form(TriggerWish()), MARK)) == [
        "When: ",
        "_ It looks at what you host. An admin can make triggers for everybody.",
        "In the calendar: Any calendar",
        "Booked where: Anywhere",
        "Only contacts with this tag: ",
        "Then: Post to a channel",
        "Channel: ",
        "Text: ",
        "Name: ",
    ]


def test_an_admin_is_asked_whose_appointments_count() -> None:
    lines = read_view(trigger_form(a_form(TriggerWish(hosts=("U1",)), is_admin=True), MARK))
    assert lines[1] == "Hosted by: ['U1']"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (ActionKind.MESSAGE, ["Text: hello"]),
        (ActionKind.WEBHOOK, ["Address: https://hooks.example.com/x"]),
        (ActionKind.TAG, ["Tag: vip"]),
    ],
)
def test_the_form_follows_what_is_to_be_done(kind: ActionKind, fields: list[str]) -> None:
    wish = TriggerWish(kind=kind, text="hello", url="https://hooks.example.com/x", tag="vip")
    lines = read_view(trigger_form(a_form(wish), MARK))
    assert lines[6:-1] == fields


def test_a_mistake_stands_on_top_and_literally() -> None:
    assert read_view(trigger_form(a_form(TriggerWish()), MARK, mistake=HOSTILE))[0] == "&lt;!channel&gt; ∗x∗"


def test_what_was_saved_says_from_when_it_fires_and_shows_the_secret_once() -> None:
    trigger = a_trigger(actor(), action=TO_HOOK)
    assert read_view(saved_view(TriggerSaved(trigger, True, "abc-_1"))) == [
        "*Tell sales* is on. It fires for what happens from now on.",
        "Calls are signed with this secret. Copy it now, it is not shown again:",
        "`abc-_1`",
    ]
    assert read_view(saved_view(TriggerSaved(trigger, False))) == ["*Tell sales* is changed."]
    assert read_view(deleted_view(trigger)) == ["*Tell sales* is deleted, with the record of what it did."]


# fault 10
@pytest.mark.parametrize("value", ["", "try", f"try {ANA}", f"burn {ANA} 0", "try x 0", f"page {ANA} -1"])
def test_what_no_button_of_ours_carries_is_not_there(value: str) -> None:
    with pytest.raises(NotFound):
        trigger_ref(value)


def test_a_form_comes_back_as_it_was_opened() -> None:
    for mark in (MARK, TriggerMark("1.2.3", ANA, "V2"), TriggerMark("1.2.3")):
        assert trigger_mark(mark.metadata()) == mark


def test_what_is_not_delivered_yet_did_not_fire() -> None:
    mine = a_trigger(actor())
    shown = TriggersShown((TriggerHealth(mine, ana, 3, 1, 1), TriggerHealth(mine, ana, 1, 0, 1)), (), is_admin=False)
    lines = read_view(triggers_modal(shown))
    assert [line for line in lines if "delivered" in line] == [
        "fired 2 times, *1 came to nothing*, 1 not delivered yet [Open]",
        "1 not delivered yet [Open]",
    ]


def test_a_paused_one_tries_no_more() -> None:
    paused = replace(a_trigger(actor()), is_paused=True)
    failed = a_firing(FiringState.WAITING, "It is down.", attempts=6, due_at=LATER, ended_at=None)
    told = read_view(trigger_modal(a_shown(paused, failed)))[-2]
    assert told == "failed 6 times so far: It is down. No more tries while the trigger is paused."


def test_where_the_calendar_has_triggers_off_the_list_says_so() -> None:
    shown = TriggersShown((), (), is_admin=False, is_off=True)
    assert read_view(triggers_modal(shown))[1] == (
        "_ Your calendar has triggers off: of what you host, only bookings made in Daybook fire."
    )
