"""The mails that Google would send to the guests of an event."""

import dataclasses

from bot.sandbox.google.call import Call
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.state import Calendar, StoredEvent

_SEND_UPDATES = ("all", "externalOnly", "none")


@dataclasses.dataclass(frozen=True)
class Mail:
    """One mail: `kind` is invitation, update or cancellation; `start` is as the event has it."""

    kind: str
    to: str
    calendar_id: str
    event_id: str
    summary: str
    start: str


def send(call: Call, calendar: Calendar, event: StoredEvent, before: StoredEvent | None = None) -> None:
    """Mail whoever is to be told of a write, as `sendUpdates` says, and tell the ledger whom.

    Args:
        call: the request.
        calendar: on which the event stands.
        event: as it is now.
        before: as it was; None for a new one.
    """
    mode = call.query.choice("sendUpdates", _SEND_UPDATES) or "none"
    guests, known = _guests(event), _guests(before)
    told = {
        address: "cancellation" if event.cancelled else "update" if address in known else "invitation"
        for address in guests
    } | {address: "cancellation" for address in known if address not in guests}
    mails = [
        Mail(kind, address, calendar.id, event.id, str(event.fields.get("summary", "")), _start(event.fields))
        for address, kind in told.items()
        if address != calendar.id and (mode == "all" or (mode == "externalOnly" and address not in call.world.accounts))
    ]
    call.world.mails.extend(mails)
    if mails:
        call.notes["mailed"] = " ".join(mail.to for mail in mails)


def _guests(event: StoredEvent | None) -> list[str]:
    return [] if event is None else [str(guest["email"]) for guest in event.fields.get("attendees", [])]


def _start(fields: Resource) -> str:
    start = fields.get("start", {})
    return str(start.get("dateTime") or start.get("date", ""))
