"""What its host decides when the copy in Google was deleted, or moved where the appointment cannot follow."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus, EditedMeanwhile, NotPossible, Question, QuestionKind
from bot.domain.booking import Answer, SlotTaken
from bot.domain.effects import EffectKind, LinkState, event_id_of, uid_of
from bot.domain.errors import NotAllowed
from bot.domain.intervals import Interval
from bot.domain.owned_fields import Agreement, OwnedFields
from bot.domain.people import Member
from bot.usecases.answer_question import AnswerQuestion
from tests.builders import BERLIN, second, span
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import BookingHouse, a_request

DELETED = Question(QuestionKind.DELETED)


def answer(house: BookingHouse, one: Appointment, said: Answer, *, by: Member = ana) -> Appointment:
    use_case = AnswerQuestion(house.store, house.clock, house.deliver_soon)
    return use_case(actor(by), one.id, said, version=one.version)


def asked(
    house: BookingHouse, question: Question, *, when: str = "15:00", hosts: Sequence[Member] = (ana,)
) -> Appointment:
    """An appointment that Ben booked on Ana, whose first host is asked."""
    booked = house.book(a_request(when, *hosts), by=ben).appointment
    asking = booked.asking(question, house.clock.now())
    with house.store.writing() as work:
        work.appointments.save(asking)
        work.commit()
    return asking


def moved_to(times: str) -> Question:
    return Question(QuestionKind.COLLIDES, span(times))


def fields(at: Interval | None) -> OwnedFields:
    return OwnedFields(at, BERLIN, "Maya Ortiz and Ana", "", "")


def test_a_deleted_event_is_put_back_under_another_id() -> None:
    house = BookingHouse()
    one = asked(house, DELETED)

    back = answer(house, one, Answer.PUT_BACK)

    assert (back.question, back.status) == (None, AppointmentStatus.CONFIRMED)
    link = house.links(back)[EffectKind.EVENT]
    event_id = event_id_of(one.id, 1)
    assert (link.generation, link.remote_id, link.ical_uid) == (1, event_id, uid_of(event_id))
    assert (link.state, link.etag, link.agreed) == (LinkState.PLANNED, "", None)
    assert house.log(back)[-1] == LogEntry(house.clock.time, Deed.PUT_BACK, ana.id)
    assert house.effects(back)[EffectKind.EVENT].wanted == back.version


def test_without_a_calendar_nothing_is_put_back() -> None:
    house = BookingHouse()
    one = asked(house, DELETED)
    with house.store.writing() as work:
        work.accounts.erase(house.calendars[ana.id].account_id)
        work.commit()
    with pytest.raises(NotPossible, match="no calendar"):
        answer(house, one, Answer.PUT_BACK)


def test_a_deletion_may_be_meant_as_a_cancellation() -> None:
    house = BookingHouse()
    cancelled = answer(house, asked(house, DELETED), Answer.CANCEL)
    assert (cancelled.status, cancelled.question) == (AppointmentStatus.CANCELLED, None)
    assert house.log(cancelled)[-1].deed is Deed.CANCELLED


def test_ours_is_kept_and_written_over_googles() -> None:
    house = BookingHouse()
    one = asked(house, moved_to("16:00-16:30"))
    link = house.links(one)[EffectKind.EVENT]
    ours = fields(one.span)
    house.store.tables.remote_links[one.id, EffectKind.EVENT] = replace(link, agreed=Agreement(ours, ours))

    kept = answer(house, one, Answer.KEEP)

    assert (kept.question, kept.span) == (None, span("15:00-15:30"))
    agreed = house.links(kept)[EffectKind.EVENT].agreed
    assert agreed == Agreement(wanted=ours, seen=fields(span("16:00-16:30")))
    assert house.effects(kept)[EffectKind.EVENT].wanted == kept.version


def test_googles_time_is_followed_where_it_is_free_by_now() -> None:
    house = BookingHouse()
    followed = answer(house, asked(house, moved_to("16:00-16:30")), Answer.FOLLOW)
    assert (followed.span, followed.question) == (span("16:00-16:30"), None)
    assert house.log(followed)[-1] == LogEntry(
        house.clock.time, Deed.MOVED_IN_GOOGLE, ana.id, before=span("15:00-15:30"), after=span("16:00-16:30")
    )


def test_googles_time_is_not_followed_onto_another_appointment() -> None:
    house = BookingHouse()
    house.book(a_request("16:15"))
    one = asked(house, moved_to("16:00-16:30"))
    with pytest.raises(SlotTaken) as refused:
        answer(house, one, Answer.FOLLOW)
    assert [slot.start for slot in refused.value.nearest] == [second("15:15"), second("15:30"), second("15:45")]
    assert house.stored()[0] == one


@pytest.mark.parametrize("question", [Question(QuestionKind.COLLIDES), moved_to("8:00-16:01")])
def test_no_appointment_follows_to_what_is_no_time_for_one(question: Question) -> None:
    house = BookingHouse()
    one = asked(house, question)
    with pytest.raises(NotPossible, match="No appointment can be where Google has it"):
        answer(house, one, Answer.FOLLOW)


@pytest.mark.parametrize("hosts", [(ana,), (ana, ben)])
def test_only_the_first_host_decides(hosts: Sequence[Member]) -> None:
    house = BookingHouse()
    one = asked(house, DELETED, hosts=hosts)
    with pytest.raises(NotAllowed, match=r"^Only Ana can decide this\. Nothing was changed\.$"):
        answer(house, one, Answer.CANCEL, by=ben)
    assert house.stored() == [one]


def test_a_question_is_answered_once_and_as_it_was_asked() -> None:
    house = BookingHouse()
    one = asked(house, DELETED)
    with pytest.raises(NotPossible):
        answer(house, one, Answer.KEEP)
    with pytest.raises(EditedMeanwhile):
        answer(house, replace(one, version=1), Answer.PUT_BACK)
    answer(house, one, Answer.PUT_BACK)
    with pytest.raises(NotPossible, match="answered already"):
        answer(house, one, Answer.PUT_BACK)
