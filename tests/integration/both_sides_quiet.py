"""Lets everything come to rest, and holds both sides to each other then."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.appointment_log import Deed
from bot.domain.appointments import Appointment, AppointmentStatus, QuestionKind
from bot.domain.booking import Answer
from bot.domain.calendars import Calendar, ContactPolicy, Role
from bot.domain.change_sets import ChangeSet
from bot.domain.errors import DaybookError
from bot.domain.firings import FiringState
from bot.domain.intervals import Interval
from bot.domain.occasions import BookedIn, Occasion, What
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from bot.sandbox.google.times import moment_of
from bot.usecases.answer_question import AnswerQuestion
from tests.builders import BERLIN
from tests.integration.both_sides_people import People, reference
from tests.integration.both_sides_town import BothSides
from tests.integration.both_sides_truth import Truth

_MOST_ROUNDS = 8
_WRITES = "POST|PATCH|PUT|DELETE"
_EVENTS = "/calendar/v3/calendars/.*/events.*"


class Quiet:
    """Knows from outside what may be and what must be."""

    def __init__(self, town: BothSides, people: People) -> None:
        self.town, self.people = town, people
        self.truth = Truth(town)
        self.contacts: dict[UUID, str] = {}
        self.by_hand: set[UUID] = set()
        self.emails_by_hand: set[str] = set()
        self.may_come: dict[str, set[str]] = {}
        self.is_over = False
        """What once failed is not tried a second time at the end."""

    # --- What people do that the end depends on

    def met_by_hand(self, email: str) -> None:
        self.emails_by_hand.add(email)

    def touched(self, contact_id: UUID) -> None:
        self.by_hand.add(contact_id)

    def deleted(self, contact_id: UUID) -> None:
        self.contacts.pop(contact_id)

    def merged(self, kept: UUID, gone: UUID) -> None:
        self.by_hand.add(kept)
        self.contacts.pop(gone, None)

    def look_at_contacts(self) -> None:
        """Who is new was to be expected, and nobody goes by himself."""
        now = {one.id: one.email for one in self.truth.contacts()}
        for contact_id in self.contacts.keys() - now.keys():
            raise AssertionError(f"{self.contacts[contact_id]} is gone")
        invited = self._ever_invited()
        for contact_id in now.keys() - self.contacts.keys():
            assert now[contact_id] in self.emails_by_hand | invited, f"{now[contact_id]} is there for no reason"
        self.contacts = now

    def _ever_invited(self) -> set[str]:
        found: set[str] = set()
        for calendar in self.town.calendars():
            if calendar.role is not Role.LINKED:
                continue
            ever = self.may_come.setdefault(calendar.remote_id, set())
            for event in self.town.world.calendars[calendar.remote_id].events.values():
                ever.update(one["email"] for one in event.fields.get("attendees", ()))
            key = f"adds {calendar.remote_id}"
            adds = self.may_come.setdefault(key, set())
            if calendar.option.contact_policy is ContactPolicy.CREATE:
                adds.add("yes")
            found |= ever if adds else set()
        return found

    @contextmanager
    def undoing(self, actor: Actor, switch: ChangeSet) -> Iterator[None]:
        """What a switch made and nobody touched since may go."""
        before = {one.id: one for one in self.truth.contacts()}
        yield
        after = {one.id for one in self.truth.contacts()}
        for contact_id in before.keys() - after:
            one = before[contact_id]
            assert contact_id not in self.by_hand, f"{one.email} was touched"
            assert one.email not in self.emails_by_hand, f"{one.email} was added by hand"
            self.contacts.pop(contact_id, None)

    def answer(self, one: Appointment, *, agrees: bool) -> None:
        """A host answers what he is asked; what he may not follow he keeps."""
        if one.question is None:
            return
        is_gone = one.question.kind is QuestionKind.DELETED
        yes, no = (Answer.CANCEL, Answer.PUT_BACK) if is_gone else (Answer.FOLLOW, Answer.KEEP)
        say = AnswerQuestion(self.town.store, self.town.clock, lambda: None)
        host = self.town.ana if one.hosts[0] == self.town.ana.member_id else self.town.ben
        for answer in (yes, no) if agrees else (no,):
            with suppress(DaybookError):
                say(host, one.id, answer, version=one.version)
                return

    # --- The end

    def come(self) -> None:
        """Nothing fails any more, everything is read, decided, delivered, answered; and then both sides agree."""
        assert not self.is_over
        self.is_over = True
        self.town.world.faults.clear()
        self.town.roster.silent = False
        self.town.posts.before = self.town.posts.after = lambda: None
        for number in range(_MOST_ROUNDS):
            self._round(agrees=number % 2 == 0)
            if number and not any(self.truth.waiting()) and not self._open():
                break
        writes = self._writes()
        _same(self.truth.waiting(), (0, 0, 0, 0))
        self._round(agrees=True)
        assert self._writes() == writes, "something is echoed"
        _same(self.truth.waiting(), (0, 0, 0, 0))
        self._agree()
        self.may_come.clear()
        self.look_at_contacts()
        self.is_over = False

    def _round(self, *, agrees: bool) -> None:
        for calendar in self.town.calendars():
            if calendar.fuse is not None and not calendar.fuse.is_approved:
                actor = self.town.ana if calendar.member_id == self.town.ana.member_id else self.town.ben
                self.town.answer_fuse(actor, calendar.id, calendar.fuse.number, removes=True)
        self.town.everything()
        for appointment_id in self._appointments():
            self.answer(self.truth.known(appointment_id), agrees=agrees)
        self.town.clock.pass_by(timedelta(hours=1))
        self.look_at_contacts()

    def _agree(self) -> None:
        self._appointments_are_in_google()
        shown = self.truth.shown()
        _same([(one.event.id, one.becomes.to_add) for one in shown if one.becomes.to_add], [])
        shades = self.truth.shades()
        there = {(one.calendar.remote_id, one.event.id): str(one.becomes.shade) for one in shown}
        # What nobody had to decide, in one-way sync, is as good as grey.
        _same({key: shades[key] or ("grey" if there[key] == "grey" else None) for key in there}, there)
        _same(self.truth.stored_taken(), self.truth.taken(shown))
        self._fired_once()

    def _appointments_are_in_google(self) -> None:
        copies: dict[str, list[tuple[Interval, str]]] = {}
        for _, event in self.people.copies():
            start, end = (epoch(moment_of(event.fields[name], BERLIN)) for name in ("start", "end"))
            copies.setdefault(reference(event), []).append((Interval(start, end), str(event.fields["summary"])))
        known = [self.truth.known(one) for one in self._appointments()]
        _same([one.question for one in known if one.question is not None], [])
        live = {str(one.id): [(one.span, one.title)] for one in known if one.status is AppointmentStatus.CONFIRMED}
        _same(copies, live)

    def _fired_once(self) -> None:
        firings = self.town.firings()
        heard = Counter((one.occasion.subject, one.occasion.version) for one in firings)
        _same([one for one, number in heard.items() if number > 1], [])
        _same([one for one in firings if one.state is not FiringState.DONE], [])
        _same(sorted(self.town.posts.ids), sorted(one.id for one in firings))
        occasions = [one.occasion for one in firings]
        self._bookings_are_told([one for one in occasions if one.booked_in is BookedIn.DAYBOOK])
        self._meetings_are_told([one for one in occasions if one.booked_in is BookedIn.GOOGLE])

    def _bookings_are_told(self, occasions: list[Occasion]) -> None:
        for appointment_id in self._appointments():
            told = Counter(one.what for one in occasions if one.subject == appointment_id)
            with self.town.store.reading() as work:
                log = work.appointments.log(appointment_id)
            one = self.truth.known(appointment_id)
            moves = [entry for entry in log if entry.before and entry.after and entry.deed in _MOVES]
            moved = len([entry for entry in moves if entry.before != entry.after])
            ended = int(one.status is AppointmentStatus.CANCELLED)
            heard = (told[What.BOOKED], told[What.RESCHEDULED], told[What.CANCELLED])
            _same(heard, (1, moved, ended))

    def _meetings_are_told(self, occasions: list[Occasion]) -> None:
        of: dict[str, list[Occasion]] = {}
        uids = self.truth.uids()
        for one in occasions:
            if one.what is not What.CONTACT_ADDED and one.subject in uids:
                of.setdefault(uids[one.subject][0], []).append(one)
        for uid, told in of.items():
            story = self.people.stories[uid]
            count = Counter(one.what for one in told)
            assert count[What.BOOKED] <= 1 + story.breaks + story.ends, (uid, "booked", count, story)
            assert count[What.RESCHEDULED] <= story.moves, (uid, "moved", count, story)
            ends = story.ends + story.travelled + story.breaks
            assert count[What.CANCELLED] <= ends, (uid, "cancelled", count, story)
            assert all(one.before != one.span for one in told)
        self._nothing_old_is_told(occasions)
        self._nothing_new_is_untold(occasions)

    def _nothing_old_is_told(self, occasions: list[Occasion]) -> None:
        uids = self.truth.uids()
        for one in occasions:
            if one.subject in uids:
                created = uids[one.subject][1]
                assert created <= one.at

    def _nothing_new_is_untold(self, occasions: list[Occasion]) -> None:
        """A meeting that stands in one calendar alone, made since its option was chosen, is told as it is now."""
        since = {one.remote_id: self._listens_since(one) for one in self.town.calendars() if one.role is Role.LINKED}
        for row in self.truth.rows():
            story = self.people.stories[row.ical_uid]
            heard = since[row.remote_id]
            if story.travelled or heard is None or row.created_at <= heard or row.original_at:
                continue
            last = max((one for one in occasions if one.subject == row.id), key=lambda one: one.version, default=None)
            assert last is not None, f"nobody heard of {row.title}"
            assert (last.version, last.span) == (row.version, Interval(row.start_at, row.end_at)), row.title

    @staticmethod
    def _listens_since(calendar: Calendar) -> datetime | None:
        return calendar.option_since if calendar.option.fire_triggers else None

    def _open(self) -> list[UUID]:
        """The appointments about which a host is asked."""
        return [one for one in self._appointments() if self.truth.known(one).question is not None]

    def _appointments(self) -> list[UUID]:
        return self.truth.appointments()

    def _writes(self) -> int:
        return len(self.town.world.ledger.matching(_WRITES, _EVENTS))


_MOVES = frozenset({Deed.MOVED, Deed.MOVED_IN_GOOGLE, Deed.UNDONE})


def _same(found: object, expected: object) -> None:
    """Asserts it and tells both: nothing rewrites what is asserted here."""
    assert found == expected, f"{found}\n    is not\n{expected}"
