"""Finds the appointments that somebody means who writes that one is to be moved or cancelled."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.agenda import day_asked
from bot.domain.appointments import Appointment
from bot.domain.change_meant import ChangeMeant, meant_among
from bot.domain.day_words import UnclearWhen
from bot.domain.intervals import Interval
from bot.domain.named_people import bare_name, is_name
from bot.domain.people import Actor
from bot.domain.permissions import may_see_appointment, require_full_member
from bot.domain.slots_request import is_own_word
from bot.domain.wall_time import DAY, epoch, zone_named
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.members_of import members_of

_DAYS_LOOKED_AT = 92
_NAMES_LOOKED_UP = 4
_CONTACTS_OF_A_NAME = 5
_OF_A_CONTACT = 20
_NOBODY = frozenset({"my", "our", "a", "an", "from", "meeting", "appointment", "booking", "call"})


class FindChangeMeant:
    """Among those to come that the actor may move and cancel."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, about: str, days: str) -> ChangeMeant:
        """Those that fit the words `about`, of which `days` say on which day; raises `NotAllowed`."""
        require_full_member(actor)
        now = self._clock.now()
        day = _day(actor, days, now)
        with self._store.reading() as work:
            coming = [one for one in _of(work, actor, about, now) if one.is_live and one.ends_at > now]
            hosts = {host for one in coming for host in one.hosts}
            # Oneself is in all of them.
            people = members_of(work, actor.workspace_id, hosts - {actor.member_id})
        coming.sort(key=lambda one: one.span)
        names = {member.id: f"{member.name} <@{member.slack_user_id}>" for member in people}
        return ChangeMeant(meant_among(coming, about, day, actor.zone, names), day, actor.zone)


def _day(actor: Actor, days: str, now: datetime) -> date | None:
    if not days:
        return None
    try:
        return day_asked(days, now.astimezone(zone_named(actor.zone)).date(), actor.habits.first_day)
    except UnclearWhen:
        return None


def _of(work: UnitOfWork, actor: Actor, about: str, now: datetime) -> Sequence[Appointment]:
    """Those of the actor's own time, and those that he booked for others with a contact who may be named."""
    window = Interval(epoch(now), epoch(now) + _DAYS_LOOKED_AT * DAY)
    own = work.appointments.between(actor, [actor.member_id], window).get(actor.member_id, ())
    found = {one.id: one for one in (*own, *work.appointments.with_colleagues(actor, window))}
    names = [name for word in about.split() if _may_be_called(name := bare_name(word))]
    for name in names[:_NAMES_LOOKED_UP]:
        for contact in work.contacts.search(actor, name, limit=_CONTACTS_OF_A_NAME):
            booked = work.appointments.with_contact(actor, contact.id, now, to_come=True, limit=_OF_A_CONTACT)
            found |= {one.id: one for one in booked if may_see_appointment(actor, one)}
    return list(found.values())


def _may_be_called(word: str) -> bool:
    is_address = "@" in word and not word.startswith("<")
    return is_address or (is_name(word) and not is_own_word(word.lower()) and word.lower() not in _NOBODY)
