"""Ana and Ben with a linked calendar each, before the stand-in for Google: everything of Daybook that works on both."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID

from bot.clients.google.copies import GoogleCopies
from bot.clients.google.writing import GoogleEvents
from bot.domain.accounts import Account
from bot.domain.appointments import Venue, Where
from bot.domain.booking import BookingRequest
from bot.domain.calendars import ONE_WAY, TWO_WAY, Calendar, Role, SyncClaim, SyncOption
from bot.domain.contacts import NewContact
from bot.domain.effects import EFFECT_LEASE, EffectClaim, EffectKind
from bot.domain.event_fixes import ref_of
from bot.domain.firings import Firing
from bot.domain.occasions import What
from bot.domain.people import Actor, actor_of
from bot.domain.polling import LEASE
from bot.domain.preferences import Preferences
from bot.domain.triggers import ActionKind, Trigger, TriggerAction, TriggerFilter
from bot.usecases.answer_fuse import AnswerFuse
from bot.usecases.ask_about_invitees import AskAboutInvitees
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.carry_out_firing import CarryOutFiring
from bot.usecases.change_event import CancelEvent, MoveEvent
from bot.usecases.decide_events import DecideEvents
from bot.usecases.decide_waiting import DecideWaiting
from bot.usecases.deliver_effects import DeliverEffects
from bot.usecases.deliver_event import DeliverEvent
from bot.usecases.delivering import nothing_to_do
from bot.usecases.expire_holds import ExpireHolds
from bot.usecases.fire_triggers import FireTriggers
from bot.usecases.learn_colleagues import LearnColleagues
from bot.usecases.preview_option import PreviewOption
from bot.usecases.read_live import ReadLive
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.switch_option import SwitchOption
from bot.usecases.sync_calendar import SyncCalendar
from bot.usecases.undo_switch import UndoSwitch
from storage.engine import open_engine
from storage.vault import Vault, new_key
from tests.builders import BERLIN, a_schedule
from tests.contracts.google_client import ANA, GoogleSetup
from tests.contracts.storage_builders import a_calendar, a_person, a_profile, chosen, connected
from tests.contracts.two_way_fakes import Roster
from tests.contracts.two_way_house import BEN, CARA, NAMES
from tests.event_builders import utc_days
from tests.fakes.notifier import RecordingNotifier
from tests.fakes.posts import FakeChannels, FakePosts, FakeWebhooks
from tests.fakes.work_queue import ThreadlessQueue
from tests.integration.booking_stage import NobodyElse
from tests.integration.fire_house import MortalStore, PowerCut

POLL = timedelta(minutes=5)
_ALL = 10_000


class BothSides:
    """One workspace, one Google, one clock; whatever runs may be killed at a commit or at a place that has a name."""

    def __init__(self, store: MortalStore, google: GoogleSetup) -> None:
        self.store, self.google = store, google
        self.world, self.clock = google.world, google.clock
        self._ids = count(2**64)
        self.roster, self.posts = Roster({ANA, BEN, CARA}), FakePosts()
        self.dies_at: Callable[[str], None] = lambda _name: None
        self._places = {"ana": self._moves_in("U1", ANA, TWO_WAY), "ben": self._moves_in("U2", BEN, ONE_WAY)}
        self.ana, self.ben = (self._places[one][0] for one in ("ana", "ben"))
        self.side = self._side()
        self._set_up()
        self.trigger = self._listening()

    def _set_up(self) -> None:
        store, clock, queue = self.store, self.clock, ThreadlessQueue()
        copies = GoogleCopies(self.google.service, self.google.tokens)
        self.decide = DecideEvents(store, clock, self.new_id)
        self.sync = SyncCalendar(
            store, self.google.calendars, clock, interval=POLL, jitter=lambda: 0.5, decide=self.decide
        )
        learn = LearnColleagues(store, self.roster, clock)
        self.wait = DecideWaiting(store, self.decide, learn, copies, clock)
        self.deliver_event = DeliverEvent(store, copies, clock, self._place)
        self.deliver = DeliverEffects(
            store,
            {
                EffectKind.EVENT: self.deliver_event,
                EffectKind.CARD: self._told_nobody,
                EffectKind.MESSAGES: self._told_nobody,
            },
            lambda: None,
            queue,
            clock,
            jitter=lambda: 0.0,
            limit=50,
        )
        carry_out = CarryOutFiring(
            store, self.posts, FakeWebhooks(), clock, lambda: 0.0, self._place, channels=FakeChannels()
        )
        self.fire = FireTriggers(store, carry_out, queue, clock, limit=50)
        self.ask = AskAboutInvitees(store, RecordingNotifier(), clock)
        self.expire_holds = ExpireHolds(store, clock)
        self.answer_fuse = AnswerFuse(store, clock)
        self.preview = PreviewOption(store, clock, learn)
        self.switch = SwitchOption(store, self.preview, clock, self.new_id)
        self.undo_switch = UndoSwitch(store, clock)
        self.read_live = ReadLive(store, self.sync, queue, clock, self.deliver.follow)
        resolve = ResolveMembers(store, NobodyElse(), clock, self.new_id)
        self._book = BookAppointment(store, clock, self.new_id, resolve, self.read_live, lambda: None)
        self.events = GoogleEvents(self.google.service, self.google.tokens)

    def new_id(self) -> UUID:
        """The same ones in the same order in every town, so that a history can be played again."""
        return UUID(int=next(self._ids))

    @property
    def now(self) -> datetime:
        return self.clock.now()

    # --- What Daybook does

    def book(self, actor: Actor, hosts: tuple[Actor, ...], contact: NewContact | None, start: int) -> UUID:
        """Half an hour; whoever can be refused is."""
        request = BookingRequest(
            tuple(one.slack_user_id for one in hosts),
            contact,
            start,
            30,
            venue=Venue(Where.PHONE, "030 1"),
            anyway=frozenset(),
        )
        return self._book(actor, request, origin=str(self.new_id())).appointment.id

    def change_event(self, actor: Actor, pick: int, to: tuple[date, str] | None) -> None:
        """Move an event of the actor's agenda in Google, or call it off, from Slack."""
        with self.store.reading() as work:
            refs = [ref_of(one) for one in work.events.agenda(actor, utc_days("2026-12-01", "2027-01-31"))]
        if not refs:
            return
        ref = refs[pick % len(refs)]
        if to is None:
            CancelEvent(self.store, self.events, self.clock)(actor, ref)
        else:
            MoveEvent(self.store, self.events, self.clock)(actor, ref, *to)

    def read(self, *calendar_ids: UUID) -> None:
        """Sync these calendars, all where none is named, whatever their plan."""
        for claim in self.claim(*calendar_ids):
            self.sync(claim)

    def claim(self, *calendar_ids: UUID) -> list[SyncClaim]:
        ids = calendar_ids or tuple(one.id for one in self.calendars())
        with self.store.writing() as work:
            claims = list(work.calendars.claim_these(list(ids), self.now, lease=LEASE))
            work.commit()
        return claims

    def claim_effects(self) -> list[EffectClaim]:
        with self.store.writing() as work:
            claims = list(work.effects.claim_due(self.now, limit=50, lease=EFFECT_LEASE))
            work.commit()
        return [one for one in claims if one.effect.kind is EffectKind.EVENT]

    def everything(self) -> None:
        """All that runs by the clock, once."""
        self.read()
        self.wait()
        self.deliver()
        self.expire_holds()
        self.fire()
        self.ask()

    @contextmanager
    def mortal(self, *, commits: int | None = None, place: str = "") -> Iterator[None]:
        """Whoever works dies after so many commits, or at that place; what he held is free afterwards."""
        if commits is not None:
            self.store.before_commit = _dying_after(commits)

        def at(name: str) -> None:
            if name == place:
                raise PowerCut

        self.dies_at = at
        try:
            with suppress(PowerCut):
                yield
        finally:
            self.store.before_commit = lambda: None
            self.dies_at = lambda _name: None
        self.clock.pass_by(LEASE)

    # --- What there is

    def calendars(self) -> list[Calendar]:
        with self.store.reading() as work:
            return [*work.calendars.of(self.ana), *work.calendars.of(self.ben)]

    def linked(self, actor: Actor) -> Calendar:
        """A member's linked calendar."""
        return next(one for one in self.calendars() if one.member_id == actor.member_id and one.role is Role.LINKED)

    def option(self, actor: Actor) -> SyncOption:
        return self.linked(actor).option

    def firings(self) -> list[Firing]:
        """The ledger, oldest first."""
        with self.store.reading() as work:
            return [*reversed(work.firings.of(self.trigger.id, limit=_ALL))]

    def _place(self, name: str) -> None:
        self.dies_at(name)

    def _told_nobody(self, claim: EffectClaim) -> None:
        nothing_to_do(self.store, claim, claim.effect.wanted)

    def _moves_in(self, user: str, address: str, option: SyncOption) -> tuple[Actor, Account]:
        actor = self._admin(user)
        account = connected(self.store, actor, address)
        self.google.credentials.kept[account.id] = self.google.agreed(address)
        linked = a_calendar(account, address, role=Role.LINKED, name=NAMES[address], next_sync_at=self.now)
        since = self.now if option != ONE_WAY else None
        chosen(self.store, actor, replace(linked, option=option, option_since=since))
        with self.store.writing() as work:
            work.schedules.change(actor, _around_the_clock)
            work.commit()
        return actor, account

    def _admin(self, user: str) -> Actor:
        """Who may have messages sent to others."""
        actor = a_person(self.store, user=user)
        profile = replace(a_profile(user), is_admin=True)
        with self.store.writing() as work:
            member = work.members.save(actor.workspace_id, profile, new_id=self.new_id(), now=self.now)
            workspace = work.workspaces.get(actor.workspace_id)
            work.commit()
        return actor_of(member, workspace)

    def _side(self) -> str:
        """A further calendar of Ana's that blocks her time; its id in Google."""
        remote_id = self.world.add_calendar(ANA, "Side", BERLIN, calendar_id="side@group.calendar.google.com")
        actor, account = self._places["ana"]
        side = a_calendar(account, remote_id, role=Role.CONFLICT, name="Side", next_sync_at=self.now)
        chosen(self.store, actor, self.linked(actor), side)
        return remote_id

    def _listening(self) -> Trigger:
        trigger = Trigger(
            id=self.new_id(),
            workspace_id=self.ana.workspace_id,
            owner_id=self.ana.member_id,
            name="All",
            when=frozenset(What),
            only=TriggerFilter(),
            action=TriggerAction(ActionKind.MESSAGE),
            created_at=self.now - timedelta(days=1),
        )
        with self.store.writing() as work:
            work.triggers.add(trigger, None)
            work.commit()
        return trigger


@contextmanager
def both_sides(url: str, google: GoogleSetup) -> Iterator[BothSides]:
    """On a new database that was migrated."""
    engine = open_engine(url)
    try:
        yield BothSides(MortalStore(engine, Vault([new_key()])), google)
    finally:
        engine.dispose()


def _around_the_clock(preferences: Preferences) -> Preferences:
    return replace(preferences, schedule=a_schedule("daily 0:00-24:00"))


def _dying_after(steps: int) -> Callable[[], None]:
    left = iter(range(steps))

    def step() -> None:
        if next(left, None) is None:
            raise PowerCut

    return step
