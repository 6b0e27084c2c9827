"""Pauses a digest, has it go on, deletes it, and hands it over when its creator left."""

from dataclasses import replace
from uuid import UUID

from bot.domain.digests import Digest, PauseReason, may_take_over
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, DigestChannels, Store, UnitOfWork
from bot.usecases.changeable_digest import changeable_digest
from bot.usecases.digest_homes import homes_changed_with
from bot.usecases.usable_digest import next_of, why_unusable


class PauseDigest:
    """Nothing is posted until somebody has it go on; days that go by meanwhile are not made up for."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, digest_id: UUID) -> None:
        """What is paused already stays as it is. Raises `NotFound` unless the actor made it, or is an admin."""
        require_full_member(actor)
        with self._store.writing() as work:
            digest = changeable_digest(work, actor, digest_id, to_change=True)
            if digest.paused is not None:
                return
            now = self._clock.now()
            by_hand = replace(digest, paused=PauseReason.BY_HAND, next_due_at=None)
            work.digests.change(replace(by_hand, paused_by=actor.member_id, paused_at=now))
            homes_changed_with(work, digest, now, by=actor)
            work.commit()


class ResumeDigest:
    """Goes on with the next time that is to come, if there is anybody of whom it can tell."""

    def __init__(self, store: Store, channels: DigestChannels, clock: Clock) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock

    def __call__(self, actor: Actor, digest_id: UUID) -> Digest:
        """As it is now. Raises `NotFound` unless the actor made it, or is an admin, and `ChannelUnusable`."""
        require_full_member(actor)
        with self._store.reading() as work:
            digest = changeable_digest(work, actor, digest_id, to_change=False)
        name = self._channels.look(actor, digest.channel_id)
        with self._store.writing() as work:
            digest = changeable_digest(work, actor, digest_id, to_change=True)
            digest = _going_on(work, replace(digest, channel_name=name), self._clock)
            work.digests.change(digest)
            homes_changed_with(work, digest, self._clock.now(), by=actor)
            work.commit()
        return digest


class TakeOverDigest:
    """The actor becomes its creator, and it goes on if it can; whoever agreed stays in it."""

    def __init__(self, store: Store, channels: DigestChannels, clock: Clock) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock

    def __call__(self, actor: Actor, digest_id: UUID) -> Digest:
        """As it is now.

        Raises `NotFound` unless its creator left and the actor is in its list, or an admin; `ChannelUnusable`.
        """
        require_full_member(actor)
        with self._store.reading() as work:
            digest = _to_be_had(work, actor, digest_id, to_change=False)
        name = self._channels.look(actor, digest.channel_id)
        with self._store.writing() as work:
            work.appointments.lock_hosts([actor.member_id])
            digest = _to_be_had(work, actor, digest_id, to_change=True)
            digest = replace(digest, creator_id=actor.member_id, channel_name=name)
            digest = _going_on(work, digest, self._clock)
            work.digests.change(digest)
            homes_changed_with(work, digest, self._clock.now(), by=actor)
            work.commit()
        return digest


class DeleteDigest:
    """Removes it with everybody's word on it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, digest_id: UUID) -> Digest:
        """What it was. Raises `NotFound` unless the actor made it, or is an admin."""
        require_full_member(actor)
        with self._store.writing() as work:
            digest = changeable_digest(work, actor, digest_id, to_change=True)
            homes_changed_with(work, digest, self._clock.now(), by=actor)
            work.digests.delete(actor, digest_id)
            work.commit()
        return digest


def _to_be_had(work: UnitOfWork, actor: Actor, digest_id: UUID, *, to_change: bool) -> Digest:
    digest = work.digests.get(actor, digest_id, to_change=to_change)
    creator = work.members.get(actor.workspace_id, digest.creator_id)
    if not may_take_over(actor, creator, work.digests.shares(digest_id)):
        raise NotFound
    return digest


def _going_on(work: UnitOfWork, digest: Digest, clock: Clock) -> Digest:
    """From the next time on; one that was never paused stays as it is, and so does one that cannot go on."""
    if digest.next_due_at is not None:
        return digest
    why = why_unusable(work, digest)
    if why is not None:
        since = digest.paused_at if why is digest.paused else clock.now()
        return replace(digest, paused=why, paused_by=None, paused_at=since)
    turn = next_of(work, digest, clock.now())
    goes_on = replace(digest, paused=None, paused_by=None, paused_at=None)
    return replace(goes_on, next_day=turn.day, next_due_at=turn.due_at)
