"""One-time connect links."""

from dataclasses import replace
from datetime import timedelta

from bot.ports import Store
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import NOW, a_link, a_person, all_at_once, new_id


def test_a_link_is_found_by_its_digest_alone(store: Store) -> None:
    link = a_link(a_person(store), "digest")
    with store.writing() as work:
        work.links.add(link)
        work.commit()

    with store.reading() as work:
        assert work.links.by_digest("digest") == link
        assert work.links.by_digest("another") is None


# fault 15
def test_a_link_is_burnt_by_its_first_use(store: Store) -> None:
    link = a_link(a_person(store))
    with store.writing() as work:
        work.links.add(link)
        uses = [work.links.use(link.id, NOW) for _ in range(3)]
        work.commit()

    assert uses == [True, False, False]
    with store.reading() as work:
        assert work.links.by_digest("digest") == replace(link, used_at=NOW)


# fault 15
def test_fifty_threads_with_one_link_and_one_gets_through(store: Store) -> None:
    link = a_link(a_person(store))
    with store.writing() as work:
        work.links.add(link)
        work.commit()

    def use(_thread: int) -> bool:
        with store.writing() as work:
            burnt = work.links.use(link.id, NOW)
            work.commit()
        return burnt

    assert sorted(all_at_once(50, use)) == [False] * 49 + [True]


# fault 15
def test_two_processes_with_one_link_and_one_gets_through(database: Database) -> None:
    stores = [database.open() for _ in range(4)]
    link = a_link(a_person(stores[0]))
    with stores[0].writing() as work:
        work.links.add(link)
        work.commit()

    def use(process: int) -> bool:
        with stores[process].writing() as work:
            burnt = work.links.use(link.id, NOW)
            work.commit()
        return burnt

    assert sorted(all_at_once(4, use)) == [False, False, False, True]


# fault 15
def test_an_expired_link_cannot_be_used(store: Store) -> None:
    link = a_link(a_person(store), expires_at=NOW)
    with store.writing() as work:
        work.links.add(link)
        uses = [work.links.use(link.id, NOW), work.links.use(link.id, NOW - timedelta(microseconds=1))]

    assert uses == [False, True]


def test_an_unknown_link_cannot_be_used(store: Store) -> None:
    with store.writing() as work:
        assert not work.links.use(new_id(), NOW)


def test_links_that_expired_are_forgotten(store: Store) -> None:
    actor = a_person(store)
    with store.writing() as work:
        work.links.add(a_link(actor, "old", expires_at=NOW - timedelta(hours=2)))
        work.links.add(a_link(actor, "new", expires_at=NOW))
        forgotten = work.links.forget_expired(NOW - timedelta(hours=1))
        work.commit()

    with store.reading() as work:
        left = [digest for digest in ("old", "new") if work.links.by_digest(digest)]
    assert (forgotten, left) == (1, ["new"])
