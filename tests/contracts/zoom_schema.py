"""Zoom's own description of its API, which the answers of its stand-in are held to."""

import functools
import json
import os
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest


def operation(method: str, path: str) -> dict[str, Any]:
    """What Zoom's description says about a method of the API; the test is skipped where it is not at hand."""
    found: dict[str, Any] = _description()["paths"][path][method.lower()]
    return found


def request_fields(method: str, path: str) -> dict[str, Any]:
    """The fields of a request by name, as JSON Schema."""
    schema = operation(method, path)["requestBody"]["content"]["application/json"]["schema"]
    fields: dict[str, Any] = _converted(schema)["properties"]
    return fields


def check_answer(answer: httpx.Response, method: str, path: str, *, beyond: frozenset[str] = frozenset()) -> None:
    """Fail unless an answer is what Zoom's description says, without a field that it does not know.

    Args:
        answer: what came.
        method: the verb, and `path` the address as the description has it.
        path: see `method`.
        beyond: fields that Zoom sends though its description has left them out.

    Raises:
        jsonschema.ValidationError: it is not.
    """
    content = operation(method, path)["responses"][str(answer.status_code)].get("content")
    if content is None:
        assert answer.content == b""
        return
    body = {name: value for name, value in answer.json().items() if name not in beyond}
    jsonschema.validate(body, _converted(content["application/json"]["schema"]))


@functools.cache
def _description() -> dict[str, Any]:
    folder = os.environ.get("DAYBOOK_SPECS")
    if not folder:
        pytest.skip("DAYBOOK_SPECS does not name the folder with Zoom's description")
    document: dict[str, Any] = json.loads((Path(folder) / "zoom-meetings.openapi3.json").read_text(encoding="utf-8"))
    return document


def _converted(schema: dict[str, Any]) -> dict[str, Any]:
    """One schema of the description as JSON Schema: references resolve, parts are joined, objects are closed."""
    if "$ref" in schema:
        return _converted(_description()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "allOf" in schema:
        parts = [_converted(part) for part in schema["allOf"]]
        fields = {name: inner for part in parts for name, inner in part.get("properties", {}).items()}
        return {"type": "object", "properties": fields, "additionalProperties": False}
    kept = ("type", "enum", "maxLength", "maximum", "required")
    converted: dict[str, Any] = {name: schema[name] for name in kept if name in schema}
    if schema.get("format") == "date-time":
        converted["pattern"] = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"
    if "items" in schema:
        converted["items"] = _converted(schema["items"])
    if schema.get("type") == "object":
        converted["properties"] = {name: _converted(inner) for name, inner in schema.get("properties", {}).items()}
        converted["additionalProperties"] = False
    return converted
