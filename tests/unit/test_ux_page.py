"""`docs/ux.md` names tests and pages that are there, and every line is ticked or says why not."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES = 35
_LINE = re.compile(r"^- \[([x ])\] (\d+) (.*(?:\n  .*)*)", re.MULTILINE)
_TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
_PAGE = re.compile(r"\]\(([\w-]+\.md)\)")


def test_every_line_is_there_once() -> None:
    assert [int(number) for _, number, _ in _lines()] == list(range(1, LINES + 1))


def test_what_is_ticked_names_a_test_or_a_page() -> None:
    assert [number for ticked, number, told in _lines() if ticked == "x" and not _TEST.findall(told)] == []


def test_every_test_and_page_that_is_named_exists() -> None:
    text = _text()
    tests = [
        f"{file}::{name}"
        for file, name in _TEST.findall(text)
        if not (ROOT / "tests" / file).exists()
        or f"def {name}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]
    pages = [page for page in _PAGE.findall(text) if not (ROOT / "docs" / page).exists()]
    assert tests + pages == []


def _lines() -> list[tuple[str, str, str]]:
    return _LINE.findall(_text())


def _text() -> str:
    return (ROOT / "docs" / "ux.md").read_text(encoding="utf-8")
