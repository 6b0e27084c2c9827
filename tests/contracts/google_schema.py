"""Turns the discovery document that Google's client library ships into JSON Schema, to hold answers against it."""

import functools
import json
from importlib import resources
from typing import Any

import jsonschema

_AS_IT_IS = ("type", "format", "enum", "pattern")


def check_answer(answer: Any, name: str) -> None:
    """Fail unless `answer` is the resource `name` of Calendar v3, without a field that the document does not know.

    Raises:
        jsonschema.ValidationError: it is not.
    """
    jsonschema.validate(answer, {"$ref": f"#/$defs/{name}", "$defs": _definitions()})


def methods() -> dict[str, Any]:
    """The methods of Calendar v3 by id, as the document describes them."""
    return {
        method["id"]: method
        for resource in _document()["resources"].values()
        for method in resource.get("methods", {}).values()
    }


def _document() -> dict[str, Any]:
    source = resources.files("googleapiclient") / "discovery_cache" / "documents" / "calendar.v3.json"
    document: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return document


@functools.cache
def _definitions() -> dict[str, Any]:
    return {name: _converted(schema) for name, schema in _document()["schemas"].items()}


def _converted(schema: dict[str, Any]) -> dict[str, Any]:
    """One schema of the document as JSON Schema: references resolve, objects are closed, sizes are checked."""
    if "$ref" in schema:
        return {"$ref": f"#/$defs/{schema['$ref']}"}
    converted: dict[str, Any] = {name: schema[name] for name in _AS_IT_IS if name in schema}
    if schema.get("type") == "any":
        del converted["type"]
    # The document gives 64-bit numbers the type string: as they travel in JSON.
    if schema.get("format") in ("int32", "uint32"):
        converted |= {"minimum": -(2**31) if schema["format"] == "int32" else 0, "maximum": 2**31 - 1}
    if "items" in schema:
        converted["items"] = _converted(schema["items"])
    if schema.get("type") == "object":
        converted["properties"] = {name: _converted(inner) for name, inner in schema.get("properties", {}).items()}
        more = schema.get("additionalProperties")
        converted["additionalProperties"] = _converted(more) if more else False
    return converted
