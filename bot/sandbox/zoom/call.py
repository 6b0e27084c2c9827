"""One request to Zoom's API after its token was accepted: who asks, and for what."""

import dataclasses
from typing import TYPE_CHECKING

from bot.sandbox.zoom.errors import Resource, bad_request, hosting_not_allowed, no_such_meeting, no_such_user
from bot.sandbox.zoom.state import Meeting, Person, is_meeting_id

if TYPE_CHECKING:
    from bot.sandbox.zoom.world import ZoomWorld


@dataclasses.dataclass(frozen=True)
class Call:
    """What a method of the API works with; what it puts into `notes` stands in the ledger."""

    world: "ZoomWorld"
    person: Person
    path: dict[str, str]
    query: dict[str, str]
    body: Resource
    notes: dict[str, str] = dataclasses.field(default_factory=dict)

    def user(self) -> Person:
        """The user of the address: `me`, or the caller by his id or his address.

        Raises:
            ApiError: it is somebody else, for whom the token does not speak.
        """
        named = self.path["user"]
        if named not in ("me", self.person.id, self.person.email):
            raise no_such_user(named)
        return self.person

    def host(self) -> Person:
        """The user of the address, or the caller, as one who may hold meetings.

        Raises:
            ApiError: he may not, or it is somebody else.
        """
        host = self.user() if "user" in self.path else self.person
        if not host.may_host:
            raise hosting_not_allowed()
        return host

    def meeting(self) -> Meeting:
        """The meeting of the address.

        Raises:
            ApiError: there is none that the caller hosts.
        """
        named = self.path["meeting"]
        if not is_meeting_id(named):
            raise bad_request("Invalid meeting id.")
        meeting = self.world.meeting(int(named))
        if meeting.host_id != self.host().id:
            raise no_such_meeting(named)
        return meeting
