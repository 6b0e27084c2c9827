"""Daybook leaves a workspace, erasures in any order, and exports."""

import json
from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from bot.domain.accounts import AccountStatus, Provider, zoom_identity
from bot.domain.errors import NotFound
from bot.usecases.forget_zoom_account import ForgetZoomAccount
from bot.usecases.leave_workspace import LeaveWorkspace
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.conftest import Database
from tests.contracts.erasure_town import ANA, PAST, Town
from tests.contracts.storage_builders import (
    NOW,
    an_account,
    connected,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


@dataclass
class Installed:
    """Where Slack says that Daybook is installed."""

    teams: set[str]

    def is_installed(self, slack_team_id: str) -> bool:
        return slack_team_id in self.teams


# fault 54
def test_a_removal_ends_every_connection_of_its_workspace_once(town: Town) -> None:
    stored(town.store, an_account(town.ben, "ben@acme.test", status=AccountStatus.PENDING))
    connected(town.store, town.eve, "eve@other.test")
    leave = LeaveWorkspace(town.store, Installed({"T2"}), town.end)
    assert [leave("T1"), leave("T1"), leave("T2"), leave("T3")] == [2, 0, 0, 0]
    assert sorted(town.revoked) == ["ben@acme.test", ANA[2]]


# fault 54
def test_a_late_removal_is_not_believed_after_a_new_installation(town: Town) -> None:
    assert LeaveWorkspace(town.store, Installed({"T1"}), town.end)("T1") == 0
    assert town.revoked == []


# fault 54
@pytest.mark.parametrize("order", list(permutations(("forget", "removed", "zoom"))), ids="-".join)
def test_erasures_in_any_order_and_twice_end_alike(town: Town, order: tuple[str, ...]) -> None:
    zoom = replace(an_account(town.ana, "zoom-of-canaria"), provider=Provider.ZOOM, external_id=zoom_identity("u", "a"))
    stored(town.store, zoom)
    leave = LeaveWorkspace(town.store, Installed(set()), town.end)
    deauthorized = ForgetZoomAccount(town.store, town.clock)

    def forget() -> None:
        if town.account_left_to_forget():
            town.forget_me(town.ana)
        town.finish()

    deeds: dict[str, Callable[[], object]] = {
        "forget": forget,
        "removed": lambda: leave("T1"),
        "zoom": lambda: deauthorized(key="z", user_id="u", account_id="a", ended_at=NOW),
    }
    for deed in (*order, *order):
        deeds[deed]()
    assert town.found(ANA) == []
    assert len(town.messages.reports) == 1


def test_an_export_of_oneself_has_no_secret_and_nothing_of_others(town: Town) -> None:
    a_contact(town.store, town.ben, "lee@chen.test", "Lee Chen")
    booked(town.store, replace(an_appointment(town.ben), title="Ben alone"))
    with town.store.reading() as work:
        exported = work.erasures.export_member(town.ana)
    text = json.dumps(exported)
    assert [one["title"] for one in exported["appointments"]] == ["Maya Ortiz and Canaria"]
    assert exported["events_read_from_google"] == [{"number": 1}]
    assert [word for word in ("sealed", "Ben alone", "Lee Chen", "sync_token") if word in text] == []


def test_an_export_of_a_contact_keeps_colleagues_titles_to_them(town: Town) -> None:
    ben_of_other_days = booked(town.store, replace(an_appointment(town.ben, PAST, contact=town.maya), title="Secret"))
    with town.store.reading() as work:
        exported = work.erasures.export_contact(town.ana, town.maya.id)
    assert [one["title"] for one in exported["appointments_of_yours"]] == ["Maya Ortiz and Canaria"]
    assert [one["id"] for one in exported["appointments_of_colleagues"]] == [str(ben_of_other_days.id)]
    assert "Secret" not in json.dumps(exported)
    with town.store.reading() as work, pytest.raises(NotFound):
        work.erasures.export_contact(town.eve, town.maya.id)
