"""What people do in Google, step by step: to their own events, and to those of appointments."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.contracts.google_client import ANA
from tests.contracts.two_way_house import BEN, CARA, LEE, MAYA
from tests.integration.both_sides_history import DAYS, HOURS, OUTSIDE, PICK, WHO, Happening
from tests.integration.both_sides_people import RULES, hour_of

_ROOM = "room4@resource.calendar.google.com"
_EVERYBODY = (*OUTSIDE, BEN, CARA, _ROOM)
_GUESTS = st.lists(st.sampled_from(_EVERYBODY), max_size=3, unique=True)


class InGoogle(Happening):
    """Ana and Ben in front of Google's pages."""

    @rule(who=WHO, day=DAYS, hour=HOURS, guests=_GUESTS, rule=st.sampled_from(("", "", *RULES)))
    def makes_an_event(self, who: int, day: int, hour: int, guests: list[str], rule: str) -> None:
        by = (ANA, BEN)[who]
        event_id = self.people.make(by, day, hour, [one for one in guests if one != by])
        if rule:
            self.people.repeat(event_id, rule)

    @precondition(lambda self: self.people.alive)
    @rule(pick=PICK, day=DAYS, hour=HOURS)
    def moves_an_event(self, pick: int, day: int, hour: int) -> None:
        self.people.move(self._of(self.people.alive, pick), day, hour)

    @precondition(lambda self: self.people.alive)
    @rule(pick=PICK, place=WHO)
    def deletes_an_event(self, pick: int, place: int) -> None:
        self.people.delete_here(self._of(self.people.alive, pick), place)

    @precondition(lambda self: self.people.alive)
    @rule(pick=PICK, email=st.sampled_from(_EVERYBODY))
    def invites(self, pick: int, email: str) -> None:
        self.people.invite(self._of(self.people.alive, pick), email)

    @precondition(lambda self: self.people.alive)
    @rule(pick=PICK, email=st.sampled_from(_EVERYBODY))
    def uninvites(self, pick: int, email: str) -> None:
        self.people.uninvite(self._of(self.people.alive, pick), email)

    @precondition(lambda self: self.people.alive)
    @rule(
        pick=PICK,
        email=st.sampled_from((MAYA, LEE, BEN, ANA)),
        response=st.sampled_from(("declined", "accepted", "tentative")),
    )
    def answers_an_invitation(self, pick: int, email: str, response: str) -> None:
        self.people.answer(self._of(self.people.alive, pick), email, response)

    @precondition(lambda self: self.people.alive)
    @rule(pick=PICK, name=st.sampled_from(("free", "private", "busy", "open")))
    def shows_an_event_otherwise(self, pick: int, name: str) -> None:
        fields = {
            "free": {"transparency": "transparent"},
            "busy": {"transparency": "opaque"},
            "private": {"visibility": "private"},
            "open": {"visibility": "default"},
        }
        event_id = self._of(self.people.alive, pick)
        self.people.change(event_id, **fields[name])
        self.people.story(event_id).breaks += 1

    @precondition(lambda self: self.people.single)
    @rule(pick=PICK, rule=st.sampled_from(RULES))
    def makes_it_recurring(self, pick: int, rule: str) -> None:
        self.people.repeat(self._of(self.people.single, pick), rule)

    @precondition(lambda self: self.people.series)
    @rule(pick=PICK)
    def makes_it_single(self, pick: int) -> None:
        self.people.repeat_no_more(self._of(self.people.series, pick))

    @precondition(lambda self: self.people.series)
    @rule(pick=PICK, nth=st.integers(0, 3), day=DAYS, hour=HOURS)
    def moves_one_time(self, pick: int, nth: int, day: int, hour: int) -> None:
        self.people.move_one_time(self._of(self.people.series, pick), nth, day, hour)

    @precondition(lambda self: self.people.series)
    @rule(pick=PICK, nth=st.integers(0, 3))
    def calls_one_time_off(self, pick: int, nth: int) -> None:
        self.people.call_off_one_time(self._of(self.people.series, pick), nth)

    @precondition(lambda self: self.people.series)
    @rule(pick=PICK, day=DAYS, hour=HOURS)
    def moves_this_and_following(self, pick: int, day: int, hour: int) -> None:
        self.people.split(self._of(self.people.series, pick), day, hour)

    @precondition(lambda self: self.people.single)
    @rule(pick=PICK, where=st.integers(0, 2))
    def takes_it_to_another_calendar(self, pick: int, where: int) -> None:
        self.people.take_to(self._of(self.people.single, pick), (ANA, BEN, self.town.side)[where])

    # --- In Google, to an appointment's event

    @precondition(lambda self: self.people.copies())
    @rule(pick=PICK, day=DAYS, hour=HOURS, title=st.sampled_from(("", "Renamed", "Kick-off")), moves=st.booleans())
    def changes_a_copy(self, pick: int, day: int, hour: int, title: str, moves: bool) -> None:
        calendar_id, event = self._copy(pick)
        times = hour_of(day, hour) if moves else {}
        named = {"summary": title} if title else {}
        self.town.world.change_event(calendar_id, event.id, **times, **named)

    @precondition(lambda self: self.people.copies())
    @rule(pick=PICK)
    def deletes_a_copy(self, pick: int) -> None:
        calendar_id, event = self._copy(pick)
        self.town.world.delete_event(calendar_id, event.id)

    @precondition(lambda self: self.people.copies())
    @rule(pick=PICK)
    def takes_a_copy_to_the_side(self, pick: int) -> None:
        calendar_id, event = self._copy(pick)
        target = ANA if calendar_id == self.town.side else self.town.side
        if calendar_id != BEN:
            self.town.world.move_event(calendar_id, event.id, target)
