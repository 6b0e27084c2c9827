"""What the booking form shows: when the hosts are free, how they can meet, and what would be sent to whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.booking import INVITATIONS_A_DAY, MOST_HOSTS
from bot.domain.booking_form import BookingForm, FormAsked, FreeDay, usual_title
from bot.domain.booking_rules import require_length
from bot.domain.clock_shifts import PartyZone, other_zones, shift_near
from bot.domain.contacts import Contact, NewContact, is_one_of, new_contact
from bot.domain.errors import NotFound
from bot.domain.mail_domains import looks_like_a_colleagues
from bot.domain.people import Actor, Member, actor_of
from bot.domain.permissions import may_see_appointment, require_full_member
from bot.domain.wall_time import epoch, moment, zone_named
from bot.domain.when import parse_when
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.find_contacts import MOST_CONTACTS
from bot.usecases.free_day import DayAsked, free_day
from bot.usecases.gather_times import preferences_of, usual_minutes
from bot.usecases.host_places import HostPlaces, host_places
from bot.usecases.members_of import members_of
from bot.usecases.resolve_members import ResolveMembers

_A_DAY = timedelta(days=1)


class ShowBookingForm:
    """Gathers the form anew whenever something in it changes."""

    def __init__(self, store: Store, clock: Clock, resolve_members: ResolveMembers) -> None:
        self._store = store
        self._clock = clock
        self._resolve = resolve_members

    def __call__(self, actor: Actor, asked: FormAsked) -> BookingForm:
        """Raises `UnclearWhen`, `BadAddress`, `BadBooking` for a length that cannot be, and `NotAllowed`.

        A host who does not share his time, or has no calendar, stands in the form all the same, without any starts.
        """
        require_full_member(actor)
        now = self._clock.now()
        if asked.minutes is not None:
            require_length(asked.minutes)
        day = _day_asked(actor, asked, now)
        hosts = self._resolve(actor, asked.hosts)
        with self._store.reading() as work:
            contact = _written(work, actor, asked.address) or _contact(work, actor, asked.contact)
            booker = work.members.get(actor.workspace_id, actor.member_id)
            own_places = host_places(work, booker)
            may_host = own_places.calendar is not None
            is_own = actor.member_id in [host.id for host in hosts]
            if asked.joins and contact is None and may_host and not is_own and len(hosts) < MOST_HOSTS:
                hosts, is_own = (*hosts, booker), True
            preferences = preferences_of(work, actor, (*hosts, booker))
            minutes = asked.minutes or usual_minutes(preferences, hosts)
            free = free_day(work, actor, hosts, preferences, minutes, day, now)
            mailed = work.appointments.invitations_since(actor, now - _A_DAY)
            is_open = hosts[0] not in free.gathered.withheld
            places = HostPlaces(None, None)
            if is_open:
                places = own_places if hosts[0].id == booker.id else host_places(work, hosts[0])
            usual = preferences[hosts[0].id].venue_of(places.venues)
            own_addresses = [account.address for account in work.accounts.of(actor)]
            others = [one for one in hosts if one not in free.gathered.withheld and one.id != booker.id]
            addresses = [*own_addresses, *_addresses(work, actor, others)]
        venues = places.venues
        if hosts[0] in free.gathered.silent and asked.venue and asked.venue.where not in venues:
            # Nothing can be booked with him yet; what was chosen stays for whoever takes his place.
            venues = (asked.venue.where, *venues)
        parties = parties_of(hosts, free, contact)
        near = moment(free.start or midday(free, actor.zone))
        return BookingForm(
            zone=actor.zone,
            now=now,
            hosts=hosts,
            is_own=is_own,
            contact=contact,
            title=asked.title,
            usual_title=usual_title(contact, hosts, actor.name),
            minutes=minutes,
            free=free,
            venues=venues,
            # What was chosen for another host may be nothing that this one can.
            venue=asked.venue if asked.venue and asked.venue.where in venues else usual,
            note=asked.note,
            invites=preferences[booker.id].invites,
            invitations_left=max(0, INVITATIONS_A_DAY - mailed),
            zones=other_zones(actor.zone, parties, near),
            shift=shift_near(actor.zone, parties, near),
            is_colleague=contact is not None and looks_like_a_colleagues(contact.email, addresses),
            is_own_contact=contact is not None and is_one_of(contact.email, own_addresses),
            may_host=may_host,
        )


class BookAgain:
    """What the booking form is filled with so that a meeting can be had once more."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, appointment_id: UUID) -> FormAsked:
        """The same people, length and place, without a time; raises `NotFound` unless it is the actor's to see."""
        require_full_member(actor)
        with self._store.reading() as work:
            appointment = work.appointments.get(actor, appointment_id)
            if not may_see_appointment(actor, appointment):
                raise NotFound
            hosts = members_of(work, actor.workspace_id, appointment.hosts)
        return FormAsked(
            hosts=tuple(host.slack_user_id for host in hosts),
            contact=appointment.contact.id if appointment.contact else None,
            minutes=appointment.minutes,
            title=appointment.title,
            venue=appointment.venue,
            note=appointment.note,
        )


def parties_of(hosts: Sequence[Member], free: FreeDay, contact: Contact | NewContact | None) -> tuple[PartyZone, ...]:
    """Everybody whose zone is known: a host's as he chose it for his hours, or as Slack says."""
    chosen = {time.member_id: time.schedule.zone for time in free.gathered.times}
    parties = [PartyZone(host.name, chosen.get(host.id, host.zone)) for host in hosts]
    if isinstance(contact, Contact) and contact.zone:
        parties.append(PartyZone(contact.name, contact.zone))
    return tuple(parties)


def midday(free: FreeDay, zone: str) -> int:
    """Noon of the day that is shown, in epoch seconds."""
    return epoch(datetime(free.day.year, free.day.month, free.day.day, 12, tzinfo=zone_named(zone)))


def _day_asked(actor: Actor, asked: FormAsked, now: datetime) -> DayAsked:
    if asked.day is not None or asked.start is not None or not asked.when:
        return DayAsked(asked.day, asked.start)
    when = parse_when(asked.when, now=now, zone=zone_named(actor.zone), habits=actor.habits)
    return DayAsked(start=epoch(when.at)) if when.at else DayAsked(within=when.window)


def _addresses(work: UnitOfWork, actor: Actor, hosts: Sequence[Member]) -> list[str]:
    """By which the hosts' accounts are known."""
    if not hosts:
        return []
    workspace = work.workspaces.get(actor.workspace_id)
    return [account.address for host in hosts for account in work.accounts.of(actor_of(host, workspace))]


def _written(work: UnitOfWork, actor: Actor, address: str) -> Contact | NewContact | None:
    if not address:
        return None
    new = new_contact(address, "")
    found = work.contacts.search(actor, new.email, limit=MOST_CONTACTS)
    return next((one for one in found if one.email == new.email), new)


def _contact(work: UnitOfWork, actor: Actor, chosen: UUID | NewContact | None) -> Contact | NewContact | None:
    if chosen is None or isinstance(chosen, NewContact):
        return chosen
    try:
        return work.contacts.get(actor, chosen)
    except NotFound:
        return None
