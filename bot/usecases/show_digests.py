"""Gathers what there is to see of digests: the list, one, its form, and what would be posted."""

from dataclasses import replace
from uuid import UUID

from bot.domain.digest_content import Edition
from bot.domain.digest_form import DigestForm, DigestWish
from bot.domain.digest_views import DigestShown, Listed
from bot.domain.digests import Digest, Level, is_listed, may_change, may_preview, may_take_over, share_of
from bot.domain.errors import NotFound
from bot.domain.people import Actor, Standing
from bot.domain.permissions import require_full_member
from bot.ports import Clock, DigestChannels, Store, UnitOfWork
from bot.usecases.changeable_digest import changeable_digest
from bot.usecases.channel_readers import HasOutsiders
from bot.usecases.compose_digest import ComposeDigest
from bot.usecases.usable_digest import next_of


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

    def __init__(self, store: Store, is_read_outside: HasOutsiders) -> None:
        self._store = store
        self._is_read_outside = is_read_outside

    def __call__(self, actor: Actor, digest_id: UUID) -> DigestShown:
        """Raises `NotFound` unless the actor made it, is an admin, or was ever in its list."""
        require_full_member(actor)
        with self._store.reading() as work:
            shown = _shown(work, actor, work.digests.get(actor, digest_id))
        if not shown.may_open:
            raise NotFound
        return _with_readers(shown, self._is_read_outside)


class DigestIn:
    """The digest of the channel where somebody is, or the form of a new one."""

    def __init__(self, store: Store, channels: DigestChannels, is_read_outside: HasOutsiders) -> None:
        self._store = store
        self._channels = channels
        self._is_read_outside = is_read_outside

    def __call__(self, actor: Actor, channel_id: str) -> DigestShown | DigestForm:
        """Raises `ChannelUnusable` where none can be."""
        require_full_member(actor)
        with self._store.reading() as work:
            digest = work.digests.in_channel(actor, channel_id)
            shown = None if digest is None else _shown(work, actor, digest)
        if shown is not None:
            return _with_readers(shown, self._is_read_outside) if shown.may_open else shown
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
            digest = changeable_digest(work, actor, digest_id, to_change=False)
            listed = [share.member_id for share in work.digests.shares(digest_id) if share.is_listed]
            members = [work.members.get(actor.workspace_id, one) for one in listed]
        # Slack shows no form with people in it whom it does not know.
        people = tuple(member.slack_user_id for member in members if member.standing is Standing.FULL)
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
            is_going = digest.next_due_at is not None
            day = digest.next_day if is_going else next_of(work, digest, self._clock.now()).day
        self._channels.look(actor, digest.channel_id)
        return self._compose(digest, day)


def _with_readers(shown: DigestShown, is_read_outside: HasOutsiders) -> DigestShown:
    """Says so where it shows less than its level for those who read its channel; of busy times nobody has to know."""
    digest = shown.digest
    is_veiled = digest.level is not Level.BUSY and is_read_outside(digest.workspace_id, digest.channel_id)
    return replace(shown, is_veiled=is_veiled)


def _shown(work: UnitOfWork, actor: Actor, digest: Digest) -> DigestShown:
    shares = work.digests.shares(digest.id)
    creator = work.members.get(digest.workspace_id, digest.creator_id)
    pauser = digest.paused_by
    may_see = may_change(actor, digest) or is_listed(actor, shares)
    listed = [share for share in shares if share.is_listed] if may_see else []
    own = share_of(shares, actor.member_id)
    last = work.digests.last_run(digest.id)
    # The last day of a deleted one counts as its own, lest the channel see two.
    is_its = last is None or last.at > digest.created_at
    return DigestShown(
        digest=digest,
        creator=creator,
        people=tuple(Listed(work.members.get(digest.workspace_id, share.member_id), share) for share in listed),
        own=own if own is not None and own.is_his else None,
        last=last if is_its and may_see else None,
        may_change=may_change(actor, digest),
        may_preview=may_preview(actor, digest, shares),
        may_take_over=may_take_over(actor, creator, shares),
        zone=actor.zone,
        paused_by=None if pauser is None else work.members.get(digest.workspace_id, pauser),
        before=None if is_its or not may_see else last,
        is_own_pause=pauser == actor.member_id,
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
