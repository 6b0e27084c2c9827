"""The fields of a Google event that are an appointment's, and who changed which since both sides last agreed."""

from dataclasses import dataclass

from bot.domain.booking import LONGEST_TITLE
from bot.domain.intervals import Interval

_PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class OwnedFields:
    """What an appointment's copy says; everything else of the event belongs to whoever edits it.

    `span` is None for what no appointment can be: an all-day event, or one whose times cannot be read.
    """

    span: Interval | None
    zone: str
    title: str
    place: str
    description: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where both sides stood when they last agreed: what we wanted, and what the event then said.

    They differ where a person changed in Google what we need not have back, as a place or a description.
    `sent` is what was written since, if nobody knows whether it arrived.
    """

    wanted: OwnedFields
    seen: OwnedFields
    sent: OwnedFields | None = None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What each side has to take over.

    Args:
        pushed: what the event has to say afterwards; equal to what it says where nothing is to be written.
        span: where the appointment moves to, as it was moved in Google alone or in both places; None where not.
        title: what the appointment is called now, as it was renamed in Google; None where not.
        is_impossible: the event was made into what no appointment can be.
    """

    pushed: OwnedFields
    span: Interval | None = None
    title: str | None = None
    is_impossible: bool = False


def reconcile(agreed: Agreement, wanted: OwnedFields, seen: OwnedFields) -> Reconciliation:
    """A three-way merge, field by field. The same field changed on both sides: Google's time and title win.

    Whether a time is free is for the caller to see; where it is not, he keeps `wanted.span`.

    Args:
        agreed: the last agreement.
        wanted: what the appointment says now.
        seen: what the event says now.
    """
    # What we sent ourselves is nobody's change, though its answer was lost.
    ours = (agreed.seen, agreed.sent or agreed.seen)
    moved_there = seen.span != wanted.span and all(seen.span != one.span for one in ours)
    title = _one_line(seen.title)
    renamed_there = title not in ("", wanted.title) and all(seen.title != one.title for one in ours)
    description = _description(agreed, wanted, seen)
    pushed = OwnedFields(
        span=seen.span if moved_there else wanted.span,
        zone=seen.zone if seen.span == wanted.span or moved_there else wanted.zone,
        title=seen.title if renamed_there else _title(agreed, wanted, seen),
        place=_place(agreed, wanted, seen, description),
        description=description,
    )
    return Reconciliation(
        pushed=pushed,
        span=seen.span if moved_there else None,
        title=title if renamed_there else None,
        is_impossible=moved_there and seen.span is None,
    )


def _title(agreed: Agreement, wanted: OwnedFields, seen: OwnedFields) -> str:
    """Ours, unless Google's says the same, or more than an appointment's can hold."""
    is_ours_to_write = wanted.title != agreed.wanted.title or not seen.title.strip()
    return wanted.title if is_ours_to_write and _one_line(seen.title) != wanted.title else seen.title


def _place(agreed: Agreement, wanted: OwnedFields, seen: OwnedFields, description: str) -> str:
    """What we put there anew has to reach people; a room that somebody wrote stays where the text tells it as well."""
    if wanted.place == agreed.wanted.place:
        return seen.place
    is_edited = seen.place != agreed.wanted.place and (agreed.sent is None or seen.place != agreed.sent.place)
    return seen.place if is_edited and seen.place and wanted.place in description else wanted.place


def _description(agreed: Agreement, wanted: OwnedFields, seen: OwnedFields) -> str:
    """What we did not touch stays as it was edited; what we put there anew is put into what was edited."""
    before = agreed.wanted.description
    if wanted.description == before:
        return seen.description
    is_ours = seen.description in (before, agreed.sent.description if agreed.sent else before)
    return wanted.description if is_ours else _with_news(before, wanted.description, seen.description)


def _with_news(before: str, wanted: str, seen: str) -> str:
    """The text as somebody edited it, with the paragraphs that are new in place of those that are not told any more."""
    was_told, is_told = before.split(_PARAGRAPH), wanted.split(_PARAGRAPH)
    news = _PARAGRAPH.join(part for part in is_told if part not in was_told and part not in seen)
    for old in was_told:
        if old and old not in is_told and old in seen:
            return seen.replace(old, news, 1).strip()
    return _PARAGRAPH.join(part for part in (news, seen) if part)


def _one_line(title: str) -> str:
    return " ".join(title.split())[:LONGEST_TITLE].rstrip()
