"""Four hundred days of one busy team: after them both sides agree, nothing has grown, and nobody was told twice."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import select

from bot.domain.channels import OVERLAP
from bot.domain.effects import event_id_of
from storage.tables import APPOINTMENTS, EVENTS, OCCURRENCES, REMOTE_LINKS
from tests.databases import a_database, a_file
from tests.integration.year_clients import TEAM
from tests.integration.year_drift import drift
from tests.integration.year_house import House
from tests.integration.year_life import Life
from tests.integration.year_start import a_house

SEED = 1
DAYS = 400
"""From November on: the clocks change twice in Berlin, New York and Sydney."""
MOST_CALLS_A_DAY = 150
_MOST_GENERATIONS = 10


@pytest.fixture
def dice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Daybook draws at random is drawn from a seed, too, so that what goes wrong does so again."""
    monkeypatch.setattr(random, "SystemRandom", lambda: random.Random(SEED))


@pytest.fixture
def house(tmp_path: Path, dice: None) -> Iterator[House]:
    with a_house(a_file(tmp_path)) as house:
        yield house


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_a_year_and_more_of_a_busy_team_ends_without_drift(house: House) -> None:
    life = Life(house, SEED)
    life.goes_on(DAYS)
    life.comes_to_rest()
    assert drift(house) == []
    assert mailed_by_mistake(house) == []
    assert max(life.calls) < MOST_CALLS_A_DAY
    # Only what cannot be stopped any more, as its permission is gone, tells in vain, until it ends by itself.
    assert house.unheard <= 20 * life.done["is_revoked"]
    assert len(set(house.posts.ids)) == len(house.posts.ids) > DAYS / 4
    _channels_were_renewed_in_time(house, life)
    _nothing_has_grown(house)
    assert life.done["google was lost"] <= life.done["is_revoked"]


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.postgres
def test_six_weeks_of_a_busy_team_end_without_drift_on_postgresql(tmp_path: Path, dice: None) -> None:
    with a_database("postgres", tmp_path) as url, a_house(url) as house:
        life = Life(house, SEED)
        life.goes_on(42)
        life.comes_to_rest()
        assert drift(house) == []
        assert mailed_by_mistake(house) == []


def mailed_by_mistake(house: House) -> list[str]:
    """Google mails contacts about appointments that were booked in Daybook, once, and about nothing else."""
    booked = [row.id for row in house.rows(select(APPOINTMENTS.c.id))]
    # Put back after a deletion, an event has another id.
    ours = {event_id_of(one, generation) for one in booked for generation in range(_MOST_GENERATIONS)}
    mails = house.google.mails
    times = Counter((mail.event_id, mail.to) for mail in mails if mail.kind == "invitation")
    strange = [f"{mail.kind} of {mail.event_id} to {mail.to}" for mail in mails if mail.event_id not in ours]
    return strange + [f"{to} was invited to {event_id} twice" for (event_id, to), number in times.items() if number > 1]


def _channels_were_renewed_in_time(house: House, life: Life) -> None:
    assert house.longest_two <= OVERLAP + timedelta(minutes=1)
    ages = []
    for address in TEAM:
        of = sorted((one for one in house.heard.values() if one.address == address), key=lambda one: one.since)
        ages += [(later.since - one.since) / (one.expires - one.since) for one, later in pairwise(of)]
    assert 0.79 < median(ages) < 0.82
    # A calendar that may not be read has none, until it may again.
    assert sum(age > 0.9 for age in ages) <= life.done["is_revoked"]


def _nothing_has_grown(house: House) -> None:
    appointments = house.count(APPOINTMENTS)
    assert appointments > DAYS / 8
    assert house.count(REMOTE_LINKS) <= 3 * appointments
    assert house.count(EVENTS) < DAYS / 2
    assert house.count(OCCURRENCES) < DAYS * 2
