"""What a form of the page brings: who acts, on which surface, what he does, and what stands in the fields."""

import dataclasses
import json
from typing import Self
from urllib.parse import parse_qs

from bot.sandbox.slack.page.visitor import Place


class BadForm(Exception):
    """The form is none of the page's."""


@dataclasses.dataclass(frozen=True)
class Doing:
    """What a button of a surface does: a verb, the element it is about, and the entry of a menu."""

    verb: str
    place: Place = ("", "")
    value: str | None = None


@dataclasses.dataclass(frozen=True)
class Posted:
    """The inputs of a form; each may come more than once."""

    inputs: dict[str, list[str]]

    @classmethod
    def read(cls, encoded: str) -> Self:
        """Read a form as a browser encodes it, in a body or behind the question mark of an address."""
        return cls(parse_qs(encoded, keep_blank_values=True))

    def one(self, name: str, otherwise: str = "") -> str:
        """The first input of this name."""
        return self.inputs.get(name, [otherwise])[0]

    @property
    def doing(self) -> Doing:
        """What was pressed.

        Raises:
            BadForm: it says nothing that the page would say.
        """
        verb, *rest = _strings(self.one("do"))
        match rest:
            case []:
                return Doing(verb)
            case [block_id, action_id]:
                return Doing(verb, (block_id, action_id))
            case [block_id, action_id, value]:
                return Doing(verb, (block_id, action_id), value)
        raise BadForm("nothing can be done so")

    @property
    def fields(self) -> dict[Place, list[str]]:
        """What stands in each field that was shown; nothing where nothing is chosen.

        Raises:
            BadForm: it names a field as the page would not.
        """
        fields: dict[Place, list[str]] = {}
        for name in self.inputs.get("shown", []):
            match _strings(name):
                case [block_id, action_id]:
                    fields[block_id, action_id] = self.inputs.get(name, [])
                case _:
                    raise BadForm("there is no such field")
        return fields

    def typed_to_find(self, place: Place) -> str:
        """What was typed to find the choices of a field."""
        return self.one(json.dumps(["find", *place]))


def _strings(encoded: str) -> list[str]:
    try:
        decoded = json.loads(encoded)
    except ValueError:
        raise BadForm("a form that is none of the page's") from None
    if not isinstance(decoded, list) or not decoded or not all(isinstance(item, str) for item in decoded):
        raise BadForm("a form that is none of the page's")
    return decoded
