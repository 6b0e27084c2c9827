"""Addresses that wait for a host's word, that never become contacts, and that are the team's own."""

from datetime import datetime, timedelta

import pytest

from bot.domain.contacts import NewContact
from bot.domain.errors import NotFound
from bot.domain.invitee_questions import WAIT, InviteeAnswer, InviteeBatch, InviteeQuestion, question_id
from bot.domain.people import Actor
from bot.ports import Store
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import NOW, a_person, all_at_once

MAYA, LEE, ANN = (
    NewContact("maya@ortiz.test", "Maya Ortiz"),
    NewContact("lee@chen.test", "Lee Chen"),
    NewContact("ann@chen.test", "Ann"),
)
SOON = NOW + timedelta(minutes=1)


def ask(store: Store, host: Actor, *unknown: NewContact, minutes: int = 0) -> None:
    with store.writing() as work:
        work.invitees.ask(host.workspace_id, host.member_id, unknown, NOW + timedelta(minutes=minutes))
        work.commit()


def claimed(store: Store, minutes: float = 0, limit: int = 10) -> list[InviteeBatch]:
    """One host's after the other, as the job does, so many minutes after the first question has waited."""
    batches = list[InviteeBatch]()
    while len(batches) < limit:
        with store.writing() as work:
            batch = work.invitees.claim_batch(NOW + WAIT + timedelta(minutes=minutes))
            work.commit()
        if batch is None:
            break
        batches.append(batch)
    return batches


def released(store: Store, batch: InviteeBatch, *, first_asked: datetime) -> None:
    """Slack refused the message: an hour later somebody may try again."""
    with store.writing() as work:
        work.invitees.release_batch(batch, NOW + WAIT + timedelta(hours=1), first_asked=first_asked)
        work.commit()


def settle(
    store: Store, actor: Actor, *emails: str, answer: InviteeAnswer, told: str = "", host: Actor | None = None
) -> None:
    with store.writing() as work:
        host_id = host.member_id if host else None
        work.invitees.settle(actor.workspace_id, emails, answer, told=told, host_id=host_id)
        work.commit()


def asked(host: Actor, new: NewContact, batch: int = 1) -> InviteeQuestion:
    """A question that waits for its answer."""
    key = question_id(host.workspace_id, host.member_id, new.email)
    return InviteeQuestion(key, host.workspace_id, host.member_id, new.email, new.name, batch)


def answers(store: Store, host: Actor, number: int = 1) -> dict[str, InviteeAnswer | None]:
    with store.reading() as work:
        return {one.email: one.answer for one in work.invitees.batch(host, number).questions}


def test_everybody_met_until_then_is_asked_about_in_one_batch_and_once(store: Store) -> None:
    ana = a_person(store)
    ask(store, ana, LEE, MAYA)
    ask(store, ana, MAYA, ANN, minutes=1)

    assert claimed(store, minutes=-1) == []
    batch = InviteeBatch(ana.workspace_id, ana.member_id, 1, (asked(ana, LEE), asked(ana, MAYA), asked(ana, ANN)))
    assert claimed(store) == [batch]
    assert claimed(store) == []
    ask(store, ana, MAYA, LEE, ANN, minutes=2)
    assert claimed(store, minutes=9) == []


def test_whoever_is_met_later_comes_in_the_next_batch(store: Store) -> None:
    ana = a_person(store)
    ask(store, ana, MAYA)
    claimed(store)
    ask(store, ana, LEE)

    assert claimed(store) == [InviteeBatch(ana.workspace_id, ana.member_id, 2, (asked(ana, LEE, 2),))]


def test_each_host_has_batches_of_his_own_the_one_who_waits_longest_first(store: Store) -> None:
    ana, ben, eve = a_person(store), a_person(store, user="U2"), a_person(store, "T2")
    ask(store, ana, MAYA, minutes=2)
    ask(store, ben, MAYA, minutes=1)
    ask(store, eve, MAYA)

    assert [batch.host_id for batch in claimed(store, minutes=2, limit=2)] == [eve.member_id, ben.member_id]
    assert [batch.host_id for batch in claimed(store, minutes=2)] == [ana.member_id]


def test_what_could_not_be_asked_is_asked_later(store: Store) -> None:
    ana = a_person(store)
    ask(store, ana, MAYA)
    [batch] = claimed(store)

    released(store, batch, first_asked=NOW - timedelta(days=1))

    assert claimed(store, minutes=59) == []
    assert claimed(store, minutes=60) == [batch]


def test_whoever_is_met_while_slack_refuses_waits_with_the_others(store: Store) -> None:
    ana = a_person(store)
    ask(store, ana, MAYA)
    [batch] = claimed(store)
    released(store, batch, first_asked=NOW - timedelta(days=1))
    ask(store, ana, LEE, minutes=2)

    with store.reading() as work:
        assert not work.invitees.has_unasked(NOW + timedelta(minutes=30))
    assert claimed(store, minutes=30) == []
    assert [[one.email for one in batch.open] for batch in claimed(store, minutes=60)] == [[MAYA.email, LEE.email]]


def test_what_could_not_be_asked_for_long_is_left_to_the_list_of_contacts(store: Store) -> None:
    ana = a_person(store)
    ask(store, ana, MAYA)
    [batch] = claimed(store)

    released(store, batch, first_asked=NOW)

    assert claimed(store, minutes=60) == []
    with store.reading() as work:
        assert work.invitees.waiting(ana) == batch


# fault 11
def test_a_question_is_the_hosts_alone(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    ask(store, ana, MAYA)
    claimed(store)
    mine = asked(ana, MAYA)

    with store.reading() as work:
        assert work.invitees.question(ana, mine.id) == mine
        assert work.invitees.waiting(ana) == work.invitees.batch(ana, 1)
        assert work.invitees.waiting(ben) is None
        for forbidden in (lambda: work.invitees.question(ben, mine.id), lambda: work.invitees.batch(ben, 1)):
            with pytest.raises(NotFound):
                forbidden()


def test_an_answer_is_for_every_host_or_for_one_and_the_first_stays(store: Store) -> None:
    ana, ben, eve = a_person(store), a_person(store, user="U2"), a_person(store, "T2")
    for host in (ana, ben, eve):
        ask(store, host, MAYA, LEE)
    claimed(store)

    settle(store, ana, "lee@chen.test", answer=InviteeAnswer.IGNORED, host=ana)
    settle(store, ben, "maya@ortiz.test", "lee@chen.test", answer=InviteeAnswer.ADDED, told="Lee <Chen>")

    added, ignored = InviteeAnswer.ADDED, InviteeAnswer.IGNORED
    assert answers(store, ana) == {"lee@chen.test": ignored, "maya@ortiz.test": added}
    assert answers(store, ben) == {"lee@chen.test": added, "maya@ortiz.test": added}
    assert answers(store, eve) == {"lee@chen.test": None, "maya@ortiz.test": None}
    with store.reading() as work:
        assert work.invitees.waiting(ana) is None
        assert work.invitees.batch(ben, 1).questions[0].told == "Lee <Chen>"
        assert [one.email for one in work.invitees.batch(eve, 1).open] == ["lee@chen.test", "maya@ortiz.test"]


def test_who_needs_no_answer_any_more_is_not_asked_about(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    ask(store, ana, MAYA, LEE)
    ask(store, ben, MAYA)
    settle(store, ana, "maya@ortiz.test", answer=InviteeAnswer.ADDED)
    assert [[one.email for one in batch.questions] for batch in claimed(store)] == [["lee@chen.test"]]

    ask(store, ben, LEE, ANN)
    [batch] = claimed(store)
    with store.writing() as work:
        work.invitees.settle(
            ben.workspace_id, ["lee@chen.test"], InviteeAnswer.OURS, host_id=ben.member_id, batch=batch.number
        )
        work.commit()
    assert answers(store, ben, batch.number) == {"ann@chen.test": None}
    assert answers(store, ana) == {"lee@chen.test": None}
    assert claimed(store) == []


def test_what_is_open_is_found_by_its_domain(store: Store) -> None:
    ana, eve = a_person(store), a_person(store, "T2")
    ask(store, ana, MAYA, LEE, ANN, NewContact("x@notchen.test", "X"))
    settle(store, ana, "ann@chen.test", answer=InviteeAnswer.ADDED)

    with store.reading() as work:
        assert list(work.invitees.open_at(ana.workspace_id, ["chen.test"])) == ["lee@chen.test"]
        assert list(work.invitees.open_at(ana.workspace_id, [])) == []
        assert list(work.invitees.open_at(eve.workspace_id, ["chen.test"])) == []


# fault 10
def test_what_is_blocked_is_one_workspaces_own(store: Store) -> None:
    ana, eve = a_person(store), a_person(store, "T2")
    with store.writing() as work:
        for pattern in ("maya@ortiz.test", "@chen.test", "@chen.test"):
            work.invitees.block(ana, pattern, NOW)
        work.invitees.unblock(eve, "@chen.test")
        work.commit()

    with store.writing() as work:
        assert work.invitees.blocked(ana.workspace_id) == {"maya@ortiz.test", "@chen.test"}
        assert work.invitees.blocked(eve.workspace_id) == frozenset()
        work.invitees.unblock(ana, "@chen.test")
        assert work.invitees.blocked(ana.workspace_id) == {"maya@ortiz.test"}


def test_whoever_was_left_out_by_what_is_taken_back_may_be_asked_about_again(store: Store) -> None:
    ana, eve = a_person(store), a_person(store, "T2")
    for host in (ana, eve):
        ask(store, host, LEE, ANN, MAYA)
        settle(store, host, "lee@chen.test", "maya@ortiz.test", answer=InviteeAnswer.NEVER)
    with store.writing() as work:
        assert list(work.invitees.left_out(ana.workspace_id, "@chen.test")) == ["lee@chen.test"]
        assert list(work.invitees.left_out(ana.workspace_id, "maya@ortiz.test")) == ["maya@ortiz.test"]
        work.invitees.unblock(ana, "@chen.test")
        work.commit()

    ask(store, ana, LEE, MAYA)
    ask(store, eve, LEE, MAYA)
    asked_of = {batch.host_id: [one.email for one in batch.open] for batch in claimed(store)}
    assert asked_of == {ana.member_id: ["ann@chen.test", "lee@chen.test"], eve.member_id: ["ann@chen.test"]}


# fault 10
def test_the_teams_domains_are_those_that_were_named_last(store: Store) -> None:
    ana, eve = a_person(store), a_person(store, "T2")
    with store.writing() as work:
        work.invitees.set_domains(eve, ["other.test"], NOW)
        work.invitees.set_domains(ana, ["acme.test", "old.test"], NOW)
        work.invitees.set_domains(ana, ["acme.test", "new.test"], SOON)
        work.commit()

    with store.writing() as work:
        assert work.invitees.domains(ana.workspace_id) == {"acme.test", "new.test"}
        assert work.invitees.domains(eve.workspace_id) == {"other.test"}
        work.invitees.set_domains(ana, [], SOON)
        assert work.invitees.domains(ana.workspace_id) == frozenset()


def test_what_slack_said_of_an_address_is_relied_on_for_as_long_as_one_wants_and_kept_no_longer(store: Store) -> None:
    ana, eve = a_person(store), a_person(store, "T2")
    emails = ["ben@acme.test", "maya@ortiz.test", "never@looked.up"]
    with store.writing() as work:
        work.invitees.remember_colleagues(ana.workspace_id, {"ben@acme.test": False, "maya@ortiz.test": False}, NOW)
        work.invitees.remember_colleagues(ana.workspace_id, {"ben@acme.test": True}, SOON)
        work.invitees.remember_colleagues(ana.workspace_id, {}, SOON)
        work.commit()

    with store.writing() as work:
        assert work.invitees.colleagues(ana.workspace_id, emails, NOW) == {
            "ben@acme.test": True,
            "maya@ortiz.test": False,
        }
        assert work.invitees.colleagues(ana.workspace_id, emails, SOON) == {"ben@acme.test": True}
        assert work.invitees.colleagues(eve.workspace_id, emails, NOW) == {}
        work.invitees.remember_colleagues(ana.workspace_id, {}, NOW + timedelta(days=3))
        assert work.invitees.colleagues(ana.workspace_id, emails, NOW) == {}


def test_what_is_forgotten_of_an_address_leaves_what_is_blocked(store: Store) -> None:
    ana = a_person(store)
    ask(store, ana, MAYA, LEE)
    with store.writing() as work:
        work.invitees.block(ana, "maya@ortiz.test", NOW)
        work.invitees.remember_colleagues(ana.workspace_id, {"maya@ortiz.test": False}, NOW)
        work.invitees.forget(ana.workspace_id, ["maya@ortiz.test"])
        work.commit()

    assert [[one.email for one in batch.questions] for batch in claimed(store)] == [["lee@chen.test"]]
    with store.reading() as work:
        assert work.invitees.blocked(ana.workspace_id) == {"maya@ortiz.test"}
        assert work.invitees.colleagues(ana.workspace_id, ["maya@ortiz.test"], NOW) == {}


def test_many_addresses_are_looked_up_at_once(store: Store) -> None:
    ana = a_person(store)
    emails = [f"{number}@x.test" for number in range(1200)]
    with store.writing() as work:
        work.invitees.remember_colleagues(ana.workspace_id, dict.fromkeys(emails, True), NOW)
        work.invitees.ask(ana.workspace_id, ana.member_id, [NewContact(email, "X") for email in emails], NOW)
        work.invitees.settle(ana.workspace_id, emails, InviteeAnswer.IGNORED)
        assert len(work.invitees.colleagues(ana.workspace_id, emails, NOW)) == 1200
        assert work.contacts.by_address(ana.workspace_id, emails) == {}


def test_threads_that_claim_at_once_ask_once(database: Database) -> None:
    store = database.open()
    ana = a_person(store)
    ask(store, ana, MAYA, LEE)

    batches = [batch for found in all_at_once(6, lambda _: claimed(store)) for batch in found]

    assert [len(batch.questions) for batch in batches] == [2]
