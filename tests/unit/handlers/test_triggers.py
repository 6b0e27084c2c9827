"""The form, the list and the ledger of triggers, pressed as Slack would press them."""

from uuid import UUID

import pytest

from bot.domain.errors import NotFound
from bot.domain.firings import FiringState
from bot.domain.occasions import BookedIn, What
from bot.domain.trigger_form import TriggerWish
from bot.domain.triggers import ActionKind
from bot.domain.webhooks import WebhookRefused
from bot.rendering.names import ActionId
from bot.rendering.trigger_ref import TriggerDeed, TriggerRef
from handlers.interaction import FormOutdated
from handlers.interaction import Values as Held
from handlers.registry import Kind
from handlers.views.trigger_values import wish_in
from tests.trigger_builders import TO_HOOK, a_trigger, an_occasion, happened
from tests.unit.handlers.acting import run
from tests.unit.handlers.trigger_desk import TriggerDesk, shown
from tests.unit.rendering.answers import CALENDAR, actor, ben
from tests.unit.rendering.screen import read_view
from tests.unit.usecases.trigger_house import a_fired, first_id


def test_a_trigger_is_made_in_the_form_and_stands_in_the_list() -> None:
    desk = TriggerDesk()
    assert desk.types()[1] == "[New trigger]"
    desk.presses(ActionId.TRIGGER_NEW)
    desk.fills(when=["Booked", "No-show"], channel="C0SALES", text="{contact} {when}", name="Tell sales")
    reply = desk.submits()
    assert shown(reply)[0][0] == "*Tell sales* is on. It fires for what happens from now on."
    assert reply.ways == ["update", "update_below"]
    assert shown(reply)[1][2:] == [
        "*Tell sales* · on",
        "When booked or no-show: posts to #sales",
        "not fired yet [Open]",
    ]


def test_the_form_follows_what_is_chosen_and_keeps_what_was_typed() -> None:
    desk = TriggerDesk()
    desk.types()
    desk.presses(ActionId.TRIGGER_NEW)
    desk.fills(when=["Booked"], name="Ours", text="Hello {contact}")
    assert desk.fills(action="Call a webhook")[-2:] == ["Address: ", "Name: Ours"]
    assert desk.fills(action="Message the host")[-2:] == ["Text: ", "Name: Ours"]
    desk.fills(text="Hello {contact}")
    assert desk.fills(action="Post to a channel")[-3:] == ["Channel: ", "Text: Hello {contact}", "Name: Ours"]


def test_mistakes_stand_on_their_fields_before_anything_is_asked() -> None:
    desk = TriggerDesk()
    desk.types()
    desk.presses(ActionId.TRIGGER_NEW)
    desk.fills(text="{who}")
    assert dict(desk.prepares().mistakes) == {
        "when": "Choose at least one.",
        "channel": "Choose a channel.",
        "text": "There is no {who}. Write {contact}, {email}, {host}, {title}, {when}, {before}, {where} or {what}.",
    }


def test_what_only_somebody_else_can_say_stands_on_top_and_nothing_typed_is_lost() -> None:
    desk = TriggerDesk()
    desk.types()
    desk.presses(ActionId.TRIGGER_NEW)
    desk.fills(when=["Booked"], channel="C0OTHER", text="Hello", name="Mine")
    desk.submits()
    assert desk.view is not None
    lines = read_view(desk.view)
    assert lines[0] == "Daybook is not in that channel."
    assert lines[-2:] == ["Text: Hello", "Name: Mine"]
    desk.fills(channel="C0SALES")
    desk.submits()
    assert len(desk.store.tables.triggers) == 1


def test_a_secret_is_shown_after_saving_and_never_again() -> None:
    desk = TriggerDesk()
    desk.types()
    desk.presses(ActionId.TRIGGER_NEW)
    desk.fills(when=["Booked"], action="Call a webhook")
    desk.fills(url="https://hooks.example.com/x")
    reply = desk.submits()
    assert "`secret-1`" in shown(reply)[0]
    [trigger_id] = desk.store.tables.triggers
    desk.below = ""
    assert "secret-1" not in "".join(desk.presses(ActionId.TRIGGER_OPEN, str(trigger_id)))
    edited = desk.presses(ActionId.TRIGGER_EDIT, str(trigger_id))
    assert "Address: https://hooks.example.com/x" in edited
    assert "secret-1" not in "".join(edited)
    ref = TriggerRef(TriggerDeed.SECRET, trigger_id).value()
    assert "`secret-2`" in desk.presses(f"{ActionId.TRIGGER_DO}:secret", ref)


def test_a_trigger_is_paused_goes_on_and_is_deleted() -> None:
    desk = TriggerDesk()
    trigger = desk.has(a_trigger(actor()))

    def do(deed: TriggerDeed) -> str:
        return desk.presses(f"{ActionId.TRIGGER_DO}:{deed}", TriggerRef(deed, trigger.id).value())[0]

    assert [do(TriggerDeed.PAUSE), do(TriggerDeed.RESUME)] == ["*Tell sales* · *paused*", "*Tell sales* · on"]
    assert do(TriggerDeed.DELETE) == "*Tell sales* is deleted, with the record of what it did."
    with pytest.raises(NotFound):
        do(TriggerDeed.PAUSE)


def test_trying_it_says_what_is_going_on_and_then_how_it_went() -> None:
    desk = TriggerDesk()
    trigger = desk.has(a_trigger(actor(), action=TO_HOOK))
    ref = TriggerRef(TriggerDeed.TRY, trigger.id).value()
    handler = desk._prepared(Kind.ACTION, ActionId.TRIGGER_DO, {"actions": [{"action_id": "trigger_do", "value": ref}]})
    notes = [lines[0] for lines in shown(run(handler))]
    assert notes == ["Trying…", "Tried: hooks.example.com took the call, marked as a test."]

    def refuse() -> None:
        raise WebhookRefused("hooks.example.com answered 404.")

    desk.webhooks.before = refuse
    notes = [lines[0] for lines in shown(run(handler))]
    assert notes[-1] == "That did not work: hooks.example.com answered 404."


def test_what_failed_runs_again_from_the_ledger() -> None:
    desk = TriggerDesk()
    trigger = a_fired(desk, a_trigger(actor(), action=TO_HOOK))

    def refuse() -> None:
        raise WebhookRefused("hooks.example.com answered 404.")

    desk.webhooks.before = refuse
    desk.fires()
    assert "answered 404. [Run again]" in desk.presses(ActionId.TRIGGER_OPEN, str(trigger.id))[-2]
    desk.webhooks.before = lambda: None
    assert desk.presses(f"{ActionId.FIRING_AGAIN}:1", str(first_id(desk, trigger)))[-2] == "about to be done"
    desk.fires()
    assert desk.ledger(trigger)[0].state is FiringState.DONE


def test_the_ledger_is_turned_page_by_page() -> None:
    desk = TriggerDesk()
    trigger = desk.has(a_trigger(actor()))
    for _ in range(12):
        happened(desk.store, an_occasion(actor()))
    assert "*What it did* · 1 to 10 of 12, the newest first" in desk.presses(ActionId.TRIGGER_OPEN, str(trigger.id))
    older = TriggerRef(TriggerDeed.PAGE, trigger.id, 10).value()
    assert "*What it did* · 11 to 12 of 12, the newest first" in desk.presses(ActionId.TRIGGER_DO, older)


# fault 10, fault 11
@pytest.mark.parametrize("value", ["x", str(UUID(int=5)), "pause x 0"])
def test_an_id_that_is_nobodys_leads_nowhere(value: str) -> None:
    desk = TriggerDesk()
    desk.has(a_trigger(actor()))
    for name in (ActionId.TRIGGER_OPEN, ActionId.TRIGGER_EDIT, ActionId.TRIGGER_DO, ActionId.FIRING_AGAIN):
        with pytest.raises(NotFound):
            desk.presses(name, value, ben)


def test_a_form_of_another_version_is_told_so() -> None:
    with pytest.raises(FormOutdated):
        wish_in(Held())
    desk = TriggerDesk()
    desk.types()
    desk.presses(ActionId.TRIGGER_NEW)
    desk.held = {}
    assert desk.prepares().mistakes == {}
    with pytest.raises(FormOutdated):
        run(desk.prepares())


def test_everything_in_the_form_is_read() -> None:
    def one(value: str) -> tuple[str, ...]:
        return (value,)

    held = {
        ("when", "trigger"): ("booked", "showed"),
        ("hosts", "trigger"): ("U1", "U2"),
        ("calendar", "trigger"): one(str(CALENDAR)),
        ("booked_in", "trigger"): one("google"),
        ("only_tag", "trigger"): one(" vip "),
        ("action", "trigger_kind"): one("webhook"),
        ("url", "trigger"): one(" https://hooks.example.com/ "),
        ("name", "trigger"): one("Ours"),
    }
    assert wish_in(Held(held)) == TriggerWish(
        name="Ours",
        when=frozenset({What.BOOKED, What.SHOWED}),
        hosts=("U1", "U2"),
        calendar_id=CALENDAR,
        booked_in=BookedIn.GOOGLE,
        only_tag="vip",
        kind=ActionKind.WEBHOOK,
        url="https://hooks.example.com/",
    )
    with pytest.raises(NotFound):
        wish_in(Held({**held, ("when", "trigger"): one("sneezed")}))
