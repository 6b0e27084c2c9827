"""Brings the card of an appointment in line with it, and its history into the thread below."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.appointment_log import LogEntry
from bot.domain.cards import Card, CardGone, CardLine, PostedCard
from bot.domain.effects import EffectClaim, EffectKind, LinkState, RemoteLink
from bot.domain.errors import ProviderBusy
from bot.domain.people import Member
from bot.ports import Cards, Clock, Store
from bot.usecases.card_scene import card_now
from bot.usecases.delivering import CrashPoint, keep_link, nothing_to_do, nowhere, shown_in_slack
from bot.usecases.members_of import members_of


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is shown, and what of the history is not told yet."""

    card: Card
    link: RemoteLink
    told: int
    untold: Sequence[LogEntry]
    people: dict[object, Member]

    @property
    def host(self) -> Member:
        """In whose messages the card stands."""
        return self.card.hosts[0]


class DeliverCard:
    """Implements `Deliver`. One message for life: looked for before it is posted again, edited afterwards.

    A line of the thread is told at most once: it counts as told before it is posted.
    """

    def __init__(self, store: Store, cards: Cards, clock: Clock, crash_point: CrashPoint = nowhere) -> None:
        self._store = store
        self._cards = cards
        self._clock = clock
        self._crash_point = crash_point

    def __call__(self, claim: EffectClaim) -> None:
        """Raises `LeaseLost`, and what Slack refuses."""
        scene = self._look(claim)
        if scene is None:
            nothing_to_do(self._store, claim, claim.effect.wanted)
            return
        posted = self._shown(claim, scene)
        for number, entry in enumerate(scene.untold, start=scene.told + 1):
            self._tell(claim, scene, posted, number, entry)
        shown_in_slack(self._store, claim, scene.card)
        self._crash_point("card: after commit")

    def _look(self, claim: EffectClaim) -> _Scene | None:
        now = self._clock.now()
        with self._store.reading() as work:
            appointment = work.appointments.known(claim.effect.appointment_id)
            links = work.remote_links.of(claim.effect.appointment_id)
            if appointment is None or EffectKind.CARD not in links:
                return None
            log, told = work.appointments.log(appointment.id), work.appointments.told(claim)
            untold = log[told:]
            who = {entry.who for entry in untold if entry.who is not None}
            members = members_of(work, appointment.workspace_id, who)
            card = card_now(work, appointment, now)
        return _Scene(card, links[EffectKind.CARD], told, untold, {member.id: member for member in members})

    def _shown(self, claim: EffectClaim, scene: _Scene) -> PostedCard:
        link = scene.link
        if link.state is LinkState.PLANNED:
            return self._posted(claim, scene)
        posted = PostedCard(link.container, link.remote_id)
        try:
            self._crash_point("card: before update")
            self._cards.update(posted, scene.card)
        except CardGone:
            return self._posted(claim, replace(scene, link=replace(link, state=LinkState.PLANNED)), is_lost=True)
        self._crash_point("card: after update")
        return posted

    def _posted(self, claim: EffectClaim, scene: _Scene, *, is_lost: bool = False) -> PostedCard:
        """The card as it was posted: perhaps by a try before this one, whose answer was lost."""
        appointment = scene.card.appointment
        posted = None
        if claim.fence > 1 and not is_lost:
            posted = self._cards.find(scene.host, appointment.id, since=appointment.created_at)
        if posted is None:
            keep_link(self._store, claim, scene.link, self._clock.now())
            self._crash_point("card: before post")
            posted = self._cards.post(scene.host, scene.card)
            self._crash_point("card: after post")
        else:
            self._cards.update(posted, scene.card)
        written = replace(scene.link, state=LinkState.WRITTEN, container=posted.channel, remote_id=posted.message)
        keep_link(self._store, claim, written, self._clock.now())
        self._crash_point("card: after it is kept")
        return posted

    def _tell(self, claim: EffectClaim, scene: _Scene, posted: PostedCard, number: int, entry: LogEntry) -> None:
        self._count(claim, number)
        self._crash_point("card: before reply")
        who = scene.people.get(entry.who)
        try:
            self._cards.reply(posted, CardLine(entry, who, scene.card.appointment))
        except ProviderBusy:  # it surely was not posted
            self._count(claim, number - 1)
            raise
        self._crash_point("card: after reply")

    def _count(self, claim: EffectClaim, told: int) -> None:
        with self._store.writing() as work:
            work.appointments.tell(claim, told)
            work.commit()
