"""How long Google asks to be left alone, in the ways that it may be written."""

import pytest

from bot.clients.google.errors import refusal
from bot.domain.errors import ProviderBusy

EIGHT = "Tue, 24 Nov 2026 08:00:00 GMT"
A_MINUTE_LATER = "Tue, 24 Nov 2026 08:01:00 GMT"


# fault 35
@pytest.mark.parametrize(
    ("headers", "retry_after"),
    [
        ({"retry-after": "17"}, 17.0),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "99999999"}, 86_400.0),
        ({"retry-after": A_MINUTE_LATER, "date": EIGHT}, 60.0),
        ({"retry-after": EIGHT, "date": A_MINUTE_LATER}, 0.0),
        ({"retry-after": A_MINUTE_LATER}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_a_pause_is_told_in_seconds_and_never_longer_than_a_day(
    headers: dict[str, str], retry_after: float | None
) -> None:
    error = refusal(429, headers, b"")
    assert isinstance(error, ProviderBusy)
    assert error.retry_after == retry_after
