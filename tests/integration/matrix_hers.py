"""Ana's account, calendar, appointment and all else that she has, with words in it by which a leak is known."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.clients.system import SystemClock, new_id
from bot.domain.accounts import Access, Account, AccountStatus, Credential, Provider
from bot.domain.appointments import NOWHERE, Appointment, AppointmentStatus
from bot.domain.calendars import TWO_WAY, AccessRole, Calendar, ContactPolicy, Role
from bot.domain.contacts import Contact, NewContact
from bot.domain.events import EventStatus, Occurrence, RemoteEvent, Timed
from bot.domain.firings import FiringState
from bot.domain.fuse import Fuse
from bot.domain.intervals import Interval
from bot.domain.invitee_questions import WAIT
from bot.domain.occasions import BookedIn, Occasion, What
from bot.domain.people import Actor, Profile, Standing, Workspace, actor_of
from bot.domain.recurrence import Expansion
from bot.domain.sync_plan import ExpandedEvent
from bot.domain.triggers import ActionKind, Trigger, TriggerAction, TriggerFilter
from bot.domain.webhooks import Webhook
from storage.store import SqlStore
from tests.integration import matrix_alerts, matrix_digests
from tests.integration.matrix_sent import Hers

ADDRESS = "canary-address@acme.test"
CALENDAR = "canary-calendar"
TITLE = "canary-title"
INVITED = "UCANARY"
CONTACT = "canary-contact@ortiz.test"
INVITEE = "canary-invitee@chen.test"


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
        batch = work.invitees.claim_batch(now + WAIT)
        assert batch is not None
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
