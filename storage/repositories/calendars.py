"""Members' calendars: which they are, and in which role."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Calendar, Role
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from storage.repositories.calendar_rows import SELECT_CALENDARS, calendar_from, due_from, owned_by
from storage.repositories.fuses import Fuses
from storage.repositories.leases import Leases
from storage.repositories.locks import lock_calendars, lock_member
from storage.repositories.taken_rows import drop_unheld, forget_people, held_by
from storage.tables import ACCOUNTS, CALENDARS, EVENTS
from storage.text import storable

_OF_MEMBERS = SELECT_CALENDARS.where(
    CALENDARS.c.workspace_id == bindparam("workspace"), CALENDARS.c.member_id.in_(bindparam("members", expanding=True))
)
_ANEW: dict[str, object] = {"sync_token": None, "fence": CALENDARS.c.fence + 1, "lease_until": None}


class SqlCalendars(Leases, Fuses):
    """Implements `ports.Calendars`; the half of it that serves sync is in the parents."""

    def of(self, actor: Actor) -> Sequence[Calendar]:
        """The actor's own calendars, the linked one first, then by name."""
        return self._read(actor, [actor.member_id])

    def of_members(self, actor: Actor, member_ids: Sequence[UUID]) -> Sequence[Calendar]:
        """The calendars of those members, as far as they belong to the actor's workspace; in the same order."""
        return self._read(actor, member_ids)

    def event_counts(self, actor: Actor) -> Mapping[UUID, int]:
        """How many events were read from each of the actor's own calendars; those without any are left out."""
        counted = self._connection.execute(
            select(EVENTS.c.calendar_id, func.count())
            .join(CALENDARS, CALENDARS.c.id == EVENTS.c.calendar_id)
            .where(owned_by(actor))
            .group_by(EVENTS.c.calendar_id)
        )
        return {calendar_id: number for calendar_id, number in counted}  # noqa: C416 - rows, to be unpacked

    def hold(self, actor: Actor) -> None:
        """Let no sync of the actor's calendars write before the transaction ends; see the port."""
        lock_member(self._connection, actor)
        lock_calendars(self._connection, actor)

    def choose(self, actor: Actor, calendars: Sequence[Calendar]) -> None:
        """Make exactly these the actor's calendars, those in role `UNUSED` left out.

        A calendar is known by its account and remote id; a known one keeps its id, its zone (which belongs to
        sync) and what was read. What is not among them goes, with what was read of it. One that becomes linked is
        read anew, for who is on its events; one that ceases to be forgets what was decided of them. Raises `NotFound`
        if an account is not the actor's own, or still pending.
        """
        lock_member(self._connection, actor)
        self._refuse_foreign_accounts(actor, {calendar.account_id for calendar in calendars})
        chosen = {(c.account_id, c.remote_id): c for c in calendars if c.role is not Role.UNUSED}
        stored = {
            (row.account_id, row.remote_id): row
            for row in self._connection.execute(
                select(CALENDARS.c.id, CALENDARS.c.account_id, CALENDARS.c.remote_id, CALENDARS.c.role).where(
                    owned_by(actor)
                )
            )
        }
        dropped = [row.id for key, row in stored.items() if key not in chosen]
        if dropped:
            taken = held_by(self._connection, CALENDARS.c.id.in_(dropped))
            self._connection.execute(delete(CALENDARS).where(CALENDARS.c.id.in_(dropped)))
            drop_unheld(self._connection, taken)
        # The linked one last: there must never be two of them, not even between two statements.
        for key, calendar in sorted(chosen.items(), key=lambda item: item[1].role is Role.LINKED):
            if key in stored:
                before = stored[key]
                values = _choice(calendar)
                if before.role is not calendar.role and calendar.role is Role.LINKED:
                    # A sync that runs just now keeps nobody on its events: the fence lets it write nothing more.
                    values |= _ANEW | {"next_sync_at": calendar.next_sync_at}
                if before.role is not calendar.role and before.role is Role.LINKED:
                    forget_people(self._connection, before.id)
                self._connection.execute(update(CALENDARS).where(CALENDARS.c.id == before.id).values(values))
            else:
                self._connection.execute(insert(CALENDARS).values(_new_row(actor, calendar)))

    def request_sync(self, actor: Actor, now: datetime) -> int:
        """Make the actor's calendars of active accounts due at once; returns how many they are.

        One whose provider asked for a pause is due at its end, and not counted before.
        """
        lock_member(self._connection, actor)
        active = select(ACCOUNTS.c.id).where(
            ACCOUNTS.c.member_id == actor.member_id, ACCOUNTS.c.status == AccountStatus.ACTIVE
        )
        due = self._connection.scalars(
            update(CALENDARS)
            .where(owned_by(actor), CALENDARS.c.account_id.in_(active))
            .values(next_sync_at=due_from(now))
            .returning(CALENDARS.c.next_sync_at)
        )
        return sum(at <= now for at in due)

    def _read(self, actor: Actor, member_ids: Sequence[UUID]) -> Sequence[Calendar]:
        asked = {"workspace": actor.workspace_id, "members": list(member_ids)}
        found = [calendar_from(row) for row in self._connection.execute(_OF_MEMBERS, asked)]
        # Sorted here, because every database has an alphabet of its own.
        return sorted(found, key=lambda calendar: (calendar.role is not Role.LINKED, calendar.name, calendar.id))

    def _refuse_foreign_accounts(self, actor: Actor, account_ids: set[UUID]) -> None:
        own = self._connection.scalars(
            select(ACCOUNTS.c.id).where(
                ACCOUNTS.c.workspace_id == actor.workspace_id,
                ACCOUNTS.c.member_id == actor.member_id,
                ACCOUNTS.c.status != AccountStatus.PENDING,
            )
        )
        if not account_ids.issubset(own):
            raise NotFound


def _choice(calendar: Calendar) -> dict[str, object]:
    return {
        "name": storable(calendar.name),
        "access_role": calendar.access_role,
        "role": calendar.role,
        "event_style": calendar.option.event_style,
        "contact_policy": calendar.option.contact_policy,
        "fire_triggers": calendar.option.fire_triggers,
        "option_since": calendar.option_since,
    }


def _new_row(actor: Actor, calendar: Calendar) -> dict[str, object]:
    return _choice(calendar) | {
        "id": calendar.id,
        "workspace_id": actor.workspace_id,
        "member_id": actor.member_id,
        "account_id": calendar.account_id,
        "remote_id": calendar.remote_id,
        "zone": calendar.zone,
        "next_sync_at": calendar.next_sync_at,
        "fence": 0,
        "attempts": 0,
        "generation": 0,
        "longest_seconds": 0,
    }
