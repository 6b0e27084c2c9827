"""What a member decided about his time: when he can be booked, by whom, and what counts as taken."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.appointments import NOWHERE, Venue, Where
from bot.domain.errors import DaybookError
from bot.domain.events import Certainty
from bot.domain.schedule import Schedule

MOST_INVITED = 100
_CALLS = (Where.ZOOM, Where.MEET)


def possible_venues(*, zoom: bool, calendar: bool) -> tuple[Where, ...]:
    """How a member can meet people, video calls first.

    Args:
        zoom: he has a Zoom account that works.
        calendar: he has a calendar that appointments can be written to.
    """
    calls = ((Where.ZOOM,) if zoom else ()) + ((Where.MEET,) if calendar else ())
    return (*calls, Where.PHONE, Where.PLACE, Where.NOWHERE)


class Audience(StrEnum):
    """Who may see when a member is free, and book him."""

    EVERYONE = "everyone"
    INVITED = "invited"
    NOBODY = "nobody"


class WhenStale(StrEnum):
    """What is answered while a calendar was not read for too long."""

    WARN = "warn"
    OFFER_NOTHING = "offer_nothing"


class TooManyInvited(DaybookError):
    """More people than a form can show again."""

    def __init__(self) -> None:
        super().__init__(f"Choose {MOST_INVITED} people at most, or everyone.")


@dataclass(frozen=True, slots=True)
class Preferences:
    """A member's decisions. Raises `TooManyInvited`.

    Args:
        schedule: when he can be booked, complete with its zone.
        has_own_zone: the zone was chosen; otherwise it is Slack's, and follows it.
        audience: who may see when he is free, besides himself.
        invited: the Slack ids that `Audience.INVITED` means.
        when_stale: what is answered while a calendar of his is stale.
        usual_venue: how he meets people unless a booking says otherwise; None while he has not decided.
        invites: whether the last appointment he booked was to be mailed.
    """

    schedule: Schedule
    has_own_zone: bool = False
    audience: Audience = Audience.EVERYONE
    invited: tuple[str, ...] = ()
    when_stale: WhenStale = WhenStale.WARN
    usual_venue: Venue | None = None
    invites: bool = True

    def __post_init__(self) -> None:
        if len(self.invited) > MOST_INVITED:
            raise TooManyInvited

    @property
    def left_open(self) -> frozenset[Certainty]:
        """The kinds of invitations that take no time of his."""
        switches = {
            Certainty.TENTATIVE: self.schedule.tentative_blocks,
            Certainty.UNANSWERED: self.schedule.unanswered_blocks,
        }
        return frozenset(kind for kind, blocks in switches.items() if not blocks)

    def venue_of(self, possible: Collection[Where]) -> Venue:
        """How a meeting with him is held where nobody says: as he decided, or by the first call that is possible."""
        if self.usual_venue is not None and self.usual_venue.where in possible:
            return self.usual_venue
        return next((Venue(call) for call in _CALLS if call in possible), NOWHERE)

    def in_zone(self, zone: str) -> "Preferences":
        """The same in a zone of the member's own choice; raises `UnknownZone`."""
        return replace(self, schedule=replace(self.schedule, zone=zone), has_own_zone=True)

    def following(self, slack_zone: str) -> "Preferences":
        """The same where Slack says that he is, unless he chose a zone himself."""
        return self if self.has_own_zone else replace(self, schedule=replace(self.schedule, zone=slack_zone))


def default_preferences(slack_zone: str) -> Preferences:
    """What holds for a member who decided nothing: office hours in his Slack zone, and everyone may book."""
    return Preferences(Schedule(zone=slack_zone))
