"""Who of the people on an event is from outside the team."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.contacts import BadAddress, NewContact, new_contact, normalised_emails
from bot.domain.events import Invitee, Response

MOST_OUTSIDERS = 20
"""Of an event with more it is a crowd's: a webinar, not a meeting with somebody."""

_GROUP_DOMAINS = frozenset({"googlegroups.com"})
_NOBODY = frozenset({"noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster"})


class LeftOut(StrEnum):
    """Why an invitee becomes no contact."""

    OWNER = "owner"
    COLLEAGUE = "colleague"
    ROOM = "room"
    GROUP = "group"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"
    CROWD = "crowd"


@dataclass(frozen=True, slots=True)
class Team:
    """Who counts as one of us, as far as some events ask for it. All addresses are normalised.

    Args:
        own: the addresses of the calendar's owner.
        colleagues: full members of the workspace; guests and people of other organisations are not among them.
        domains: that an admin named as ours; never one where anybody gets an address.
        blocked: addresses, and domains with an "@" in front, that never become contacts.
    """

    own: frozenset[str] = frozenset()
    colleagues: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outsider:
    """An invitee from outside the team, and what he answered."""

    contact: NewContact
    response: Response


@dataclass(frozen=True, slots=True)
class Sorted:
    """The invitees of an event: those from outside, and the others' addresses with the reason."""

    outsiders: tuple[Outsider, ...]
    left_out: Mapping[str, LeftOut]


def sorted_invitees(invitees: Iterable[Invitee], team: Team) -> Sorted:
    """Who of an event's invitees is from outside; each address once."""
    outsiders: dict[str, Outsider] = {}
    left_out: dict[str, LeftOut] = {}
    for invitee in invitees:
        try:
            new = new_contact(invitee.email, invitee.name)
        except BadAddress:
            left_out[invitee.email] = LeftOut.ROOM if invitee.is_room else LeftOut.UNREADABLE
            continue
        reason = _reason(invitee, new.email, team)
        if reason is None:
            outsiders[new.email] = Outsider(new, invitee.response)
        else:
            left_out[new.email] = reason
    if len(outsiders) > MOST_OUTSIDERS:
        left_out |= dict.fromkeys(outsiders, LeftOut.CROWD)
        outsiders = {}
    return Sorted(tuple(outsiders.values()), left_out)


def response_of(email: str, invitees: Iterable[Invitee]) -> Response | None:
    """What whoever has that normalised address answered; None where he is not among them."""
    return next((one.response for one in invitees if normalised_emails([one.email]) == {email}), None)


def _reason(invitee: Invitee, email: str, team: Team) -> LeftOut | None:
    local, _at, domain = email.rpartition("@")
    if invitee.is_self or email in team.own:
        return LeftOut.OWNER
    if invitee.is_room or domain.endswith("resource.calendar.google.com"):
        return LeftOut.ROOM
    if email in team.colleagues or domain in team.domains:
        return LeftOut.COLLEAGUE
    if domain in _GROUP_DOMAINS or local in _NOBODY or domain.endswith("group.calendar.google.com"):
        return LeftOut.GROUP
    if email in team.blocked or f"@{domain}" in team.blocked:
        return LeftOut.BLOCKED
    return None
