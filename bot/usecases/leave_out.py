"""Who never becomes a contact: the team's own domains, and what members left out."""

from bot.domain.contact_views import LeftOutShown
from bot.domain.errors import NotAllowed
from bot.domain.invitee_questions import InviteeAnswer
from bot.domain.mail_domains import own_domains
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store


class ShowLeftOut:
    """Looks in the actor's workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor) -> LeftOutShown:
        """Every full member may see it."""
        require_full_member(actor)
        with self._store.reading() as work:
            domains = work.invitees.domains(actor.workspace_id)
            blocked = work.invitees.blocked(actor.workspace_id)
        return LeftOutShown(tuple(sorted(domains)), tuple(sorted(blocked)), may_change=actor.is_admin)


class AllowAgain:
    """Takes back that an address or a domain never becomes a contact."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, pattern: str) -> None:
        """`pattern` is an address, or a domain with an "@" in front; nothing happens where it is not left out."""
        require_full_member(actor)
        with self._store.writing() as work:
            left_out = work.invitees.left_out(actor.workspace_id, pattern)
            work.taken.mark_invited(actor.workspace_id, [pattern, *left_out])
            work.invitees.unblock(actor, pattern)
            work.commit()


class NameDomains:
    """Says which domains are the team's own: whoever has an address there is a colleague."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, written: str) -> tuple[str, ...]:
        """The domains as they are from now on; raises `BadDomain`, and `NotAllowed` for all but admins."""
        require_full_member(actor)
        if not actor.is_admin:
            raise NotAllowed("Only an admin of this workspace can say which domains are your own. Nothing was changed.")
        domains = own_domains(written)
        with self._store.writing() as work:
            added = set(domains) - work.invitees.domains(actor.workspace_id)
            asked = work.invitees.open_at(actor.workspace_id, added)
            emails = {*asked, *work.contacts.of_domains(actor.workspace_id, added)}
            work.taken.mark_invited(actor.workspace_id, emails)
            work.invitees.set_domains(actor, domains, self._clock.now())
            work.invitees.settle(actor.workspace_id, asked, InviteeAnswer.OURS)
            work.commit()
        return domains
