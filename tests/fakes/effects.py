"""In-memory repositories of effects and of what appointments are elsewhere, with the semantics of `bot.ports`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.accounts import Account
from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.calendars import SyncClaim
from bot.domain.effects import Effect, EffectClaim, EffectKind, LinkState, RemoteLink, event_lane, most_retries
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from tests.fakes.private_copies import FakePrivateCopies
from tests.fakes.tables import EffectRow, Tables, aware


class FakeEffects:
    """Implements `ports.Effects`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def want(self, appointment: Appointment, kind: EffectKind, *, lane: str, due_at: datetime) -> None:
        aware(due_at)
        row = self._tables.effects.get((appointment.id, kind))
        if row is None:
            self._put(EffectRow(Effect(appointment.id, kind, lane, wanted=appointment.version, due_at=due_at)))
            return
        wanted = replace(row.effect, lane=lane, wanted=max(row.effect.wanted, appointment.version))
        is_newer = appointment.version > row.effect.wanted
        self._put(replace(row, effect=_due(wanted, due_at), asked=row.asked if is_newer else row.fence))

    def notice(self, claim: SyncClaim, event_ids: Collection[str], now: datetime) -> int:
        self._tables.claimed(claim)
        seen = 0
        for link in _copies(self._tables, claim):
            row = self._tables.effects.get((link.appointment_id, EffectKind.EVENT))
            if link.remote_id in event_ids and row is not None:
                noticed = replace(row.effect, is_noticed=True, lane=event_lane(claim.calendar.id))
                self._put(replace(row, effect=_due(noticed, aware(now)), asked=row.fence))
                seen += 1
        return seen

    def unfollowed(self, calendar_ids: Collection[UUID]) -> frozenset[UUID]:
        waiting = [
            self._tables.remote_links.get(key)
            for key, row in self._tables.effects.items()
            if key[1] is EffectKind.EVENT and row.effect.is_noticed and row.effect.due_at is not None
        ]
        places = {(link.account_id, link.container) for link in waiting if link is not None}
        calendars = [row.calendar for row in self._tables.calendars.values() if row.calendar.id in calendar_ids]
        return frozenset(one.id for one in calendars if (one.account_id, one.remote_id) in places)

    def hasten(self, appointment_id: UUID, kind: EffectKind, now: datetime) -> None:
        row = self._tables.effects.get((appointment_id, kind))
        if row is not None and (row.effect.due_at is not None or row.effect.is_dead):
            self._put(replace(row, effect=_due(row.effect, aware(now)), asked=row.fence))

    def claim_due(
        self, now: datetime, *, limit: int, lease: timedelta, lane: str | None = None
    ) -> Sequence[EffectClaim]:
        rows = self._tables.effects.values()
        held = [row.effect for row in rows if row.lease_until is not None and row.lease_until > now]
        taken = {effect.lane for effect in held}
        retries = limit if lane is not None else most_retries(limit) - sum(each.attempts > 0 for each in held)
        due = sorted(
            (row.effect.attempts > 0, row.effect.due_at, row.effect.appointment_id, row.effect.kind)
            for row in rows
            if row.effect.due_at is not None and row.effect.due_at <= now
            if lane in (None, row.effect.lane)
        )
        claims: list[EffectClaim] = []
        for has_failed, _, appointment_id, kind in due:
            row = self._tables.effects[appointment_id, kind]
            if len(claims) == limit or row.effect.lane in taken:
                continue
            taken.add(row.effect.lane)
            if has_failed:
                retries -= 1
            if has_failed and retries < 0:
                continue
            self._put(replace(row, fence=row.fence + 1, lease_until=aware(now) + lease))
            claims.append(EffectClaim(row.effect, row.fence + 1))
        return claims

    def is_lane_due(self, lane: str, now: datetime) -> bool:
        dues = [row.effect.due_at for row in self._tables.effects.values() if row.effect.lane == lane]
        return any(due_at is not None and due_at <= now for due_at in dues)

    def renew(self, claim: EffectClaim, until: datetime) -> None:
        self._put(replace(self._tables.claimed_effect(claim), lease_until=aware(until)))

    def done(self, claim: EffectClaim, *, version: int) -> None:
        row = self._tables.claimed_effect(claim)
        wanted = max(row.effect.wanted, version)
        is_asked = row.asked >= claim.fence
        effect = replace(
            row.effect,
            wanted=wanted,
            delivered=version,
            is_noticed=row.effect.is_noticed and is_asked,
            attempts=0,
            first_failed_at=None,
            problem="",
            due_at=row.effect.due_at if is_asked or wanted > version else None,
        )
        self._put(replace(row, effect=effect, lease_until=None))

    def retry(self, claim: EffectClaim, *, problem: str, due_at: datetime, now: datetime, counts: bool = True) -> None:
        row = self._tables.claimed_effect(claim)
        waits = counts or not _is_asked_anew(row, claim)
        effect = replace(row.effect, problem=problem, due_at=aware(due_at if waits else now))
        if counts:
            first = effect.first_failed_at or aware(now)
            effect = replace(effect, attempts=effect.attempts + 1, first_failed_at=first)
        self._put(replace(row, effect=effect, lease_until=None))

    def give_up(self, claim: EffectClaim, *, problem: str, now: datetime) -> None:
        row = self._tables.claimed_effect(claim)
        first = row.effect.first_failed_at or aware(now)
        effect = replace(row.effect, problem=problem, attempts=row.effect.attempts + 1, first_failed_at=first)
        if _is_asked_anew(row, claim):
            effect = replace(effect, due_at=now)
        else:
            effect = replace(effect, due_at=None, is_dead=True)
        self._put(replace(row, effect=effect, lease_until=None))

    def of(self, appointment_id: UUID) -> Mapping[EffectKind, Effect]:
        return {kind: row.effect for (whose, kind), row in self._tables.effects.items() if whose == appointment_id}

    def revive(self, account_id: UUID, now: datetime) -> int:
        links = self._tables.remote_links
        dead = [
            row
            for key, row in self._tables.effects.items()
            if row.effect.is_dead and key in links and links[key].account_id == account_id
        ]
        for row in dead:
            self._put(replace(row, effect=_due(row.effect, aware(now))))
        return len(dead)

    def _put(self, row: EffectRow) -> None:
        self._tables.effects[row.effect.appointment_id, row.effect.kind] = row


class FakeRemoteLinks(FakePrivateCopies):
    """Implements `ports.RemoteLinks`; whose event is private is in the parent."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def plan(self, link: RemoteLink) -> None:
        calendar_id = link.calendar_id if link.calendar_id in self._tables.calendars else None
        account_id = link.account_id if link.account_id in self._tables.accounts else None
        stored = replace(link, calendar_id=calendar_id, account_id=account_id)
        self._tables.remote_links[link.appointment_id, link.kind] = stored
        if account_id is not None:
            self._tables.link_addresses[link.appointment_id, link.kind] = self._tables.accounts[
                account_id
            ].account.address

    def of(self, appointment_id: UUID) -> Mapping[EffectKind, RemoteLink]:
        return {kind: link for (whose, kind), link in self._tables.remote_links.items() if whose == appointment_id}

    def adrift(self, host: Actor, now: datetime, *, leaving: Collection[UUID] = ()) -> Sequence[RemoteLink]:
        found = [
            link
            for link in self._tables.remote_links.values()
            if link.kind is not EffectKind.CARD and link.state is not LinkState.REMOVED
            if link.account_id in (None, *leaving)
            or link.calendar_id in leaving
            or (link.kind is EffectKind.EVENT and link.calendar_id is None)
            if self._is_to_come(link, (host.workspace_id, host.member_id), epoch(now))
        ]
        return sorted(found, key=lambda link: (link.appointment_id, link.kind))

    def taken_away(self, host: Actor, now: datetime) -> Sequence[RemoteLink]:
        found = [
            link
            for link in self._tables.remote_links.values()
            if link.kind is EffectKind.EVENT and link.state is LinkState.REMOVED and link.account_id is None
            if self._tables.appointments[link.appointment_id].appointment.is_live
            if self._is_to_come(link, (host.workspace_id, host.member_id), epoch(now))
        ]
        return sorted(found, key=lambda link: link.appointment_id)

    def once_of(self, account: Account, now: datetime) -> Sequence[RemoteLink]:
        found = [
            link
            for key, link in self._tables.remote_links.items()
            if link.kind is EffectKind.EVENT and link.account_id is None and link.state is not LinkState.REMOVED
            if link.state is LinkState.WRITTEN or link.agreed is not None
            if self._tables.link_addresses.get(key) == account.address
            if self._is_to_come(link, (account.workspace_id, account.member_id), epoch(now))
        ]
        return sorted(found, key=lambda link: link.appointment_id)

    def living(self, account_id: UUID, now: datetime) -> int:
        found = {
            link.appointment_id
            for link in self._tables.remote_links.values()
            if link.account_id == account_id
            if link.state is not LinkState.REMOVED
        }
        stored = [self._tables.appointments[each].appointment for each in found]
        return sum(one.is_live and one.span.end > epoch(now) for one in stored)

    def keep(self, claim: EffectClaim, link: RemoteLink) -> None:
        self._tables.claimed_effect(claim)
        self.plan(link)

    def etags(self, claim: SyncClaim, event_ids: Collection[str]) -> Mapping[str, str]:
        return {link.remote_id: link.etag for link in _copies(self._tables, claim) if link.remote_id in event_ids}

    def unmet(self, claim: SyncClaim, *, generation: int, since: datetime) -> Sequence[str]:
        events = self._tables.events.get(claim.calendar.id, {})
        met = {event_id for event_id, row in events.items() if row.generation == generation}
        return sorted(
            link.remote_id
            for link in _copies(self._tables, claim)
            if link.state is LinkState.WRITTEN and link.remote_id not in met and self._matters(link, claim, since)
        )

    def uids(self, claim: SyncClaim, uids: Collection[str]) -> frozenset[str]:
        return frozenset(
            link.ical_uid
            for link in self._tables.remote_links.values()
            if link.kind is EffectKind.EVENT
            and link.state is not LinkState.REMOVED
            and link.ical_uid in uids
            and claim.calendar.member_id in self._tables.appointments[link.appointment_id].appointment.hosts
        )

    def _is_to_come(self, link: RemoteLink, host: tuple[UUID, UUID], now: int) -> bool:
        appointment = self._tables.appointments[link.appointment_id].appointment
        matters = appointment.is_live or appointment.status is AppointmentStatus.CANCELLED
        whose = (appointment.workspace_id, appointment.hosts[0])
        return matters and appointment.span.end > now and whose == host

    def _matters(self, link: RemoteLink, claim: SyncClaim, since: datetime) -> bool:
        appointment = self._tables.appointments[link.appointment_id].appointment
        bounds = [at for at in (claim.calendar.read_at, since) if at is not None]
        return appointment.is_live and all(appointment.span.end > epoch(at) for at in bounds)


def _copies(tables: Tables, claim: SyncClaim) -> list[RemoteLink]:
    """Those in the remote calendar of the claim, except where we took them away."""
    return [
        link
        for link in tables.remote_links.values()
        if link.kind is EffectKind.EVENT
        and link.state is not LinkState.REMOVED
        and (link.account_id, link.container) == (claim.calendar.account_id, claim.calendar.remote_id)
    ]


def _due(effect: Effect, at: datetime) -> Effect:
    """Due then, or earlier if it was; one that was given up starts afresh."""
    if effect.is_dead:
        effect = replace(effect, is_dead=False, attempts=0, first_failed_at=None, problem="")
    return replace(effect, due_at=at if effect.due_at is None else min(at, effect.due_at))


def _is_asked_anew(row: EffectRow, claim: EffectClaim) -> bool:
    """Whether somebody asked for it since it was claimed."""
    return row.asked >= claim.fence or row.effect.wanted > claim.effect.wanted
