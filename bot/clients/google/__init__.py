"""Google Calendar, from its sign-in to its events, as the domain's values and errors."""
