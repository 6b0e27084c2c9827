"""A delivery of Slack's is worked on once, however often it comes, and again only if its work was lost."""

import contextlib
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.context import BoltContext

from bot.clients.system import SystemClock, new_id
from bot.domain.people import Actor
from bot.rendering.loading import loading
from bot.rendering.problem import problem
from handlers.delivery import SlackInbox, key_of
from handlers.interaction import Command, HomeOpened, Submission
from handlers.registry import Handler, on_command, on_submission
from handlers.reply import Reply
from tests.integration.deliveries import Who, command, deliver, event, submission
from tests.integration.slack_house import House, MovedClock, a_store, on_home_opened, slack_house
from tests.patience import PATIENCE

NAMED = {"name": {"name": {"type": "plain_text_input", "value": "Maya"}}}


class Work:
    """Counts how often it was done; it can be made to wait."""

    def __init__(self) -> None:
        self.times = 0
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self._lock = threading.Lock()

    def command(self, _actor: Actor, _command: Command, reply: Reply) -> None:
        self._count()
        reply.say(problem("Done."))

    def home(self, _actor: Actor, _event: HomeOpened, _reply: Reply) -> None:
        self._count()

    def submission(self, _actor: Actor, _submitted: Submission, reply: Reply) -> None:
        self._count()
        reply.update(loading(sentence="Done."))

    def handlers(self) -> tuple[Handler, ...]:
        return (
            on_command("/daybook-slots", self.command),
            on_home_opened(self.home),
            on_submission(
                "form",
                self.submission,
                loading=loading(sentence="Saving."),
                validate=lambda submitted: {} if submitted.values.one("name") else {"name": "Type a name."},
            ),
        )

    def _count(self) -> None:
        self.may_go_on.wait(PATIENCE)
        with self._lock:
            self.times += 1


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def house(tmp_path: Path, work: Work) -> Iterator[House]:
    with slack_house(tmp_path, extra=work.handlers()) as house:
        yield house


def repeat_newest(house: House) -> httpx.Response:
    """Send the newest delivery once more, byte for byte, as an eavesdropper would."""
    delivery = house.slack.deliveries[-1]
    return house.browser.post("/slack/events", content=delivery.sent, headers=dict(delivery.headers))


def deliver_signed(house: House, request: tuple[bytes, str]) -> httpx.Response:
    return deliver(house.browser, house.slack.app.signing_secret, request)


def settled(house: House) -> None:
    """Wait until everything that was taken on is done."""
    assert house.queue.close()


# fault 3
def test_ten_replays_of_a_command_do_its_work_once(house: House, work: Work) -> None:
    house.person(house.ana).types("/daybook-slots")
    answers = [repeat_newest(house) for _ in range(10)]
    settled(house)
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b"")] * 10
    assert work.times == 1


# fault 3
def test_ten_replays_at_once_do_its_work_once(house: House, work: Work) -> None:
    request = command(Who(house.ana.id, house.acme.id, trigger_id="1.2"), "/daybook-slots")
    threads = [threading.Thread(target=deliver_signed, args=(house, request)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settled(house)
    assert work.times == 1


# fault 3
def test_a_replayed_submission_gets_the_answer_that_the_first_got(house: House, work: Work) -> None:
    request = submission(Who(house.ana.id, house.acme.id), "form", NAMED)
    first = deliver_signed(house, request)
    settled(house)
    second = deliver_signed(house, request)
    assert first.json()["response_action"] == "update"
    assert second.json() == first.json()
    assert work.times == 1


# fault 3
def test_a_replayed_mistake_is_told_again(house: House, work: Work) -> None:
    request = submission(Who(house.ana.id, house.acme.id), "form", {})
    first = deliver_signed(house, request)
    second = deliver_signed(house, request)
    assert first.json() == {"response_action": "errors", "errors": {"name": "Type a name."}}
    assert second.json() == first.json()
    assert work.times == 0


# fault 3
def test_a_replayed_event_does_nothing(house: House, work: Work) -> None:
    house.person(house.ana).opens_home()
    settled(house)
    assert repeat_newest(house).status_code == 200
    assert work.times == 1


# fault 4
def test_a_retry_while_the_first_still_runs_is_put_off(house: House, work: Work) -> None:
    work.may_go_on.clear()
    house.person(house.ana).opens_home()
    retry = repeat_newest(house)
    work.may_go_on.set()
    settled(house)
    assert retry.status_code == 503, "a 200 would end Slack's retries while nobody knows how the first one ends"
    assert repeat_newest(house).status_code == 200
    assert work.times == 1


# fault 4
def test_slow_work_is_acknowledged_at_once(house: House, work: Work) -> None:
    work.may_go_on.clear()
    house.person(house.ana).types("/daybook-slots")
    assert (house.slack.deliveries[-1].status, work.times) == (200, 0)
    work.may_go_on.set()


def test_two_equal_commands_are_two(house: House, work: Work) -> None:
    ana = house.person(house.ana)
    ana.types("/daybook-slots")
    ana.types("/daybook-slots")
    settled(house)
    assert work.times == 2


def test_no_body_is_kept(house: House) -> None:
    house.person(house.ana).types("/daybook-slots canary")
    settled(house)
    with house.store.connected("reading") as connection:
        rows = connection.exec_driver_sql("select * from inbox").all()
    assert len(rows) == 1
    assert "canary" not in repr(rows)


KILLED = """
import os, sys
from datetime import timedelta
from pathlib import Path
from slack_bolt import BoltRequest
from slack_bolt.context import BoltContext
from bot.clients.system import SystemClock
from handlers.delivery import SlackInbox
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault, new_key

store = SqlStore(open_engine(sys.argv[1]), Vault([new_key()]))
inbox = SlackInbox(store, SystemClock())
request = BoltRequest(body=sys.argv[2], headers={"content-type": "application/json"})

def die_with_the_work_claimed():
    print("claimed", flush=True)
    os.kill(os.getpid(), 9)

inbox.receive(request, BoltContext(), die_with_the_work_claimed)
"""


# fault 3, fault 4: a real SIGKILL between claiming and doing
@pytest.mark.slow
def test_work_that_died_with_its_process_is_done_by_a_later_retry(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    event = json.dumps({"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_home_opened"}})
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, f"sqlite:///{tmp_path / 'daybook.db'}", event],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (killed.stdout, killed.returncode) == ("claimed\n", -signal.SIGKILL), killed.stderr

    clock = MovedClock()
    inbox = SlackInbox(store, clock)
    assert offer(inbox, event) == "put off"
    clock.ahead = timedelta(seconds=61)
    assert offer(inbox, event) == "done"
    assert offer(inbox, event) == "known"


def offer(inbox: SlackInbox, body: str) -> str:
    """Deliver once; says whether the work was done, was known to be done, or was put off."""
    done: list[str] = []
    request = BoltRequest(body=body, headers={"content-type": "application/json"})

    def work() -> BoltResponse:
        done.append("done")
        inbox.done(key_of(request))
        return BoltResponse(status=200, body="")

    response = inbox.receive(request, BoltContext(), work)
    return "done" if done else {200: "known", 503: "put off"}[response.status]


def test_an_answer_too_long_to_keep_is_not_kept(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    inbox = SlackInbox(store, SystemClock())
    request = BoltRequest(body=f"text={new_id()}", headers={})
    inbox.receive(request, BoltContext(), lambda: BoltResponse(status=200))
    inbox.done(key_of(request), "x" * 3001)
    assert inbox.receive(request, BoltContext(), lambda: BoltResponse(status=500)).body == ""


@pytest.mark.parametrize(
    ("body", "is_claimed"),
    [
        ({"type": "block_suggestion", "action_id": "a"}, False),
        ({"type": "url_verification", "challenge": "c"}, False),
        ({"ssl_check": "1"}, False),
        ({"type": "block_actions", "trigger_id": "1.2"}, True),
    ],
)
def test_only_what_may_do_something_is_claimed(body: dict[str, str], is_claimed: bool) -> None:
    assert (key_of(BoltRequest(body=body, mode="socket_mode")) is not None) == is_claimed


def test_over_a_socket_the_same_payload_is_the_same_delivery() -> None:
    one = BoltRequest(body={"command": "/daybook", "trigger_id": "1.2"}, mode="socket_mode")
    other = BoltRequest(body={"trigger_id": "1.2", "command": "/daybook"}, mode="socket_mode")
    assert key_of(one) == key_of(other)


@pytest.mark.slow
def test_too_much_at_once_is_refused_kindly(tmp_path: Path, work: Work) -> None:
    with slack_house(tmp_path, extra=work.handlers(), threads=1, waiting=0) as house:
        ana = house.person(house.ana)
        work.may_go_on.clear()
        with contextlib.ExitStack() as stack:
            stack.callback(work.may_go_on.set)
            ana.types("/daybook-slots")
            ana.types("/daybook-slots")
            assert "Nothing was done; try again in a minute." in ana.waits_for("has its hands full")
        settled(house)
    assert work.times == 1


@pytest.mark.slow
def test_who_did_not_ask_is_not_told_that_there_is_too_much(tmp_path: Path, work: Work) -> None:
    with slack_house(tmp_path, extra=work.handlers(), threads=1, waiting=0) as house:
        ana = house.person(house.ana)
        work.may_go_on.clear()
        with contextlib.ExitStack() as stack:
            stack.callback(work.may_go_on.set)
            ana.types("/daybook-slots")
            changed = {"type": "user_change", "user": {"id": house.ana.id, "team_id": house.acme.id}}
            request = event(Who(house.ana.id, house.acme.id), changed)
            deliver(house.browser, house.slack.app.signing_secret, request)
        settled(house)
    assert [message.text for message in ana.messages] == ["Done."]
