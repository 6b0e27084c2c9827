"""What appointments are elsewhere, and how a sync knows their copies again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.appointments import AppointmentStatus
from bot.domain.calendars import SyncClaim
from bot.domain.effects import EffectKind, LinkState, RemoteLink, uid_of
from bot.domain.owned_fields import Agreement, OwnedFields
from bot.domain.wall_time import moment
from bot.ports import Store
from tests.builders import BERLIN, span
from tests.contracts.appointment_builders import an_appointment, booked, saved
from tests.contracts.effect_builders import a_copy, copied, effects_claimed, wanted
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    a_calendar,
    a_person,
    a_synced,
    chosen,
    claimed,
    new_id,
    upserted,
)
from tests.event_builders import a_meeting

LONG_AGO = NOW - timedelta(days=90)
EVENT, MEETING, CARD = EffectKind.EVENT, EffectKind.MEETING, EffectKind.CARD
OURS = OwnedFields(
    span("9:00-10:00"), BERLIN, "Demo \x00 & <b>", "https://zoom.test/j/1", "Booked with Daybook\n\ud83d"
)
AGREED = Agreement(wanted=OURS, seen=replace(OURS, span=None, place=""))


def links_of(store: Store, link: RemoteLink) -> dict[EffectKind, RemoteLink]:
    with store.reading() as work:
        return dict(work.remote_links.of(link.appointment_id))


def planned(store: Store, link: RemoteLink) -> RemoteLink:
    with store.writing() as work:
        work.remote_links.plan(link)
        work.commit()
    return link


def synced_again(store: Store, claim: SyncClaim) -> SyncClaim:
    """The next claim of a calendar that was read at `NOW`."""
    with store.writing() as work:
        work.calendars.finish(claim, read_at=NOW, next_sync_at=NOW)
        work.commit()
    [again] = claimed(store)
    return again


def test_a_link_comes_back_as_it_was_planned(store: Store) -> None:
    ana = a_synced(store)
    link = replace(
        a_copy(booked(store, an_appointment(ana.actor)), ana.claim.calendar),
        generation=3,
        agreed=AGREED,
        url="https://calendar.google.com/event?eid=1",
    )

    assert links_of(store, planned(store, link)) == {EVENT: link}


def test_an_appointment_has_one_link_of_each_kind(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    planned(store, a_copy(appointment, ana.claim.calendar))
    meeting = planned(store, RemoteLink(appointment.id, MEETING, account_id=ana.account.id))
    again = planned(store, replace(a_copy(appointment, ana.claim.calendar), generation=1, agreed=None))

    assert links_of(store, meeting) == {EVENT: again, MEETING: meeting}
    with store.reading() as work:
        assert work.remote_links.of(new_id()) == {}


def test_what_came_of_a_write_is_kept_with_its_claim(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    wanted(store, appointment, CARD)
    [claim] = effects_claimed(store)
    link = RemoteLink(appointment.id, CARD, LinkState.WRITTEN, container="D1", remote_id="1795507200.000100")

    with store.writing() as work:
        work.remote_links.keep(claim, link)
        work.commit()

    assert links_of(store, link) == {CARD: link}


def test_a_link_outlives_its_calendar_and_its_account(store: Store) -> None:
    ana = a_synced(store)
    link = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)

    chosen(store, ana.actor)
    assert links_of(store, link) == {EVENT: replace(link, calendar_id=None)}

    with store.writing() as work:
        assert work.accounts.erase(ana.account.id)
        work.commit()
    assert links_of(store, link) == {EVENT: replace(link, calendar_id=None, account_id=None)}
    # What a worker still holds of them is left out as well.
    assert links_of(store, planned(store, link)) == {EVENT: replace(link, calendar_id=None, account_id=None)}


def test_the_copies_among_a_calendars_events_are_told_with_their_etags(store: Store) -> None:
    ana = a_synced(store)
    hours = [booked(store, an_appointment(ana.actor, f"{hour}:00-{hour + 1}:00")) for hour in range(8, 11)]
    copies = [copied(store, each, ana.claim.calendar) for each in hours[:2]]
    removed = copied(store, hours[2], ana.claim.calendar, LinkState.REMOVED)
    planned(store, replace(copies[1], state=LinkState.PLANNED, etag=""))

    with store.reading() as work:
        ids = [copies[0].remote_id, copies[1].remote_id, removed.remote_id, "theirs"]
        assert work.remote_links.etags(ana.claim, ids) == {copies[0].remote_id: '"1"', copies[1].remote_id: ""}
        assert work.remote_links.etags(ana.claim, []) == {}


# fault 10
# fault 22
def test_the_same_google_calendar_of_another_member_has_no_copies_of_ours(store: Store) -> None:
    ana, ben = a_synced(store), a_synced(store, "T2", "U2")
    link = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)

    with store.reading() as work:
        assert work.remote_links.etags(ben.claim, [link.remote_id]) == {}
        assert list(work.remote_links.unmet(ben.claim, generation=1, since=LONG_AGO)) == []


def test_copies_are_known_again_in_a_calendar_that_was_left_and_chosen_anew(store: Store) -> None:
    ana = a_synced(store)
    link = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)
    chosen(store, ana.actor)
    chosen(store, ana.actor, a_calendar(ana.account))

    [again] = claimed(store)

    assert again.calendar.id != ana.calendar_id
    with store.reading() as work:
        assert work.remote_links.etags(again, [link.remote_id]) == {link.remote_id: '"1"'}


def test_copies_that_a_full_read_did_not_meet_are_told(store: Store) -> None:
    ana = a_synced(store)
    met, swept, gone, unwritten, over = (
        booked(store, an_appointment(ana.actor, f"{hour}:00-{hour + 1}:00")) for hour in range(8, 13)
    )
    calendar = ana.claim.calendar
    links = [copied(store, each, calendar) for each in (met, swept, gone)]
    copied(store, unwritten, calendar, LinkState.PLANNED)
    copied(store, over, calendar)
    saved(store, replace(over, status=AppointmentStatus.SHOWED, version=2))
    upserted(store, ana.claim, a_meeting(links[1].remote_id), generation=0)
    upserted(store, ana.claim, a_meeting(links[0].remote_id), generation=1)

    with store.reading() as work:
        unmet = work.remote_links.unmet(ana.claim, generation=1, since=LONG_AGO)

    assert list(unmet) == sorted([links[1].remote_id, links[2].remote_id])


def test_copies_of_what_was_over_at_the_last_reading_are_not_missed(store: Store) -> None:
    ana = a_synced(store)
    copied(store, booked(store, an_appointment(ana.actor, "2026-10-01 9:00-10:00")), ana.claim.calendar)
    coming = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)
    again = synced_again(store, ana.claim)

    with store.reading() as work:
        assert list(work.remote_links.unmet(again, generation=1, since=LONG_AGO)) == [coming.remote_id]


def test_uids_are_known_in_every_calendar_of_a_host_and_in_nobody_elses(store: Store) -> None:
    ana, ben, cara = (a_synced(store, user=user) for user in ("U1", "U2", "U3"))
    appointment = booked(store, an_appointment(ana.actor, others=[ben.actor], booker=cara.actor))
    link = copied(store, appointment, ana.claim.calendar)

    def known_to(person: Synced) -> set[str]:
        with store.reading() as work:
            return set(work.remote_links.uids(person.claim, [link.ical_uid, "theirs@google.com"]))

    assert known_to(ana) == {uid_of(link.remote_id)}
    assert known_to(ben) == {link.ical_uid}
    assert known_to(cara) == set()
    saved(store, appointment.cancelled("", NOW))
    assert known_to(ana) == {link.ical_uid}
    planned(store, replace(link, state=LinkState.REMOVED))
    assert known_to(ana) == set()


@pytest.mark.parametrize("number", [0, 1201])
def test_any_number_of_uids_and_ids_may_be_asked_for(store: Store, number: int) -> None:
    ana = a_synced(store)
    link = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)
    others = [f"other-{each}" for each in range(number)]

    with store.reading() as work:
        assert work.remote_links.uids(ana.claim, [*others, link.ical_uid]) == {link.ical_uid}
        assert work.remote_links.etags(ana.claim, [*others, link.remote_id]) == {link.remote_id: '"1"'}


@pytest.mark.parametrize("whose", ["the host", "somebody else who is on it", "another workspace"])
def test_an_appointment_is_private_where_anybody_of_its_workspace_made_its_event_so(store: Store, whose: str) -> None:
    ana, ben, mia = a_synced(store), a_synced(store, user="U2"), a_synced(store, "T2", "U3")
    open_to_all, private = (booked(store, an_appointment(ana.actor, when)) for when in ("9:00-10:00", "11:00-12:00"))
    reader = {"the host": ana, "another workspace": mia}.get(whose, ben)
    for appointment in (open_to_all, private):
        link = planned(store, a_copy(appointment, ana.claim.calendar))
        event = replace(a_meeting(link.remote_id), ical_uid=link.ical_uid, is_private=appointment is private)
        upserted(store, reader.claim, event)
    with store.reading() as work:
        found = work.remote_links.private_among([open_to_all.id, private.id])
        assert found == (frozenset() if reader is mia else {private.id})
        assert work.remote_links.private_among([open_to_all.id]) == frozenset()
        assert work.remote_links.private_among([]) == frozenset()


def test_a_card_or_a_meeting_has_no_uid(store: Store) -> None:
    ana = a_person(store)
    appointment = booked(store, an_appointment(ana))
    planned(store, RemoteLink(appointment.id, CARD))
    synced = a_synced(store)

    with store.reading() as work:
        assert work.remote_links.uids(synced.claim, [""]) == frozenset()


def test_links_are_adrift_once_their_calendar_or_account_is_not_in_use_any_more(store: Store) -> None:
    ana = a_synced(store)
    calendar = ana.claim.calendar
    live, gone, away, over = (
        booked(store, an_appointment(ana.actor, f"{hour}:00-{hour + 1}:00")) for hour in (8, 9, 10, 6)
    )
    saved(store, gone.cancelled("", NOW))
    copies = [copied(store, each, calendar) for each in (live, gone)]
    copied(store, away, calendar, LinkState.REMOVED)
    copied(store, over, calendar)
    planned(store, RemoteLink(live.id, CARD))
    now = moment(span("7:00-8:00").start)

    def adrift() -> list[RemoteLink]:
        with store.reading() as work:
            return list(work.remote_links.adrift(ana.actor, now))

    def living() -> int:
        with store.reading() as work:
            return work.remote_links.living(ana.account.id, now)

    assert (adrift(), living()) == ([], 1)
    chosen(store, ana.actor)
    by_id = sorted(copies, key=lambda link: link.appointment_id)
    assert adrift() == [replace(link, calendar_id=None) for link in by_id]
    with store.writing() as work:
        work.accounts.erase(ana.account.id)
        work.commit()
    assert adrift() == [replace(link, calendar_id=None, account_id=None) for link in by_id]
    assert living() == 0


def test_an_account_that_is_back_knows_what_was_sent_through_it(store: Store) -> None:
    ana = a_synced(store)
    sent, unsent, over = (
        booked(store, an_appointment(ana.actor, when)) for when in ("9:00-10:00", "11:00-12:00", "7:00-8:00")
    )
    link = copied(store, sent, ana.claim.calendar)
    copied(store, unsent, ana.claim.calendar, LinkState.PLANNED)
    copied(store, over, ana.claim.calendar)
    with store.writing() as work:
        assert work.remote_links.once_of(ana.account, over.ends_at) == []
        work.accounts.erase(ana.account.id)
        work.commit()

    again, other = replace(ana.account, id=new_id()), replace(ana.account, id=new_id(), address="ana@home.test")
    left = replace(link, account_id=None, calendar_id=None)
    with store.reading() as work:
        found = [list(work.remote_links.once_of(account, over.ends_at)) for account in (again, other)]
    assert found == [[left], []]


def test_what_is_about_to_go_is_adrift_for_who_says_so(store: Store) -> None:
    ana = a_synced(store)
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar)
    with store.reading() as work:
        found = [
            list(work.remote_links.adrift(ana.actor, NOW, leaving=leaving))
            for leaving in ([], [ana.calendar_id], [ana.account.id])
        ]
    assert found == [[], [link], [link]]
