"""The whole bot with Ana connected, and the people to whom nothing of hers may show."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import yaml
from slack_sdk import WebClient
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import build_app
from bot.clients.system import SystemClock, new_id
from bot.domain.accounts import Access, Account, AccountStatus, Credential, Provider
from bot.domain.appointments import NOWHERE, Appointment, AppointmentStatus
from bot.domain.calendars import TWO_WAY, AccessRole, Calendar, ContactPolicy, Role
from bot.domain.contacts import Contact, NewContact
from bot.domain.events import EventStatus, Occurrence, RemoteEvent, Timed
from bot.domain.firings import FiringState
from bot.domain.fuse import Fuse
from bot.domain.intervals import Interval
from bot.domain.occasions import BookedIn, Occasion, What
from bot.domain.people import Actor, Profile, Standing, Workspace, actor_of
from bot.domain.recurrence import Expansion
from bot.domain.sync_plan import ExpandedEvent
from bot.domain.triggers import ActionKind, Trigger, TriggerAction, TriggerFilter
from bot.domain.webhooks import Webhook
from bot.rendering.blocks import section
from bot.rendering.surfaces import Modal
from bot.sandbox.serving import serving
from bot.sandbox.slack.standin import SlackStandIn
from bot.settings import Settings
from handlers.modals import loading_name, named
from handlers.registry import Kind, Registry
from handlers.slack_app import SlackApp
from storage.engine import open_engine
from storage.store import SqlStore
from storage.tables import METADATA
from storage.vault import Vault, new_key
from tests.databases import a_file
from tests.integration import deliveries, matrix_alerts, matrix_digests
from tests.integration.deliveries import VIEW_HASH, Who
from tests.integration.matrix_sent import Hers, Sent
from tests.integration.slack_house import MANIFEST, settle
from tests.limits import boundless

ADDRESS = "canary-address@acme.test"
CALENDAR = "canary-calendar"
TITLE = "canary-title"
INVITED = "UCANARY"
CONTACT = "canary-contact@ortiz.test"
INVITEE = "canary-invitee@chen.test"
ANA = "Ana herself"
OUTSIDER = "another workspace's member"


_DECIDED = ("schedule", "reminder_choice", "reminder_minutes", "home")
"""What every member decides for himself."""


@dataclass(frozen=True)
class Scene:
    """The whole bot, Ana with everything connected, and the others."""

    registry: Registry
    store: SqlStore
    browser: httpx.Client
    signing_secret: str
    people: Mapping[str, Who]
    hers: Hers
    heard: list[bytes]
    slack: SlackStandIn
    client: WebClient

    def sends(self, person: str, kind: Kind, sent: Sent) -> str:
        """Deliver, wait until it has been worked on, and give everything that the person was answered or sees."""
        already = len(self.heard)
        who = self.at_his_device(person, in_modal=kind in (Kind.VIEW, Kind.ACTION))
        answer = deliveries.deliver(self.browser, self.signing_secret, sent(who, self.hers))
        assert answer.status_code == 200
        settle(self.store)
        return (answer.content + b"".join(self.heard[already:])).decode() + self.screen(who)

    def at_his_device(self, person: str, *, in_modal: bool) -> Who:
        """The person with a fresh trigger, and with a modal open where he is to submit one, or act in one."""
        who = self.people[person]
        device = self.slack.person(who.user_id)
        while device.modal is not None:
            device.closes(all_of_them=True)
        if in_modal and person != OUTSIDER:
            view = Modal("Form", (section("…"),))
            opened = self.client.views_open(trigger_id=self.slack.trigger(who.user_id), view=view.payload())
            who = replace(who, view_id=opened["view"]["id"])
            # As Slack would have drawn it by the time of the answer: nobody here reads the acknowledgement.
            self.client.views_update(view_id=who.view_id, view=named(view, loading_name(who.view_id, VIEW_HASH)))
        return replace(who, trigger_id=self.slack.trigger(who.user_id))

    def screen(self, who: Who) -> str:
        """All that the person has in front of him."""
        person = self.slack.person(who.user_id)
        views = [view for view in (person.modal, person.home) if view is not None]
        return "\n".join([*map(person.reads, person.messages), *map(person.reads, views)])

    def snapshot(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row but those that anybody may cause: deliveries, what is known of the people themselves, and of
        what members decided about their time all but Ana's."""
        with self.store.connected("reading") as connection:
            members = METADATA.tables["member"]
            ana = connection.execute(
                select(members.c.id).where(members.c.slack_user_id == self.hers.slack_id)
            ).scalar_one()
            # Twice for each of a thousand cases: what SQLAlchemy makes of a row would take half of their time.
            read = connection.connection.cursor().execute
            rows = {name: read(f"SELECT * FROM {name} WHERE member_id = ?", [ana.hex]).fetchall() for name in _DECIDED}
            for name in METADATA.tables.keys() - {"inbox", "member", "workspace", "connect_link", *_DECIDED}:
                rows[name] = read(f"SELECT * FROM {name}").fetchall()
            return rows

    def links_of_ana(self) -> int:
        """How many private links there are in Ana's name."""
        links, members = METADATA.tables["connect_link"], METADATA.tables["member"]
        hers = select(members.c.id).where(members.c.slack_user_id == self.hers.slack_id)
        with self.store.connected("reading") as connection:
            return len(connection.execute(select(links.c.id).where(links.c.member_id.in_(hers))).all())


@contextmanager
def a_scene(folder: Path) -> Iterator[Scene]:
    """The bot as it is composed to be served, against the stand-in for Slack; nothing of Google's answers."""
    heard: list[bytes] = []
    slack = SlackStandIn(yaml.safe_load(MANIFEST.read_text()))
    acme, other = slack.people.add_workspace("acme", "Acme"), slack.people.add_workspace("other", "Other")
    ana = slack.people.add_member(acme.id, "ana").id
    gone = slack.people.add_member(acme.id, "gone")
    gone.deleted = True
    url = a_file(folder)
    key = new_key()
    store = SqlStore(open_engine(url), Vault([key]))
    hers = connected(store, Workspace(new_id(), acme.id, "Acme"), ana)
    with store.writing() as work:
        work.workspaces.add(Workspace(new_id(), other.id, "Other"))
        work.commit()
    with ExitStack() as stack:
        slack_url = stack.enter_context(slack.serve())
        post = stack.enter_context(serving(listening_post(heard)))
        settings = Settings.model_validate(
            {
                "database_url": url,
                "secret_keys": key,
                "public_url": "https://daybook.test",
                "slack_api_url": f"{slack_url}/api/",
                "slack_bot_token": acme.bot_token,
                "slack_signing_secret": slack.app.signing_secret,
                "google_client_id": "client",
                "google_client_secret": "secret",
                **{f"google_{name}_url": "http://127.0.0.1:9/" for name in ("api", "auth", "token", "revoke")},
            }
        )
        daybook = stack.enter_context(build_app(settings, clock=SystemClock(), limits=boundless()))
        assert isinstance(daybook.slack, SlackApp)
        browser = stack.enter_context(httpx.Client(base_url=stack.enter_context(serving(daybook.web)), trust_env=False))
        people = {
            ANA: Who(ana, acme.id, response_url=post),
            "a colleague": Who(slack.people.add_member(acme.id, "ben").id, acme.id, response_url=post),
            "a guest": Who(slack.people.add_member(acme.id, "gus", guest=True).id, acme.id, response_url=post),
            "somebody who left": Who(gone.id, acme.id, response_url=post),
            "somebody of another organisation": Who(
                slack.people.add_member(acme.id, "eve", home_team=other.id).id, other.id, acme.id, response_url=post
            ),
            OUTSIDER: Who(slack.people.add_member(other.id, "mia").id, other.id, response_url=post),
        }
        client = WebClient(acme.bot_token, base_url=f"{slack_url}/api/")
        yield Scene(
            daybook.slack.registry, store, browser, slack.app.signing_secret, people, hers, heard, slack, client
        )


def listening_post(heard: list[bytes]) -> Starlette:
    """Takes what is sent to response URLs."""

    async def hear(request: Request) -> Response:
        heard.append(await request.body())
        return Response("ok")

    return Starlette(routes=[Route("/", hear, methods=["POST"])])


def connected(store: SqlStore, workspace: Workspace, ana: str) -> Hers:
    """Ana with an account, a calendar with an event in it, and an account that waits for her word."""
    now = SystemClock().now()
    noon = (now + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    start = int(noon.timestamp())
    with store.writing() as work:
        acme = work.workspaces.add(workspace)
        profile = Profile(ana, "Ana", "Europe/Berlin", Standing.FULL, is_admin=False)
        actor = actor_of(work.members.save(acme.id, profile, new_id=new_id(), now=now), acme)
        active, waiting = an_account(actor, ADDRESS), an_account(actor, f"second-{ADDRESS}")
        for account in (active, waiting):
            work.accounts.add(account, Credential("access", "refresh", now + timedelta(hours=1), frozenset({"s"})))
        work.accounts.activate(actor, active.id)
        calendar = a_calendar(actor, active)
        work.calendars.choose(actor, [calendar])
        claim = work.calendars.claim_due(now + timedelta(minutes=1), limit=1, lease=timedelta(minutes=5))[0]
        generation = work.events.begin_full(claim)
        work.events.upsert(claim, [an_event(noon)], generation=generation)
        meeting = Occurrence(start, start + 1800, "e1", "e1", blocks=True)
        work.events.expand(claim, [ExpandedEvent("e1", Expansion((meeting,)))])
        work.events.complete(claim, sync_token="t", zone="Europe/Berlin")
        loss = Fuse(claim.fence, gone=6, coming=8)
        work.calendars.hold_back(claim, loss, read_at=now, next_sync_at=now + timedelta(days=1))
        work.schedules.change(actor, lambda preferences: replace(preferences, invited=(INVITED,)))
        assert work.events.busy(actor, [calendar.id], Interval(start, start + 60))
        contact = work.contacts.known(actor, NewContact(CONTACT, "Maya"), new_id=new_id())
        appointment = an_appointment(actor, contact, start + 7200)
        work.appointments.add(appointment, origin="hers")
        work.invitees.ask(acme.id, actor.member_id, [NewContact(INVITEE, "Lee")], now)
        [batch] = work.invitees.claim_batches(now, limit=1)
        trigger, occasion = a_trigger(actor), an_occasion(actor, appointment)
        work.triggers.add(trigger, Webhook(f"https://{ADDRESS.rpartition('@')[2]}/{TITLE}", TITLE))
        assert work.triggers.record(occasion) == 1
        [failed] = work.firings.claim_due(now, limit=1)
        work.firings.end(failed, FiringState.FAILED, now, problem=TITLE)
        digest = matrix_digests.a_digest(work, actor)
        landing = matrix_alerts.a_landing(work, claim, appointment, TITLE, now)
        work.commit()
    day = noon.date().isoformat()
    question = batch.questions[0].id
    return Hers(
        slack_id=ana,
        account=active.id,
        waiting=waiting.id,
        calendar=calendar.id,
        day=day,
        start=start,
        appointment=appointment.id,
        contact=contact.id,
        question=question,
        trigger=trigger.id,
        firing=failed.firing.id,
        digest=digest.id,
        landing=landing,
    )


def an_account(actor: Actor, address: str) -> Account:
    return Account(
        id=new_id(),
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        provider=Provider.GOOGLE,
        address=address,
        access=Access.FULL,
        status=AccountStatus.PENDING,
        created_at=SystemClock().now(),
    )


def a_calendar(actor: Actor, account: Account) -> Calendar:
    return Calendar(
        id=new_id(),
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        account_id=account.id,
        remote_id=ADDRESS,
        name=CALENDAR,
        zone="Europe/Berlin",
        access_role=AccessRole.OWNER,
        role=Role.LINKED,
        option=replace(TWO_WAY, contact_policy=ContactPolicy.ASK),
        next_sync_at=account.created_at,
    )


def an_appointment(actor: Actor, contact: Contact, start: int) -> Appointment:
    now = SystemClock().now()
    return Appointment(
        id=new_id(),
        workspace_id=actor.workspace_id,
        hosts=(actor.member_id,),
        booker_id=actor.member_id,
        contact=contact,
        title=TITLE,
        span=Interval(start, start + 1800),
        zone="Europe/Berlin",
        venue=NOWHERE,
        note=TITLE,
        status=AppointmentStatus.CONFIRMED,
        invites=True,
        created_at=now,
        changed_at=now,
    )


def a_trigger(actor: Actor) -> Trigger:
    return Trigger(
        id=new_id(),
        workspace_id=actor.workspace_id,
        owner_id=actor.member_id,
        name=TITLE,
        when=frozenset({What.BOOKED}),
        only=TriggerFilter((actor.member_id,)),
        action=TriggerAction(ActionKind.WEBHOOK, webhook_host="hooks.acme.test"),
        created_at=SystemClock().now() - timedelta(days=1),
    )


def an_occasion(actor: Actor, appointment: Appointment) -> Occasion:
    """Its booking, a while ago."""
    return Occasion(
        workspace_id=actor.workspace_id,
        what=What.BOOKED,
        subject=appointment.id,
        version=1,
        at=appointment.created_at - timedelta(minutes=1),
        booked_in=BookedIn.DAYBOOK,
        hosts=(actor.member_id,),
        contacts=(appointment.contact,) if appointment.contact else (),
        title=TITLE,
        span=appointment.span,
    )


def an_event(at: datetime) -> RemoteEvent:
    start = Timed(at, "Europe/Berlin")
    return RemoteEvent("e1", EventStatus.CONFIRMED, title=TITLE, start=start, end=start)
