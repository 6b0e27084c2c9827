"""What a webhook is sent about a firing: JSON, with times in ISO form and the offset of the host's zone."""

import json

from bot.domain.firings import Telling
from bot.domain.intervals import Interval
from bot.domain.wall_time import moment, zone_named
from bot.domain.webhooks import WebhookCall


def call_of(telling: Telling) -> WebhookCall:
    """The call for a firing: the same bytes on every try, unless a contact was edited in between."""
    occasion, zone = telling.occasion, telling.occasion.zone
    told: dict[str, object] = {
        "id": str(telling.id),
        "event": occasion.what,
        "at": occasion.at.astimezone(zone_named(zone)).isoformat(timespec="seconds"),
        "test": telling.is_test,
        "trigger": {"id": str(telling.trigger.id), "name": telling.trigger.name},
        "contacts": [
            {"name": contact.name, "email": contact.email, "tags": list(contact.tags)} for contact in occasion.contacts
        ],
    }
    if occasion.span is not None:
        told["appointment"] = {
            "id": str(occasion.subject),
            "version": occasion.version,
            "title": occasion.title,
            "host": telling.host.name,
            **_times(occasion.span, zone),
            "before": _times(occasion.before, zone) if occasion.before is not None else None,
            "zone": zone,
            "where": {"kind": occasion.venue.where, "details": occasion.venue.details},
            "booked_in": occasion.booked_in,
        }
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return WebhookCall(str(telling.id), body, is_test=telling.is_test)


def _times(span: Interval, zone: str) -> dict[str, str]:
    start, end = (moment(second).astimezone(zone_named(zone)) for second in span)
    return {"start": start.isoformat(), "end": end.isoformat()}
