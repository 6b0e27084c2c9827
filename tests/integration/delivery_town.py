"""A host on a real database with Google, Zoom and Slack on loopback; what is booked is delivered by processes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from bot.domain.accounts import Account, Credential, Provider
from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, Venue, Where
from bot.domain.calendars import Role
from bot.domain.contacts import new_contact
from bot.domain.effects import Effect, EffectKind
from bot.domain.people import Actor, Profile, Standing, Workspace, actor_of
from bot.sandbox.google.app import google_app
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.serving import serving
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.standin import SlackStandIn
from bot.sandbox.zoom.app import zoom_app
from bot.sandbox.zoom.world import ZoomWorld
from bot.usecases.host_places import host_places
from bot.usecases.record_change import record_change
from bot.usecases.want_delivery import plan_delivery
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.builders import BERLIN, span
from tests.contracts.appointment_builders import an_appointment
from tests.contracts.google_client import REDIRECT_URI
from tests.contracts.google_desk import ALL
from tests.contracts.slack_standin_bot import MANIFEST
from tests.contracts.storage_builders import NOW, a_calendar, an_account, chosen, new_id
from tests.contracts.zoom_desk import CALLBACK
from tests.databases import an_engine
from tests.integration.delivery_process import Wires, deliver_for

ANA = "ana@acme.test"
TITLE = "Maya Ortiz and Ana"
STARTED = NOW


@dataclass
class Services:
    """The stand-ins, served, and a folder for databases; each town is a host of its own there."""

    google_url: str
    zoom_url: str
    slack_url: str
    slack: SlackStandIn
    folder: Path
    put_google: Callable[[GoogleWorld], None]
    put_zoom: Callable[[ZoomWorld], None]


class _Switch:
    """An application that can be exchanged while it is served."""

    def __init__(self) -> None:
        self.app = google_app(GoogleWorld())

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]  # as ASGI has it
        await self.app(scope, receive, send)


@contextmanager
def services(folder: Path) -> Iterator[Services]:
    """Serve them for as long as the block lasts; files of databases go into the folder."""
    scopes = [*MANIFEST["oauth_config"]["scopes"]["bot"], "im:history"]
    manifest = MANIFEST | {"oauth_config": {"scopes": {"bot": scopes}}}
    slack = SlackStandIn(manifest, clock=lambda: STARTED.timestamp())
    google, zoom = _Switch(), _Switch()

    def put_google(world: GoogleWorld) -> None:
        google.app = google_app(world)

    def put_zoom(world: ZoomWorld) -> None:
        zoom.app = zoom_app(world)

    with ExitStack() as stack:
        google_url, zoom_url = stack.enter_context(serving(google)), stack.enter_context(serving(zoom))
        slack_url = stack.enter_context(slack.serve())
        yield Services(google_url, zoom_url, slack_url, slack, folder, put_google, put_zoom)


@dataclass
class Town:
    """Ana with a Google calendar and Zoom, and what processes did for her appointments, which Ben may book."""

    google: GoogleWorld
    zoom: ZoomWorld
    slack: SlackStandIn
    store: SqlStore
    wires: Wires
    ana: Actor
    ben: Actor
    now: datetime = STARTED

    def book(self, when: str = "15:00-15:30", **fields: object) -> Appointment:
        """Half an hour with Maya over Zoom, who is invited."""
        with self.store.writing() as work:
            maya = work.contacts.known(self.ana, new_contact("maya@ortiz.test", "Maya Ortiz"), new_id=new_id())
            appointment = replace(
                an_appointment(self.ana, when, contact=maya, invites=True, created_at=self.now),
                title=TITLE,
                venue=Venue(Where.ZOOM),
            )
            appointment = replace(appointment, **fields)  # type: ignore[arg-type]  # by name
            host = work.members.get(self.ana.workspace_id, self.ana.member_id)
            work.appointments.add(appointment, origin=str(appointment.id))
            work.appointments.write_log(appointment.id, LogEntry(self.now, Deed.BOOKED, host.id))
            plan_delivery(work, appointment, host_places(work, host), self.now)
            work.commit()
        return appointment

    def move(self, appointment: Appointment, times: str) -> None:
        """Somebody moves it in Daybook."""
        self._record(self.known(appointment).moved(span(times), self.now), Deed.MOVED)

    def cancel(self, appointment: Appointment) -> None:
        """Somebody cancels it in Daybook."""
        self._record(self.known(appointment).cancelled("", self.now), Deed.CANCELLED)

    def notice(self, appointment: Appointment) -> None:
        """A sync saw that the copy in Google is not as it was."""
        with self.store.writing() as work:
            link = work.remote_links.of(appointment.id)[EffectKind.EVENT]
            assert link.calendar_id is not None
            [claim] = work.calendars.claim_these([link.calendar_id], self.now, lease=timedelta(minutes=5))
            assert work.effects.notice(claim, [link.remote_id], self.now) == 1
            work.calendars.keep(claim, self.now)
            work.commit()

    def deliver(self, seconds: int = 15) -> None:
        """Everything that falls due within so many seconds, in this process."""
        assert deliver_for(self.wires, self.now, seconds) == []
        self.now += timedelta(seconds=seconds)

    def known(self, appointment: Appointment) -> Appointment:
        """As it is stored now."""
        with self.store.reading() as work:
            current = work.appointments.known(appointment.id)
        assert current is not None
        return current

    def effects(self, appointment: Appointment) -> dict[EffectKind, Effect]:
        """Where its deliveries stand."""
        with self.store.reading() as work:
            return dict(work.effects.of(appointment.id))

    def log(self, appointment: Appointment) -> list[Deed]:
        """What its history says."""
        with self.store.reading() as work:
            return [entry.deed for entry in work.appointments.log(appointment.id)]

    def event_id(self, appointment: Appointment) -> str:
        """The id of its copy in Google."""
        with self.store.reading() as work:
            return work.remote_links.of(appointment.id)[EffectKind.EVENT].remote_id

    def in_google(self) -> list[tuple[str, str, str]]:
        """When the events that are there start, what they are called, and where people meet."""
        return [
            (event.fields["start"]["dateTime"], event.fields["summary"], event.fields.get("location", ""))
            for event in self.google.calendars[ANA].events.values()
            if not event.cancelled
        ]

    def made(self) -> tuple[int, int]:
        """How many events and meetings were ever made, as the ledgers of Google and Zoom have it."""
        inserts = [
            entry
            for entry in self.google.ledger.matching("POST", r"/calendar/v3/calendars/.*/events")
            if "200" in (str(entry.status), entry.notes.get("committed"))
        ]
        creates = [
            entry
            for entry in self.zoom.ledger.matching("POST", r"/v2/users/me/meetings")
            if "201" in (str(entry.status), entry.notes.get("committed"))
        ]
        return len(inserts), len(creates)

    def mails(self) -> list[str]:
        """Of which kind the mails were that Google sent to Maya."""
        return [mail.kind for mail in self.google.mails if mail.to == "maya@ortiz.test"]

    def cards(self, whose: Actor | None = None) -> list[Message]:
        """The cards that stand in Ana's direct messages, or what somebody else has in his."""
        return [message for message in self._messages(whose or self.ana) if message.thread_ts is None]

    def lines(self) -> list[str]:
        """The lines under them."""
        return [message.text for message in self._messages(self.ana) if message.thread_ts is not None]

    def _messages(self, whose: Actor) -> list[Message]:
        workspace = self.slack.people.home_of(whose.slack_user_id)
        channel = self.slack.people.direct(workspace, workspace.bot.id, whose.slack_user_id)
        return self.slack.messages_in(channel.id)

    def _record(self, changed: Appointment, deed: Deed) -> None:
        with self.store.writing() as work:
            work.appointments.lock_hosts(changed.hosts)
            record_change(work, changed, LogEntry(self.now, deed, self.ana.member_id), self.now)
            work.commit()


@contextmanager
def a_town(services: Services, kind: str) -> Iterator[Town]:
    """A new host in new worlds, on a new database of that kind."""
    google, zoom = GoogleWorld(now=lambda: STARTED), ZoomWorld(now=lambda: STARTED)
    zoom.url = services.zoom_url
    services.put_google(google)
    services.put_zoom(zoom)
    services.slack.faults.clear()
    google.add_account(ANA, "Ana", BERLIN)
    zoom.add_person(ANA, "Ana Berg", BERLIN)
    google_client, zoom_client = google.register_client([REDIRECT_URI]), zoom.register_client([CALLBACK])
    acme = services.slack.people.add_workspace("acme")
    ana = services.slack.people.add_member(acme.id, "ana", "Ana Berg")
    key = new_key()
    with ExitStack() as closing:
        # Each in a folder of its own: a process that was killed leaves files beside its database's.
        url, engine = closing.enter_context(an_engine(kind, Path(mkdtemp(dir=services.folder))))
        store = SqlStore(engine, Vault([key]))
        actor = _person(store, acme.id, ana.id, "Ana")
        ben = _person(store, acme.id, services.slack.people.add_member(acme.id, "ben", "Ben Koch").id, "Ben")
        account = connected(store, an_account(actor, ANA), google.sign_in(google_client, ANA, ALL))
        zoom_account = replace(an_account(actor, ANA), provider=Provider.ZOOM)
        connected(store, zoom_account, zoom.sign_in(zoom_client, ANA))
        chosen(store, actor, replace(a_calendar(account, ANA, role=Role.LINKED)))
        wires = Wires(
            database=url,
            key=key,
            google_url=services.google_url,
            google=(google_client.id, google_client.secret),
            zoom_url=services.zoom_url,
            zoom=(zoom_client.id, zoom_client.secret),
            slack_url=services.slack_url,
            slack_token=acme.bot_token,
        )
        yield Town(google, zoom, services.slack, store, wires, actor, ben)


def _person(store: SqlStore, team_id: str, user_id: str, name: str) -> Actor:
    profile = Profile(user_id, name, BERLIN, Standing.FULL, is_admin=False)
    with store.writing() as work:
        workspace = work.workspaces.add(Workspace(new_id(), team_id, "Acme"))
        member = work.members.save(workspace.id, profile, new_id=new_id(), now=STARTED)
        work.commit()
    return actor_of(member, workspace)


def connected(store: SqlStore, account: Account, told: Mapping[str, object]) -> Account:
    credential = Credential(
        str(told["access_token"]),
        str(told["refresh_token"]),
        STARTED + timedelta(hours=1),
        frozenset(str(told["scope"]).split()),
    )
    with store.writing() as work:
        work.accounts.add(account, credential)
        work.commit()
    return account
