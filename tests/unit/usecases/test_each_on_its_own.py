"""The same for many people: a mistake over one of them keeps nobody else waiting, and no mistake is lost."""

import logging
from collections.abc import Iterator

import pytest

from bot.usecases.each_on_its_own import each_on_its_own


def test_those_for_whom_something_was_done_are_counted() -> None:
    assert each_on_its_own([3, 0, 5], bool) == 2


def test_the_first_mistake_is_raised_and_the_others_are_logged_once_all_had_their_turn(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = list[str]()

    def do(name: str) -> bool:
        if name in ("ana", "cara"):
            raise LookupError(name)
        done.append(name)
        return True

    with caplog.at_level(logging.ERROR), pytest.raises(LookupError, match=r"^ana$"):
        each_on_its_own(["ana", "ben", "cara", "dan"], do)
    assert done == ["ben", "dan"]
    assert [str(record.exc_info[1]) for record in caplog.records if record.exc_info] == ["cara"]


def test_where_the_next_one_cannot_be_had_the_mistakes_so_far_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    def items() -> Iterator[str]:
        yield "ana"
        raise TimeoutError

    def do(name: str) -> bool:
        raise LookupError(name)

    with caplog.at_level(logging.ERROR), pytest.raises(TimeoutError):
        each_on_its_own(items(), do)
    assert [str(record.exc_info[1]) for record in caplog.records if record.exc_info] == ["ana"]
