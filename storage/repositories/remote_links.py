"""What appointments are elsewhere: events, meetings and cards."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, not_, or_, select

from bot.domain.accounts import Account
from bot.domain.appointments import AppointmentStatus
from bot.domain.calendars import SyncClaim
from bot.domain.effects import EffectClaim, EffectKind, LinkState, RemoteLink
from bot.domain.intervals import Interval
from bot.domain.owned_fields import Agreement, OwnedFields
from bot.domain.people import Actor
from bot.domain.sync_plan import portions
from bot.domain.wall_time import epoch
from storage.repositories.copies import in_calendar
from storage.repositories.effect_rows import hold_claim
from storage.repositories.private_copies import PrivateCopies
from storage.repositories.upserts import upsert
from storage.tables import ACCOUNTS, APPOINTMENTS, CALENDARS, EVENTS, HOSTS, REMOTE_LINKS

_KEY = ("appointment_id", "kind")
_LIVE = [status for status in AppointmentStatus if status.is_live]

_OF_APPOINTMENT = select(REMOTE_LINKS).where(REMOTE_LINKS.c.appointment_id == bindparam("appointment"))
_ACCOUNT = (
    select(ACCOUNTS.c.id, ACCOUNTS.c.address)
    .where(ACCOUNTS.c.id == bindparam("account"))
    .with_for_update(read=True, key_share=True)
)
_CALENDAR = (
    select(CALENDARS.c.id).where(CALENDARS.c.id == bindparam("calendar")).with_for_update(read=True, key_share=True)
)


class SqlRemoteLinks(PrivateCopies):
    """Implements `ports.RemoteLinks`; whose event is private is in the parent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, link: RemoteLink) -> None:
        """Store one before anything is written there; replaces the appointment's link of that kind.

        An account or a calendar that was disconnected meanwhile is left out, as it is of the links that were there.
        """
        # The calendar first, as everybody locks them in that order.
        calendar_id = self._still_there(link.calendar_id)
        account = self._account(link.account_id)
        values: dict[str, object] = {
            "state": link.state,
            "account_id": account.id if account is not None else None,
            "container": link.container,
            "remote_id": link.remote_id,
            "calendar_id": calendar_id,
            "ical_uid": link.ical_uid,
            "generation": link.generation,
            "etag": link.etag,
            "agreed": _spelt(link.agreed),
            "url": link.url,
        }
        if account is not None:  # one that was left is still known by its address
            values["address"] = account.address
        statement = upsert(self._connection.dialect.name, REMOTE_LINKS, by=_KEY, updating=tuple(values))
        self._connection.execute(statement, {"appointment_id": link.appointment_id, "kind": link.kind, **values})

    def of(self, appointment_id: UUID) -> Mapping[EffectKind, RemoteLink]:
        """The appointment's, by kind."""
        found = self._connection.execute(_OF_APPOINTMENT, {"appointment": appointment_id})
        return {row.kind: _link(row) for row in found}

    def adrift(self, host: Actor, now: datetime, *, leaving: Collection[UUID] = ()) -> Sequence[RemoteLink]:
        """Links of the host's appointments to come whose account or calendar is not in use any more; see the port."""
        is_lost = or_(
            REMOTE_LINKS.c.account_id.is_(None),
            REMOTE_LINKS.c.account_id.in_(leaving),
            REMOTE_LINKS.c.calendar_id.in_(leaving),
            and_(REMOTE_LINKS.c.kind == EffectKind.EVENT, REMOTE_LINKS.c.calendar_id.is_(None)),
        )
        return self._to_come(host.workspace_id, host.member_id, now, is_lost)

    def taken_away(self, host: Actor, now: datetime) -> Sequence[RemoteLink]:
        """Events of live appointments to come that were removed as their host left an account; see the port."""
        is_event = and_(REMOTE_LINKS.c.kind == EffectKind.EVENT, REMOTE_LINKS.c.account_id.is_(None))
        is_live = and_(is_event, APPOINTMENTS.c.status.in_(_LIVE))
        return self._to_come(host.workspace_id, host.member_id, now, is_live, is_removed=True)

    def once_of(self, account: Account, now: datetime) -> Sequence[RemoteLink]:
        """Events written through the owner's account of that address before he left it; see the port."""
        is_its = and_(
            REMOTE_LINKS.c.account_id.is_(None),
            REMOTE_LINKS.c.address == account.address,
            REMOTE_LINKS.c.kind == EffectKind.EVENT,
            or_(REMOTE_LINKS.c.state == LinkState.WRITTEN, REMOTE_LINKS.c.agreed.is_not(None)),
        )
        return self._to_come(account.workspace_id, account.member_id, now, is_its)

    def _to_come(
        self,
        workspace_id: UUID,
        host_id: UUID,
        now: datetime,
        which: ColumnElement[bool],
        *,
        is_removed: bool = False,
    ) -> Sequence[RemoteLink]:
        is_there = REMOTE_LINKS.c.state != LinkState.REMOVED
        found = self._connection.execute(
            select(REMOTE_LINKS)
            .join(APPOINTMENTS, APPOINTMENTS.c.id == REMOTE_LINKS.c.appointment_id)
            .join(HOSTS, HOSTS.c.appointment_id == REMOTE_LINKS.c.appointment_id)
            .where(
                HOSTS.c.host_id == host_id,
                HOSTS.c.workspace_id == workspace_id,
                HOSTS.c.position == 0,
                HOSTS.c.end_at > epoch(now),
                APPOINTMENTS.c.status.in_([*_LIVE, AppointmentStatus.CANCELLED]),
                REMOTE_LINKS.c.kind != EffectKind.CARD,
                is_there if not is_removed else not_(is_there),
                which,
            )
            .order_by(REMOTE_LINKS.c.appointment_id, REMOTE_LINKS.c.kind)
        )
        return [_link(row) for row in found]

    def living(self, account_id: UUID, now: datetime) -> int:
        """How many live appointments that are not over have something in that account."""
        counted = (
            select(func.count(REMOTE_LINKS.c.appointment_id.distinct()))
            .join(APPOINTMENTS, APPOINTMENTS.c.id == REMOTE_LINKS.c.appointment_id)
            .where(
                REMOTE_LINKS.c.account_id == account_id,
                REMOTE_LINKS.c.state != LinkState.REMOVED,
                APPOINTMENTS.c.status.in_(_LIVE),
                APPOINTMENTS.c.end_at > epoch(now),
            )
        )
        return self._connection.scalar(counted) or 0

    def keep(self, claim: EffectClaim, link: RemoteLink) -> None:
        """Store what came of a write; raises `LeaseLost`."""
        hold_claim(self._connection, claim)
        self.plan(link)

    def etags(self, claim: SyncClaim, event_ids: Collection[str]) -> Mapping[str, str]:
        """Of these events of the calendar, those that are copies of appointments, with the etag last agreed on."""
        return {
            row.remote_id: row.etag
            for ids in portions(event_ids)
            for row in self._connection.execute(
                select(REMOTE_LINKS.c.remote_id, REMOTE_LINKS.c.etag).where(
                    in_calendar(claim), REMOTE_LINKS.c.remote_id.in_(ids)
                )
            )
        }

    def unmet(self, claim: SyncClaim, *, generation: int, since: datetime) -> Sequence[str]:
        """The ids of copies in the calendar that a full read of `generation` did not meet; see the port."""
        was_met = select(EVENTS.c.id).where(
            EVENTS.c.calendar_id == claim.calendar.id,
            EVENTS.c.id == REMOTE_LINKS.c.remote_id,
            EVENTS.c.generation == generation,
        )
        read_at = claim.calendar.read_at
        after = since if read_at is None else max(read_at, since)
        found = self._connection.scalars(
            select(REMOTE_LINKS.c.remote_id)
            .join(APPOINTMENTS, APPOINTMENTS.c.id == REMOTE_LINKS.c.appointment_id)
            .where(
                in_calendar(claim),
                REMOTE_LINKS.c.state == LinkState.WRITTEN,
                APPOINTMENTS.c.status.in_(_LIVE),
                APPOINTMENTS.c.end_at > epoch(after),
                ~was_met.exists(),
            )
        )
        return sorted(found)

    def uids(self, claim: SyncClaim, uids: Collection[str]) -> frozenset[str]:
        """Of these iCalendar UIDs, those of appointments that the calendar's owner hosts; see the port."""
        return frozenset(
            uid
            for some in portions(uids)
            for uid in self._connection.scalars(
                select(REMOTE_LINKS.c.ical_uid)
                .join(HOSTS, HOSTS.c.appointment_id == REMOTE_LINKS.c.appointment_id)
                .where(
                    REMOTE_LINKS.c.ical_uid.in_(some),
                    REMOTE_LINKS.c.kind == EffectKind.EVENT,
                    REMOTE_LINKS.c.state != LinkState.REMOVED,
                    HOSTS.c.host_id == claim.calendar.member_id,
                )
            )
        )

    def _account(self, account_id: UUID | None) -> Row[Any, Any] | None:
        """With its address, if there is such a row; as below."""
        if account_id is None:
            return None
        return self._connection.execute(_ACCOUNT, {"account": account_id}).one_or_none()

    def _still_there(self, calendar_id: UUID | None) -> UUID | None:
        """The id, if there is such a calendar, which then stays until the transaction ends."""
        return None if calendar_id is None else self._connection.scalar(_CALENDAR, {"calendar": calendar_id})


def _link(row: Row[Any]) -> RemoteLink:
    return RemoteLink(
        appointment_id=row.appointment_id,
        kind=row.kind,
        state=row.state,
        account_id=row.account_id,
        container=row.container,
        remote_id=row.remote_id,
        calendar_id=row.calendar_id,
        ical_uid=row.ical_uid,
        generation=row.generation,
        etag=row.etag,
        agreed=_agreement(row.agreed),
        url=row.url,
    )


def _spelt(agreement: Agreement | None) -> str | None:
    if agreement is None:
        return None
    sent = {} if agreement.sent is None else {"sent": _fields(agreement.sent)}
    return json.dumps({"wanted": _fields(agreement.wanted), "seen": _fields(agreement.seen)} | sent)


def _fields(fields: OwnedFields) -> dict[str, object]:
    return {
        "span": fields.span,
        "zone": fields.zone,
        "title": fields.title,
        "place": fields.place,
        "description": fields.description,
    }


def _agreement(spelt: str | None) -> Agreement | None:
    if spelt is None:
        return None
    told = json.loads(spelt)
    sent = _read(told["sent"]) if "sent" in told else None
    return Agreement(wanted=_read(told["wanted"]), seen=_read(told["seen"]), sent=sent)


def _read(told: dict[str, Any]) -> OwnedFields:
    span = told["span"]
    return OwnedFields(
        span=None if span is None else Interval(*span),
        zone=told["zone"],
        title=told["title"],
        place=told["place"],
        description=told["description"],
    )
