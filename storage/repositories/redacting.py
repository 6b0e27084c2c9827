"""Takes names and addresses out of texts that are stored."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, select, update

from bot.domain.erasure import Redaction

Where = ColumnElement[bool]
_ESCAPED_LETTER = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPED_SPACE = re.compile(r"\\[nrt]")


def redact(connection: Connection, table: Table, columns: Collection[str], redaction: Redaction, *which: Where) -> None:
    """Write the texts of these rows anew where they name somebody."""
    keys = list(table.primary_key.columns)
    wanted = [*keys, *(table.c[name] for name in columns)]
    for row in connection.execute(select(*wanted).where(*which)).all():
        told = {name: _told(getattr(row, name), redaction) for name in columns}
        changed = {name: text for name, text in told.items() if text != getattr(row, name)}
        if changed:
            connection.execute(update(table).where(*_is(table, row)).values(**changed))


def rewrite_json(connection: Connection, table: Table, column: str, texts: Mapping[str, str], *which: Where) -> None:
    """Put these texts in the place of those that a column of JSON holds under their names, however deep."""
    keys = list(table.primary_key.columns)
    of_column = table.c[column]
    for row in connection.execute(select(*keys, of_column).where(of_column.is_not(None), *which)).all():
        value = json.loads(getattr(row, column))
        told = _rewritten(value, texts)
        if told != value:
            connection.execute(update(table).where(*_is(table, row)).values({column: json.dumps(told)}))


def redact_json(connection: Connection, table: Table, column: str, redaction: Redaction, *which: Where) -> None:
    """The same for every text that a column of JSON holds, however deep."""
    keys = list(table.primary_key.columns)
    for row in connection.execute(select(*keys, table.c[column]).where(table.c[column].is_not(None), *which)).all():
        value = json.loads(getattr(row, column))
        told = _redacted(value, redaction)
        if told != value:
            connection.execute(update(table).where(*_is(table, row)).values({column: json.dumps(told)}))


def names_any(text: str, words: Collection[str]) -> bool:
    """Whether such a word stands in the text by itself, not as a part of another; JSON may spell its letters."""
    plain = _ESCAPED_LETTER.sub(lambda found: chr(int(found[1], 16)), text)
    plain = _ESCAPED_SPACE.sub(" ", plain)
    # An underscore is a mark of Slack's around what is slanted.
    return any(re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", plain) for word in words)


def _rewritten(value: object, texts: Mapping[str, str]) -> object:
    if isinstance(value, dict):
        return {
            name: texts[name] if name in texts and isinstance(each, str) else _rewritten(each, texts)
            for name, each in value.items()
        }
    return [_rewritten(each, texts) for each in value] if isinstance(value, list) else value


def _redacted(value: object, redaction: Redaction) -> object:
    if isinstance(value, dict):
        return {name: _redacted(each, redaction) for name, each in value.items()}
    if isinstance(value, list):
        return [_redacted(each, redaction) for each in value]
    return redaction(value) if isinstance(value, str) else value


def _told(text: str | None, redaction: Redaction) -> str | None:
    return redaction(text) if text else text


def _is(table: Table, row: Row[*tuple[Any, ...]]) -> list[Where]:
    return [key == getattr(row, key.name) for key in table.primary_key.columns]
