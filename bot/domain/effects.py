"""Outward writes that wait to be delivered, and what an appointment has become elsewhere."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from bot.domain.owned_fields import Agreement

EFFECT_LEASE = timedelta(seconds=90)
SHORTEST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=5)
"""Between two tries: a booking is whole again within ten minutes of a provider's recovery."""

MOST_ATTEMPTS = 600
"""After about a day of trying in vain somebody has to look: with full jitter the waits are half as long."""

WAIT_FOR_MEETING = timedelta(seconds=10)
"""How long the event waits for the link of its video call."""

_LONGEST_PATIENCE = timedelta(days=1)
_SPREAD = 0.1
_UID_ENDS = "@google.com"
_UID_OF_OURS = re.compile(rf"[0-9a-f]{{32}}{re.escape(_UID_ENDS)}")


class EffectKind(StrEnum):
    """What is brought in line with an appointment: its video call, its Google event, its card in Slack.

    `MESSAGES` are those to everybody else in it, besides the card.
    """

    MEETING = "meeting"
    EVENT = "event"
    CARD = "card"
    MESSAGES = "messages"


@dataclass(frozen=True, slots=True)
class Effect:
    """One outward write per appointment and kind, always of its latest version.

    Args:
        lane: what is written to; one effect of a lane is delivered at a time.
        wanted: the version that has to be delivered.
        delivered: the version that was delivered last; 0 is none.
        is_noticed: the other side changed, so that it has to be looked at whatever the version.
        attempts: tries that failed since the last success.
        first_failed_at: the first of them.
        problem: why the last try failed, for people.
        due_at: when it is tried next; None when nothing is to be done, or when it was given up.
        is_dead: given up; somebody has to look.
    """

    appointment_id: UUID
    kind: EffectKind
    lane: str
    wanted: int
    delivered: int = 0
    is_noticed: bool = False
    attempts: int = 0
    first_failed_at: datetime | None = None
    problem: str = ""
    due_at: datetime | None = None
    is_dead: bool = False


@dataclass(frozen=True, slots=True)
class EffectClaim:
    """An effect claimed for one delivery: `fence` rises with every claim, so that a late holder writes nothing."""

    effect: Effect
    fence: int


class LinkState(StrEnum):
    """Whether the other side has it: maybe (a write was sent), surely, or not any more because we took it away."""

    PLANNED = "planned"
    WRITTEN = "written"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RemoteLink:
    """What an appointment is elsewhere. It is stored before anything is written there.

    Args:
        account_id: through which it is written; None for a card.
        container: the id of the calendar there, or the channel; empty for a meeting.
        remote_id: the event's, meeting's or message's id; empty for a meeting or a card that nobody made yet.
        calendar_id: our calendar, of an event.
        ical_uid: of an event: every copy in anybody's calendar carries it.
        generation: how often it was made anew after we took it away.
        etag: of the event as last agreed on.
        agreed: where both sides stood then.
        url: by which one joins, or of the event's page where Google made no video call for it.
    """

    appointment_id: UUID
    kind: EffectKind
    state: LinkState = LinkState.PLANNED
    account_id: UUID | None = None
    container: str = ""
    remote_id: str = ""
    calendar_id: UUID | None = None
    ical_uid: str = ""
    generation: int = 0
    etag: str = ""
    agreed: Agreement | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyChange:
    """What newly read events say of appointments: those that are private from now on, and those that are not any more.

    An event that is gone says nothing: what was private stays so.
    """

    hidden: tuple[UUID, ...] = ()
    shown: tuple[UUID, ...] = ()


def event_id_of(appointment_id: UUID, generation: int) -> str:
    """The id of an appointment's event in Google: the same on every try, another one after we took it away."""
    return uuid5(appointment_id, str(generation)).hex


def uid_of(event_id: str) -> str:
    """The iCalendar UID that Google gives an event of that id."""
    return f"{event_id}{_UID_ENDS}"


def is_uid_of_ours(uid: str) -> bool:
    """Whether an event of that iCalendar UID may be one that we wrote."""
    return _UID_OF_OURS.fullmatch(uid) is not None


def event_id_in(uid: str) -> str:
    """The id of the event that Google gave this iCalendar UID, if it was one that we wrote."""
    return uid.removesuffix(_UID_ENDS)


def event_lane(calendar_id: UUID) -> str:
    """Writes to one calendar go one after the other."""
    return f"calendar:{calendar_id}"


def meeting_lane(account_id: UUID) -> str:
    """Writes to one account's meetings go one after the other."""
    return f"meetings:{account_id}"


def card_lane(appointment_id: UUID) -> str:
    """Writes to one card go one after the other."""
    return f"card:{appointment_id}"


def messages_lane(appointment_id: UUID) -> str:
    """The messages about one appointment are brought up to date by one process at a time."""
    return f"messages:{appointment_id}"


def wait_after(attempts: int, jitter: float, *, retry_after: float | None = None) -> timedelta:
    """How long to wait after a delivery failed: anything up to a limit that doubles ("full jitter").

    Args:
        attempts: how often it failed before.
        jitter: a random number from 0 up to 1.
        retry_after: seconds the provider asked for; they are kept to, a day at most.
    """
    doublings: int = 2 ** min(attempts + 1, 12)
    limit = min(LONGEST_WAIT, SHORTEST_WAIT * doublings)
    drawn = SHORTEST_WAIT + (limit - SHORTEST_WAIT) * jitter
    if retry_after is None:
        return drawn
    asked = min(timedelta(seconds=max(retry_after, 0)), _LONGEST_PATIENCE)
    return max(drawn, asked * (1 + _SPREAD * jitter))


def most_retries(limit: int) -> int:
    """How many that failed before may be under way at once, where `limit` are claimed at most: they may hang long."""
    return max(limit // 4, 1)


def next_utc_midnight(now: datetime) -> datetime:
    """When a limit that is counted by the UTC day begins anew."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
