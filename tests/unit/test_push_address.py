"""Where Google is told to call: decided by where Daybook can be reached, and for a stand-in by who builds it."""

import pytest

from bot.app.wiring import push_address
from bot.settings import Settings

GOOGLE = {"google_client_id": "id", "google_client_secret": "secret"}


def address(url: str, *, pushes_to_loopback: bool = False, **settings: str) -> str:
    chosen = Settings.model_validate({"public_url": url, **(settings or GOOGLE)})
    return push_address(chosen, pushes_to_loopback=pushes_to_loopback)


def test_google_calls_where_the_public_url_is_https() -> None:
    assert address("https://daybook.example.com") == "https://daybook.example.com/webhooks/google"


@pytest.mark.parametrize("url", ["", "http://localhost:8000", "http://127.0.0.1:8000"])
def test_google_is_not_told_to_call_this_machine(url: str) -> None:
    assert address(url) == ""


def test_a_stand_in_may_call_this_machine_if_whoever_builds_it_says_so() -> None:
    assert address("http://127.0.0.1:8000", pushes_to_loopback=True) == "http://127.0.0.1:8000/webhooks/google"
    assert address("", pushes_to_loopback=True) == ""


def test_without_google_there_is_nobody_to_call() -> None:
    assert address("https://daybook.example.com", zoom_client_id="id") == ""
