"""Set up: which calendar gets appointments, and which ones block time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from bot.domain.accounts import Account, AccountStatus
from bot.domain.calendar_choice import CalendarOffer, Choosable, choose, offer
from bot.domain.calendars import ONE_WAY, Calendar, RemoteCalendar, Role
from bot.domain.choice_effects import ChoiceNeedsAWord, effects_of
from bot.domain.errors import CredentialRefused, DaybookError, NotConnected, ProviderError, SecretUnreadable
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import CalendarGateway, Clock, NewId, Store
from bot.usecases.adopt_links import adopt_links, look_after_left_copies
from bot.usecases.move_copies import left_copies, move_copies

NOT_CONNECTED = "No calendar is connected yet, so there is nothing to choose from."


class OfferCalendars:
    """List the calendars of all the actor's accounts, with what is chosen or preset."""

    def __init__(self, store: Store, gateway: CalendarGateway, clock: Clock) -> None:
        self._store = store
        self._gateway = gateway
        self._clock = clock

    def __call__(self, actor: Actor) -> CalendarOffer:
        """Raises `NotConnected` without an account, and what kept it from its answer if no account gave any."""
        require_full_member(actor)
        with self._store.reading() as work:
            accounts = [account for account in work.accounts.of(actor) if account.provider.has_calendars]
            current = work.calendars.of(actor)
        if not accounts:
            raise NotConnected(NOT_CONNECTED)
        return offer(self._list(accounts), accounts, current)

    def _list(self, accounts: Sequence[Account]) -> Mapping[UUID, Sequence[RemoteCalendar]]:
        listed: dict[UUID, Sequence[RemoteCalendar]] = {}
        failure: DaybookError | None = None
        for account in accounts:
            if account.status is not AccountStatus.ACTIVE:
                continue
            try:
                listed[account.id] = self._gateway.calendars(account.id)
            except CredentialRefused as error:
                self._mark_broken(account)
                failure = error
            except (ProviderError, SecretUnreadable) as error:
                failure = error
        if not listed and failure is not None:
            raise failure
        return listed

    def _mark_broken(self, account: Account) -> None:
        with self._store.writing() as work:
            work.accounts.mark_broken(account.id, self._clock.now(), as_read=account)
            work.commit()


class ChooseCalendars:
    """Keep a choice: new calendars are read at once, dropped ones go with all that was read of them."""

    def __init__(self, store: Store, offer_calendars: OfferCalendars, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._offer = offer_calendars
        self._clock = clock
        self._new_id = new_id

    def __call__(
        self, actor: Actor, linked: str | None, conflicts: Collection[str], *, agreed: str = "", removes: bool = False
    ) -> Sequence[Calendar]:
        """The calendars now in use.

        The marks were sent from a form and are only a wish: they are held against a fresh list of what there is.
        `agreed` is the
        fingerprint of the effects that were agreed to. Raises `ChoiceRefused` with the field, `ChoiceNeedsAWord`
        where something else is taken away, and as `OfferCalendars` does. With `removes`, events of appointments to come
        leave the calendar that was linked, and are written to the one that is.
        """
        choice = choose(self._offer(actor), linked, conflicts)
        with self._store.writing() as work:
            current = work.calendars.of(actor)
            effects = effects_of(choice, current, work.calendars.event_counts(actor))
            left = left_copies(work, actor, current, self._clock.now()) if effects.moves_link else ()
            if effects.need_a_word and agreed != effects.fingerprint:
                raise ChoiceNeedsAWord(replace(effects, copies=len(left)))
            present = {(one.account_id, one.remote_id): one for one in current}
            wanted = [self._in_role(actor, one, Role.CONFLICT, present) for one in choice.conflicts]
            if choice.linked is not None:
                wanted.append(self._in_role(actor, choice.linked, Role.LINKED, present))
            kept = {one.id for one in wanted}
            look_after_left_copies(work, actor, [one.id for one in current if one.id not in kept], self._clock.now())
            work.calendars.choose(actor, wanted)
            chosen = work.calendars.of(actor)
            adopt_links(work, actor, self._clock.now())
            if removes and left:
                move_copies(work, actor, current, self._clock.now())
            work.commit()
        return chosen

    def _in_role(
        self, actor: Actor, one: Choosable, role: Role, present: Mapping[tuple[UUID, str], Calendar]
    ) -> Calendar:
        listed = one.calendar
        known = present.get((one.account.id, listed.remote_id))
        if known is not None:
            # One that becomes linked is read anew: from now on it matters who is on its events.
            now = self._clock.now()
            due = known.next_sync_at if known.role is role else max(now, known.not_before or now)
            found = replace(known, role=role, name=listed.name, zone=listed.zone, access_role=listed.access_role)
            if known.role is role:
                return replace(found, next_sync_at=due)
            # What was two-way once is so again when its owner has seen what comes of it.
            return replace(found, next_sync_at=due, option=ONE_WAY, option_since=None)
        return Calendar(
            id=self._new_id(),
            workspace_id=actor.workspace_id,
            member_id=actor.member_id,
            account_id=one.account.id,
            remote_id=listed.remote_id,
            name=listed.name,
            zone=listed.zone,
            access_role=listed.access_role,
            role=role,
            option=ONE_WAY,
            next_sync_at=self._clock.now(),
        )
