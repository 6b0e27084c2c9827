"""The calendars of which the actor can see a day: all that he has, or the stored ones while nobody answers."""

from bot.domain.calendar_choice import CalendarOffer, Choosable, offer
from bot.domain.errors import NotConnected, NotFound, ProviderError, SecretUnreadable
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Store
from bot.usecases.choose_calendars import NOT_CONNECTED, OfferCalendars


class OfferOwnCalendars:
    """Lists them for a form, and finds the one that was meant."""

    def __init__(self, store: Store, offer_calendars: OfferCalendars) -> None:
        """Take the store, and what asks the provider for calendars that are not used."""
        self._store = store
        self._offer = offer_calendars

    def __call__(self, actor: Actor) -> CalendarOffer:
        """Used or not; where the provider does not answer, those in use. Raises `NotConnected`."""
        require_full_member(actor)
        try:
            return self._offer(actor)
        except (ProviderError, SecretUnreadable):
            return self._stored(actor)

    def find(self, actor: Actor, mark: str) -> Choosable:
        """The calendar of the actor's that a form calls so; one in use is found without asking anybody.

        Raises `NotFound`, and `NotConnected`.
        """
        require_full_member(actor)
        for choosable in (self._stored, self):
            found = next((one for one in choosable(actor).calendars if one.mark == mark), None)
            if found is not None:
                return found
        raise NotFound("This calendar is not there any more. Choose another one.")

    def _stored(self, actor: Actor) -> CalendarOffer:
        with self._store.reading() as work:
            accounts = [account for account in work.accounts.of(actor) if account.provider.has_calendars]
            current = work.calendars.of(actor)
        if not accounts:
            raise NotConnected(NOT_CONNECTED)
        return offer({}, accounts, current)
