"""Telling people what was claimed for them: nobody twice, and nobody forgotten."""

import pytest

from bot.domain.errors import NotFound, ProviderDown
from bot.usecases.tell_each_once import tell_each_once


class Post:
    """Tells names; `trouble` says with whom something goes wrong."""

    def __init__(self, **trouble: Exception) -> None:
        self.trouble = trouble
        self.told: list[str] = []
        self.given_back: list[str] = []

    def tell(self, name: str) -> None:
        if name in self.trouble:
            raise self.trouble[name]
        self.told.append(name)

    def deliver(self, *names: str) -> int:
        return tell_each_once(names, self.tell, self.given_back.append)


def test_whoever_could_not_be_told_is_left_for_later_and_whoever_is_gone_is_not() -> None:
    post = Post(ben=ProviderDown("Slack did not answer."), cara=NotFound())
    assert post.deliver("ana", "ben", "cara", "dan") == 2
    assert (post.told, post.given_back) == (["ana", "dan"], ["ben"])


def test_what_slack_may_have_taken_counts_as_told() -> None:
    post = Post(ana=ProviderDown("Slack did not answer.", is_silent=True))
    assert post.deliver("ana", "ben") == 2
    assert (post.told, post.given_back) == (["ben"], [])


def test_a_mistake_is_raised_when_everybody_else_was_told() -> None:
    post = Post(ana=ZeroDivisionError(), ben=LookupError())
    with pytest.raises(ZeroDivisionError):
        post.deliver("ana", "ben", "cara")
    assert (post.told, post.given_back) == (["cara"], ["ana", "ben"])
