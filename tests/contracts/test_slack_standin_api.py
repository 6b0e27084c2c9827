"""The stand-in's Web API, called by slack_sdk's own client: what it answers and what it refuses."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.slack.shape import Json
from tests.contracts.slack_standin_bot import MANIFEST, House, Team, a_house, a_team, plain, section
from tests.patience import PATIENCE


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with a_house() as house:
        yield house


@pytest.fixture
def team(house: House) -> Team:
    return a_team(house)


def refusal(call: Callable[[], object]) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as refused:
        call()
    data = refused.value.response.data
    assert isinstance(data, dict)
    return data


def test_a_good_token_names_the_workspace_and_the_bot(team: Team) -> None:
    assert team.client.auth_test().data == {
        "ok": True,
        "url": "https://acme.slack.com/",
        "team": "Acme",
        "user": "helper",
        "team_id": team.acme.id,
        "user_id": team.acme.bot.id,
        "bot_id": team.acme.bot_id,
        "is_enterprise_install": False,
    }


def test_the_scopes_of_the_token_stand_in_a_header(team: Team) -> None:
    headers = team.client.auth_test().headers
    assert headers["x-oauth-scopes"] == "channels:read,chat:write,commands,im:write,team:read,users:read"


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-1-forged", "invalid_auth")])
def test_a_call_without_a_good_token_is_refused(team: Team, token: str, error: str) -> None:
    client = WebClient(token, base_url=f"{team.house.url}/api/")
    assert refusal(client.auth_test)["error"] == error


def test_a_token_that_was_revoked_is_refused(team: Team) -> None:
    team.slack.revokes_token(team.acme)
    assert refusal(team.client.auth_test)["error"] == "token_revoked"


def test_a_method_that_does_not_exist_is_unknown(team: Team) -> None:
    answer = refusal(lambda: team.client.api_call("chat.shout"))
    assert answer == {"ok": False, "error": "unknown_method", "req_method": "chat.shout"}


def test_a_method_asks_for_its_scope() -> None:
    manifest = {**MANIFEST, "oauth_config": {"scopes": {"bot": ["commands"]}}}
    with a_house(manifest) as house:
        team = a_team(house)
        answer = refusal(lambda: team.client.users_info(user=team.ana.id))
    expected = {"error": "missing_scope", "needed": "users:read", "provided": "commands"}
    assert answer == {"ok": False, **expected}


def test_a_missing_argument_is_named(team: Team) -> None:
    answer = refusal(lambda: team.client.api_call("users.info"))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"] == {"messages": ["[ERROR] missing required field: user"]}


@pytest.mark.parametrize(
    ("body", "kind", "error"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b"<a/>", "text/xml", "invalid_post_type"),
    ],
)
def test_a_body_of_another_kind_is_refused(team: Team, body: bytes, kind: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {team.acme.bot_token}", "Content-Type": kind}
    answer = httpx.post(
        f"{team.house.url}/api/auth.test", content=body, headers=headers, trust_env=False, timeout=PATIENCE
    )
    assert answer.json() == {"ok": False, "error": error}


def test_a_member_is_told_with_his_zone_and_its_offset_of_today(team: Team) -> None:
    user = team.client.users_info(user=team.ben.id)["user"]
    shown = {key: user[key] for key in ("name", "real_name", "tz", "tz_offset", "is_admin", "deleted")}
    assert shown == {
        "name": "ben",
        "real_name": "Ben Ray",
        "tz": "America/New_York",
        "tz_offset": -18000,
        "is_admin": False,
        "deleted": False,
    }


def test_a_locale_is_told_to_who_asks_for_it(team: Team) -> None:
    hana = team.slack.people.add_member(team.acme.id, "hana", locale="ja-JP")

    def told(user_id: str, **asked: bool) -> object:
        return team.client.users_info(user=user_id, **asked)["user"].get("locale")

    assert (told(hana.id), told(hana.id, include_locale=False)) == (None, None)
    assert (told(hana.id, include_locale=True), told(team.ben.id, include_locale=True)) == ("ja-JP", "en-US")
    listed = {user["id"]: user.get("locale") for user in team.client.users_list(include_locale=True)["members"]}
    assert listed[hana.id] == "ja-JP"
    assert not any("locale" in user for user in team.client.users_list()["members"])


def test_an_address_is_kept_back_without_its_scope(team: Team) -> None:
    assert "email" not in team.client.users_info(user=team.ben.id)["user"]["profile"]


def test_a_stranger_is_marked_and_at_home_elsewhere(team: Team) -> None:
    zoe = team.slack.people.add_member(team.acme.id, "zoe", home_team="T0ELSEWHERE")
    user = team.client.users_info(user=zoe.id)["user"]
    assert (user["is_stranger"], user["team_id"]) == (True, "T0ELSEWHERE")


def test_a_member_of_another_workspace_is_not_found(team: Team) -> None:
    globex = team.slack.people.add_workspace("globex")
    hank = team.slack.people.add_member(globex.id, "hank")
    assert refusal(lambda: team.client.users_info(user=hank.id))["error"] == "user_not_found"


def test_a_list_of_members_comes_in_pages(team: Team) -> None:
    pages = [[u["name"] for u in page["members"]] for page in team.client.users_list(limit=2)]
    assert pages == [["slackbot", "helper"], ["ana", "ben"], ["cara"]]


def test_a_cursor_that_was_never_given_is_refused(team: Team) -> None:
    answer = refusal(lambda: team.client.users_list(cursor="offset:99"))
    assert answer["error"] == "invalid_arguments"


def test_a_direct_message_channel_is_the_same_each_time(team: Team) -> None:
    first = team.client.conversations_open(users=team.ana.id)["channel"]["id"]
    second = team.client.conversations_open(users=[team.ana.id])["channel"]["id"]
    assert first == second
    assert first.startswith("D")


def test_nobody_opens_a_channel_with_a_member_who_left(team: Team) -> None:
    team.slack.people.home_of(team.ben.id).members[team.ben.id].deleted = True
    assert refusal(lambda: team.client.conversations_open(users=team.ben.id))["error"] == "user_disabled"


def test_a_private_channel_without_the_app_does_not_exist_for_it(team: Team) -> None:
    answer = refusal(lambda: team.client.conversations_info(channel=team.secret.id))
    assert answer["error"] == "channel_not_found"


def test_the_members_of_a_channel_are_listed(team: Team) -> None:
    members = team.client.conversations_members(channel=team.sales.id)["members"]
    assert set(members) == {team.ana.id, team.ben.id, team.acme.bot.id}


def test_a_message_comes_back_as_it_was_sent_and_completed(team: Team) -> None:
    metadata = {"event_type": "card", "event_payload": {"id": 7}}
    answer = team.client.chat_postMessage(
        channel=team.sales.id, text="Hello", blocks=[section("*Hello*", block_id="a")], metadata=metadata
    )
    assert answer["channel"] == team.sales.id
    assert answer["message"] == {
        "type": "message",
        "user": team.acme.bot.id,
        "ts": answer["ts"],
        "team": team.acme.id,
        "text": "Hello",
        "blocks": [
            {
                "type": "section",
                "block_id": "a",
                "text": {"type": "mrkdwn", "text": "*Hello*", "verbatim": False},
            }
        ],
        "bot_id": team.acme.bot_id,
        "app_id": team.slack.app.app_id,
        "metadata": metadata,
    }


def test_a_message_can_go_to_a_member_by_his_id(team: Team) -> None:
    answer = team.client.chat_postMessage(channel=team.ana.id, text="Hello")
    assert answer["channel"].startswith("D")
    assert [m.text for m in team.person(team.ana).messages] == ["Hello"]
    assert team.person(team.ben).messages == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": "no json"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_schema"),
        ({"text": "x", "thread_ts": "1.1"}, "thread_not_found"),
        ({"text": "x", "channel": "C0NOWHERE"}, "channel_not_found"),
    ],
)
def test_a_message_that_breaks_a_rule_is_refused(team: Team, arguments: dict[str, Any], error: str) -> None:
    call = {"channel": team.sales.id, **arguments}
    assert refusal(lambda: team.client.api_call("chat.postMessage", json=call))["error"] == error
    assert team.slack.messages_in(team.sales.id) == []


def test_what_is_wrong_with_blocks_is_told_with_its_place(team: Team) -> None:
    answer = refusal(
        lambda: team.client.chat_postMessage(
            channel=team.sales.id, text="x", blocks=[{"type": "header", "text": plain("x" * 151)}]
        )
    )
    assert answer == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": ["must be less than 151 characters [json-pointer:/blocks/0/text/text]"],
        "response_metadata": {
            "messages": ["[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"]
        },
    }


def test_the_app_posts_only_where_it_is(team: Team) -> None:
    lobby = team.slack.people.add_channel(team.acme.id, "lobby", [team.ana.id], with_bot=False)
    call = lambda: team.client.chat_postMessage(channel=lobby.id, text="Hello")  # noqa: E731  # reads as it is
    assert refusal(call)["error"] == "not_in_channel"


def test_blocks_without_a_text_for_notifications_are_a_problem(team: Team) -> None:
    call = {"channel": team.sales.id, "blocks": [section("Hello")]}
    team.client.api_call("chat.postMessage", json=call)
    assert team.problems() == [
        "chat.postMessage: blocks without `text`: a notification and a screen reader have nothing to say"
    ]


def test_only_one_member_sees_an_ephemeral_message(team: Team) -> None:
    team.client.chat_postEphemeral(channel=team.sales.id, user=team.ana.id, text="For Ana")
    assert [m.text for m in team.person(team.ana).messages] == ["For Ana"]
    assert team.person(team.ben).messages == []


def test_an_ephemeral_message_reaches_nobody_outside_the_channel(team: Team) -> None:
    answer = refusal(lambda: team.client.chat_postEphemeral(channel=team.sales.id, user=team.cara.id, text="x"))
    assert answer["error"] == "user_not_in_channel"


def test_an_ephemeral_message_cannot_be_changed_later(team: Team) -> None:
    sent = team.client.chat_postEphemeral(channel=team.sales.id, user=team.ana.id, text="For Ana")
    answer = refusal(lambda: team.client.chat_update(channel=team.sales.id, ts=sent["message_ts"], text="x"))
    assert answer["error"] == "message_not_found"


def test_a_changed_message_keeps_the_blocks_it_is_not_given(team: Team) -> None:
    sent = team.client.chat_postMessage(channel=team.sales.id, text="One", blocks=[section("One")])
    team.client.chat_update(channel=team.sales.id, ts=sent["ts"], text="Two")
    (message,) = team.slack.messages_in(team.sales.id)
    assert (message.text, message.blocks[0]["text"]["text"]) == ("Two", "One")


TOO_LONG = ([section("x" * 2700)] * 5, [section("x")] * 2 + [section("x" * 3000)] * 4 + [section("x" * 900)])


# fault 47
@pytest.mark.parametrize("blocks", TOO_LONG)
def test_all_blocks_of_a_message_are_bound_with_what_stands_around_their_texts(team: Team, blocks: list[Json]) -> None:
    client, (channel, ana) = team.client, (team.sales.id, team.ana.id)
    sent = client.chat_postMessage(channel=channel, text="x", blocks=[section("x" * 2500)] * 5)
    for refused in (
        lambda: client.chat_postMessage(channel=channel, text="x", blocks=blocks),
        lambda: client.chat_update(channel=channel, ts=sent["ts"], text="x", blocks=blocks),
        lambda: client.chat_postEphemeral(channel=channel, user=ana, text="x", blocks=blocks),
    ):
        assert refusal(refused)["error"] == "msg_blocks_too_long"
    (message,) = team.slack.messages_in(channel)
    assert len(message.blocks) == 5


@pytest.mark.parametrize("text", ["x" * 4001, "é" * 2001])
def test_the_text_of_an_edit_is_bound_more_than_that_of_a_post(team: Team, text: str) -> None:
    sent = team.client.chat_postMessage(channel=team.sales.id, text="x" * 40_000)
    edited = partial(team.client.chat_update, channel=team.sales.id, ts=sent["ts"])
    assert refusal(lambda: edited(text=text))["error"] == "msg_too_long"
    assert edited(text=text[:-1])["ok"]


def test_a_deleted_message_is_gone(team: Team) -> None:
    sent = team.client.chat_postMessage(channel=team.sales.id, text="One")
    team.client.chat_delete(channel=team.sales.id, ts=sent["ts"])
    assert team.slack.messages_in(team.sales.id) == []
    again = refusal(lambda: team.client.chat_delete(channel=team.sales.id, ts=sent["ts"]))
    assert again["error"] == "message_not_found"


def test_the_app_changes_only_its_own_messages(team: Team) -> None:
    team.person(team.ana).types("/nonsense", "#sales")
    (note,) = team.person(team.ana).messages
    assert note.user_id == ""
    answer = refusal(lambda: team.client.chat_update(channel=team.sales.id, ts=note.ts, text="x"))
    assert answer["error"] == "message_not_found"


def test_too_many_calls_are_told_when_to_come_back(team: Team) -> None:
    team.slack.limits_rate("chat.postMessage", seconds=7)
    with pytest.raises(SlackApiError) as refused:
        team.client.chat_postMessage(channel=team.sales.id, text="Hello")
    assert (refused.value.response.status_code, refused.value.response.headers["retry-after"]) == (429, "7")
    assert team.client.chat_postMessage(channel=team.sales.id, text="Hello")["ok"]


def test_every_call_stands_in_the_ledger_without_its_token(team: Team) -> None:
    team.client.auth_test()
    entry = team.slack.ledger.entries[-1]
    assert (entry.path, entry.status) == ("/api/auth.test", 200)
    assert team.acme.bot_token not in json.dumps(entry.__dict__)


@pytest.mark.parametrize("wrong", ["bot", "forged"])
def test_a_socket_is_opened_with_the_apps_token_alone(team: Team, wrong: str) -> None:
    token = team.acme.bot_token if wrong == "bot" else "xapp-1-forged"
    answer = refusal(lambda: team.client.apps_connections_open(app_token=token))
    assert answer["error"] == {"bot": "not_allowed_token_type", "forged": "invalid_auth"}[wrong]
