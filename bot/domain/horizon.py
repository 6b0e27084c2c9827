"""How far back and ahead Daybook knows a calendar."""

from datetime import timedelta

DAYS_BACK = 30
"""How many days before today are known, each of them whole."""
DAYS_AHEAD = 365
"""How many days after today are known, each of them whole."""

# Each reaches further than the promise: the oldest day began up to a day before this time of day, by a clock up to
# fourteen hours ahead of UTC, and the last one ends as much later. What is worked out ahead must also last until
# it is worked out anew: below the least it is moved on, once a month for each calendar, each in its own time.
READ_BACK = timedelta(days=DAYS_BACK + 2)
EXPANDED = timedelta(days=400)
LEAST_EXPANDED = timedelta(days=370)
