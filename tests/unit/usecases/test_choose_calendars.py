"""Setting up: what Google lists is offered, and a choice is held against it anew before it is kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from uuid import UUID

import pytest

from bot.domain.accounts import Account, AccountStatus
from bot.domain.calendar_choice import CalendarOffer, ChoiceField, ChoiceRefused
from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, RemoteCalendar, Role
from bot.domain.choice_effects import ChoiceNeedsAWord, Dropped
from bot.domain.errors import CredentialRefused, DaybookError, KeyMissing, NotConnected, ProviderDown
from bot.domain.events import EventPage
from bot.usecases.choose_calendars import ChooseCalendars, OfferCalendars
from tests.builders import BERLIN
from tests.unit.usecases.connect_house import NOW, ConnectHouse


def a_remote(name: str, role: AccessRole = AccessRole.OWNER, *, primary: bool = False) -> RemoteCalendar:
    return RemoteCalendar(f"{name}@group.test", name, BERLIN, role, is_primary=primary, is_suggested=True)


ANA, FAMILY, CLUB = a_remote("Ana", primary=True), a_remote("Family"), a_remote("Club")
HOLIDAYS = a_remote("Holidays", AccessRole.READER)


@dataclass
class Listing:
    """Implements `ports.CalendarGateway`, of which only the list is asked for: an error there is raised, and what
    happens in the meantime is called."""

    of: dict[UUID, Sequence[RemoteCalendar] | Exception | Callable[[], Sequence[RemoteCalendar]]] = field(
        default_factory=dict
    )

    def calendars(self, account_id: UUID) -> Sequence[RemoteCalendar]:
        listed = self.of[account_id]
        if isinstance(listed, Exception):
            raise listed
        return listed() if callable(listed) else listed

    def changes(
        self, account_id: UUID, remote_id: str, *, sync_token: str | None, since: datetime
    ) -> Iterator[EventPage]:
        raise AssertionError("setting up reads no events")


class SetUp:
    """A connect house with the use-cases of setting up, and Ana's account of work connected."""

    def __init__(self, *listed: RemoteCalendar) -> None:
        numbers = count(1000)
        self.house, self.listing = ConnectHouse(), Listing()
        self.work = self.add_account("ana@acme.test", *listed)
        self.offer = OfferCalendars(self.house.store, self.listing, self.house.clock)
        self.choose = ChooseCalendars(
            self.house.store, self.offer, self.house.clock, new_id=lambda: UUID(int=next(numbers))
        )

    def add_account(self, address: str, *listed: RemoteCalendar) -> Account:
        account = self.house.connect(self.house.ana, address=address)
        self.listing.of[account.id] = listed
        return account

    def marks(self, *names: str) -> list[str]:
        """What the form calls these calendars."""
        by_name = {one.calendar.name: one.mark for one in self.offer(self.house.ana).calendars}
        return [by_name[name] for name in names]

    def told(self, linked: str, *conflicts: str) -> str:
        """The fingerprint in the question that this choice is answered with."""
        with pytest.raises(ChoiceNeedsAWord) as untold:
            self.choose(self.house.ana, linked, conflicts)
        return untold.value.effects.fingerprint

    def roles(self) -> Mapping[str, Role]:
        """What is stored of Ana's."""
        with self.house.store.reading() as work:
            return {one.name: one.role for one in work.calendars.of(self.house.ana)}


def names(offer: CalendarOffer) -> list[str]:
    return [one.calendar.name for one in offer.calendars]


def test_a_first_choice_is_stored_one_way_and_due_at_once() -> None:
    setup = SetUp(ANA, FAMILY)
    linked, family = setup.marks("Ana", "Family")
    chosen = setup.choose(setup.house.ana, linked, [family])
    assert chosen == [a_stored(setup, 1001, ANA, Role.LINKED), a_stored(setup, 1000, FAMILY, Role.CONFLICT)]


def test_a_calendar_that_stays_keeps_its_row_and_what_was_read() -> None:
    setup = SetUp(ANA, FAMILY)
    linked, family = setup.marks("Ana", "Family")
    (first, _) = setup.choose(setup.house.ana, linked, [family])
    (again, _) = setup.choose(setup.house.ana, family, [linked], agreed=setup.told(family, linked))
    assert (again.name, again.role) == ("Family", Role.LINKED)
    assert setup.roles() == {"Family": Role.LINKED, "Ana": Role.CONFLICT}
    with setup.house.store.reading() as work:
        assert first.id in [one.id for one in work.calendars.of(setup.house.ana)]


def test_a_calendar_is_dropped_only_once_that_was_agreed_to() -> None:
    setup = SetUp(ANA, FAMILY)
    linked, family = setup.marks("Ana", "Family")
    setup.choose(setup.house.ana, linked, [family])
    told = setup.told(linked)
    assert setup.roles() == {"Ana": Role.LINKED, "Family": Role.CONFLICT}
    setup.choose(setup.house.ana, linked, [], agreed=told)
    assert setup.roles() == {"Ana": Role.LINKED}


def test_a_calendar_that_the_question_did_not_name_is_asked_about_anew() -> None:
    setup = SetUp(ANA, FAMILY, CLUB)
    linked, family, club = setup.marks("Ana", "Family", "Club")
    setup.choose(setup.house.ana, linked, [family])
    told = setup.told(linked)
    setup.choose(setup.house.ana, linked, [family, club])  # meanwhile, on another device
    with pytest.raises(ChoiceNeedsAWord) as untold:
        setup.choose(setup.house.ana, linked, [], agreed=told)
    assert untold.value.effects.dropped == (Dropped("Club", 0), Dropped("Family", 0))
    assert setup.roles() == {"Ana": Role.LINKED, "Club": Role.CONFLICT, "Family": Role.CONFLICT}


def test_calendars_of_two_accounts_are_chosen_together() -> None:
    setup = SetUp(ANA)
    setup.add_account("ana@home.test", CLUB)
    linked, club = setup.marks("Ana", "Club")
    setup.choose(setup.house.ana, linked, [club])
    assert setup.roles() == {"Ana": Role.LINKED, "Club": Role.CONFLICT}


def test_a_calendar_that_was_unshared_since_the_form_was_drawn_is_refused() -> None:
    setup = SetUp(ANA, FAMILY)
    linked, family = setup.marks("Ana", "Family")
    setup.listing.of[setup.work.id] = [ANA]
    with pytest.raises(ChoiceRefused) as refused:
        setup.choose(setup.house.ana, linked, [family])
    assert refused.value.field is ChoiceField.CONFLICTS
    assert setup.roles() == {}


def test_a_calendar_that_became_read_only_since_is_refused_as_linked() -> None:
    setup = SetUp(ANA)
    (linked,) = setup.marks("Ana")
    setup.listing.of[setup.work.id] = [a_remote("Ana", AccessRole.READER)]
    with pytest.raises(ChoiceRefused, match="you cannot edit it"):
        setup.choose(setup.house.ana, linked, [])
    assert setup.roles() == {}


def test_another_members_calendars_are_not_on_offer() -> None:  # fault 11
    setup = SetUp(ANA)
    (hers,) = setup.marks("Ana")
    account = setup.house.connect(setup.house.ben, address="ben@acme.test")
    setup.listing.of[account.id] = [a_remote("Ben", primary=True)]
    with pytest.raises(ChoiceRefused):
        setup.choose(setup.house.ben, hers, [])
    assert names(setup.offer(setup.house.ben)) == ["Ben"]


def test_without_an_account_there_is_nothing_to_choose_from() -> None:
    setup = SetUp(ANA)
    with pytest.raises(NotConnected):
        setup.offer(setup.house.ben)


def test_a_connection_that_waits_for_its_member_is_not_listed() -> None:  # fault 16
    setup = SetUp(ANA)
    setup.house.arrive(setup.house.ana, address="ana@home.test")
    assert names(setup.offer(setup.house.ana)) == ["Ana"]  # the listing of the other would have raised


@pytest.mark.parametrize("trouble", [ProviderDown("Google did not answer."), KeyMissing()])
def test_one_account_that_does_not_answer_does_not_hide_the_others(trouble: DaybookError) -> None:
    setup = SetUp(ANA)
    home = setup.add_account("ana@home.test", CLUB)
    linked, club = setup.marks("Ana", "Club")
    setup.choose(setup.house.ana, linked, [club])
    setup.listing.of[home.id] = trouble
    offer = setup.offer(setup.house.ana)
    assert (names(offer), offer.unreachable) == (["Ana", "Club"], (home,))
    setup.choose(setup.house.ana, linked, [club])
    assert setup.roles() == {"Ana": Role.LINKED, "Club": Role.CONFLICT}


def test_no_account_that_answers_is_an_error_to_be_told() -> None:
    setup = SetUp(ANA)
    setup.listing.of[setup.work.id] = ProviderDown("Google did not answer.")
    with pytest.raises(ProviderDown):
        setup.offer(setup.house.ana)


def test_an_account_whose_permission_died_is_marked_for_its_owner() -> None:  # fault 36
    setup = SetUp(ANA)
    home = setup.add_account("ana@home.test", CLUB)
    setup.listing.of[home.id] = CredentialRefused("Google no longer accepts Daybook's access.")
    assert names(setup.offer(setup.house.ana)) == ["Ana"]
    assert {one.address: one.status for one in setup.house.accounts()} == {
        "ana@acme.test": AccountStatus.ACTIVE,
        "ana@home.test": AccountStatus.NEEDS_RECONNECT,
    }


# fault 36
def test_an_account_that_was_connected_anew_while_google_refused_stays_active() -> None:
    setup = SetUp(ANA)
    home = setup.add_account("ana@home.test", CLUB)

    def reconnect() -> Sequence[RemoteCalendar]:
        setup.house.connect(setup.house.ana, address="ana@home.test")
        raise CredentialRefused("Google no longer accepts Daybook's access.")

    setup.listing.of[home.id] = reconnect
    assert names(setup.offer(setup.house.ana)) == ["Ana"]
    assert {one.status for one in setup.house.accounts()} == {AccountStatus.ACTIVE}


def a_stored(setup: SetUp, number: int, remote: RemoteCalendar, role: Role) -> Calendar:
    """The calendar as it is stored before anything was read of it."""
    return Calendar(
        id=UUID(int=number),
        workspace_id=setup.house.ana.workspace_id,
        member_id=setup.house.ana.member_id,
        account_id=setup.work.id,
        remote_id=remote.remote_id,
        name=remote.name,
        zone=BERLIN,
        access_role=AccessRole.OWNER,
        role=role,
        option=ONE_WAY,
        next_sync_at=NOW,
    )
