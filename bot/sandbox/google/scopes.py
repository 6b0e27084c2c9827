"""The permissions that Calendar v3 knows, and which of them open which method."""

_PREFIX = "https://www.googleapis.com/auth/calendar"

FULL = _PREFIX
READ_ONLY = f"{_PREFIX}.readonly"
LIST = f"{_PREFIX}.calendarlist"
LIST_READ_ONLY = f"{_PREFIX}.calendarlist.readonly"
CALENDARS = f"{_PREFIX}.calendars"
CALENDARS_READ_ONLY = f"{_PREFIX}.calendars.readonly"
EVENTS = f"{_PREFIX}.events"
EVENTS_READ_ONLY = f"{_PREFIX}.events.readonly"
EVENTS_OWNED = f"{_PREFIX}.events.owned"
EVENTS_OWNED_READ_ONLY = f"{_PREFIX}.events.owned.readonly"
FREE_BUSY = f"{_PREFIX}.events.freebusy"
FREE_BUSY_QUERY = f"{_PREFIX}.freebusy"

OWNED = frozenset({EVENTS_OWNED, EVENTS_OWNED_READ_ONLY})

READ_LIST = frozenset({FULL, READ_ONLY, LIST, LIST_READ_ONLY})
READ_CALENDAR = frozenset({FULL, READ_ONLY, CALENDARS, CALENDARS_READ_ONLY})
READ_EVENTS = frozenset({FULL, READ_ONLY, EVENTS, EVENTS_READ_ONLY, FREE_BUSY}) | OWNED
WRITE_EVENTS = frozenset({FULL, EVENTS, EVENTS_OWNED})
READ_COLORS = frozenset({FULL, READ_ONLY, LIST, LIST_READ_ONLY, FREE_BUSY}) | OWNED
# Whoever may see any of it may end what he asked for.
STOP_CHANNELS = READ_EVENTS | READ_LIST
QUERY_FREE_BUSY = frozenset({FULL, READ_ONLY, FREE_BUSY, FREE_BUSY_QUERY})

# What the consent page says about each; a scope that is not here does not exist.
MEANINGS = {
    FULL: "See, edit, share and permanently delete all the calendars you can access using Google Calendar",
    READ_ONLY: "See and download any calendar you can access using your Google Calendar",
    LIST: "See, add and remove Google calendars you're subscribed to",
    LIST_READ_ONLY: "See the list of Google calendars you're subscribed to",
    CALENDARS: "See and change the properties of Google calendars you have access to, and create secondary calendars",
    CALENDARS_READ_ONLY: "See the title, description, default time zone and other properties of Google calendars",
    EVENTS: "View and edit events on all your calendars",
    EVENTS_READ_ONLY: "View events on all your calendars",
    EVENTS_OWNED: "See, create, change and delete events on Google calendars you own",
    EVENTS_OWNED_READ_ONLY: "See the events on Google calendars you own",
    FREE_BUSY: "See the availability on Google calendars you have access to",
    FREE_BUSY_QUERY: "View your availability in your calendars",
}
