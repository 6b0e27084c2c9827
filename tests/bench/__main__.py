"""`python -m tests.bench [part …]`: measures, prints a table, and writes `results.json` beside this file.

A goal that is missed fails nothing: figures are read by people. A wrong answer does, with exit code 1.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from tests.bench import acks, booking, ingest, polling, reads, slots
from tests.bench.report import Figure, Incorrect, keep, table

PARTS: Mapping[str, Callable[[], list[Figure]]] = {
    "slots": slots.measure,
    "reads": reads.measure,
    "ingest": ingest.measure,
    "polling": polling.measure,
    "acks": acks.measure,
    "booking": booking.measure,
}
RESULTS = Path(__file__).with_name("results.json")


def main(wanted: Sequence[str]) -> int:
    """Run these parts, all of them if none is named; the exit code."""
    if unknown := [part for part in wanted if part not in PARTS]:
        _say(f"There is no part {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
        return 2
    figures: list[Figure] = []
    for part in wanted or PARTS:
        began = perf_counter()
        try:
            figures += PARTS[part]()
        except Incorrect as error:
            _say(f"{part}: {error}")
            return 1
        _say(f"{part}: measured in {perf_counter() - began:.0f} s")
    keep(figures, RESULTS)
    _say(f"\n{table(figures)}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
