"""How Google and Zoom hold what was booked, in lines to be read; it is what their own pages would show."""

from collections.abc import Sequence

from bot.sandbox.google.errors import Resource
from bot.sandbox.town import Town


def event_called(town: Town, title: str) -> Resource | None:
    """The event that Daybook made in Ana's calendar under this title, as Google keeps it; None where it is gone."""
    kept = list(town.google.calendars[town.ana.email].events.values())
    ours = [event for event in kept if "extendedProperties" in event.fields and not event.cancelled]
    return next((event.fields for event in ours if event.fields.get("summary") == title), None)


def meetings_called(town: Town, title: str) -> Sequence[Resource]:
    """Ana's meetings of this title, as Zoom keeps them."""
    return [meeting for meeting in town.zoom.meetings(town.ana.email) if meeting["topic"] == title]


def google_told(town: Town, event: Resource) -> str:
    """An event with its guests, and the mails that went out about it."""
    guests = ", ".join(guest["email"] for guest in event.get("attendees", []))
    mails = [f"{mail.kind} to {mail.to}" for mail in town.google.mails if mail.event_id == event["id"]]
    told = {
        "title": event["summary"],
        "from": f"{event['start']['dateTime']} {event['start']['timeZone']}",
        "to": f"{event['end']['dateTime']} {event['end']['timeZone']}",
        "where": event.get("location", ""),
        "guests": guests,
        "text": event.get("description", "").replace("\n", " / "),
        "mailed": ", ".join(mails),
    }
    return _lines(told)


def zoom_told(meeting: Resource) -> str:
    """A meeting."""
    told = {
        "topic": meeting["topic"],
        "starts": f"{meeting['start_time']}, {meeting['duration']} minutes, shown in {meeting['timezone']}",
        "link": meeting["join_url"],
    }
    return _lines(told)


def _lines(told: dict[str, str]) -> str:
    return "\n".join(f"  {name:<7} {value or 'nothing'}" for name, value in told.items())
