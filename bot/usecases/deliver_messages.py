"""Brings the messages to everybody in an appointment besides its first host in line with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from bot.domain.card_state import message_to
from bot.domain.cards import Card, CardGone, Message, PostedCard, others_in
from bot.domain.effects import EFFECT_LEASE, MOST_ATTEMPTS, EffectClaim
from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.domain.people import Member, Standing
from bot.ports import Cards, Clock, Store
from bot.usecases.card_scene import card_now
from bot.usecases.delivering import CrashPoint, nothing_to_do, nowhere, shown_in_slack
from bot.usecases.members_of import members_of


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is shown to whom, and which messages there are."""

    card: Card
    members: tuple[Member, ...]
    messages: Mapping[UUID, Message]
    now: datetime


class DeliverMessages:
    """Implements `Deliver`. One message for life to each of them, as with the card; their threads stay empty.

    What fails for one of them keeps nobody else's message waiting. What passes by itself is tried again for him alone;
    what does not is given up for him alone, until there is something new to be told.
    """

    def __init__(self, store: Store, cards: Cards, clock: Clock, crash_point: CrashPoint = nowhere) -> None:
        self._store = store
        self._cards = cards
        self._clock = clock
        self._crash_point = crash_point

    def __call__(self, claim: EffectClaim) -> None:
        """Raises `LeaseLost`, what passes by itself, and what Slack refuses for all of them."""
        scene = self._look(claim)
        if scene is None:
            nothing_to_do(self._store, claim, claim.effect.wanted)
            return
        refused: list[ProviderError] = []
        for member in scene.members:
            try:
                self._bring(claim, scene, member)
            except ProviderError as error:
                refused.append(error)
        passing = [error for error in refused if _passes(claim, error)]
        if passing:
            raise passing[0]
        if refused and len(refused) == len(scene.members):
            raise refused[0]
        shown_in_slack(self._store, claim, scene.card)
        self._crash_point("messages: after commit")

    def _look(self, claim: EffectClaim) -> _Scene | None:
        now = self._clock.now()
        with self._store.reading() as work:
            appointment = work.appointments.known(claim.effect.appointment_id)
            if appointment is None:
                return None
            members = members_of(work, appointment.workspace_id, others_in(appointment))
            messages = work.messages.of(appointment.id)
            card = card_now(work, appointment, now)
        # Whoever has left could do nothing with it, and Slack would refuse it.
        present = tuple(member for member in members if member.standing is Standing.FULL)
        return _Scene(card, present, messages, now)

    def _bring(self, claim: EffectClaim, scene: _Scene, member: Member) -> None:
        shown = message_to(member, scene.card, scene.now)
        before = scene.messages.get(member.id)
        if before is not None and before.shown == _mark(shown):
            return  # it is somebody else's message that is tried again
        posted = before.posted if before is not None else None
        if posted is None and before is not None:  # a try before this one may have posted it
            posted = self._cards.find(member, shown.appointment.id, since=shown.appointment.created_at)
            if posted is not None:
                self._keep(claim, member, Message(posted))
        if posted is not None:
            try:
                self._update(claim, member, posted, shown)
            except CardGone:
                posted = None
        # Nobody is told for the first time of what is over.
        if posted is None and shown.appointment.is_live:
            self._post(claim, member, shown)

    def _update(self, claim: EffectClaim, member: Member, posted: PostedCard, shown: Card) -> None:
        with self._store.writing() as work:  # there may be many of them, and each of them slow
            work.effects.renew(claim, self._clock.now() + EFFECT_LEASE)
            work.commit()
        self._crash_point("messages: before update")
        self._cards.update(posted, shown)
        self._crash_point("messages: after update")
        self._keep(claim, member, Message(posted, _mark(shown)))

    def _post(self, claim: EffectClaim, member: Member, shown: Card) -> None:
        self._keep(claim, member, Message())
        self._crash_point("messages: before post")
        posted = self._cards.post(member, shown)
        self._crash_point("messages: after post")
        self._keep(claim, member, Message(posted, _mark(shown)))
        self._crash_point("messages: after it is kept")

    def _keep(self, claim: EffectClaim, member: Member, message: Message) -> None:
        with self._store.writing() as work:
            work.effects.renew(claim, self._clock.now() + EFFECT_LEASE)
            work.messages.keep(claim, member.id, message)
            work.commit()


def _passes(claim: EffectClaim, error: ProviderError) -> bool:
    """Whether it passes by itself, as far as anybody waits for that."""
    return isinstance(error, ProviderBusy | ProviderDown) and claim.effect.attempts + 1 < MOST_ATTEMPTS


def _mark(card: Card) -> str:
    return sha256(repr(card).encode()).hexdigest()
