"""A town in which much happens on both sides; what that may be is told elsewhere, here is what always holds."""

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from bot.domain.appointments import Appointment
from bot.domain.calendars import ContactPolicy, EventStyle, SyncOption
from bot.domain.option_words import sound
from bot.domain.people import Actor
from bot.sandbox.google.state import StoredEvent
from tests.contracts.two_way_house import LEE, MAYA
from tests.integration.both_sides_people import People
from tests.integration.both_sides_quiet import Quiet
from tests.integration.both_sides_town import BothSides

PAT, SAM = "pat@gmail.com", "sam@chen.test"
OUTSIDE = (MAYA, LEE, SAM, PAT)
OPTIONS = tuple(
    dict.fromkeys(
        sound(SyncOption(style, policy, fire_triggers=fires))
        for style in EventStyle
        for policy in (ContactPolicy.CREATE, ContactPolicy.ASK, ContactPolicy.KNOWN_ONLY)
        for fires in (True, False)
    )
)
DAYS, HOURS, PICK, WHO = st.integers(0, 4), st.integers(8, 11), st.integers(0, 20), st.integers(0, 1)


class Happening(RuleBasedStateMachine):
    """Everybody does as he likes."""

    booked: list[UUID]

    def __init__(self, town: BothSides) -> None:
        super().__init__()
        self.town = town
        self.people = People(town.world)
        self.quiet = Quiet(town, self.people)
        self.booked = []
        town.everything()

    # --- What always holds

    @invariant()
    def no_host_is_in_two_places(self) -> None:
        assert self.quiet.truth.overlaps() == 0

    @invariant()
    def nobody_becomes_a_contact_without_reason(self) -> None:
        self.quiet.look_at_contacts()

    def teardown(self) -> None:
        if not self.quiet.is_over:
            self.quiet.come()

    def _actor(self, who: int) -> Actor:
        return (self.town.ana, self.town.ben)[who]

    def _host(self, one: Appointment) -> Actor:
        return self.town.ana if self.town.ana.member_id in one.hosts else self.town.ben

    def _appointment(self, pick: int) -> Appointment:
        return self.quiet.truth.known(self.booked[pick % len(self.booked)])

    def _copy(self, pick: int) -> tuple[str, StoredEvent]:
        copies = self.people.copies()
        return copies[pick % len(copies)]

    @staticmethod
    def _of(some: list[str], pick: int) -> str:
        return some[pick % len(some)]
