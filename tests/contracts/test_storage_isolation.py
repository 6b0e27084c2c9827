"""What belongs to somebody else cannot be found, read or changed, whatever ids are known.

Ana and Cara are of one workspace, Ben is of another. Each has a connected calendar with one event in it.
"""

from dataclasses import dataclass, replace

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Role
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.ports import Store
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    a_calendar,
    a_synced,
    an_account,
    chosen,
    happening,
    new_id,
    stored,
)
from tests.event_builders import a_meeting, utc_days

DAY = utc_days("2026-11-24", "2026-11-24")
SPAN = (1795507200, 1795510800)  # 9:00 to 10:00 in Berlin


@dataclass(frozen=True)
class Stage:
    """Everybody, with what is his."""

    store: Store
    ana: Synced
    cara: Synced
    ben: Synced

    def others_of(self, person: Synced) -> list[Synced]:
        return [other for other in (self.ana, self.cara, self.ben) if other is not person]


@pytest.fixture
def stage(store: Store) -> Stage:
    people = [a_synced(store, team, user) for team, user in (("T1", "ana"), ("T1", "cara"), ("T2", "ben"))]
    for person in people:
        happening(store, person.claim, a_meeting())
    return Stage(store, *people)


# fault 10
# fault 11
def test_nobody_reads_an_account_of_another(stage: Stage) -> None:
    with stage.store.reading() as work:
        for person in (stage.ana, stage.cara, stage.ben):
            assert list(work.accounts.of(person.actor)) == [person.account]
            for other in stage.others_of(person):
                with pytest.raises(NotFound):
                    work.accounts.get(person.actor, other.account.id)


# fault 10
# fault 11
def test_nobody_activates_an_account_of_another(stage: Stage) -> None:
    waiting = stored(stage.store, an_account(stage.ana.actor, "new@example.com", status=AccountStatus.PENDING))

    with stage.store.writing() as work:
        for other in stage.others_of(stage.ana):
            assert list(work.accounts.pending(other.actor)) == []
            with pytest.raises(NotFound):
                work.accounts.activate(other.actor, waiting.id)

        assert work.accounts.known(waiting.id) == waiting


# fault 10
# fault 11
def test_a_members_id_in_another_workspace_opens_nothing(stage: Stage) -> None:
    imposter = replace(stage.ben.actor, member_id=stage.ana.actor.member_id)

    with stage.store.writing() as work:
        assert list(work.accounts.of(imposter)) == []
        assert list(work.calendars.of(imposter)) == []
        assert list(work.events.agenda(imposter, DAY)) == []
        assert work.calendars.request_sync(imposter, NOW) == 0
        with pytest.raises(NotFound):
            work.members.get(imposter.workspace_id, imposter.member_id)


# fault 10
def test_slack_ids_are_looked_up_in_ones_own_workspace_alone(stage: Stage) -> None:
    with stage.store.reading() as work:
        found = work.members.by_slack_ids(stage.ana.actor.workspace_id, ["ana", "cara", "ben"])

    assert sorted(found) == ["ana", "cara"]


# fault 10
# fault 11
def test_nobody_chooses_a_calendar_of_an_account_of_another(stage: Stage) -> None:
    for other in stage.others_of(stage.ana):
        with stage.store.writing() as work, pytest.raises(NotFound):
            work.calendars.choose(other.actor, [a_calendar(stage.ana.account, "stolen")])


# fault 11
def test_nobody_chooses_a_calendar_of_an_account_that_waits_for_its_confirmation(stage: Stage) -> None:
    waiting = stored(stage.store, an_account(stage.ana.actor, "new@example.com", status=AccountStatus.PENDING))

    with stage.store.writing() as work, pytest.raises(NotFound):
        work.calendars.choose(stage.ana.actor, [a_calendar(waiting)])


# fault 10
# fault 11
def test_choosing_calendars_leaves_those_of_others_alone(stage: Stage) -> None:
    chosen(stage.store, stage.ana.actor)

    with stage.store.reading() as work:
        left = [
            [calendar.id for calendar in work.calendars.of(one.actor)] for one in (stage.ana, stage.cara, stage.ben)
        ]
    assert left == [[], [stage.cara.calendar_id], [stage.ben.calendar_id]]


# fault 10
def test_calendars_of_members_are_those_of_ones_own_workspace(stage: Stage) -> None:
    member_ids = [person.actor.member_id for person in (stage.ana, stage.cara, stage.ben)]

    def seen_by(actor: Actor) -> set[object]:
        with stage.store.reading() as work:
            return {calendar.id for calendar in work.calendars.of_members(actor, member_ids)}

    assert seen_by(stage.ana.actor) == {stage.ana.calendar_id, stage.cara.calendar_id}
    assert seen_by(stage.ben.actor) == {stage.ben.calendar_id}


# fault 10
def test_busy_times_are_those_of_ones_own_workspace(stage: Stage) -> None:
    ids = [stage.ana.calendar_id, stage.cara.calendar_id, stage.ben.calendar_id, new_id()]

    with stage.store.reading() as work:
        seen = {calendar: list(spans) for calendar, spans in work.events.busy(stage.ana.actor, ids, DAY).items()}
        foreign = {calendar: list(spans) for calendar, spans in work.events.busy(stage.ben.actor, ids, DAY).items()}

    assert seen == {stage.ana.calendar_id: [SPAN], stage.cara.calendar_id: [SPAN]}
    assert foreign == {stage.ben.calendar_id: [SPAN]}


# fault 11
def test_an_agenda_is_its_owners_alone(stage: Stage) -> None:
    happening(stage.store, stage.cara.claim, a_meeting("secret", "2026-11-24 11:00-12:00"))

    with stage.store.reading() as work:
        assert [entry.occurrence.event_id for entry in work.events.agenda(stage.ana.actor, DAY)] == ["m"]


# fault 10
# fault 11
def test_asking_for_a_sync_makes_ones_own_calendars_due(stage: Stage) -> None:
    with stage.store.writing() as work:
        for person in (stage.ana, stage.cara, stage.ben):
            work.calendars.finish(person.claim, read_at=NOW, next_sync_at=NOW.replace(year=2027))
        assert work.calendars.request_sync(stage.ana.actor, NOW) == 1
        work.commit()

    with stage.store.reading() as work:
        due = [work.calendars.of(person.actor)[0].next_sync_at for person in (stage.ana, stage.cara, stage.ben)]
    assert due == [NOW, NOW.replace(year=2027), NOW.replace(year=2027)]


# fault 22
def test_one_remote_calendar_of_two_people_is_read_apart(stage: Stage) -> None:
    with stage.store.writing() as work:
        work.events.complete(stage.ana.claim, sync_token="hers", zone="Europe/Berlin")
        work.events.remove(stage.ana.claim, ["m"])
        work.commit()

    with stage.store.reading() as work:
        assert [calendar.role for calendar in work.calendars.of(stage.cara.actor)] == [Role.CONFLICT]
        assert [entry.occurrence.event_id for entry in work.events.agenda(stage.cara.actor, DAY)] == ["m"]
        assert list(work.events.agenda(stage.ana.actor, DAY)) == []


# fault 10
# fault 11
def test_nobody_is_told_of_the_unreadable_events_of_another(stage: Stage) -> None:
    happening(stage.store, stage.ana.claim, replace(a_meeting("odd"), problem="Its end is missing."))
    with stage.store.reading() as work:
        assert list(work.events.unreadable(stage.ana.actor, limit=10)) == [stage.ana.claim.calendar.id]
        for other in stage.others_of(stage.ana):
            assert work.events.unreadable(other.actor, limit=10) == {}
