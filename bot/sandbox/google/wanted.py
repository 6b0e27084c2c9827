"""Reads what an events.list request asks for, and refuses what does not go together."""

import dataclasses
from datetime import datetime

from bot.sandbox.google import errors
from bot.sandbox.google.call import Call
from bot.sandbox.google.query import Query
from bot.sandbox.google.resources import EVENT_TYPES
from bot.sandbox.google.state import Calendar

NOT_WITH_SYNC_TOKEN = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What a list request asks for; `since` is the revision of its sync token."""

    time_min: datetime | None
    time_max: datetime | None
    updated_min: datetime | None
    single: bool
    show_deleted: bool
    order: str | None
    words: tuple[str, ...]
    ical_uid: str | None
    private: tuple[str, ...]
    shared: tuple[str, ...]
    types: tuple[str, ...]
    since: int | None

    @property
    def with_deleted(self) -> bool:
        """Whether deleted events belong to the result."""
        return self.show_deleted or self.since is not None or self.updated_min is not None


def wanted_by(query: Query, since: int | None) -> Wanted:
    """What the parameters say; `since` is the revision of the sync token among them.

    Raises:
        ApiError: one cannot be read, or two do not go together.
    """
    wanted = Wanted(
        time_min=query.moment("timeMin"),
        time_max=query.moment("timeMax"),
        updated_min=query.moment("updatedMin"),
        single=bool(query.flag("singleEvents")),
        show_deleted=bool(query.flag("showDeleted")),
        order=query.choice("orderBy", ("startTime", "updated")),
        words=tuple((query.text("q") or "").lower().split()),
        ical_uid=query.text("iCalUID"),
        private=query.repeated("privateExtendedProperty"),
        shared=query.repeated("sharedExtendedProperty"),
        types=query.choices("eventTypes", EVENT_TYPES),
        since=since,
    )
    if wanted.order == "startTime" and not wanted.single:
        raise errors.ApiError(400, "badRequest", "The requested ordering is not available for the query.")
    if wanted.time_min and wanted.time_max and wanted.time_min >= wanted.time_max:
        raise errors.time_range_empty()
    if not all("=" in constraint for constraint in (*wanted.private, *wanted.shared)):
        raise errors.bad_request()
    return wanted


def known_revision(call: Call, calendar: Calendar, name: str, asked: str) -> int | None:
    """The revision that the sync token names, None without one.

    Args:
        call: the request.
        calendar: what it is about.
        name: the listing that the token has to be of.
        asked: the parameters that have to be the same as when the token was given.

    Raises:
        ApiError: the token is too old or none of ours (410), or beside parameters that it excludes (400).
    """
    token = call.query.text("syncToken")
    if token is None:
        return None
    for parameter in NOT_WITH_SYNC_TOKEN:
        if call.query.has(parameter):
            raise errors.not_with_sync_token(parameter)
    if call.query.flag("showDeleted") is False:
        raise errors.not_with_sync_token("showDeleted")
    point = call.world.sync_tokens.open(token)
    oldest = max(calendar.tokens_from, calendar.access[call.account].since)
    if point is None or point.listing != name or point.revision < oldest:
        raise errors.full_sync_required()
    if point.asked != asked:
        raise errors.not_with_sync_token("syncToken")
    return point.revision
