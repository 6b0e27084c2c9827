"""Makes a channel's digest of what was entered in its form, or changes it."""

from dataclasses import replace
from datetime import datetime, time
from uuid import UUID, uuid5

from bot.domain.digest_form import DigestField, DigestWish, mistakes_in, weekdays_of
from bot.domain.digest_times import Turn, first_turn, passed_by, turn_after_change
from bot.domain.digests import MOST_DIGESTS, BadDigest, Digest, DigestThere, Level, Plan, agrees_by_saving, share_of
from bot.domain.errors import NotFound
from bot.domain.people import Actor, Member, Standing
from bot.domain.permissions import require_full_member
from bot.domain.wall_time import UnknownZone, zone_named
from bot.ports import Clock, DigestChannels, Store, UnitOfWork
from bot.usecases.changeable_digest import changeable_digest
from bot.usecases.digest_homes import homes_changed_with, homes_with
from bot.usecases.resolve_members import ResolveMembers


class SaveDigest:
    """Any full member sets one up in a channel that has none; its creator and admins change it.

    Everybody listed is asked before his days are shown; whoever puts himself in says yes for himself by that.
    """

    def __init__(self, store: Store, clock: Clock, channels: DigestChannels, resolve_members: ResolveMembers) -> None:
        self._store = store
        self._clock = clock
        self._channels = channels
        self._resolve = resolve_members

    def __call__(
        self,
        actor: Actor,
        wish: DigestWish,
        *,
        origin: str,
        digest_id: UUID | None = None,
        was_listed: bool = False,
    ) -> Digest:
        """The digest as it is stored.

        Args:
            actor: who saves it.
            wish: what was entered.
            origin: names the submission, the same however often it is delivered.
            digest_id: what is to be changed; None for a new one.
            was_listed: the actor was in the list already when he opened the form.

        Raises:
            BadDigest: a field cannot be so.
            ChannelUnusable: nothing can, or may, be posted there.
            DigestThere: the channel has one already.
            NotAllowed: the actor, or somebody in the list, is no full member.
            NotFound: there is none that the actor may change.
            ProviderError: Slack could not be asked.
        """
        require_full_member(actor)
        if digest_id is not None:
            with self._store.reading() as work:
                changeable_digest(work, actor, digest_id, to_change=False)
        plan = _plan(wish)
        members = self._resolve(actor, wish.people)
        if digest_id is not None:
            return self._change(actor, digest_id, wish, plan, members, was_listed=was_listed)
        if not wish.channel_id:
            raise BadDigest(DigestField.CHANNEL, "Choose a channel.")
        name = self._channels.look(actor, wish.channel_id)
        return self._add(actor, wish, plan, members, name, uuid5(actor.member_id, f"digest {origin}"))

    def _add(
        self, actor: Actor, wish: DigestWish, plan: Plan, members: tuple[Member, ...], name: str, digest_id: UUID
    ) -> Digest:
        now = self._clock.now()
        turn = first_turn(plan, now)
        digest = Digest(
            id=digest_id,
            workspace_id=actor.workspace_id,
            creator_id=actor.member_id,
            channel_id=wish.channel_id,
            channel_name=name,
            plan=plan,
            level=wish.level,
            is_quiet=wish.is_quiet,
            created_at=now,
            next_day=turn.day,
            next_due_at=turn.due_at,
        )
        with self._store.writing() as work:
            members = _still_here(work, actor, members)
            there = work.digests.in_channel(actor, wish.channel_id)
            if there is not None and there.id == digest_id:
                return there  # the same submission, delivered twice
            if there is not None:
                raise DigestThere
            if work.digests.count_own(actor) >= MOST_DIGESTS:
                raise BadDigest(DigestField.CHANNEL, f"You set up {MOST_DIGESTS} digests, which is as many as can be.")
            work.digests.add(digest)
            digest = _after_the_last(work, digest, now)
            self._list(work, actor, digest, members, digest.level, was_listed=False)
            work.commit()
        return digest

    def _change(
        self,
        actor: Actor,
        digest_id: UUID,
        wish: DigestWish,
        plan: Plan,
        members: tuple[Member, ...],
        *,
        was_listed: bool,
    ) -> Digest:
        now = self._clock.now()
        with self._store.writing() as work:
            members = _still_here(work, actor, members)
            before = changeable_digest(work, actor, digest_id, to_change=True)
            told = homes_with(work, before)
            digest = replace(before, plan=plan, level=wish.level, is_quiet=wish.is_quiet)
            if before.next_due_at is not None:
                last = work.digests.last_run(digest_id)
                last_day = None if last is None else last.day
                due = Turn(before.next_day, before.next_due_at)
                # What is entered once more leaves the next one as it is.
                turn = due if plan == before.plan else turn_after_change(plan, due, now, last_day=last_day)
                digest = replace(digest, next_day=turn.day, next_due_at=turn.due_at)
                if plan != before.plan:
                    work.digests.pass_over(digest, passed_by(plan, due, now), now)
            work.digests.change(digest)
            self._list(work, actor, digest, members, before.level, was_listed=was_listed)
            homes_changed_with(work, digest, now, by=actor, also=told)
            work.commit()
        return digest

    def _list(
        self,
        work: UnitOfWork,
        actor: Actor,
        digest: Digest,
        members: tuple[Member, ...],
        level_before: Level,
        *,
        was_listed: bool,
    ) -> None:
        own = share_of(work.digests.shares(digest.id), actor.member_id)
        listed = [member.id for member in members]
        work.digests.list_people(digest, listed, self._clock.now())
        if actor.member_id in listed and agrees_by_saving(own, level_before, digest.level, was_listed=was_listed):
            work.digests.answer(digest, actor.member_id, digest.level)


def _after_the_last(work: UnitOfWork, digest: Digest, now: datetime) -> Digest:
    """A channel has no second one on a day for which a deleted digest of it was sent."""
    last = work.digests.last_run(digest.id)
    if last is None:
        return digest
    turn = first_turn(digest.plan, now, last_day=last.day)
    digest = replace(digest, next_day=turn.day, next_due_at=turn.due_at)
    work.digests.change(digest)
    return digest


def _still_here(work: UnitOfWork, actor: Actor, members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Who did not leave since the form was looked through. Members are locked before digests, as by whoever erases.

    Raises `NotFound` where that is the actor, and `BadDigest` where nobody is left.
    """
    work.appointments.lock_hosts({actor.member_id, *(member.id for member in members)})
    if not _is_here(work, actor, actor.member_id):
        raise NotFound
    left = tuple(member for member in members if _is_here(work, actor, member.id))
    if not left:
        raise BadDigest(DigestField.PEOPLE, "Nobody in that list is here any more. Choose at least one person.")
    return left


def _is_here(work: UnitOfWork, actor: Actor, member_id: UUID) -> bool:
    return work.members.get(actor.workspace_id, member_id).standing is Standing.FULL


def _plan(wish: DigestWish) -> Plan:
    """Raises `BadDigest`."""
    if mistakes := mistakes_in(wish):
        raise BadDigest(*next(iter(mistakes.items())))
    try:
        zone_named(wish.zone)
    except UnknownZone as unknown:
        raise BadDigest(DigestField.ZONE, str(unknown)) from unknown
    return Plan(wish.rhythm, wish.at or time(), weekdays_of(wish), wish.zone)
