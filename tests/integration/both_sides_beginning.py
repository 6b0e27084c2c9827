"""How histories of both sides begin: with something in Google, and something booked, that both know."""

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from bot.domain.calendars import SyncOption
from bot.domain.option_change import OptionKept
from tests.contracts.two_way_house import BEN
from tests.integration.both_sides_daybook import InDaybook
from tests.integration.both_sides_faults import GoingWrong
from tests.integration.both_sides_google import InGoogle
from tests.integration.both_sides_history import DAYS, HOURS, OPTIONS, OUTSIDE, WHO
from tests.integration.both_sides_people import RULES

_INVITED = st.lists(st.sampled_from((*OUTSIDE, BEN)), min_size=1, max_size=2, unique=True)
_MADE = st.lists(st.tuples(WHO, DAYS, HOURS, _INVITED, st.sampled_from(("", "", *RULES))), min_size=1, max_size=4)
_BOOKED = st.lists(st.tuples(WHO, st.booleans(), DAYS, HOURS, st.sampled_from(("", *OUTSIDE))), max_size=3)
_Made = list[tuple[int, int, int, list[str], str]]
_Booked = list[tuple[int, bool, int, int, str]]


class EverythingHappens(InGoogle, InDaybook, GoingWrong):
    """All of it, from such a beginning on."""

    @initialize(ben=st.sampled_from(OPTIONS), made=_MADE, booked=_BOOKED)
    def begins(self, ben: SyncOption, made: _Made, booked: _Booked) -> None:
        """Ana is in two-way sync, Ben in whichever."""
        told = self.town.preview(self.town.ben, ben)
        with suppress(OptionKept):
            self.town.switch(self.town.ben, ben, agreed=told.fingerprint)
        for who, day, hour, guests, line in made:
            self.makes_an_event(who=who, day=day, hour=hour, guests=guests, rule=line)
        for who, both, day, hour, email in booked:
            self.books(who=who, both=both, day=day, hour=hour, email=email)
        self.town.everything()
