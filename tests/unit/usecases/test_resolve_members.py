"""Whoever is named is looked up once; of those who are refused nothing is kept."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.people import Standing
from bot.usecases.resolve_members import ResolveMembers
from tests.fakes.directory import FakeDirectory
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import actor, ana, cara


def resolving(acme: Acme, directory: FakeDirectory) -> ResolveMembers:
    return ResolveMembers(acme.store, directory, acme.clock, lambda: UUID(int=999))


def test_a_colleague_whom_nobody_named_before_is_looked_up_once_and_kept() -> None:
    acme, directory = Acme(), FakeDirectory({"U9": replace(cara, name="Dora")})
    resolve = resolving(acme, directory)
    named = [resolve(actor(), ["U9", "U1"]) for _ in range(2)]
    assert [[one.name for one in members] for members in named] == [["Dora", "Ana"]] * 2
    assert directory.asked == ["U9"]


# fault 13
@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.FULL])
def test_of_whoever_is_refused_nothing_is_kept(standing: Standing) -> None:
    acme = Acme()
    before = dict(acme.store.tables.members)
    resolve = resolving(acme, FakeDirectory({"U9": replace(cara, name="Dora", standing=standing)}))
    with pytest.raises(NotAllowed, match="Dora is not a full member of this workspace"):
        resolve(actor(), [ana.slack_user_id, "U9"])
    assert acme.store.tables.members == before


def test_an_app_among_the_people_who_were_chosen_is_told_as_one() -> None:
    acme = Acme()
    before = dict(acme.store.tables.members)
    daybook = replace(cara, name="Daybook", standing=Standing.EXTERNAL)
    resolve = resolving(acme, FakeDirectory({"UBOT": daybook}, apps=frozenset({"UBOT"})))
    with pytest.raises(NotAllowed, match=r"Daybook is an app and has no calendar. Choose people only\."):
        resolve(actor(), [ana.slack_user_id, "UBOT"])
    assert acme.store.tables.members == before
