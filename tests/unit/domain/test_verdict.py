"""Who is free at a time, and every reason of those who are not, whoever of them is needed."""

from bot.domain.availability import Mode
from bot.domain.explanation import Reason, ReasonKind, Verdict, judged
from tests.builders import ANA, BEN, a_member, a_schedule, at, busy, second, span

NOW = at("8:00")
DENTIST = busy("15:00-16:00", title="Dentist")
BUSY_ANA = a_member(busy=[DENTIST])
FREE_BEN = a_member(member_id=BEN)
HER_REASON = Reason(ANA, ReasonKind.BUSY, span("15:00-16:00"), source=DENTIST)


def test_with_everyone_wanted_both_the_free_and_the_reasons_are_told() -> None:
    verdict = judged([BUSY_ANA, FREE_BEN], second("15:00"), 30, now=NOW)
    assert verdict == Verdict((BEN,), (HER_REASON,))


def test_with_anyone_wanted_the_reasons_of_the_others_are_told_too() -> None:
    verdict = judged([BUSY_ANA, FREE_BEN], second("15:00"), 30, Mode.ANY, now=NOW)
    assert verdict == Verdict((BEN,), (HER_REASON,))


def test_a_time_beside_the_grid_of_all_who_are_free_is_free_with_a_soft_reason() -> None:
    verdict = judged([BUSY_ANA, FREE_BEN], second("15:05"), 30, Mode.ANY, now=NOW)
    assert verdict == Verdict((BEN,), (HER_REASON, Reason(BEN, ReasonKind.OFF_GRID)))


def test_a_time_on_the_grid_of_one_who_is_free_is_offered() -> None:
    coarse = a_member(a_schedule(step=60), member_id=ANA)
    assert judged([coarse, FREE_BEN], second("15:15"), 30, Mode.ANY, now=NOW) == Verdict((ANA, BEN), ())


def test_nobody_free_leaves_reasons_alone() -> None:
    verdict = judged([BUSY_ANA], second("15:00"), 30, Mode.ANY, now=NOW)
    assert verdict == Verdict((), (HER_REASON,))
