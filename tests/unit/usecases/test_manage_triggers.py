"""Triggers made, changed, stopped and looked at: by whom they may be, and what is shown once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.calendars import ONE_WAY, TWO_WAY
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.occasions import BookedIn, What
from bot.domain.people import Actor, Member, Standing
from bot.domain.trigger_form import TriggerFormField, TriggerWish
from bot.domain.trigger_views import TriggerSaved
from bot.domain.triggers import MOST_TRIGGERS, ActionKind, BadTrigger, Trigger, TriggerAction, TriggerFilter
from bot.domain.webhooks import Webhook
from bot.usecases.run_firing_again import TriggerPaused
from tests.builders import ANA, BEN, CARA, at
from tests.trigger_builders import HOOK, LATER, TO_HOOK, a_trigger, an_occasion, happened
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.usecases.trigger_house import TriggerHouse, a_fired, first_id

BOOKED = frozenset({What.BOOKED})
TO_SALES = TriggerWish(when=BOOKED, channel_id="C0SALES")
TO_US = TriggerWish(when=BOOKED, kind=ActionKind.WEBHOOK, url=HOOK.url)
an_admin = replace(ana, is_admin=True)


def saved(house: TriggerHouse, wish: TriggerWish, by: Actor | None = None, origin: str = "1.2.3") -> TriggerSaved:
    return house.cases().save(by or actor(), wish, origin=origin)


def test_a_members_trigger_looks_at_what_he_hosts_whatever_was_sent() -> None:
    house = TriggerHouse()
    made = saved(house, replace(TO_SALES, hosts=("U2", "U3"), only_tag=" VIP ", booked_in=BookedIn.GOOGLE)).trigger
    assert made == Trigger(
        id=made.id,
        workspace_id=ana.workspace_id,
        owner_id=ANA,
        name="Post to #sales",
        when=BOOKED,
        only=TriggerFilter((ANA,), None, BookedIn.GOOGLE, "vip"),
        action=TriggerAction(ActionKind.POST, "C0SALES", "sales"),
        created_at=LATER,
    )


def test_an_admin_chooses_whose_appointments_count() -> None:
    house = TriggerHouse()
    house.becomes(ana, is_admin=True)
    admin = actor(an_admin)
    chosen = saved(house, replace(TO_SALES, hosts=("U2", "U3")), admin, "1").trigger
    everybody = saved(house, TO_SALES, admin, "2").trigger
    assert (chosen.only.hosts, everybody.only.hosts) == ((BEN, CARA), ())


# fault 5
def test_a_form_that_is_delivered_twice_makes_one_trigger_and_shows_its_secret_once() -> None:
    house = TriggerHouse()
    first, second = saved(house, TO_US), saved(house, TO_US)
    assert (first.trigger, first.secret, second.secret) == (second.trigger, "secret-1", "")
    assert house.webhook(first.trigger) == Webhook(HOOK.url, "secret-1")
    assert len(house.store.tables.triggers) == 1


# fault 48
def test_an_address_inside_is_refused_on_its_field() -> None:
    house = TriggerHouse()
    house.webhooks.inside = {"hooks.example.com"}
    with pytest.raises(BadTrigger, match="only addresses on the open internet") as refused:
        saved(house, TO_US)
    assert (refused.value.field, house.store.tables.triggers) == (TriggerFormField.URL, {})


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        (replace(TO_SALES, channel_id="C0OTHER"), TriggerFormField.CHANNEL),
        (replace(TO_SALES, when=frozenset()), TriggerFormField.WHEN),
        (replace(TO_SALES, text="{who}"), TriggerFormField.TEXT),
        (replace(TO_US, url="http://hooks.example.com"), TriggerFormField.URL),
        (replace(TO_SALES, calendar_id=CARA), TriggerFormField.CALENDAR),
    ],
)
def test_what_cannot_be_stands_on_its_field(wish: TriggerWish, name: TriggerFormField) -> None:
    with pytest.raises(BadTrigger) as refused:
        saved(TriggerHouse(), wish)
    assert refused.value.field == name


# fault 11
def test_only_a_calendar_of_ones_own_can_be_chosen() -> None:
    house = TriggerHouse()
    own, bens = house.calendars[ANA], house.calendars[BEN]
    assert saved(house, replace(TO_SALES, calendar_id=own.id)).trigger.only.calendar_id == own.id
    if bens.id != own.id:
        with pytest.raises(BadTrigger):
            saved(house, replace(TO_SALES, calendar_id=bens.id), origin="2")


def test_there_is_a_most_of_triggers() -> None:
    house = TriggerHouse()
    for number in range(MOST_TRIGGERS):
        saved(house, TO_SALES, origin=str(number))
    with pytest.raises(BadTrigger, match="as many as can be"):
        saved(house, TO_SALES, origin="one more")
    assert saved(house, TO_SALES, actor(ben)).is_new


def test_a_changed_trigger_keeps_its_ledger_its_secret_and_when_it_was_made() -> None:
    house = TriggerHouse()
    before = saved(house, TO_US).trigger
    happened(house.store, an_occasion(actor()))
    house.at("16:00")
    elsewhere = "https://other.example.com/"
    changed = house.cases().save(actor(), replace(TO_US, url=elsewhere, name="Ours"), origin="9", trigger_id=before.id)
    assert (changed.is_new, changed.secret, changed.trigger.created_at) == (False, "", LATER)
    assert (changed.trigger.id, changed.trigger.name) == (before.id, "Ours")
    assert house.webhook(before) == Webhook(elsewhere, "secret-1")
    assert len(house.ledger(before)) == 1


@pytest.mark.parametrize(
    ("changed", "since"),
    [
        (replace(TO_SALES, text="New: {title}"), None),
        (replace(TO_SALES, when=frozenset({What.BOOKED, What.CANCELLED})), at("16:00")),
        (replace(TO_SALES, only_tag="vip"), at("16:00")),
    ],
    ids=["says something else", "waits for more", "waits for others"],
)
def test_a_trigger_that_waits_for_something_else_begins_anew(changed: TriggerWish, since: datetime | None) -> None:
    house = TriggerHouse()
    before = saved(house, TO_SALES).trigger
    house.at("16:00")
    house.cases().save(actor(), changed, origin="9", trigger_id=before.id)
    assert house.store.tables.triggers[before.id].trigger.active_since == since


def test_a_webhook_that_becomes_something_else_keeps_no_secret() -> None:
    house = TriggerHouse()
    before = saved(house, TO_US).trigger
    house.cases().save(actor(), TO_SALES, origin="9", trigger_id=before.id)
    with pytest.raises(NotFound):
        house.webhook(before)
    again = house.cases().save(actor(), TO_US, origin="9", trigger_id=before.id)
    assert again.secret == "secret-2"


def test_a_new_secret_is_shown_once_and_signs_from_then_on() -> None:
    house = TriggerHouse()
    trigger = house.has(a_trigger(actor(), action=TO_HOOK))
    assert house.cases().renew_secret(actor(), trigger.id) == "secret-1"
    assert house.webhook(trigger) == Webhook(HOOK.url, "secret-1")
    with pytest.raises(NotFound):
        house.cases().renew_secret(actor(), house.has(a_trigger(actor())).id)


# fault 11
@pytest.mark.parametrize("somebody", [ben, replace(cara, is_admin=True)])
def test_what_a_trigger_says_and_did_is_its_owners_alone(somebody: Member) -> None:
    house = TriggerHouse()
    cases, stranger = house.cases(), actor(somebody)
    trigger = house.has(a_trigger(actor(), action=TO_HOOK))
    happened(house.store, an_occasion(actor()))
    for refused in (
        lambda: cases.save(stranger, TO_US, origin="9", trigger_id=trigger.id),
        lambda: cases.form_of(stranger, trigger.id),
        lambda: cases.renew_secret(stranger, trigger.id),
        lambda: cases.try_it(stranger, trigger.id),
        lambda: cases.run_again(stranger, house.ledger(trigger)[0].id),
    ):
        with pytest.raises(NotFound):
            refused()
    assert (house.webhook(trigger), house.webhooks.called) == (HOOK, [])


# fault 11
def test_an_admin_may_stop_anybodys_trigger_and_sees_nothing_of_what_it_did() -> None:
    house = TriggerHouse()
    trigger = house.has(a_trigger(actor()))
    happened(house.store, an_occasion(actor(), contacts=[house.contact()]))
    admin, cases = actor(replace(cara, is_admin=True)), house.cases()
    shown = cases.show(admin, trigger.id)
    assert (shown.is_own, shown.firings, shown.health.fired) == (False, (), 1)
    cases.pause(admin, trigger.id, is_paused=True)
    assert cases.show(actor(), trigger.id).health.trigger.is_paused
    for refused in (
        lambda: cases.show(actor(ben), trigger.id),
        lambda: cases.pause(actor(ben), trigger.id, is_paused=False),
        lambda: cases.delete(actor(ben), trigger.id),
    ):
        with pytest.raises(NotFound):
            refused()
    assert cases.delete(admin, trigger.id).id == trigger.id
    assert cases.show_all(actor()).own == ()


def test_everybody_finds_the_triggers_that_look_at_him() -> None:
    house = TriggerHouse()
    house.becomes(ana, is_admin=True)
    own = house.has(a_trigger(actor(ben), name="Ben's"))
    everybodys = house.has(a_trigger(actor(ana), only=TriggerFilter(), name="Board"))
    house.has(a_trigger(actor(ana), only=TriggerFilter((CARA,)), name="Cara's"))
    shown = house.cases().show_all(actor(ben))
    assert [one.trigger for one in shown.own] == [own]
    assert [(one.trigger, one.owner.name) for one in shown.others] == [(everybodys, "Ana")]


# fault 11, fault 13
def test_who_is_no_admin_any_more_sees_and_runs_again_only_what_he_hosts() -> None:
    house = TriggerHouse()
    house.becomes(ana, is_admin=True)
    trigger = house.has(a_trigger(actor(ana), only=TriggerFilter()))
    happened(house.store, an_occasion(actor(ana), title="Ana's own"))
    happened(house.store, an_occasion(actor(ben), title="Ben's", at=LATER + timedelta(minutes=1)))
    bens = house.ledger(trigger)[0].id
    cases = house.cases()

    def titles(reader: Actor) -> tuple[int, list[str]]:
        shown = cases.show(reader, trigger.id)
        return shown.health.fired, [firing.occasion.title for firing in shown.firings]

    assert titles(actor(an_admin)) == (2, ["Ben's", "Ana's own"])
    assert titles(actor(ana)) == (1, ["Ana's own"])
    with pytest.raises(NotFound):
        cases.run_again(actor(ana), bens)
    assert cases.run_again(actor(an_admin), bens) == trigger.id


# fault 13
@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL, Standing.DEACTIVATED])
def test_who_is_no_full_member_has_no_triggers(standing: Standing) -> None:
    house = TriggerHouse()
    trigger = house.has(a_trigger(actor()))
    guest, cases = actor(replace(ana, standing=standing)), house.cases()
    for refused in (
        lambda: cases.show_all(guest),
        lambda: cases.show(guest, trigger.id),
        lambda: saved(house, TO_SALES, guest),
        lambda: cases.delete(guest, trigger.id),
        lambda: cases.try_it(guest, trigger.id),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_the_form_holds_what_is_set_now() -> None:
    house = TriggerHouse()
    wish = replace(TO_US, name="Ours", hosts=("U1",), only_tag="vip", booked_in=BookedIn.DAYBOOK)
    trigger = saved(house, wish).trigger
    form = house.cases().form_of(actor(), trigger.id)
    assert (form.wish, form.trigger_id, form.for_everybody) == (wish, trigger.id, False)
    assert [calendar.id for calendar in form.calendars] == [house.calendars[ANA].id]


@pytest.mark.parametrize(
    ("is_two_way", "fires", "is_off"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_the_list_knows_that_a_two_way_calendar_has_triggers_off(is_two_way: bool, fires: bool, is_off: bool) -> None:
    house = TriggerHouse()
    row = house.store.tables.calendars[house.calendars[ana.id].id]
    option = replace(TWO_WAY if is_two_way else ONE_WAY, fire_triggers=fires)
    house.store.tables.calendars[row.calendar.id] = replace(row, calendar=replace(row.calendar, option=option))
    assert house.cases().show_all(actor(ana)).is_off == is_off


def test_nothing_of_a_paused_trigger_is_run_again() -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor()))
    house.cases().pause(actor(), trigger.id, is_paused=True)
    with pytest.raises(TriggerPaused):
        house.cases().run_again(actor(), first_id(house, trigger))
