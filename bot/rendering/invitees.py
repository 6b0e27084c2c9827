"""The question about people in a host's calendar who are no contacts: one message, brought up to date as he answers."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.domain.calendars import Calendar
from bot.domain.errors import NotFound
from bot.domain.invitee_questions import InviteeAnswer, InviteeBatch, InviteeQuestion
from bot.rendering.blocks import actions, button, confirmation, context, section
from bot.rendering.card_words import reader_start
from bot.rendering.form_blocks import external_select
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.wording import counted

INVITEES_A_PAGE = 5
"""As many as one message surely holds, with the buttons and questions of each."""
_NAME_SHOWN = 80
_ADDRESS_SHOWN = 260
_DOMAIN_SHOWN = 40
_NOBODY = UUID(int=0)
_CHANGED_YOUR_MIND = "Changed your mind? Add them under `/daybook contacts`, with *New contact*."
_MARK = re.compile(r"(?P<deed>[a-z_]{1,20}) (?P<batch>[0-9]{1,9}) (?P<first>[0-9]{1,7}) (?P<question>[0-9a-f-]{36})")


class InviteeDeed(StrEnum):
    """What a button of the question does."""

    ADD = "add"
    IGNORE = "ignore"
    NEVER = "never"
    ADD_ALL = "add_all"
    IGNORE_ALL = "ignore_all"
    TURN = "turn"
    """Turns to another page."""
    LINK = "link"


@dataclass(frozen=True, slots=True)
class InviteeMark:
    """One button; `first` counts those ahead of the page that is shown, or is to be."""

    deed: InviteeDeed
    batch: int
    first: int
    question_id: UUID = _NOBODY

    def value(self) -> str:
        """What the button carries."""
        return f"{self.deed} {self.batch} {self.first} {self.question_id}"


def invitee_mark(value: str) -> InviteeMark:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _MARK.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        return InviteeMark(
            InviteeDeed(found["deed"]), int(found["batch"]), int(found["first"]), UUID(found["question"])
        )
    except ValueError as error:
        raise NotFound from error


def link_mark(action_id: str) -> InviteeMark:
    """What a select carried in whose place somebody was chosen; raises `NotFound`."""
    return invitee_mark(action_id.partition(":")[2].replace("_", " "))


def page_of(batch: InviteeBatch, first: int) -> tuple[InviteeQuestion, ...]:
    """The people on the page that begins with number `first`."""
    return batch.questions[first : first + INVITEES_A_PAGE]


def first_open(batch: InviteeBatch, first: int) -> int:
    """The page to show: the one that begins with `first`, or where nobody on it waits the next one with somebody."""
    if any(one.answer is None for one in page_of(batch, first)):
        return first
    waiting = [place for place, one in enumerate(batch.questions) if one.answer is None]
    return waiting[0] // INVITEES_A_PAGE * INVITEES_A_PAGE if waiting else first


def invitees_message(batch: InviteeBatch, first: int = 0) -> Message:
    """The question, with what was answered so far."""
    waiting = len(batch.open)
    if not waiting:
        nobody = "There is nobody left to decide about here."
        told = f"*{nobody}* You are not asked about them again. {_CHANGED_YOUR_MIND}"
        return Message(nobody, (section(told), *_answered(batch, first), *_turning(batch, first)))
    people = counted(waiting, "invitee")
    lead = (
        f"*{people} in your Google calendar {'is no contact' if waiting == 1 else 'are no contacts'} yet.* "
        "Where you add or link somebody, events with that person become appointments; where you ignore somebody, they "
        "stay teal. Whatever you answer, nobody is e-mailed."
    )
    return Message(
        f"{people} in your Google calendar: add to contacts?",
        (
            section(lead),
            *_answered(batch, first),
            *_all_of_them(batch, first),
            *_turning(batch, first),
        ),
    )


def nothing_to_decide(calendar: Calendar) -> Message:
    """In the place of the question, where its host's calendar is one-way now."""
    name = user_text(calendar.name, limit=60)
    told = f"*{name}* is one-way now, so there is nothing to decide."
    again = "Under two-way they wait for your word in `/daybook contacts` again."
    return Message(f"{name} is one-way now.", (section(f"{told} {again}"),))


def _answered(batch: InviteeBatch, first: int) -> list[Block]:
    return [block for question in page_of(batch, first) for block in _person(question, batch.number, first)]


def _person(question: InviteeQuestion, batch: int, first: int) -> list[Block]:
    address = user_text(question.email, limit=_ADDRESS_SHOWN)
    name = user_text(question.name, limit=_NAME_SHOWN, empty="Somebody")
    if question.answer is not None:
        return [context(f"{name} ({address}): {_outcome(question)}")]

    def mark(deed: InviteeDeed) -> InviteeMark:
        return InviteeMark(deed, batch, first, question.id)

    linking = external_select(
        numbered(ActionId.INVITEE_LINK, mark(InviteeDeed.LINK).value().replace(" ", "_")),
        chosen=None,
        placeholder="Link to…",
    )
    return [
        section(f"*{name}*\n{address}{_met(question)}"),
        actions(
            _press("Add", mark(InviteeDeed.ADD), primary=True),
            linking,
            _press("Ignore", mark(InviteeDeed.IGNORE)),
            *([_never(question, mark(InviteeDeed.NEVER))] if question.may_bar_domain else []),
        ),
    ]


def _met(question: InviteeQuestion) -> str:
    """` · in *Board call*, 23 Mar 15:00`, on each reader's own clock."""
    if question.met_on is None:
        return ""
    title = user_text(question.met_on.title, limit=_NAME_SHOWN, empty="(no title)")
    return f" · in *{title}*, {reader_start(question.met_on.span, 'UTC')}"


def _outcome(question: InviteeQuestion) -> str:
    told = user_text(question.told, limit=_NAME_SHOWN, empty="")
    match question.answer:
        case InviteeAnswer.ADDED:
            return f"added as {told}" if told and question.told != question.name else "added"
        case InviteeAnswer.LINKED:
            return f"linked to {told}" if told else "linked"
        case InviteeAnswer.NEVER:
            return f"never anybody at {user_text(question.domain, limit=_ADDRESS_SHOWN)}"
        case InviteeAnswer.OURS:
            return "a colleague by the address"
        case _:
            return "ignored"


def _never(question: InviteeQuestion, mark: InviteeMark) -> Block:
    asking = confirmation(
        "Never for this domain?",
        f"Nobody at *{user_text(question.domain, limit=120)}* becomes a contact by an invitation any more, for your "
        "whole workspace. It can be taken back under Contacts, Left out.",
        yes="Never",
    )
    # A button's label is plain: nothing in it is read as markup.
    label = f"Never for {question.domain}" if len(question.domain) <= _DOMAIN_SHOWN else "Never for this domain"
    name = numbered(ActionId.INVITEE, f"{mark.deed}.{mark.question_id}")
    return button(label, name, value=mark.value(), confirm=asking)


def _all_of_them(batch: InviteeBatch, first: int) -> list[Block]:
    waiting = [one for one in page_of(batch, first) if one.answer is None]
    if len(waiting) < 2:
        return []
    number = len(waiting)
    return [
        actions(
            _press(f"Add all {number}", InviteeMark(InviteeDeed.ADD_ALL, batch.number, first)),
            _press(f"Ignore all {number}", InviteeMark(InviteeDeed.IGNORE_ALL, batch.number, first)),
        )
    ]


def _turning(batch: InviteeBatch, first: int) -> list[Block]:
    total = len(batch.questions)
    if total <= INVITEES_A_PAGE:
        return []
    last = min(total, first + INVITEES_A_PAGE)
    buttons = [
        button(
            label,
            numbered(ActionId.INVITEE, label),
            value=InviteeMark(InviteeDeed.TURN, batch.number, to).value(),
        )
        for label, to, is_there in (
            ("Previous", max(0, first - INVITEES_A_PAGE), first > 0),
            ("Next", last, last < total),
        )
        if is_there
    ]
    return [context(f"{first + 1}-{last} of {total}"), actions(*buttons)]


def _press(label: str, mark: InviteeMark, *, primary: bool = False) -> Block:
    name = numbered(ActionId.INVITEE, f"{mark.deed}.{mark.question_id}")
    return button(label, name, value=mark.value(), primary=primary)
