"""A member who is forgotten is found in no table afterwards, and nobody else loses anything."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.accounts import Account
from bot.domain.appointments import AppointmentStatus
from bot.domain.connections import Ended, Revocation
from bot.domain.effects import EffectKind
from bot.domain.leaving import CopyState
from bot.domain.occasions import BookedIn
from bot.domain.reading_habits import FOLLOWS_SLACK, HourCycle, OwnHabits
from bot.domain.triggers import TriggerFilter
from bot.usecases.forget_member import LookAtForgetting, YoursStand
from storage.tables import METADATA
from tests.contracts.appointment_builders import an_appointment, booked, saved
from tests.contracts.conftest import Database
from tests.contracts.effect_builders import wanted
from tests.contracts.erasure_town import ANA, Killed, Town
from tests.contracts.storage_builders import (
    NOW,
    a_person,
    a_profile,
    an_account,
    new_id,
    stored,
)
from tests.trigger_builders import a_trigger, an_occasion


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


# fault 54, fault 55
def test_a_forgotten_member_is_in_no_table_any_more(town: Town) -> None:
    assert {name for name, _ in town.found(ANA)} >= {
        "account", "appointment", "appointment_log", "calendar", "colleague", "inbox", "member", "remote_link",
        "schedule",
    }  # fmt: skip
    town.forget_me(town.ana)
    assert town.finish() == 1
    assert town.found(ANA) == []
    assert town.title() == "somebody who left"
    assert [one.slack_user_id for one in town.messages.reports] == ["UCANARY"]
    assert [(one.provider.value, one.revocation) for one in town.messages.reports[0].ended] == [
        ("google", Revocation.DONE)
    ]
    assert town.finish() == 0


def test_how_a_forgotten_member_read_times_goes_too_and_is_in_his_export_before(town: Town) -> None:
    profile = replace(a_profile("UCANARY", name="Ana Canaria"), locale="en-US")
    with town.store.writing() as work:
        work.members.save(town.ana.workspace_id, profile, new_id=new_id(), now=NOW)
        work.members.choose_habits(town.ana, OwnHabits(HourCycle.TWELVE, first_day=6))
        work.commit()
    with town.store.reading() as work:
        [exported] = work.erasures.export_member(town.ana)["member"]
    assert (exported["locale"], exported["hour_cycle"], exported["first_day"]) == ("en-US", "12", 6)
    town.forget_me(town.ana)
    assert town.finish() == 1
    with town.store.reading() as work:
        left = work.members.get(town.ana.workspace_id, town.ana.member_id)
    assert (left.locale, left.own_habits) == ("", FOLLOWS_SLACK)


def test_the_ledger_of_others_does_not_name_a_forgotten_member_whose_meeting_came_from_google(town: Town) -> None:
    happened = an_occasion(town.ana, title="Canaria's surgery", booked_in=BookedIn.GOOGLE)
    with town.store.writing() as work:
        work.triggers.add(a_trigger(town.ben, only=TriggerFilter()), None)
        work.triggers.record(happened)
        work.commit()
    assert ("firing", "Canaria") in town.found(ANA)
    town.forget_me(town.ana)
    town.finish()
    assert town.found(ANA) == []


def test_the_others_keep_what_is_theirs(town: Town) -> None:
    town.forget_me(town.ana)
    town.finish()
    with town.store.reading() as work:
        assert work.appointments.get(town.ben, town.past.id).contact == town.maya
        assert work.schedules.of(town.ben, {town.ben.member_id: "UTC"})[town.ben.member_id].invited == ("UZOE",)
        assert work.members.get(town.ana.workspace_id, town.ana.member_id).name == "somebody who left"


def test_a_member_who_comes_back_is_somebody_new(town: Town) -> None:
    town.forget_me(town.ana)
    town.finish()
    assert a_person(town.store, "T1", "UCANARY").member_id != town.ana.member_id


def test_appointments_to_come_keep_a_member(town: Town) -> None:
    standing = booked(town.store, an_appointment(town.ana))
    with pytest.raises(YoursStand):
        town.forget_me(town.ana)
    assert LookAtForgetting(town.store, town.clock)(town.ana).standing == (standing,)
    saved(town.store, replace(standing, status=AppointmentStatus.CANCELLED, version=2))
    town.forget_me(town.ana)


# fault 54
def test_a_kill_between_the_revocation_and_the_erasure_is_made_up_for(town: Town) -> None:
    town.forget_me(town.ana)
    town.dies = True
    with pytest.raises(Killed):
        town.finish()
    assert ("account", ANA[2]) in town.found(ANA)
    town.dies = False
    town.clock.time += timedelta(minutes=2)
    assert town.finish() == 1
    assert (town.revoked, town.found(ANA)) == ([ANA[2], ANA[2]], [])


# fault 54
def test_a_permission_that_its_provider_took_back_first_is_one_less_to_end(town: Town) -> None:
    town.forget_me(town.ana)
    with town.store.writing() as work:
        work.accounts.erase(town.account.id)
        work.commit()
    town.forget_me(town.ana)
    assert town.finish() == 1
    assert (town.revoked, town.found(ANA[:2])) == ([], [])


def test_what_is_on_its_way_to_google_is_waited_for_and_no_longer_than_an_hour(town: Town) -> None:
    wanted(town.store, town.past, EffectKind.EVENT)
    town.forget_me(town.ana)
    town.finish()
    assert town.revoked == []
    town.clock.time += timedelta(hours=1, minutes=1)
    town.finish()
    assert (town.revoked, town.found(ANA)) == ([ANA[2]], [])


def test_events_that_are_still_to_be_removed_from_google_are_waited_for(town: Town) -> None:
    town.has_more_about_maya()
    town.forget_me(town.ana)
    copies = METADATA.tables["left_copy"]
    with town.store.connected("writing") as connection:
        connection.execute(update(copies).values(state=CopyState.WAITING))
        connection.commit()
    town.finish()
    assert town.revoked == []
    with town.store.connected("writing") as connection:
        connection.execute(update(copies).values(state=CopyState.REMOVED))
        connection.commit()
    town.clock.time += timedelta(minutes=10)
    town.finish()
    assert (town.revoked, town.found(ANA)) == ([ANA[2]], [])


def test_an_account_connected_meanwhile_goes_as_well(town: Town) -> None:
    town.forget_me(town.ana)
    late = an_account(town.ana, "late.canaria@acme.test")
    ends = town.finish._end_grant

    def end_while_another_comes(account: Account) -> Ended:
        ended = ends(account)
        if account.address != late.address:
            stored(town.store, late)
        return ended

    town.finish._end_grant = end_while_another_comes
    town.finish()
    assert ("account", "Canaria") in town.found(ANA)
    town.clock.time += timedelta(minutes=2)
    town.finish()
    assert town.found(ANA) == []


def test_a_report_that_slack_refuses_is_sent_later(town: Town) -> None:
    town.messages.refusals = 1
    town.forget_me(town.ana)
    town.finish()
    assert (town.messages.reports, town.found(ANA)) == ([], [("forgetting", "UCANARY")])
    town.clock.time += timedelta(minutes=10)
    town.finish()
    assert (len(town.messages.reports), town.found(ANA)) == (1, [])


# fault 54
def test_a_former_name_goes_with_what_the_member_hosted_alone(town: Town) -> None:
    alone = booked(town.store, replace(an_appointment(town.ana, "2026-11-17 11:00-12:00"), title="Tea with Kovac"))
    both = an_appointment(town.ana, "2026-11-17 13:00-14:00", others=[town.ben])
    booked(town.store, replace(both, title="Kovac and Canaria"))
    town.forget_me(town.ana)
    town.finish()
    with town.store.reading() as work:
        titles = [one.title for each in (alone, both) if (one := work.appointments.known(each.id)) is not None]
    # Of what others hosted as well nobody knows which words are a former name.
    assert titles == ["somebody who left", "Kovac and somebody who left"]
