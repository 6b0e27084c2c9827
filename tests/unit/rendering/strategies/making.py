"""Makes a value of any type that the domain is built of, by the types and names of its fields."""

import dataclasses
import enum
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from bot.domain.people import Member
from tests.unit.rendering.strategies.fields import ARGUMENTS, FIELDS

_FIRST = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
_YEAR = 365 * 24 * 60
_SOMEBODY = ("viewer", "reader", "reader_id", "members", "member_id")
"""Whoever these are, he is often one of those made before."""
NONE = (0,)
FEW = (1, 2, 3)
MANY = (500,)
_DEEP = (0, 1, 2)

Special = Callable[["Maker"], object]


class Maker:
    """Draws values; the same random numbers give the same ones.

    Args:
        random: where everything comes from.
        foreign: what people and other systems may have written.
        rows: how many there may be of whatever there can be several of; further inside there are few.
        special: how values of types and of fields are made that have to fit others.
        most: how many there are at most, where whoever gathers the rows of a field sees to that.
    """

    def __init__(
        self,
        random: Random,
        foreign: Sequence[str],
        rows: Sequence[int],
        special: Mapping[object, Special],
        most: Mapping[object, int],
    ) -> None:
        self.random = random
        self.foreign = foreign
        self._rows = rows
        self._special = special
        self._most = most
        self._depth = 0
        self._met: list[UUID] = []
        self._known = ARGUMENTS

    def of(self, kind: Any, name: str = "") -> Any:
        """A value of a type; `name` is that of the field or argument it is for."""
        if kind in self._special:
            return self._special[kind](self)
        if kind is str:
            return self.text(name)
        if typing.get_origin(kind) is not None or isinstance(kind, types.UnionType):
            return self._composed(kind, name)
        if kind is int and name in _NUMBERS:
            return _NUMBERS[name](self)
        if kind is UUID and name in _SOMEBODY and self._met and self.random.random() < 0.7:
            return self.random.choice(self._met)
        if kind in _PLAIN:
            return _PLAIN[kind](self)
        if issubclass(kind, enum.Enum):
            return self.random.choice(list(kind))
        return self.built(kind)

    def built(self, kind: Any, **given: object) -> Any:
        """A value of a class with typed fields, of which some are given."""
        hints, outside = fields_of(kind), self._known
        self._known = FIELDS
        made: dict[str, Any] = {
            name: given[name] if name in given else self._field(kind, name, hints[name]) for name in hints
        }
        self._known = outside
        if kind is Member:
            self._met.append(made["id"])
        return kind(**made)

    def text(self, name: str) -> str:
        """Foreign text, or what fits a field of this name."""
        return self.random.choice(self._known.get(name, self.foreign))

    def several(self, kind: Any, name: str = "") -> list[Any]:
        """As many as there may be, further inside only few."""
        with self.further_inside():
            number = self.random.choice(self._rows if self._depth == 1 else _DEEP)
            return [self.of(kind, name) for _ in range(number)]

    @contextmanager
    def further_inside(self) -> Iterator[None]:
        """Whatever there can be several of inside is in a row itself."""
        self._depth += 1
        yield
        self._depth -= 1

    def _field(self, kind: Any, name: str, hint: Any) -> Any:
        special = self._special.get((kind, name))
        made: Any = self.of(hint, name) if special is None else special(self)
        return made[: self._most[kind, name]] if (kind, name) in self._most and made is not None else made

    def _composed(self, kind: Any, name: str) -> Any:
        origin, inside = typing.get_origin(kind), typing.get_args(kind)
        if origin in (typing.Union, types.UnionType):
            return self._either(inside, name)
        if origin is tuple and inside[-1] is not Ellipsis:
            return tuple(self.of(one, name) for one in inside)
        if origin in (dict, Mapping):
            return dict(self.several(types.GenericAlias(tuple, inside), name))
        made = self.several(inside[0], name)
        return _COLLECTIONS[origin](made)

    def _either(self, inside: Sequence[Any], name: str) -> Any:
        something = [one for one in inside if one is not types.NoneType]
        if len(something) < len(inside) and self.random.random() < 0.2:
            return None
        return self.of(self.random.choice(something), name)


@cache
def fields_of(kind: Any) -> Mapping[str, Any]:
    """The fields of a dataclass or a named tuple, with their types."""
    hints = typing.get_type_hints(kind)
    names = (
        [one.name for one in dataclasses.fields(kind) if one.init] if dataclasses.is_dataclass(kind) else kind._fields
    )
    return {name: hints[name] for name in names}


def second(maker: Maker) -> int:
    """A minute of the year that holds the usual day and the clock changes, as epoch seconds."""
    return _FIRST + 60 * maker.random.randrange(_YEAR)


def moment(maker: Maker) -> datetime:
    """The same, aware."""
    return datetime.fromtimestamp(second(maker), UTC)


def _day(maker: Maker) -> date:
    return moment(maker).date()


def _unordered(made: Iterable[Any]) -> frozenset[Any]:
    return frozenset(made)


def _length(maker: Maker) -> int:
    return maker.random.choice((5, 30, 480))


_NUMBERS: dict[str, Callable[[Maker], int]] = {
    **dict.fromkeys(("start", "starts", "wanted", "known_until"), second),
    **dict.fromkeys(("minutes", "slot_minutes"), _length),
}
_PLAIN: dict[object, Callable[[Maker], object]] = {
    bool: lambda maker: maker.random.random() < 0.5,
    int: lambda maker: maker.random.choice((0, 1, 2, 15, 500)),
    UUID: lambda maker: UUID(int=maker.random.getrandbits(128)),
    datetime: moment,
    date: _day,
    time: lambda maker: moment(maker).time(),
    timedelta: lambda maker: timedelta(seconds=maker.random.choice((0, 4, 90, 86_400 * 40))),
    object: lambda maker: maker.text(""),
}
_COLLECTIONS: dict[object, Callable[[list[Any]], object]] = {
    tuple: tuple,
    list: list,
    Sequence: tuple,
    Collection: tuple,
    frozenset: _unordered,
}
