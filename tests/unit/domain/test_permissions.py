"""Who may do what."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.people import Member, Standing, Workspace, actor_of
from bot.domain.permissions import (
    TimeWithheld,
    may_query,
    may_see_titles,
    require_full_member,
    require_shared,
    shares_time_with,
)
from bot.domain.preferences import Audience, default_preferences

ACME, OTHER = (Workspace(UUID(int=number), f"T{number}", f"Workspace {number}") for number in (1, 2))
ANA = Member(
    id=UUID(int=11),
    workspace_id=ACME.id,
    slack_user_id="U1",
    name="Ana",
    zone="Europe/Berlin",
    standing=Standing.FULL,
    is_admin=False,
    checked_at=datetime(2026, 11, 24, tzinfo=UTC),
)
BEN = replace(ANA, id=UUID(int=12), slack_user_id="U2", name="Ben")
ADA = replace(ANA, id=UUID(int=13), slack_user_id="U3", name="Ada", is_admin=True)
GUS = replace(ANA, id=UUID(int=14), slack_user_id="U4", name="Gus", standing=Standing.GUEST)
EVE = replace(ANA, id=UUID(int=15), slack_user_id="U5", name="Eve", standing=Standing.EXTERNAL)
OLD = replace(ANA, id=UUID(int=16), slack_user_id="U6", name="Old", standing=Standing.DEACTIVATED)
MIA = replace(ANA, id=UUID(int=17), slack_user_id="U7", name="Mia", workspace_id=OTHER.id)
EVERYONE = [ANA, BEN, ADA, GUS, EVE, OLD, MIA]


def asked_about(asker: Member, workspace: Workspace = ACME) -> list[str]:
    """Whom the asker may ask when they are free."""
    actor = actor_of(asker, workspace)
    return [member.name for member in EVERYONE if may_query(actor, member)]


def read_by(reader: Member) -> list[str]:
    """Whose titles the reader may see."""
    actor = actor_of(reader, ACME)
    return [member.name for member in EVERYONE if may_see_titles(actor, member.id)]


@pytest.mark.parametrize("member", [ANA, ADA])
def test_full_members_use_daybook(member: Member) -> None:
    require_full_member(actor_of(member, ACME))


# fault 12, fault 13
@pytest.mark.parametrize(
    ("member", "sentence"), [(GUS, "Guests cannot use it"), (EVE, "another workspace"), (OLD, "deactivated")]
)
def test_others_are_told_why_not(member: Member, sentence: str) -> None:
    with pytest.raises(NotAllowed, match=sentence):
        require_full_member(actor_of(member, ACME))


# fault 10
def test_full_members_ask_about_full_members_of_their_own_workspace() -> None:
    assert asked_about(BEN) == ["Ana", "Ben", "Ada"]
    assert asked_about(MIA, OTHER) == ["Mia"]


# fault 12, fault 13
@pytest.mark.parametrize("member", [GUS, EVE, OLD])
def test_others_ask_about_nobody_not_even_themselves(member: Member) -> None:
    assert asked_about(member) == []


# fault 12, fault 13
@pytest.mark.parametrize("member", [GUS, EVE, OLD])
def test_others_see_no_titles_not_even_their_own(member: Member) -> None:
    assert read_by(member) == []


# fault 11
@pytest.mark.parametrize("member", [BEN, ADA])
def test_titles_are_for_their_owner_alone_admins_included(member: Member) -> None:
    assert read_by(member) == [member.name]


# fault 11
@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Audience.EVERYONE, ["Ana", "Ben", "Ada"]),
        (Audience.INVITED, ["Ana", "Ben"]),
        (Audience.NOBODY, ["Ana"]),
    ],
)
def test_a_member_shares_his_time_with_himself_and_with_those_whom_he_chose(
    audience: Audience, names: list[str]
) -> None:
    """Not with an admin either, unless he chose him."""
    preferences = replace(default_preferences(ANA.zone), audience=audience, invited=(BEN.slack_user_id,))
    allowed = [one.name for one in (ANA, BEN, ADA) if shares_time_with(actor_of(one, ACME), ANA, preferences)]
    assert allowed == names


def test_whoever_asks_for_time_that_is_not_shared_is_told_whose() -> None:
    require_shared([])
    with pytest.raises(TimeWithheld) as refused:
        require_shared([ANA, BEN])
    assert str(refused.value) == "Ana does not share free times with you."
