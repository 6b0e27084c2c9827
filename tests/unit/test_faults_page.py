"""`docs/faults.md` and the tests that cite a fault's number tell the same."""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ROW = re.compile(r"^\| (\d+) \|.*\| ([^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`([\w/]+\.py)`")
_CITED = re.compile(r"# faults? (\d+(?:(?:, | and )\d+)*)")


def test_every_fault_that_a_test_cites_stands_on_the_page_with_that_file() -> None:
    told = {int(number): set(_TEST.findall(tests)) for number, tests in _ROW.findall(_page())}
    missing = {number: sorted(files - told.get(number, set())) for number, files in _cited().items()}
    assert {number: files for number, files in missing.items() if files} == {}


def test_every_file_on_the_page_cites_its_fault() -> None:
    cited = _cited()
    told = {int(number): set(_TEST.findall(tests)) for number, tests in _ROW.findall(_page())}
    wrong = {number: sorted(files - cited.get(number, set())) for number, files in told.items()}
    assert {number: files for number, files in wrong.items() if files} == {}


def _page() -> str:
    return (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")


def _cited() -> dict[int, set[str]]:
    """The files below `tests/` that cite each number."""
    cited: dict[int, set[str]] = defaultdict(set)
    for file in (ROOT / "tests").rglob("*.py"):
        for numbers in _CITED.findall(file.read_text(encoding="utf-8")):
            for number in re.findall(r"\d+", numbers):
                cited[int(number)].add(file.relative_to(ROOT / "tests").as_posix())
    return cited
