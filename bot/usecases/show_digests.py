"""Gathers what there is to see of digests: the list, one, its form, and what would be posted."""

from dataclasses import replace
from uuid import UUID

from bot.domain.digest_content import Edition
from bot.domain.digest_form import DigestForm, DigestWish
from bot.domain.digest_times import today_of
from bot.domain.digest_views import DigestShown, Listed
from bot.domain.digests import Digest, is_listed, may_change, may_preview, may_take_over
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, DigestChannels, Store, UnitOfWork
from bot.usecases.compose_digest import ComposeDigest


class ShowDigests:
    """Those that the actor made, and those that may show his days."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor) -> tuple[DigestShown, ...]:
        """Raises `NotAllowed` for all but full members."""
        require_full_member(actor)
        with self._store.reading() as work:
            return tuple(_shown(work, actor, digest) for digest in work.digests.of(actor))


class ShowDigest:
    """One digest; whoever is not in its list, and may not change it, learns only that it is there."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, digest_id: UUID) -> DigestShown:
        """Raises `NotFound` unless the actor made it, is an admin, or was ever in its list."""
        require_full_member(actor)
        with self._store.reading() as work:
            shown = _shown(work, actor, work.digests.get(actor, digest_id))
        if not (shown.may_change or shown.may_preview or shown.may_take_over or shown.own is not None):
            raise NotFound
        return shown


class DigestIn:
    """The digest of the channel where somebody is, or the form of a new one."""

    def __init__(self, store: Store, channels: DigestChannels) -> None:
        self._store = store
        self._channels = channels

    def __call__(self, actor: Actor, channel_id: str) -> DigestShown | DigestForm:
        """Raises `ChannelUnusable` where none can be."""
        require_full_member(actor)
        with self._store.reading() as work:
            digest = work.digests.in_channel(actor, channel_id)
            if digest is not None:
                return _shown(work, actor, digest)
        name = self._channels.look(actor, channel_id)
        return DigestForm(_first_wish(actor, channel_id), None, name)


class DigestFormOf:
    """The form with what is set now, or with what a new digest begins with."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, digest_id: UUID | None, wish: DigestWish | None = None) -> DigestForm:
        """What stands in it is `wish`, where something was entered already.

        Raises `NotFound` unless the actor may change it.
        """
        require_full_member(actor)
        if digest_id is None:
            return DigestForm(wish or _first_wish(actor, ""), None)
        with self._store.reading() as work:
            digest = work.digests.get(actor, digest_id)
            if not may_change(actor, digest):
                raise NotFound
            listed = [share.member_id for share in work.digests.shares(digest_id) if share.is_listed]
            people = tuple(work.members.get(actor.workspace_id, one).slack_user_id for one in listed)
        held = wish or _as_it_is(digest, people)
        return DigestForm(replace(held, channel_id=digest.channel_id), digest_id, digest.channel_name)


class PreviewDigest:
    """What would be posted next, as it looks now."""

    def __init__(self, store: Store, channels: DigestChannels, compose: ComposeDigest, clock: Clock) -> None:
        self._store = store
        self._channels = channels
        self._compose = compose
        self._clock = clock

    def __call__(self, actor: Actor, digest_id: UUID) -> Edition:
        """Raises `NotFound` unless the actor made it or is in its list, and `ChannelUnusable` where he may not read."""
        require_full_member(actor)
        with self._store.reading() as work:
            digest = work.digests.get(actor, digest_id)
            if not may_preview(actor, digest, work.digests.shares(digest_id)):
                raise NotFound
        self._channels.look(actor, digest.channel_id)
        day = digest.next_day if digest.paused is None else today_of(digest.plan, self._clock.now())
        return self._compose(digest, day)


def _shown(work: UnitOfWork, actor: Actor, digest: Digest) -> DigestShown:
    shares = work.digests.shares(digest.id)
    creator = work.members.get(digest.workspace_id, digest.creator_id)
    may_see = may_change(actor, digest) or is_listed(actor, shares)
    listed = [share for share in shares if share.is_listed] if may_see else []
    runs = work.digests.runs(digest.id, limit=1)
    return DigestShown(
        digest=digest,
        creator=creator,
        people=tuple(Listed(work.members.get(digest.workspace_id, share.member_id), share) for share in listed),
        own=next((share for share in shares if share.member_id == actor.member_id and share.is_his), None),
        last=runs[0] if runs and may_see else None,
        may_change=may_change(actor, digest),
        may_preview=may_preview(actor, digest, shares),
        may_take_over=may_take_over(actor, creator, shares),
        zone=actor.zone,
    )


def _first_wish(actor: Actor, channel_id: str) -> DigestWish:
    return DigestWish(zone=actor.zone, channel_id=channel_id, people=(actor.slack_user_id,))


def _as_it_is(digest: Digest, people: tuple[str, ...]) -> DigestWish:
    plan = digest.plan
    return DigestWish(
        zone=plan.zone,
        channel_id=digest.channel_id,
        rhythm=plan.rhythm,
        weekdays=plan.weekdays,
        at=plan.at,
        people=people,
        level=digest.level,
        is_quiet=digest.is_quiet,
    )
