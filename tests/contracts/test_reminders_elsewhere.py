"""Reminders in channels, on every store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import ProviderDown
from bot.domain.people import Standing
from bot.ports import Store
from bot.rendering.reminders import reminder_message
from tests.builders import at
from tests.contracts.reminder_town import SALES, ReminderTown
from tests.contracts.storage_builders import a_profile, new_id


@pytest.fixture
def town(store: Store) -> ReminderTown:
    return ReminderTown(store)


# --- Channels


def test_a_channel_reads_who_is_busy_and_no_name_of_a_contact(town: ReminderTown) -> None:
    town.chooses(10, channel_id=SALES, channel_name="sales")
    town.books("15:00-15:30")
    assert sorted(town.at("14:50")) == [
        "#C0SALES: Begins in 10 minutes: An appointment of Ana, Tue 24 Nov, 15:00-15:30 Berlin",
        "U1: Begins in 10 minutes: Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin",
    ]
    [public] = [one for one in town.posts.said if one.reminder.channel_id]
    assert "Maya" not in str(reminder_message(public))


def test_a_channel_reads_the_title_where_the_host_wants_it(town: ReminderTown) -> None:
    town.chooses(10, channel_id=SALES, channel_name="sales", shows_titles=True)
    town.books("15:00-15:30")
    assert "#C0SALES: Begins in 10 minutes: Maya Ortiz and Ana (Ana), Tue 24 Nov, 15:00-15:30 Berlin" in town.at(
        "14:50"
    )


def test_two_hosts_with_the_same_channel_make_one_message_there(town: ReminderTown) -> None:
    for who in (town.ana, town.ben):
        town.chooses(10, who=who, channel_id=SALES, channel_name="sales")
    town.books("15:00-15:30", town.ben)
    assert [one[:9] for one in sorted(town.at("14:50"))] == ["#C0SALES:", "U1: Begin", "U2: Begin"]


@pytest.mark.parametrize(
    ("bens", "reads"),
    [
        ({}, "Maya Ortiz and Ana (Ana)"),
        ({"channel_id": "C0OTHER", "shows_titles": True}, "Maya Ortiz and Ana (Ana)"),
        ({"channel_id": SALES}, "An appointment of Ana and Ben"),
        ({"channel_id": SALES, "shows_titles": True}, "Maya Ortiz and Ana (Ana and Ben)"),
    ],
    ids=["no channel", "another channel", "no titles", "titles"],
)
def test_a_channel_reads_of_two_hosts_no_more_than_each_of_them_chose_for_it(
    town: ReminderTown, bens: dict[str, object], reads: str
) -> None:
    with town.store.writing() as work:
        work.members.save(town.ben.workspace_id, a_profile("U2", "Ben"), new_id=new_id(), now=town.clock.now())
        work.commit()
    town.chooses(10, channel_id=SALES, channel_name="sales", shows_titles=True)
    town.chooses(10, who=town.ben, **bens)
    town.books("15:00-15:30", town.ben)
    said = [one for one in town.at("14:50") if one.startswith(f"#{SALES}")]
    assert said == [f"#{SALES}: Begins in 10 minutes: {reads}, Tue 24 Nov, 15:00-15:30 Berlin"]


def test_of_two_hosts_the_second_has_his_channel_reminded_where_the_first_may_not_post(town: ReminderTown) -> None:
    for who in (town.ana, town.ben):
        town.chooses(10, who=who, channel_id=SALES, channel_name="sales", shows_titles=who is town.ben)
    appointment = town.books("15:00-15:30", town.ben)
    first, second = sorted((town.ana, town.ben), key=lambda actor: actor.member_id)
    town.channels.closed_to = {first.slack_user_id}
    town.at("14:50")
    assert [one[:8] for one in town.at("14:51") or town.said() if one.startswith("#")] == ["#C0SALES"]
    [said] = [one for one in town.posts.said if one.reminder.channel_id]
    # The first wants no titles there, by whosever wish it is said.
    assert (said.host.id, said.shows_titles) == (second.member_id, False)
    assert town.states(appointment) == [("sent", "")] * 3
    with town.store.reading() as work:
        problems = [work.reminders.choice(one.member_id).problem for one in (first, second)]
    assert problems == ["Daybook is not in that channel.", ""]


def test_where_no_host_may_post_the_channels_reminder_fails_once_for_each(town: ReminderTown) -> None:
    for who in (town.ana, town.ben):
        town.chooses(10, who=who, channel_id=SALES, channel_name="sales")
    appointment = town.books("15:00-15:30", town.ben)
    town.channels.names.clear()
    town.at("14:50")
    town.at("14:51")
    assert sorted(town.states(appointment)) == [
        ("failed", "Daybook is not in that channel."),
        ("sent", ""),
        ("sent", ""),
    ]
    with town.store.reading() as work:
        problems = [work.reminders.choice(one.member_id).problem for one in (town.ana, town.ben)]
    assert problems == ["Daybook is not in that channel."] * 2


def test_a_channel_goes_over_to_the_host_who_still_wants_it(town: ReminderTown) -> None:
    for who in (town.ana, town.ben):
        town.chooses(10, who=who, channel_id=SALES, channel_name="sales")
    town.books("15:00-15:30", town.ben)
    first, second = sorted((town.ana, town.ben), key=lambda actor: actor.member_id)
    town.clock.time = at("14:50")
    claims = town.claims()
    town.chooses(10, who=first)
    for claim in claims:
        town.sends(claim)
    town.at("14:51")
    assert [one.host.id for one in town.posts.said if one.reminder.channel_id] == [second.member_id]


def test_a_wish_that_came_too_late_keeps_nobody_elses_from_the_channel(town: ReminderTown) -> None:
    first, second = sorted((town.ana, town.ben), key=lambda actor: actor.member_id)
    town.chooses(10, who=second, channel_id=SALES, channel_name="sales")
    town.books("15:00-15:30", town.ben)
    town.clock.time = at("14:50") + timedelta(seconds=2)
    town.chooses(10, who=first, channel_id=SALES, channel_name="sales")
    assert [one[:8] for one in town.at("14:51") if one.startswith("#")] == ["#C0SALES"]


@pytest.mark.parametrize("reads", [None, ("U1", "U7"), ("U1", "UGUEST")], ids=["too many", "unknown", "a guest"])
def test_a_channel_with_guests_reads_no_titles_whatever_the_host_chose(
    town: ReminderTown, reads: tuple[str, ...] | None
) -> None:
    guest = replace(a_profile("UGUEST"), standing=Standing.GUEST)
    with town.store.writing() as work:
        work.members.save(town.ana.workspace_id, guest, new_id=new_id(), now=town.clock.now())
        work.commit()
    town.chooses(10, channel_id=SALES, channel_name="sales", shows_titles=True)
    town.books("15:00-15:30")
    town.readers.reads = reads
    assert "#C0SALES: Begins in 10 minutes: An appointment of Ana, Tue 24 Nov, 15:00-15:30 Berlin" in town.at("14:50")


def test_a_channel_that_became_shared_reads_no_title_when_its_reminder_is_shown_anew(town: ReminderTown) -> None:
    town.chooses(10, channel_id=SALES, channel_name="sales", shows_titles=True)
    appointment = town.books("15:00-15:30")
    town.at("14:50")
    town.channels.names.clear()
    town.moves(appointment, "17:00-17:30")
    town.at("14:51")
    assert sorted(town.shown()) == [
        "Moved: An appointment of Ana, Tue 24 Nov, 17:00-17:30 Berlin",
        "Moved: Maya Ortiz and Ana, Tue 24 Nov, 17:00-17:30 Berlin",
    ]


def test_an_appointment_whose_event_is_private_in_google_shows_no_title_in_a_channel(store: Store) -> None:
    town = ReminderTown(store)
    town.chooses(10, channel_id=SALES, channel_name="sales", shows_titles=True)
    appointment = town.books("15:00-15:30", invites=True)
    town.has_in_google(appointment, is_private=True)
    assert sorted(town.at("14:50")) == [
        "#C0SALES: Begins in 10 minutes: An appointment of Ana, Tue 24 Nov, 15:00-15:30 Berlin",
        "U1: Begins in 10 minutes: Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin",
    ]


def test_the_title_stays_hidden_when_the_private_event_was_deleted_and_the_appointment_is_cancelled(
    store: Store,
) -> None:
    town = ReminderTown(store)
    town.chooses(10, channel_id=SALES, channel_name="sales", shows_titles=True)
    appointment = town.books("15:00-15:30", invites=True)
    claim, event_id = town.has_in_google(appointment, is_private=True)
    town.at("14:50")
    with store.writing() as work:
        work.events.remove(claim, [event_id])
        work.commit()
    town.cancels(appointment)
    town.at("14:51")
    assert sorted(town.shown()) == ["Cancelled: An appointment of Ana", "Cancelled: Maya Ortiz and Ana"]


def test_a_channel_that_cannot_be_posted_in_any_more_is_told_in_the_settings(town: ReminderTown) -> None:
    town.chooses(10, channel_id=SALES, channel_name="sales")
    town.books("15:00-15:30")
    town.channels.names.clear()
    assert [one[:3] for one in town.at("14:50")] == ["U1:"]
    with town.store.reading() as work:
        assert work.reminders.choice(town.ana.member_id).problem == "Daybook is not in that channel."


# fault 34
def test_a_channel_is_not_written_to_twice_where_nobody_can_look(town: ReminderTown) -> None:
    town.chooses(10, channel_id=SALES, channel_name="sales")
    appointment = town.books("15:00-15:30")

    def lose() -> None:
        raise ProviderDown("Slack did not answer.", is_silent=True)

    town.posts.after = lose
    town.at("14:50")
    town.posts.after = lambda: None
    assert town.at("14:52") == []
    assert sorted(town.states(appointment)) == [("sent", ""), ("unsure", "Nobody can look there.")]


def test_a_channel_that_was_given_up_meanwhile_stays_silent(town: ReminderTown) -> None:
    town.chooses(10, channel_id=SALES, channel_name="sales")
    town.books("15:00-15:30")
    town.clock.time = at("14:50")
    claims = town.claims()
    town.chooses(10)
    for claim in claims:
        town.sends(claim)
    assert [one[:3] for one in town.said()] == ["U1:"]


# --- The question afterwards
