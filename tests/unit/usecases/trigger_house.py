"""Acme with triggers: what they say and call is kept, and the clock stands still until it is told to go."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from uuid import UUID

from bot.domain.contacts import Contact
from bot.domain.firings import Firing
from bot.domain.occasions import Occasion
from bot.domain.people import Member
from bot.domain.triggers import Trigger
from bot.domain.webhooks import Webhook
from bot.usecases.carry_out_firing import CarryOutFiring
from bot.usecases.delivering import CrashPoint, nowhere
from bot.usecases.fire_triggers import FireTriggers
from bot.usecases.run_firing_again import RunFiringAgain
from bot.usecases.save_trigger import RenewSecret, SaveTrigger
from bot.usecases.show_triggers import ShowTrigger, ShowTriggers, TriggerFormOf
from bot.usecases.stop_trigger import DeleteTrigger, PauseTrigger
from bot.usecases.try_trigger import TryTrigger
from handlers.trigger_cases import TriggerCases
from tests.fakes.posts import FakeChannels, FakePosts, FakeWebhooks
from tests.fakes.work_queue import HandQueue
from tests.trigger_builders import HOOK, LATER, TO_HOOK, a_trigger, an_occasion, happened, made
from tests.unit.rendering.answers import ACME, actor, ana
from tests.unit.usecases.booking_house import BookingHouse


class TriggerHouse(BookingHouse):
    """Ana, Ben and Cara, what their triggers said, and what they called."""

    def __init__(self) -> None:
        super().__init__()
        self.clock.time = LATER
        self.posts = FakePosts()
        self.webhooks = FakeWebhooks()
        self.channels = FakeChannels()
        self.queue = HandQueue()
        self.secrets = (f"secret-{number}" for number in count(1))
        self.jitter = 0.5

    def cases(self) -> TriggerCases:
        store, clock = self.store, self.clock

        def new_secret() -> str:
            return next(self.secrets)

        return TriggerCases(
            delete=DeleteTrigger(store),
            form_of=TriggerFormOf(store),
            pause=PauseTrigger(store, clock),
            renew_secret=RenewSecret(store, new_secret),
            run_again=RunFiringAgain(store, clock),
            save=SaveTrigger(store, clock, new_secret, self.channels, self.webhooks, self.resolve_members()),
            show=ShowTrigger(store),
            show_all=ShowTriggers(store),
            try_it=TryTrigger(store, self.posts, self.webhooks, clock, self.new_id, channels=self.channels),
        )

    def fires(self, crash_point: CrashPoint = nowhere) -> int:
        """One tick, and everything that it hands over; what escapes stands in `queue.escaped`."""
        carry_out = CarryOutFiring(
            self.store,
            self.posts,
            self.webhooks,
            self.clock,
            lambda: self.jitter,
            crash_point,
            channels=self.channels,
        )
        handed = FireTriggers(self.store, carry_out, self.queue, self.clock, limit=8)()
        self.queue.run_all()
        return handed

    def has(self, trigger: Trigger) -> Trigger:
        """The trigger, stored; one that calls has its address."""
        return made(self.store, trigger, HOOK if trigger.action == TO_HOOK else None)

    def contact(self, name: str = "Maya Ortiz", *tags: str) -> Contact:
        contact = Contact(self.new_id(), ACME.id, f"{name.split()[0].lower()}@ortiz.test", name, tags=tags)
        self.store.tables.contacts[contact.id] = contact
        return contact

    def ledger(self, trigger: Trigger) -> Sequence[Firing]:
        """The newest first."""
        with self.store.reading() as work:
            return work.firings.of(trigger.id, limit=100)

    def told(self, trigger: Trigger) -> list[tuple[str, str]]:
        """How each firing stands, and why."""
        return [(firing.state.value, firing.problem) for firing in self.ledger(trigger)]

    def passes(self, time: timedelta) -> None:
        self.clock.time += time

    def webhook(self, trigger: Trigger) -> Webhook:
        with self.store.reading() as work:
            return work.triggers.webhook(trigger.id)

    def becomes(self, member: Member, **fields: object) -> None:
        """Slack says something else of a member."""
        self.store.tables.members[member.id] = replace(member, **fields)  # type: ignore[arg-type]  # by name


def a_fired(house: TriggerHouse, trigger: Trigger | None = None, occasion: Occasion | None = None) -> Trigger:
    """A trigger of Ana's that fired for something, and was not carried out yet."""
    made_one = house.has(trigger or a_trigger(actor(ana)))
    assert happened(house.store, occasion or an_occasion(actor(ana), contacts=[house.contact()])) >= 1
    return made_one


def first_id(house: TriggerHouse, trigger: Trigger) -> UUID:
    return house.ledger(trigger)[0].id
