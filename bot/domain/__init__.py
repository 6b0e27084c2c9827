"""What Daybook knows and decides: pure values and functions, no clock, no database, no network."""
