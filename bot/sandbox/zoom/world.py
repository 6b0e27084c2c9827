"""The stand-in's Zoom as people would arrange it: users, apps, meetings, webhooks, and apps that are removed."""

import dataclasses
import secrets
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sandbox.faults import FaultScript
from bot.sandbox.ledger import Ledger
from bot.sandbox.zoom import events
from bot.sandbox.zoom.courier import Courier, Delivery
from bot.sandbox.zoom.errors import Resource, no_such_meeting
from bot.sandbox.zoom.fields import SETTINGS, changed_meeting, new_meeting, wanted
from bot.sandbox.zoom.grants import Asked, Client, Grants, challenge_of
from bot.sandbox.zoom.limits import Limits
from bot.sandbox.zoom.listing import Pages
from bot.sandbox.zoom.scopes import ALL, MEANINGS
from bot.sandbox.zoom.settling import Underway
from bot.sandbox.zoom.state import Meeting, Person
from bot.sandbox.zoom.times import is_zone
from bot.sandbox.zoom.view import shown_meeting
from bot.sandbox.zoom.webhooks import Webhooks


def _wall_clock() -> datetime:
    return datetime.now(UTC)


class ZoomWorld:
    """Everything there is; what it answers over HTTP is made from this by `zoom_app`.

    Safe to use while it is being served. `faults` and `ledger` belong to its server. `url` is where the API is;
    `serve_zoom` sets it. `links` is where links to meetings lead: https and a host of their own, as Zoom has it, so
    that nothing but `page_behind` follows them.
    """

    def __init__(
        self,
        *,
        ledger_file: Path | None = None,
        now: Callable[[], datetime] = _wall_clock,
        link_host: str = "zoom.example.test",
    ) -> None:
        """Start empty; `now` is the clock of Zoom, by which tokens expire, days begin and events are dated."""
        self.lock = threading.RLock()
        self.now = now
        self.url = "https://api.zoom.example.test"
        self.links = f"https://{link_host}"
        self.faults = FaultScript()
        self.ledger = Ledger(ledger_file)
        self.underway = Underway()
        self.people: dict[str, Person] = {}
        self.grants = Grants(self._clock)
        self.limits = Limits(self._clock)
        self.pages = Pages()
        self.courier = Courier(self._clock)
        self.webhooks = Webhooks(self.courier, self._clock)
        self._account_id = secrets.token_urlsafe(16)
        self._meetings: dict[int, Meeting] = {}
        self._sessions: dict[str, str] = {}

    def add_person(self, email: str, name: str, zone: str) -> Person:
        """A user of the account, who sees times in `zone`."""
        if not is_zone(zone):
            raise ValueError(f"no such zone: {zone}")
        person_id, pmi = secrets.token_urlsafe(16), 5_000_000_000 + secrets.randbelow(10**9)
        with self.lock:
            person = Person(person_id, self._account_id, email, name, zone, pmi, self.now())
            self.people[email] = person
            return person

    def register_client(
        self,
        redirect_uris: Iterable[str],
        *,
        name: str = "Daybook",
        client_id: str | None = None,
        secret: str | None = None,
        webhook_secret: str | None = None,
        scopes: Iterable[str] = ALL,
    ) -> Client:
        """An app that may send people back to exactly these addresses; what is not given is made up."""
        client = Client(
            id=client_id or secrets.token_urlsafe(16),
            secret=secret or secrets.token_urlsafe(24),
            webhook_secret=webhook_secret or secrets.token_urlsafe(16),
            name=name,
            redirect_uris=frozenset(redirect_uris),
            scopes=tuple(scopes),
        )
        if unknown := set(client.scopes) - MEANINGS.keys():
            raise ValueError(f"no such scopes: {', '.join(sorted(unknown))}")
        with self.lock:
            self.grants.register(client)
        return client

    def sign_in(self, client: Client, email: str) -> Resource:
        """The answer to a token request of somebody who said yes, without the pages in between."""
        verifier, uri = secrets.token_urlsafe(32), next(iter(client.redirect_uris))
        with self.lock:
            code = self.grants.allow(Asked(client, uri, challenge_of(verifier)), email)
            return self.grants.tokens(self.grants.exchange(client, code, uri, verifier), self.url)

    def removes_app(self, email: str, client: Client, *, retention: str | None = "false") -> Delivery | None:
        """A person removes the app from his account: its tokens die, then it is told.

        Args:
            email: who.
            client: which app.
            retention: whether his data may stay ("true", "false"), or nothing about it.

        Returns:
            How the message went; None where the app has no webhook.
        """
        with self.lock:
            self.grants.remove(email, client)
            event = events.app_deauthorized(self.people[email], client, self.now(), retention)
        return self.deliver(client, event)

    def makes_meeting(self, email: str, **fields: Any) -> Resource:
        """A person makes a meeting by hand; the fields are those of the API."""
        with self.lock:
            host = self.people[email]
            meeting = new_meeting(wanted(fields), host, self.now(), source="web_portal")
            self.put(meeting)
            return shown_meeting(meeting, host, self.links)

    def moves_meeting(self, meeting_id: int, **fields: Any) -> tuple[Delivery, ...]:
        """Its host changes a meeting by hand, such as `start_time` and `duration`; returns how the apps took it."""
        with self.lock:
            before = self.meeting(meeting_id)
            host = self.host(before)
            after = changed_meeting(before, wanted(fields), host)
            self.put(after)
            event = events.meeting_updated(before, after, host, self.now())
            told = self.grants.clients_of(host.email)
        return self.webhooks.deliver_all(told, event)

    def deletes_meeting(self, meeting_id: int) -> tuple[Delivery, ...]:
        """Its host deletes a meeting by hand; returns how the apps took it."""
        with self.lock:
            meeting = self.meeting(meeting_id)
            host = self.host(meeting)
            self.drop(meeting)
            event = events.meeting_deleted(meeting, host, self.now())
            told = self.grants.clients_of(host.email)
        return self.webhooks.deliver_all(told, event)

    def meetings(self, email: str | None = None) -> tuple[Resource, ...]:
        """Every meeting, or those of one person, in the order in which they were made."""
        with self.lock:
            kept = [(meeting, self.host(meeting)) for meeting in self._meetings.values()]
            return tuple(shown_meeting(one, host, self.links) for one, host in kept if email in (None, host.email))

    def lock_settings(self, email: str, **settings: Any) -> None:
        """The account holds settings for all later meetings of a person, whatever is asked for."""
        if unknown := settings.keys() - SETTINGS.keys():
            raise ValueError(f"no such settings: {', '.join(sorted(unknown))}")
        with self.lock:
            self.people[email] = dataclasses.replace(self.people[email], locked=settings)

    def forbid_hosting(self, email: str) -> None:
        """A person loses his licence: 3161 for whatever he does with meetings."""
        with self.lock:
            self.people[email] = dataclasses.replace(self.people[email], may_host=False)

    def use_up_the_day(self, email: str) -> None:
        """Have a person make and change as many meetings today as he may."""
        with self.lock:
            person_id = self.people[email].id
            self.limits.spend(person_id, self.limits.left_today(person_id))

    def expire_access_tokens(self) -> None:
        """Make every access token an old one."""
        with self.lock:
            self.grants.expire_access_tokens()

    def point_webhook(self, client: Client, address: str) -> Delivery:
        """Have an app's events go to `address`, if the app proves there that it is the app.

        Raises:
            ValueError: it does not; nothing will be delivered.
        """
        return self.webhooks.point(client, address)

    def deliver(self, client: Client, event: Resource) -> Delivery | None:
        """Deliver an event once more, or one of your own; None where the app has no webhook."""
        return self.webhooks.deliver(client, event)

    def settle(self, seconds: float = 60.0) -> Ledger:
        """The ledger, once no request is being worked on and every app has been told: only then is it whole.

        Raises:
            TimeoutError: a request took longer than this.
        """
        self.underway.wait(seconds)
        self.courier.settle()
        return self.ledger

    def tell_apps(self, host: Person, event: Resource) -> None:
        """Deliver an event to the apps that a host allows, in the background."""
        self.webhooks.deliver_later(self.grants.clients_of(host.email), event)

    def meeting(self, meeting_id: int) -> Meeting:
        """The meeting with this id.

        Raises:
            ApiError: there is none, or none any more.
        """
        meeting = self._meetings.get(meeting_id)
        if meeting is None or meeting.expired(self.now()):
            raise no_such_meeting(str(meeting_id))
        return meeting

    def hosted_by(self, person: Person) -> list[Meeting]:
        """The meetings of a person."""
        return [meeting for meeting in self._meetings.values() if meeting.host_id == person.id]

    def host(self, meeting: Meeting) -> Person:
        """Whose a meeting is."""
        return next(person for person in self.people.values() if person.id == meeting.host_id)

    def put(self, meeting: Meeting) -> None:
        """Keep a meeting as it is now."""
        self._meetings[meeting.id] = meeting

    def drop(self, meeting: Meeting) -> None:
        """Forget a meeting."""
        del self._meetings[meeting.id]

    def open_session(self, email: str) -> str:
        """Note that somebody has signed in, until he has decided; returns a ticket for that."""
        ticket = secrets.token_urlsafe(24)
        self._sessions[ticket] = email
        return ticket

    def close_session(self, ticket: str) -> str | None:
        """Who signed in with this ticket, which is worth nothing afterwards."""
        return self._sessions.pop(ticket, None)

    def _clock(self) -> datetime:
        # Not `now` itself, which a test may set to another clock later.
        return self.now()
