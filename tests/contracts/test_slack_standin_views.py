"""Triggers, stacks and hashes of the stand-in's modals and Home tabs, as slack_sdk's client meets them."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.slack.shape import Json
from tests.contracts.slack_standin_bot import Team, field, home, modal, section

TEXT_INPUT: Json = {"type": "plain_text_input", "action_id": "text"}


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as refusal:
        call()
    return str(refusal.value.response["error"])


def opened(team: Team, view: Json) -> Json:
    answer: Json = team.client.views_open(trigger_id=team.slack.trigger(team.ana.id), view=view)["view"]
    return answer


def test_an_opened_view_comes_back_with_what_slack_adds(team: Team) -> None:
    view = opened(team, modal(section("Hello", block_id="a"), private_metadata="{}"))
    added = {key: view[key] for key in ("team_id", "app_id", "bot_id", "previous_view_id", "state")}
    assert added == {
        "team_id": team.acme.id,
        "app_id": team.slack.app.app_id,
        "bot_id": team.acme.bot_id,
        "previous_view_id": None,
        "state": {"values": {}},
    }
    assert view["id"].startswith("V")
    assert view["root_view_id"] == view["id"]


def test_blocks_and_elements_without_ids_are_given_some(team: Team) -> None:
    element = {"type": "plain_text_input"}
    view = opened(
        team,
        modal({"type": "input", "label": {"type": "plain_text", "text": "Name"}, "element": element}),
    )
    (block,) = view["blocks"]
    assert block["block_id"]
    assert block["element"]["action_id"]


def test_a_trigger_is_good_for_three_seconds(team: Team) -> None:
    trigger = team.slack.trigger(team.ana.id)
    team.clock.passes(2.9)
    assert team.client.views_open(trigger_id=trigger, view=modal(section("Hello")))["ok"]

    trigger = team.slack.trigger(team.ana.id)
    team.clock.passes(3.0)
    late = refused(lambda: team.client.views_open(trigger_id=trigger, view=modal(section("Hello"))))
    assert late == "expired_trigger_id"


def test_a_trigger_is_good_once(team: Team) -> None:
    trigger = team.slack.trigger(team.ana.id)
    team.client.views_open(trigger_id=trigger, view=modal(section("Hello")))
    again = refused(lambda: team.client.views_open(trigger_id=trigger, view=modal(section("Hello"))))
    assert again == "exchanged_trigger_id"


def test_a_trigger_of_another_workspace_is_invalid(team: Team) -> None:
    globex = team.slack.people.add_workspace("globex")
    hank = team.slack.people.add_member(globex.id, "hank")
    trigger = team.slack.trigger(hank.id)
    stolen = refused(lambda: team.client.views_open(trigger_id=trigger, view=modal(section("Hello"))))
    assert stolen == "invalid_trigger_id"


def test_a_refused_view_has_used_its_trigger_up(team: Team) -> None:
    trigger = team.slack.trigger(team.ana.id)
    assert refused(lambda: team.client.views_open(trigger_id=trigger, view=modal(section("")))) == ("invalid_arguments")
    again = refused(lambda: team.client.views_open(trigger_id=trigger, view=modal(section("Hello"))))
    assert again == "exchanged_trigger_id"


def test_opening_over_an_open_modal_is_a_problem(team: Team) -> None:
    opened(team, modal(section("One")))
    opened(team, modal(section("Two")))
    assert team.problems() == ["views.open: a modal is open already; views.push goes on top of it"]


def test_a_view_is_changed_only_by_whoever_saw_it_last(team: Team) -> None:
    view = opened(team, modal(section("One")))
    first = team.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("Two")))["view"]
    stale = refused(
        lambda: team.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("Three")))
    )
    assert stale == "hash_conflict"
    assert first["hash"] != view["hash"]
    assert "Two" in team.person(team.ana).sees()


def test_what_was_typed_stays_under_its_ids_and_goes_with_them(team: Team) -> None:
    view = opened(team, modal(field("Name", TEXT_INPUT, "name")))
    ana = team.person(team.ana)
    ana.fills("Name", "Maya")

    kept = team.client.views_update(view_id=view["id"], view=modal(field("Full name", TEXT_INPUT, "name")))
    assert kept["view"]["state"]["values"]["name"]["text"]["value"] == "Maya"

    reset = team.client.views_update(view_id=view["id"], view=modal(field("Name", TEXT_INPUT, "name_2")))
    assert reset["view"]["state"]["values"]["name_2"]["text"]["value"] is None


def test_a_closed_view_is_not_found(team: Team) -> None:
    view = opened(team, modal(section("One")))
    team.person(team.ana).closes()
    gone = refused(lambda: team.client.views_update(view_id=view["id"], view=modal(section("Two"))))
    assert gone == "not_found"


def test_an_external_id_finds_a_view_and_is_taken_once(team: Team) -> None:
    opened(team, modal(section("One"), external_id="mine"))
    update = team.client.views_update(external_id="mine", view=modal(section("Two"), external_id="mine"))
    assert update["ok"]
    taken = refused(
        lambda: team.client.views_open(
            trigger_id=team.slack.trigger(team.ben.id), view=modal(section("One"), external_id="mine")
        )
    )
    assert taken == "duplicate_external_id"


@pytest.mark.parametrize("names", [{}, {"view_id": "V1", "external_id": "mine"}], ids=["no name", "two names"])
def test_a_view_is_named_in_exactly_one_way(team: Team, names: dict[str, str]) -> None:
    call = {"view": modal(section("One")), **names}
    assert refused(lambda: team.client.api_call("views.update", json=call)) == "invalid_arguments"


def test_a_trigger_from_outside_a_modal_pushes_nothing(team: Team) -> None:
    opened(team, modal(section("One")))
    trigger = team.slack.trigger(team.ana.id)
    outside = refused(lambda: team.client.views_push(trigger_id=trigger, view=modal(section("Two"))))
    assert outside == "invalid_trigger_id"


def test_home_is_published_and_republished_by_hash(team: Team) -> None:
    first = team.client.views_publish(user_id=team.ana.id, view=home(section("One")))["view"]
    second = team.client.views_publish(user_id=team.ana.id, view=home(section("Two")), hash=first["hash"])["view"]
    assert second["id"] == first["id"]
    stale = refused(
        lambda: team.client.views_publish(user_id=team.ana.id, view=home(section("Three")), hash=first["hash"])
    )
    assert stale == "hash_conflict"


def test_home_takes_no_modal_and_a_modal_no_home(team: Team) -> None:
    publish = refused(lambda: team.client.views_publish(user_id=team.ana.id, view=modal(section("One"))))
    trigger = team.slack.trigger(team.ana.id)
    opening = refused(lambda: team.client.views_open(trigger_id=trigger, view=home(section("One"))))
    assert (publish, opening) == ("invalid_arguments", "invalid_arguments")
