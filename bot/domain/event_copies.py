"""An appointment's copy in Google: what is written there, and what is read back."""

from dataclasses import dataclass
from uuid import UUID

from bot.domain.errors import ProviderError
from bot.domain.events import Certainty, Occurrence
from bot.domain.owned_fields import OwnedFields
from bot.domain.recurrence import Expansion


class EventExists(ProviderError):
    """There is an event of that id already, perhaps a deleted one."""

    def __init__(self) -> None:
        super().__init__("Google has an event of that id already.")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited to an event."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """An event as it should be.

    Args:
        reference: the appointment; the event carries it as a private mark.
        guests: who is to be on the event; whoever else is on it stays.
        mails: whether Google tells the guests of this write.
        wants_meet: Google is to make a video call for it.
        drops_meet: the video call that Google made for it goes.
        is_tentative: the appointment is only held.
    """

    reference: UUID
    fields: OwnedFields
    guests: tuple[Guest, ...] = ()
    mails: bool = False
    wants_meet: bool = False
    drops_meet: bool = False
    is_tentative: bool = False


@dataclass(frozen=True, slots=True)
class CopySeen:
    """An event as Google has it; `reference` is the appointment whose mark it carries, or empty.

    `link` is its page in Google, `join_url` that of the video call that Google made for it, or is still making
    (`awaits_meet`).
    """

    etag: str
    ical_uid: str
    fields: OwnedFields
    reference: str
    is_cancelled: bool = False
    is_tentative: bool = False
    awaits_meet: bool = False
    link: str = ""
    join_url: str = ""


def as_copy(expansion: Expansion) -> Expansion:
    """The occurrences of an appointment's event: what would block is told by the appointment (`Certainty.COPY`)."""
    return expansion._replace(occurrences=tuple(_told(one) for one in expansion.occurrences))


def _told(occurrence: Occurrence) -> Occurrence:
    return occurrence._replace(blocks=False, certainty=Certainty.COPY) if occurrence.blocks else occurrence
