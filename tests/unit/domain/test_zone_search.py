"""Time zones found by what people call them."""

from bot.domain.wall_time import zone_named
from bot.domain.zone_search import zones_like


def test_a_city_finds_its_zone_first() -> None:
    assert zones_like("berlin", limit=5) == ("Europe/Berlin",)
    assert zones_like("new york", limit=5)[0] == "America/New_York"
    assert zones_like("NEW", limit=1) == ("America/New_York",)
    assert zones_like("america/new_york", limit=5)[0] == "America/New_York"


def test_every_word_has_to_fit_and_the_order_does_not_matter() -> None:
    assert zones_like("howe lord", limit=5) == ("Australia/Lord_Howe",)
    assert zones_like("berlin tokyo", limit=5) == ()


def test_a_part_of_the_world_finds_all_of_its_zones_up_to_the_limit() -> None:
    found = zones_like("europe", limit=100)
    assert {"Europe/Berlin", "Europe/London"} <= set(found)
    assert all(name.startswith("Europe/") for name in found)
    assert len(zones_like("a", limit=7)) == 7


def test_nothing_typed_finds_as_many_as_fit() -> None:
    assert len(zones_like("", limit=99)) == 99


def test_old_names_and_offsets_that_know_no_summer_are_not_offered() -> None:
    assert zones_like("us eastern", limit=5) == ()
    assert zones_like("gmt", limit=5) == ()
    assert zones_like("utc", limit=5) == ("UTC",)


def test_whatever_is_found_is_a_zone() -> None:
    found = zones_like("", limit=1000)
    assert len(found) > 300
    assert [zone_named(name).key for name in found] == list(found)


def test_what_no_zone_is_called_finds_nothing() -> None:
    for typed in ("../etc/passwd", "\x00", "<@U1>", "x" * 3000):
        assert zones_like(typed, limit=5) == ()
