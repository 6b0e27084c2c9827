"""Appointments of Ana's whose events stand in her calendar, and somebody who looks at those that changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.domain.effects import EFFECT_LEASE, EffectClaim, EffectKind, LinkState, RemoteLink, event_lane
from bot.domain.intervals import Interval
from bot.domain.wall_time import epoch
from bot.sandbox.google.times import moment_of
from tests.builders import BERLIN
from tests.contracts.appointment_builders import an_appointment
from tests.contracts.effect_builders import a_copy
from tests.contracts.google_client import ANA
from tests.integration.fire_house import FireHouse

_FIRST = datetime(2060, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_TOLD_BACK = timedelta(days=30)
_EVERYTHING = 100_000
# Counted through, because the houses of a test share a database, whose guard lets no two appointments overlap.
_hours = count()


class FireCopies:
    """What is known of them here, apart from what Daybook made of it."""

    def __init__(self, house: FireHouse) -> None:
        self._house = house
        self._links: dict[str, RemoteLink] = {}

    @property
    def ids(self) -> frozenset[str]:
        """Of the events that are appointments'."""
        return frozenset(self._links)

    def book(self, **times: str) -> str:
        """An appointment whose event stands then; returns the event's id. Its own time lies in the far future."""
        calendar, start = self._house.calendar(), _FIRST + next(_hours) * _HOUR
        span = Interval(epoch(start), epoch(start + _HOUR))
        appointment = replace(an_appointment(self._house.actor), span=span)
        link = a_copy(appointment, calendar)
        event = self._house.world.put_event(ANA, id=link.remote_id, iCalUID=link.ical_uid, **times)
        link = replace(link, etag=event["etag"])
        with self._house.store.writing() as work:
            work.appointments.add(appointment, origin=str(appointment.id))
            work.remote_links.plan(link)
            work.effects.want(appointment, EffectKind.EVENT, lane=event_lane(calendar.id), due_at=self._house.now)
            work.commit()
        self._links[link.remote_id] = link
        self.look()
        return link.remote_id

    def look(self) -> None:
        """Look at what is noticed, and agree to what is there; what is gone is given up."""
        while claims := self._claims():
            for claim in claims:
                self._agree(claim)

    def noticed(self) -> set[str]:
        """The events that somebody is to look at."""
        with self._house.store.reading() as work:
            effects = {
                event_id: work.effects.of(link.appointment_id)[EffectKind.EVENT]
                for event_id, link in self._links.items()
            }
        assert all((effect.due_at is not None) is effect.is_noticed for effect in effects.values())
        return {event_id for event_id, effect in effects.items() if effect.is_noticed}

    def changed(self) -> set[str]:
        """The events that Google does not have as they were agreed on."""
        return {event_id for event_id, link in self._links.items() if self._etag(event_id) != link.etag}

    def over(self) -> set[str]:
        """The events that lie so far behind that a full read does not tell of them."""
        told_from = self._house.now - _TOLD_BACK
        events = self._house.world.calendars[ANA].events
        return {one for one in self._links if moment_of(events[one].fields["end"], BERLIN) < told_from}

    def _claims(self) -> list[EffectClaim]:
        ours = {link.appointment_id for link in self._links.values()}
        with self._house.store.writing() as work:
            found = work.effects.claim_due(self._house.now, limit=_EVERYTHING, lease=EFFECT_LEASE)
            work.commit()
        return [claim for claim in found if claim.effect.appointment_id in ours]

    def _agree(self, claim: EffectClaim) -> None:
        [link] = [one for one in self._links.values() if one.appointment_id == claim.effect.appointment_id]
        etag = self._etag(link.remote_id)
        agreed = replace(link, etag=etag or "", state=LinkState.WRITTEN if etag else LinkState.REMOVED)
        with self._house.store.writing() as work:
            work.remote_links.keep(claim, agreed)
            work.effects.done(claim, version=1)
            work.commit()
        self._links[link.remote_id] = agreed
        if etag is None:
            del self._links[link.remote_id]

    def _etag(self, event_id: str) -> str | None:
        event = self._house.world.calendars[ANA].events[event_id]
        return None if event.cancelled else str(event.fields["etag"])
