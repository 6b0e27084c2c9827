"""Erases what is a member's own, and leaves a nameless row where others' appointments refer to him."""

import json
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, func, or_, select, update

from bot.domain.effects import EffectKind
from bot.domain.erasure import LEFT_NAME, Forgetting, Redaction, without_member
from bot.domain.leaving import CopyState
from bot.domain.people import Standing
from bot.domain.reminders import ReminderState
from storage.repositories.contact_erasure import erase_answers
from storage.repositories.locks import lock
from storage.repositories.redacting import redact, redact_json, rewrite_json
from storage.tables import (
    ACCOUNTS,
    APPOINTMENT_LOG,
    APPOINTMENTS,
    CALENDARS,
    CHANGE_SETS,
    COLLEAGUES,
    DECLINED,
    DIGEST_QUESTIONS,
    DIGEST_REFUSALS,
    DIGEST_SHARES,
    DIGESTS,
    EFFECTS,
    FIRINGS,
    HOMES,
    HOSTS,
    INVITEE_QUESTIONS,
    LANDING_BATCHES,
    LANDINGS,
    LEAVINGS,
    LEFT_COPIES,
    LEFT_REPORTS,
    LINKS,
    MEMBERS,
    MESSAGES,
    OFFERS,
    REMINDER_CHOICES,
    REMINDERS,
    REMOTE_LINKS,
    SCHEDULES,
    TAKEN_PLACES,
    TRIGGER_RULES,
)

_OWN = (
    (LINKS, "member_id"),
    (SCHEDULES, "member_id"),
    (OFFERS, "host_id"),
    (TRIGGER_RULES, "owner_id"),
    (INVITEE_QUESTIONS, "host_id"),
    (CHANGE_SETS, "member_id"),
    (DECLINED, "member_id"),
    (MESSAGES, "member_id"),
    (LANDINGS, "member_id"),
    (LANDING_BATCHES, "member_id"),
    (HOMES, "member_id"),
    (LEFT_REPORTS, "member_id"),
)
_NAMELESS = {"title": LEFT_NAME}


def erase_member(connection: Connection, forgetting: Forgetting) -> bool:
    """Erase him, once his accounts are gone; False where he has one still."""
    member_id = forgetting.member_id
    row = connection.execute(select(MEMBERS).where(MEMBERS.c.id == member_id).with_for_update()).one_or_none()
    if row is None:
        return True
    if connection.scalar(select(ACCOUNTS.c.id).where(ACCOUNTS.c.member_id == member_id).limit(1)) is not None:
        return False
    _leave_digests(connection, forgetting)
    for table, whose in _OWN:
        connection.execute(delete(table).where(table.c[whose] == member_id))
    connection.execute(update(OFFERS).where(OFFERS.c.claimer_id == member_id).values(claimer_id=None))
    _leave_audiences(connection, forgetting)
    if row.name != LEFT_NAME:
        _erase_appointments(connection, forgetting, without_member(row.name))
    names = [forgetting.slack_user_id, *([row.name] if row.name != LEFT_NAME else [])]
    erase_answers(connection, names)
    # Last, and his choice after them, as by whoever changes an appointment and whoever notes that a message arrived.
    _leave_messages(connection, forgetting)
    _erase_reminders(connection, forgetting)
    connection.execute(delete(REMINDER_CHOICES).where(REMINDER_CHOICES.c.member_id == member_id))
    connection.execute(
        update(MEMBERS)
        .where(MEMBERS.c.id == member_id)
        .values(
            name=LEFT_NAME,
            # Of his own, so that he who comes back is somebody new.
            slack_user_id=f"left:{member_id}",
            zone="UTC",
            locale="",
            hour_cycle=None,
            first_day=None,
            standing=Standing.DEACTIVATED,
            is_admin=False,
        )
    )
    return True


def _erase_appointments(connection: Connection, forgetting: Forgetting, redaction: Redaction) -> None:
    """What he alone hosted tells nothing that was typed any more; in what others share he is named no more."""
    hosted = select(HOSTS.c.appointment_id).where(HOSTS.c.host_id == forgetting.member_id)
    others = select(HOSTS.c.appointment_id).where(HOSTS.c.host_id != forgetting.member_id)
    _erase_alone(connection, forgetting, hosted.where(HOSTS.c.appointment_id.not_in(others)))
    either = APPOINTMENTS.c.id.in_(hosted) | (APPOINTMENTS.c.booker_id == forgetting.member_id)
    his = select(APPOINTMENTS.c.id).where(either)
    redact(connection, APPOINTMENTS, ["title", "note", "reason", "venue_details"], redaction, either)
    redact(connection, APPOINTMENT_LOG, ["detail"], redaction, APPOINTMENT_LOG.c.appointment_id.in_(his))
    # Of meetings taken from Google nothing but the ledger says whose they were.
    of_his = or_(FIRINGS.c.subject.in_(his), FIRINGS.c.hosts.contains(str(forgetting.member_id)))
    redact(connection, FIRINGS, ["title", "problem", "venue_details"], redaction, of_his)
    redact(connection, EFFECTS, ["problem"], redaction, EFFECTS.c.appointment_id.in_(his))
    redact(connection, LEFT_COPIES, ["title"], redaction, LEFT_COPIES.c.appointment_id.in_(his))
    redact(connection, DECLINED, ["title"], redaction, DECLINED.c.subject.in_(his))
    redact(connection, OFFERS, ["title", "note", "venue_details"], redaction, OFFERS.c.appointment_id.in_(his))
    linked = REMOTE_LINKS.c.agreed.is_not(None), REMOTE_LINKS.c.appointment_id.in_(his)
    redact_json(connection, REMOTE_LINKS, "agreed", redaction, *linked)
    _erase_links(connection, forgetting)


def _erase_alone(connection: Connection, forgetting: Forgetting, his: Select[tuple[UUID]]) -> None:
    """Not by his name: he may have had another one when they were made."""
    texts = {"note": "", "venue_details": "", "reason": "", **_NAMELESS}
    connection.execute(update(APPOINTMENTS).where(APPOINTMENTS.c.id.in_(his)).values(texts))
    connection.execute(update(APPOINTMENT_LOG).where(APPOINTMENT_LOG.c.appointment_id.in_(his)).values(detail=""))
    connection.execute(update(EFFECTS).where(EFFECTS.c.appointment_id.in_(his)).values(problem=""))
    by_him = FIRINGS.c.hosts == json.dumps([str(forgetting.member_id)])
    connection.execute(update(FIRINGS).where(by_him).values(venue_details="", problem="", **_NAMELESS))
    connection.execute(update(LEFT_COPIES).where(LEFT_COPIES.c.appointment_id.in_(his)).values(_NAMELESS))
    connection.execute(update(DECLINED).where(DECLINED.c.subject.in_(his)).values(_NAMELESS))
    agreed = {**_NAMELESS, "place": "", "description": ""}
    rewrite_json(connection, REMOTE_LINKS, "agreed", agreed, REMOTE_LINKS.c.appointment_id.in_(his))


def _erase_links(connection: Connection, forgetting: Forgetting) -> None:
    """What his appointments were elsewhere; of his own card, which is in his messages, nothing is kept."""
    first = select(HOSTS.c.appointment_id).where(HOSTS.c.host_id == forgetting.member_id, HOSTS.c.position == 0)
    for table in (REMOTE_LINKS, EFFECTS):
        of_card = table.c.kind == EffectKind.CARD
        connection.execute(delete(table).where(table.c.appointment_id.in_(first), of_card))
    # A linked calendar's id is mostly its account's address, of which it is remembered that a colleague has it.
    left = REMOTE_LINKS.c.appointment_id.in_(first), REMOTE_LINKS.c.account_id.is_(None)
    containers = select(func.lower(REMOTE_LINKS.c.container)).where(*left)
    connection.execute(
        delete(COLLEAGUES).where(
            COLLEAGUES.c.workspace_id == forgetting.workspace_id, COLLEAGUES.c.email.in_(containers)
        )
    )
    # The UID stays: by it his former colleagues' copies are known to be ours.
    gone = {"address": "", "container": "", "remote_id": "", "etag": "", "agreed": None, "url": ""}
    connection.execute(update(REMOTE_LINKS).where(*left).values(gone))


def leave_channels(connection: Connection, forgetting: Forgetting) -> None:
    """His days are in no digest any more, and no channel is reminded; the member is locked before."""
    _leave_digests(connection, forgetting)
    # Before his choice, as by whoever notes that one arrived.
    _leave_messages(connection, forgetting)
    own = update(REMINDER_CHOICES).where(REMINDER_CHOICES.c.member_id == forgetting.member_id)
    connection.execute(own.values(channel_id="", channel_name="", problem=""))


def _leave_digests(connection: Connection, forgetting: Forgetting) -> None:
    """A digest that is about to be posted is put together anew.

    What he set up pauses by itself when it is due next, for somebody else in its list to take over; the questions that
    name him say so no more. Digests are locked before consents, as by whoever changes them.
    """
    his = select(DIGEST_SHARES.c.digest_id).where(DIGEST_SHARES.c.member_id == forgetting.member_id)
    # Two who share digests and are forgotten at once come to them in the same order.
    in_order = select(DIGESTS.c.id).where(DIGESTS.c.id.in_(his)).order_by(DIGESTS.c.id).with_for_update(key_share=True)
    ids = connection.scalars(in_order).all()
    connection.execute(update(DIGESTS).where(DIGESTS.c.id.in_(ids)).values(fence=DIGESTS.c.fence + 1, lease_until=None))
    paused = DIGESTS.c.paused_by == forgetting.member_id, DIGESTS.c.workspace_id == forgetting.workspace_id
    connection.execute(update(DIGESTS).where(*paused).values(paused_by=None))
    for table in (DIGEST_SHARES, DIGEST_REFUSALS, DIGEST_QUESTIONS):
        connection.execute(delete(table).where(table.c.member_id == forgetting.member_id))
    made = select(DIGESTS.c.id).where(DIGESTS.c.creator_id == forgetting.member_id)
    wanted = {"wanted": DIGEST_QUESTIONS.c.wanted + 1}
    connection.execute(update(DIGEST_QUESTIONS).where(DIGEST_QUESTIONS.c.digest_id.in_(made)).values(wanted))


def _erase_reminders(connection: Connection, forgetting: Forgetting) -> None:
    """Messages in channels are shown anew, without his name; of all others nothing is kept.

    Another host of the meeting who chose the same channel has them from now on, and what is still to be said there:
    otherwise they would go on to name him, and to say that it is about to begin, whatever becomes of it.
    """
    of_his = REMINDERS.c.member_id == forgetting.member_id
    own = REMINDERS.alias("own")
    heir = (
        select(own.c.member_id)
        .join(REMINDER_CHOICES, REMINDER_CHOICES.c.member_id == own.c.member_id)
        .where(
            own.c.subject == REMINDERS.c.subject,
            own.c.start_at == REMINDERS.c.start_at,
            own.c.minutes == REMINDERS.c.minutes,
            own.c.kind == REMINDERS.c.kind,
            own.c.channel_id == "",
            own.c.state != ReminderState.LEFT_OUT,
            own.c.member_id != forgetting.member_id,
            REMINDER_CHOICES.c.channel_id == REMINDERS.c.channel_id,
        )
        .order_by(own.c.member_id)
        .limit(1)
        .scalar_subquery()
    )
    of_channel = and_(of_his, REMINDERS.c.channel_id != "")
    may_be_there = _may_be_there()
    # Who is sending or editing it goes on to, and sees then that it names him; what is not sent yet stays so.
    is_on_its_way = and_(REMINDERS.c.lease_until.is_not(None), may_be_there)
    anew = {
        "due_at": REMINDERS.c.wanted_at,
        "fence": case((is_on_its_way, REMINDERS.c.fence), else_=REMINDERS.c.fence + 1),
        "lease_until": case((is_on_its_way, REMINDERS.c.lease_until), else_=None),
    }
    connection.execute(
        update(REMINDERS)
        .where(of_channel, or_(may_be_there, REMINDERS.c.state == ReminderState.WAITING))
        .values(
            member_id=func.coalesce(heir, REMINDERS.c.member_id), channel=REMINDERS.c.channel_id, problem="", **anew
        )
    )
    connection.execute(delete(REMINDERS).where(of_his, or_(REMINDERS.c.channel_id == "", ~may_be_there)))


def _leave_messages(connection: Connection, forgetting: Forgetting) -> None:
    """What his channel was told by another host's wish is shown anew there, and what is on its way is looked at.

    What is not sent yet is held with it: whoever is about to send it looks who is named once this is stored.
    """
    his = forgetting.member_id
    hosted = select(HOSTS.c.appointment_id).where(HOSTS.c.host_id == his)
    taken = (
        select(TAKEN_PLACES.c.taken_id)
        .join(CALENDARS, CALENDARS.c.id == TAKEN_PLACES.c.calendar_id)
        .where(CALENDARS.c.member_id == his)
    )
    chosen = select(REMINDER_CHOICES.c.channel_id).where(
        REMINDER_CHOICES.c.member_id == his, REMINDER_CHOICES.c.channel_id != ""
    )
    by_others = and_(
        REMINDERS.c.workspace_id == forgetting.workspace_id,
        REMINDERS.c.member_id != his,
        REMINDERS.c.channel_id.in_(chosen),
        or_(REMINDERS.c.subject.in_(hosted), REMINDERS.c.subject.in_(taken)),
    )
    in_order = select(REMINDERS.c.id).where(by_others).order_by(REMINDERS.c.id)
    lock(connection, in_order.with_for_update(key_share=True))
    connection.execute(update(REMINDERS).where(by_others, _may_be_there()).values(due_at=REMINDERS.c.wanted_at))


def _may_be_there() -> ColumnElement[bool]:
    """Its message stands in Slack, or was sent there by somebody who does not know yet whether it arrived."""
    on_its_way = and_(REMINDERS.c.state == ReminderState.WAITING, REMINDERS.c.sent_at.is_not(None))
    return or_(REMINDERS.c.message != "", on_its_way)


def _leave_audiences(connection: Connection, forgetting: Forgetting) -> None:
    """Others who let him book them name him no more."""
    slack_id = forgetting.slack_user_id
    named = SCHEDULES.c.invited.contains(slack_id, autoescape=True)
    rows = connection.execute(
        select(SCHEDULES.c.member_id, SCHEDULES.c.invited).where(
            SCHEDULES.c.workspace_id == forgetting.workspace_id, named
        )
    ).all()
    for row in rows:
        others = [one for one in json.loads(row.invited) if one != slack_id]
        connection.execute(
            update(SCHEDULES).where(SCHEDULES.c.member_id == row.member_id).values(invited=json.dumps(others))
        )


def is_delivering(connection: Connection, member_id: UUID) -> bool:
    """Whether something of the appointments that he hosts is on its way to Google or Zoom, or on its way out."""
    hosted = select(HOSTS.c.appointment_id).where(HOSTS.c.host_id == member_id)
    waiting = select(EFFECTS.c.appointment_id).where(
        EFFECTS.c.appointment_id.in_(hosted),
        EFFECTS.c.kind.in_([EffectKind.MEETING, EffectKind.EVENT]),
        EFFECTS.c.due_at.is_not(None) | EFFECTS.c.lease_until.is_not(None),
        EFFECTS.c.is_dead.is_(False),
    )
    leaving = (
        select(LEFT_COPIES.c.account_id)
        .join(LEAVINGS, LEAVINGS.c.account_id == LEFT_COPIES.c.account_id)
        .where(LEAVINGS.c.member_id == member_id, LEFT_COPIES.c.state == CopyState.WAITING)
    )
    return any(connection.execute(one.limit(1)).first() is not None for one in (waiting, leaving))
