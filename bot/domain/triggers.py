"""Triggers: when something happens, do something. Whom they may look at, and what they wait for."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.appointments import Venue, Where
from bot.domain.contacts import Contact
from bot.domain.errors import DaybookError
from bot.domain.intervals import Interval
from bot.domain.occasions import BookedIn, Occasion, What
from bot.domain.people import Actor, Member, Standing

MOST_TRIGGERS = 25
"""Of one member."""

LONGEST_TRIGGER_NAME = 60
LONGEST_TAG = 40

_TAG = re.compile(r"[^\s,;#<>@]+( [^\s,;#<>@]+)*")
_NOBODY = UUID(int=0)
_SAMPLE_TIME = time(15, 0)
_SAMPLE_SECONDS = 1800


class ActionKind(StrEnum):
    """What a trigger does."""

    POST = "post"
    MESSAGE = "message"
    WEBHOOK = "webhook"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class TriggerAction:
    """What a trigger does, and what it needs for it.

    Args:
        kind: posts to a channel, messages the host, calls a webhook, or tags the contact.
        channel_id: Slack's, where it posts.
        channel_name: as it was called when it was chosen.
        text: what is said; empty for what is usually said.
        webhook_host: the host of the address it calls. The address itself is as good as a password and sealed.
        tag: what contacts are tagged with.
    """

    kind: ActionKind
    channel_id: str = ""
    channel_name: str = ""
    text: str = ""
    webhook_host: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class TriggerFilter:
    """Which occasions count; what is empty leaves nothing out.

    Args:
        hosts: one of them hosts it.
        calendar_id: it stands in that linked calendar.
        booked_in: where it was made.
        tag: one of its contacts carries it.
    """

    hosts: tuple[UUID, ...] = ()
    calendar_id: UUID | None = None
    booked_in: BookedIn | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule of a member's: when something happens, do something.

    Args:
        when: what it waits for; never empty.
        created_at: aware UTC.
        active_since: when it was made to go on, or to wait for something else; None where it never was.
    """

    id: UUID
    workspace_id: UUID
    owner_id: UUID
    name: str
    when: frozenset[What]
    only: TriggerFilter
    action: TriggerAction
    created_at: datetime
    is_paused: bool = False
    active_since: datetime | None = None


class BadTrigger(DaybookError):
    """A field of the form cannot be so; the sentence says what to enter."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def waits_for(trigger: Trigger, occasion: Occasion) -> bool:
    """Whether the trigger fires for it: never for what happened before it waited for that."""
    only = trigger.only
    return (
        not trigger.is_paused
        and trigger.workspace_id == occasion.workspace_id
        and occasion.what in trigger.when
        and (occasion.made_at or occasion.at) >= (trigger.active_since or trigger.created_at)
        and (not only.hosts or not set(only.hosts).isdisjoint(occasion.hosts))
        and only.calendar_id in (None, occasion.calendar_id)
        and only.booked_in in (None, occasion.booked_in)
        and (not only.tag or any(_carries(contact, only.tag) for contact in occasion.contacts))
    )


def host_of(trigger: Trigger, occasion: Occasion) -> UUID:
    """Who is meant by its host: the one whom the trigger looks at, else the first; of a mere contact its owner."""
    looked_at = [host for host in occasion.hosts if host in trigger.only.hosts]
    return next(iter([*looked_at, *occasion.hosts]), trigger.owner_id)


def is_entitled(owner: Member, trigger: Trigger) -> bool:
    """Whether its owner may have it, as he is now: every full member for himself, admins for everybody."""
    return owner.standing is Standing.FULL and (owner.is_admin or trigger.only.hosts == (owner.id,))


def may_stop(actor: Actor, trigger: Trigger) -> bool:
    """Whether the actor may pause and delete it: his own, and an admin everybody's."""
    return is_own(actor, trigger) or (actor.is_admin and trigger.workspace_id == actor.workspace_id)


def may_know_of(actor: Actor, trigger: Trigger) -> bool:
    """Whether the actor is told that it is there: as one who may stop it, and as one at whom it looks."""
    looks_at_him = not trigger.only.hosts or actor.member_id in trigger.only.hosts
    return may_stop(actor, trigger) or (trigger.workspace_id == actor.workspace_id and looks_at_him)


def is_own(actor: Actor, trigger: Trigger) -> bool:
    """Whether it is the actor's: he alone changes it, and sees what it did."""
    return (trigger.workspace_id, trigger.owner_id) == (actor.workspace_id, actor.member_id)


def tidied_tag(written: str) -> str:
    """A tag as it is kept: lower case, single spaces; raises `ValueError` for what cannot be one."""
    tag = " ".join(written.split()).casefold()
    if not _TAG.fullmatch(tag) or len(tag) > LONGEST_TAG:
        raise ValueError(f"Write one tag of at most {LONGEST_TAG} characters, like vip or new lead.")
    return tag


def sample(trigger: Trigger, actor: Actor, now: datetime) -> Occasion:
    """Something made up that the trigger would fire for, for trying it out."""
    what = next(one for one in What if one in trigger.when)
    zone = ZoneInfo(actor.zone)
    day = (now.astimezone(zone) + timedelta(days=1)).date()
    start = int(datetime.combine(day, _SAMPLE_TIME, zone).timestamp())
    tags = (trigger.only.tag,) if trigger.only.tag else ()
    sam = Contact(_NOBODY, actor.workspace_id, "sam@example.com", "Sam Sample", tags=tags)
    is_contact = what is What.CONTACT_ADDED
    span = Interval(start, start + _SAMPLE_SECONDS)
    return Occasion(
        workspace_id=actor.workspace_id,
        what=what,
        subject=_NOBODY,
        version=1,
        at=now,
        booked_in=trigger.only.booked_in or BookedIn.DAYBOOK,
        calendar_id=trigger.only.calendar_id,
        hosts=(actor.member_id,),
        contacts=(sam,),
        title="" if is_contact else f"Sam Sample and {actor.name}",
        span=None if is_contact else span,
        before=Interval(start - 3600, start - 1800) if what is What.RESCHEDULED else None,
        zone=actor.zone,
        venue=Venue() if is_contact else Venue(Where.ZOOM),
    )


def _carries(contact: Contact, tag: str) -> bool:
    return tag.casefold() in (one.casefold() for one in contact.tags)
