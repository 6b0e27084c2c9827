"""What the deliveries of all kinds have in common."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.cards import Card
from bot.domain.effects import EFFECT_LEASE, EffectClaim, EffectKind, RemoteLink, event_lane
from bot.ports import Store, UnitOfWork

LOOK_EVERY = timedelta(minutes=10)
"""How often an event is looked at whose calendar nobody reads any more."""

TELLING = (EffectKind.CARD, EffectKind.MESSAGES)
"""What tells people in Slack how everything stands."""

CrashPoint = Callable[[str], None]
"""Told the name of a place where a process may die, for tests that have it die there."""


def nowhere(_name: str) -> None:
    """No process is to die anywhere."""


class Deliver(Protocol):
    """Brings the other side in line with an appointment, and records that it did.

    Raises:
        LeaseLost: another process took over; nothing more was written.
        DaybookError: it failed; whoever called records how, and when it is tried again.
    """

    def __call__(self, claim: EffectClaim) -> None: ...


def want_again(work: UnitOfWork, appointment_id: UUID, kind: EffectKind, due_at: datetime) -> None:
    """Have the latest version delivered anew, as what it is made of has changed; nothing where none was wanted.

    What the card tells, the messages to everybody else in it tell as well.
    """
    appointment = work.appointments.known(appointment_id)
    if appointment is None:
        return
    effects = work.effects.of(appointment_id)
    for each in TELLING if kind is EffectKind.CARD else (kind,):
        effect = effects.get(each)
        if effect is not None:
            work.effects.want(appointment, each, lane=effect.lane, due_at=due_at)
    if kind is EffectKind.CARD:
        work.reminders.changed(appointment_id, due_at)


def refresh_card(work: UnitOfWork, claim: EffectClaim, now: datetime, *, is_news: bool = False) -> None:
    """Have the card tell that this was delivered, where it told otherwise."""
    effect = claim.effect
    # A card that was shown meanwhile tells of this version that it is on its way.
    if is_news or effect.problem or effect.delivered < effect.wanted:
        want_again(work, effect.appointment_id, EffectKind.CARD, now)


def look_again(work: UnitOfWork, appointment: Appointment, link: RemoteLink, now: datetime) -> None:
    """Have the event looked at after a while where its calendar was left: until its end it is followed by that alone.

    In the transaction that ends the delivery, after its end.
    """
    if link.calendar_id is None and appointment.is_live and appointment.ends_at > now:
        lane = event_lane(appointment.id)
        work.effects.want(appointment, EffectKind.EVENT, lane=lane, due_at=now + LOOK_EVERY)


def keep_link(store: Store, claim: EffectClaim, link: RemoteLink, now: datetime) -> None:
    """Store what the appointment is elsewhere, in a transaction of its own. Raises `LeaseLost`.

    What is written after that has a whole lease, however long it took to come so far.
    """
    with store.writing() as work:
        work.effects.renew(claim, now + EFFECT_LEASE)
        work.remote_links.plan(link)
        work.commit()


def shown_in_slack(store: Store, claim: EffectClaim, card: Card) -> None:
    """Slack shows this version; it is wanted again when it will look different by itself."""
    effect = claim.effect
    with store.writing() as work:
        work.effects.done(claim, version=card.appointment.version)
        if card.changes_at is not None:
            work.effects.want(card.appointment, effect.kind, lane=effect.lane, due_at=card.changes_at)
        work.commit()


def nothing_to_do(store: Store, claim: EffectClaim, version: int) -> None:
    """The other side has to say nothing about this version."""
    with store.writing() as work:
        work.effects.done(claim, version=version)
        work.commit()
