"""Every public function of `bot.rendering` that makes something to be shown, found by looking, and its arguments."""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

import bot.rendering
from bot.domain.booking import NeedsAnyway, NotOffered, SlotTaken
from bot.domain.calendars import Calendar, Role
from bot.domain.choice_effects import ChoiceEffects, Dropped
from bot.domain.errors import DaybookError
from bot.domain.member_time import StaleCalendar
from bot.domain.people import Member
from bot.domain.slots_request import SlotsRequest
from bot.rendering.blocks import section
from bot.rendering.booking_result import done_view
from bot.rendering.direct_words import (
    NO_CALLING,
    NO_FILES,
    NO_FORWARDED,
    TOO_LONG,
    name_whom,
    opens_message,
    refused,
    who_is_meant,
    with_left_out,
)
from bot.rendering.find_a_time import find_a_time
from bot.rendering.forgetting import ways_on
from bot.rendering.form_trouble import BOOK_ANYWAY, Reader, Trouble, trouble_of
from bot.rendering.help import unknown_word
from bot.rendering.loading import loading
from bot.rendering.problem import problem_with_note
from bot.rendering.questions import QUESTIONS, questions_message
from bot.rendering.set_up import chosen
from bot.rendering.settings.dates import TypedDates, dates_form
from bot.rendering.settings.what_will_change import what_will_change
from bot.rendering.slots import unclear_message
from bot.rendering.start_fields import notes
from bot.rendering.surfaces import Block, HomeView, Message, Modal, modal_of
from bot.rendering.week.message import Shown, week_message
from bot.rendering.week.words import alt_text
from bot.rendering.why_form import why_form
from tests.unit.rendering.strategies.making import Maker
from tests.unit.rendering.strategies.special import at_least_one, reasons_about

Producer: TypeAlias = Callable[..., object]

_TOOLS = ("bot.rendering.blocks", "bot.rendering.form_blocks", "bot.rendering.posting")
"""What screens are made of has tests of its own."""
_SHOWN = (Message, Modal, HomeView, Trouble)
_NOTE = "_note"
"""Sentences that handlers put on top of a screen, by the end of the function's name."""


def producers() -> list[Producer]:
    """All of them, by module."""
    found: list[Producer] = []
    for module in sorted(one.name for one in pkgutil.walk_packages(bot.rendering.__path__, "bot.rendering.")):
        if module not in _TOOLS:
            functions = inspect.getmembers(importlib.import_module(module), inspect.isfunction)
            found += [one for name, one in functions if one.__module__ == module and _is_shown(name, one)]
    return found


def produced(producer: Producer, maker: Maker) -> object:
    """What it makes of such arguments; a note stands in a message, as it does where it is shown."""
    shown = producer(**arguments(producer, maker))
    return Message(shown, (section(shown),)) if producer.__name__.endswith(_NOTE) and isinstance(shown, str) else shown


def arguments(producer: Producer, maker: Maker) -> dict[str, Any]:
    """Arguments for one call: by their types, but for those of which `GIVEN` knows better."""
    given = GIVEN[producer](maker) if producer in GIVEN else {}
    hints = typing.get_type_hints(producer)
    return {name: maker.of(hint, name) for name, hint in hints.items() if name not in {"return", *given}} | {**given}


def _is_shown(name: str, function: Producer) -> bool:
    if name.startswith("_"):
        return False
    return function is alt_text or name.endswith(_NOTE) or _shows(typing.get_type_hints(function)["return"])


def _shows(kind: Any) -> bool:
    """Whether a value of the type is shown: whole, or as blocks that a screen puts among others."""
    inside = typing.get_args(kind)
    in_a_row = typing.get_origin(kind) in (list, tuple, Sequence)
    return kind in _SHOWN or any((one == Block and in_a_row) or _shows(one) for one in inside)


def _refused_booking(maker: Maker) -> Mapping[str, object]:
    known = tuple(maker.several(Member)) or (maker.of(Member),)
    reasons = reasons_about(maker, known)
    refused = (
        DaybookError(maker.text("title")),
        SlotTaken(),
        NotOffered(reasons, (), may_override=maker.of(bool)),
        NeedsAnyway(tuple(maker.built(StaleCalendar, member_id=one.id) for one in known), silent=known[:1]),
    )
    return {"refused": maker.random.choice(refused), "reader": maker.built(Reader, hosts=known, anyway=BOOK_ANYWAY)}


def _week_message(maker: Maker) -> Mapping[str, object]:
    shown = maker.of(Shown)
    return {"shown": shown, "file_id": "F0WEEK" if shown is Shown.HERE else "", "link": "https://daybook.test/week/1"}


def _one_of(**choices: tuple[object, ...]) -> Callable[[Maker], Mapping[str, object]]:
    return lambda maker: {name: maker.random.choice(those) for name, those in choices.items()}


GIVEN: dict[Producer, Callable[[Maker], Mapping[str, object]]] = {
    chosen: lambda maker: {"calendars": (maker.built(Calendar, role=Role.LINKED), *maker.several(Calendar))},
    dates_form: lambda maker: {"typed": maker.built(TypedDates, first="2026-03-29", last="", hours="9 to five")},
    done_view: _one_of(sentence=("It was confirmed. Ben was told.",)),
    why_form: lambda maker: {"request": maker.built(SlotsRequest, when="2026-11-24"), "time": "15:00"},
    find_a_time: lambda maker: {"request": maker.built(SlotsRequest, when="2026-11-24")},
    loading: _one_of(title=("Find a time",), sentence=("One moment.",)),
    modal_of: _one_of(title=("Daybook",)),
    notes: lambda _: {"lines": ["Something to know."] * 20},
    problem_with_note: lambda _: {"note": "*Lunch* is free now."},
    questions_message: _one_of(questions=(QUESTIONS, QUESTIONS[:1])),
    name_whom: _one_of(when=("", "tomorrow")),
    opens_message: lambda maker: {"label": "Calendar Settings", "typed": f"settings {maker.text('title')}"},
    refused: _one_of(sentence=(NO_FILES, NO_FORWARDED, NO_CALLING, TOO_LONG)),
    trouble_of: _refused_booking,
    unclear_message: _one_of(word=("", "book")),
    unknown_word: _one_of(nearest=("", "slots", "help")),
    what_will_change: lambda maker: {"effects": maker.built(ChoiceEffects, dropped=at_least_one(Dropped)(maker))},
    ways_on: _one_of(mark=(str(UUID(int=1)), "me")),
    week_message: _week_message,
    who_is_meant: _one_of(word=("slots",)),
    with_left_out: lambda maker: {
        "message": Message("Busy.", (section("Busy."),) * 50),
        "command": maker.text("title"),
        "left_out": ("afternoon", "tonight"),
    },
}
"""Arguments that have to fit each other, or that hold what is ready to be shown."""
