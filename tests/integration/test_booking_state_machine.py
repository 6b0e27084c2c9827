"""Whatever members do to their appointments, in any order: no host is ever in two places, and nothing is refused
that is free."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.domain.appointments import (
    Appointment,
    AppointmentStatus,
    EditedMeanwhile,
    NotPossible,
    Question,
    QuestionKind,
)
from bot.domain.booking import Answer, BadBooking, BookingRequest, NotOffered, SlotTaken
from bot.domain.intervals import Interval, overlaps
from bot.domain.people import Actor
from bot.domain.wall_time import MINUTE, epoch
from bot.usecases.answer_question import AnswerQuestion
from bot.usecases.change_appointment import CancelAppointment, ConfirmHold, SettleAppointment
from bot.usecases.expire_holds import ExpireHolds
from bot.usecases.move_appointment import MoveAppointment, MoveRequest
from bot.usecases.undo_change import UndoChange
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.builders import second
from tests.databases import DATABASES, a_database
from tests.integration.booking_stage import BookingStage, takes_time

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=15, stateful_step_count=25)
LONG = settings(max_examples=400, stateful_step_count=80)
_FIRST = second("2026-11-24 9:00", "UTC")
_QUARTERS, _PLACES = st.integers(0, 12), st.integers(0, 20)
_LENGTHS = st.sampled_from([15, 30, 45, 60])
_HOSTS = st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True)


class Bookings(RuleBasedStateMachine):
    """Three members book each other; `stage` is given by the test."""

    stage: BookingStage

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[UUID] = []
        self.submitted: dict[str, tuple[Actor, BookingRequest, UUID]] = {}

    # --- What members do

    @rule(booker=st.integers(0, 2), hosts=_HOSTS, quarter=_QUARTERS, minutes=_LENGTHS, holds=st.booleans())
    def books(self, booker: int, hosts: list[int], quarter: int, minutes: int, holds: bool) -> None:
        actor = self.stage.actors[booker]
        start = _FIRST + quarter * 15 * MINUTE
        chosen = [self.stage.actors[place] for place in hosts]
        slack_ids = tuple(one.slack_user_id for one in chosen)
        request = BookingRequest(slack_ids, None, start, minutes, holds=holds)
        span = Interval(start, start + minutes * MINUTE)
        is_free = self._is_free(span, [one.member_id for one in chosen])
        origin = f"V{len(self.ids)}-{len(self.submitted)}-{start}"
        try:
            booked = self.stage.book(actor, request, origin)
        except SlotTaken:
            assert not is_free
        except NotOffered:
            assert self._is_asked_about(span, [one.member_id for one in chosen])
        except BadBooking:
            assert start <= epoch(self.stage.clock.now())
        else:
            assert is_free
            assert (booked.span, booked.hosts) == (span, tuple(one.member_id for one in chosen))
            self.ids.append(booked.id)
            self.submitted[origin] = (actor, request, booked.id)

    @precondition(lambda self: self.submitted)
    @rule(place=_PLACES)
    def submits_again(self, place: int) -> None:
        origin = list(self.submitted)[place % len(self.submitted)]
        actor, request, appointment_id = self.submitted[origin]
        assert self.stage.book(actor, request, origin).id == appointment_id

    @precondition(lambda self: self.ids)
    @rule(place=_PLACES, quarter=_QUARTERS)
    def moves(self, place: int, quarter: int) -> None:
        one = self._pick(place)
        start = _FIRST + quarter * 15 * MINUTE
        request = MoveRequest(one.id, one.version, start)
        use_case = MoveAppointment(self.stage.store, self.stage.clock, self.stage.read_live, lambda: None)
        is_free = self._is_free(Interval(start, start + one.minutes * MINUTE), one.hosts, without=one.id)
        try:
            moved = use_case(self._actor(one), request)
        except SlotTaken:
            assert not is_free
        except NotOffered:
            assert self._is_asked_about(Interval(start, start + one.minutes * MINUTE), one.hosts)
        except BadBooking:
            assert start <= epoch(self.stage.clock.now()) or start == one.span.start
        except NotPossible:
            assert not takes_time(one, self.stage.clock.now())
        else:
            assert (moved.span.start, moved.version) == (start, one.version + 1)
            assert is_free

    @precondition(lambda self: self.ids)
    @rule(place=_PLACES)
    def confirms(self, place: int) -> None:
        one = self._pick(place)
        is_held = one.status is AppointmentStatus.HELD and takes_time(one, self.stage.clock.now())
        confirm = ConfirmHold(self.stage.store, self.stage.clock, lambda: None)
        assert self._does(lambda: confirm(self._actor(one), one.id, version=one.version)) is is_held

    @precondition(lambda self: self.ids)
    @rule(place=_PLACES)
    def cancels(self, place: int) -> None:
        one = self._pick(place)
        cancel = CancelAppointment(self.stage.store, self.stage.clock, lambda: None)
        assert self._does(lambda: cancel(self._actor(one), one.id, version=one.version)) is one.is_live

    @precondition(lambda self: self.ids)
    @rule(place=_PLACES, showed=st.booleans())
    def settles(self, place: int, showed: bool) -> None:
        one = self._pick(place)
        settle = SettleAppointment(self.stage.store, self.stage.clock, lambda: None)
        is_over = one.status is AppointmentStatus.CONFIRMED and self.stage.clock.now() >= one.ends_at
        assert self._does(lambda: settle(self._actor(one), one.id, version=one.version, showed=showed)) is is_over

    @precondition(lambda self: self.ids)
    @rule(place=_PLACES)
    def undoes(self, place: int) -> None:
        one = self._pick(place)
        undo = UndoChange(self.stage.store, self.stage.clock, lambda: None)
        before = one.before_move
        if self._does(lambda: undo(self._actor(one), one.id, version=one.version)):
            after = self.stage.known(one.id)
            assert after.status is AppointmentStatus.CANCELLED if before is None else after.span == before

    @precondition(lambda self: self.ids)
    @rule(place=_PLACES, quarter=_QUARTERS, follows=st.booleans())
    def answers_what_google_did(self, place: int, quarter: int, follows: bool) -> None:
        one = self._pick(place)
        if not takes_time(one, self.stage.clock.now()):
            return
        theirs = Interval(*(_FIRST + quarter * 15 * MINUTE + edge for edge in (0, one.minutes * MINUTE)))
        asking = one.asking(Question(QuestionKind.COLLIDES, theirs), self.stage.clock.now())
        with self.stage.store.writing() as work:
            work.appointments.save(asking)
            work.commit()
        answer = AnswerQuestion(self.stage.store, self.stage.clock, lambda: None)
        said = Answer.FOLLOW if follows else Answer.KEEP
        host = next(actor for actor in self.stage.actors if actor.member_id == one.hosts[0])
        is_free = self._is_free(theirs, one.hosts, without=one.id)
        done = self._does(lambda: answer(host, one.id, said, version=asking.version))
        assert done is (is_free or not follows)
        assert self.stage.known(one.id).span == (theirs if done and follows else one.span)

    @precondition(lambda self: self.ids)
    @rule(place=_PLACES)
    def presses_an_old_button(self, place: int) -> None:
        one = self._pick(place)
        cancel = CancelAppointment(self.stage.store, self.stage.clock, lambda: None)
        assert not self._does(lambda: cancel(self._actor(one), one.id, version=one.version - 1))
        assert self.stage.known(one.id) == one

    # --- What time does

    @rule(minutes=st.sampled_from([1, 5, 9, 31]))
    def time_passes(self, minutes: int) -> None:
        self.stage.clock.time += timedelta(minutes=minutes)

    @rule()
    def holds_expire(self) -> None:
        now = self.stage.clock.now()
        ExpireHolds(self.stage.store, self.stage.clock)()
        held = [one for one in self._all() if one.status is AppointmentStatus.HELD]
        assert all(takes_time(one, now) for one in held)

    # --- What always holds

    @invariant()
    def no_host_is_in_two_places(self) -> None:
        assert self.stage.overlaps() == 0

    @invariant()
    def the_guard_says_what_the_appointments_say(self) -> None:
        told = {
            (one.id, host_id, one.span.start, one.span.end, one.is_live) for one in self._all() for host_id in one.hosts
        }
        assert self.stage.guarded() == told

    def _all(self) -> list[Appointment]:
        return [self.stage.known(appointment_id) for appointment_id in self.ids]

    def _pick(self, place: int) -> Appointment:
        return self.stage.known(self.ids[place % len(self.ids)])

    def _actor(self, one: Appointment) -> Actor:
        return next(actor for actor in self.stage.actors if actor.member_id == one.booker_id)

    def _is_free(self, span: Interval, hosts: object, *, without: UUID | None = None) -> bool:
        assert isinstance(hosts, list | tuple)
        now = self.stage.clock.now()
        return not any(
            one.id != without and takes_time(one, now) and overlaps(one.span, span) and set(one.hosts) & set(hosts)
            for one in self._all()
        )

    def _is_asked_about(self, span: Interval, hosts: object) -> bool:
        """Whether Google has something there of which a host has not said yet whether it counts."""
        assert isinstance(hosts, list | tuple)
        return any(
            one.question is not None
            and one.question.theirs is not None
            and overlaps(one.question.theirs, span)
            and set(one.hosts) & set(hosts)
            for one in self._all()
        )

    @staticmethod
    def _does(change: Callable[[], object]) -> bool:
        """Whether it was done, and not refused."""
        try:
            change()
        except (NotPossible, EditedMeanwhile, SlotTaken):
            return False
        return True


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], BookingStage]]:
    with ExitStack() as closing:
        url = closing.enter_context(a_database(request.param, tmp_path))
        engine = open_engine(url)
        closing.callback(engine.dispose)
        store = SqlStore(engine, Vault([new_key()]))
        yield lambda: BookingStage(store, engine)


def lives(database: Callable[[], BookingStage], profile: settings) -> None:
    """Run histories, each in a workspace of its own."""

    class Living(Bookings):
        def __init__(self) -> None:
            super().__init__()
            self.stage = database()

    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    phases = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
    chosen = settings(profile, deadline=None, suppress_health_check=quiet, phases=phases)
    run_state_machine_as_test(Living, settings=chosen)


# faults 7, 8 and 9
def test_after_any_history_no_host_is_in_two_places(database: Callable[[], BookingStage]) -> None:
    lives(database, QUICK)


# faults 7, 8 and 9
@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_after_long_histories_neither(database: Callable[[], BookingStage]) -> None:
    lives(database, LONG)
