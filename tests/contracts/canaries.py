"""A row in every table, and in every text of it the name of somebody who is to be forgotten.

Whoever adds a table or a text column says here what it may hold: `OF_A_CONTACT`, `OF_A_MEMBER`, or nobody's name, with
the reason. A new table's row is made by itself, where its columns refer to tables that are there.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from sqlalchemy import Boolean, Column, Date, LargeBinary, String, Table, insert, select, update
from sqlalchemy import Enum as EnumType
from sqlalchemy.types import Integer, TypeEngine, Uuid

from storage.store import SqlStore
from storage.tables import METADATA
from tests.contracts.storage_builders import NOW, new_id

NAME, EMAIL, SLACK_ID, PHONE = "Zilvana Quorix", "zilvana@quorix.test", "UZILVANA", "0171 55501"
WORDS = ("zilvana", "quorix", "55501")

ROOM = "https://acme.zoom.us/my/zilvana.quorix"
TEXT = f"With {NAME} <{EMAIL}>, {PHONE}"
_FIELDS = f'{{"span": null, "zone": "UTC", "title": "{TEXT}", "place": "At {NAME}", "description": "{TEXT}"}}'
_AGREED = f'{{"wanted": {_FIELDS}, "seen": {_FIELDS}}}'

_TYPED = {
    "appointment.note": TEXT,
    "appointment.reason": TEXT,
    "appointment.title": TEXT,
    "appointment.venue_details": TEXT,
    "appointment_log.detail": NAME,
    "declined.title": TEXT,
    "effect.problem": TEXT,
    "event.title": TEXT,
    "firing.problem": TEXT,
    "firing.title": TEXT,
    "firing.venue_details": TEXT,
    "inbox.answer": f"200\n{NAME}, {EMAIL}",
    "left_copy.title": TEXT,
    "offer.note": TEXT,
    "offer.title": TEXT,
    "offer.venue_details": TEXT,
    "remote_link.agreed": _AGREED,
    "trigger_rule.name": TEXT,
    "trigger_rule.says": TEXT,
}
OF_A_CONTACT = _TYPED | {
    "blocked_address.pattern": EMAIL,
    "colleague.email": EMAIL,
    "contact.email": EMAIL,
    "contact.findable": f"{NAME} {EMAIL}".casefold(),
    "contact.name": NAME,
    "contact.note": TEXT,
    "contact.phone": PHONE,
    "contact.tags": '["quorix"]',
    "contact_address.email": f"other.{EMAIL}",
    "event.invitees": f'[["{EMAIL}","{NAME}","accepted",false,false,false]]',
    "event.join_url": ROOM,
    "invited.email": EMAIL,
    "invitee_question.email": EMAIL,
    "invitee_question.name": NAME,
    "invitee_question.told": NAME,
    "taken.title": TEXT,
}
OF_A_MEMBER = _TYPED | {
    "account.address": EMAIL,
    "account.external_id": EMAIL,
    "appointment_message.channel": SLACK_ID,
    "calendar.name": NAME,
    "calendar.problem": TEXT,
    "calendar.remote_id": EMAIL,
    "change_set.name": NAME,
    "colleague.email": EMAIL,
    "digest_question.channel": SLACK_ID,
    "event.invitees": f'[["{EMAIL}","{NAME}","accepted",false,false,false]]',
    "event.join_url": ROOM,
    "event.link": f"https://calendar.google.test/{EMAIL}",
    "forgetting.slack_user_id": SLACK_ID,
    "ignored_event.series_id": EMAIL,
    "invitee_question.told": NAME,
    "landing_batch.channel": SLACK_ID,
    "left_copy.container": EMAIL,
    "left_report.address": EMAIL,
    "member.name": NAME,
    "member.slack_user_id": SLACK_ID,
    "push_channel.resource_id": EMAIL,
    "push_plan.problem": TEXT,
    "reminder.channel": SLACK_ID,
    "reminder.problem": TEXT,
    "reminder_choice.channel_name": NAME,
    "reminder_choice.problem": TEXT,
    "remote_link.address": EMAIL,
    "remote_link.container": EMAIL,
    "remote_link.url": f"https://calendar.google.test/{EMAIL}",
    "round_trip.problem": TEXT,
    "round_trip.remote_id": EMAIL,
    "schedule.invited": f'["{SLACK_ID}"]',
    "schedule.usual_details": TEXT,
    "taken.title": TEXT,
    "trigger_rule.channel_name": NAME,
    "trigger_rule.only_tag": NAME,
    "trigger_rule.tag": NAME,
    "trigger_rule.webhook_host": "quorix.test",
}
NOBODYS: Mapping[str, str] = {
    "a word of ours": (
        "event.kind event.original_zone event.response event.shade event.shows_as event.start_zone event.end_zone "
        "event.status left_report.revocation member.zone contact.zone appointment.zone firing.zone calendar.zone "
        "schedule.zone taken_contact.response trigger_rule.whens event.trouble event.problem effect.lane "
        "digest.weekdays digest.zone member.locale"
    ),
    "ids and numbers that we or the provider made": (
        "appointment.origin offer.origin offer.starts event.id event.etag event.ical_uid event.series_id "
        "event.recurrence firing.hosts inbox.key invited.event_id left_copy.event_id left_report.kept "
        "occurrence.event_id occurrence.series_id remote_link.etag remote_link.ical_uid remote_link.remote_id "
        "taken.ical_uid taken_place.event_id trigger_rule.hosts schedule.hours schedule.overrides calendar.sync_token "
        "appointment_message.message forgetting.ended landing.event_id landing.ical_uid landing.series_id "
        "landing_batch.message reminder.message digest_question.message"
    ),
    "digests and what is sealed": (
        "account.sealed_credential appointment_message.shown connect_link.token_digest forgotten_address.digest "
        "home.state push_channel.token_digest trigger_rule.sealed_webhook"
    ),
    "the workspace's own": (
        "workspace.name workspace.slack_team_id own_domain.domain trigger_rule.channel_id digest.channel_id "
        "digest.channel_name digest_question.channel_name digest_day.channel_id digest_refusal.channel_id "
        "reminder.channel_id reminder_choice.channel_id"
    ),
}
"""Texts that hold nobody's name, by the reason."""


def texts() -> set[str]:
    """Every column that holds a text or bytes, as `table.column`; words of an enumeration are none."""
    return {
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(_plain(column.type), String | LargeBinary) and not isinstance(column.type, EnumType)
    }


class Canaries:
    """The rows, and where the name stands in them.

    Args:
        ids: what a column holds, by `table.column`, or by the name of the column in whichever table.
    """

    def __init__(self, store: SqlStore, ids: Mapping[str, object]) -> None:
        self._store = store
        self.ids = dict(ids)

    def fill(self) -> None:
        """A row in every table that has none with these ids."""
        with self._store.connected("writing") as connection:
            for table in METADATA.sorted_tables:
                if connection.execute(select(table).where(*self._ours(table)).limit(1)).first() is None:
                    connection.execute(insert(table).values({each.name: self._value(each) for each in table.columns}))
            connection.commit()

    def plant(self, where: Mapping[str, str]) -> None:
        """Put these texts into these columns."""
        with self._store.connected("writing") as connection:
            for column, text in where.items():
                table, _, name = column.partition(".")
                rows = update(METADATA.tables[table]).where(*self._ours(METADATA.tables[table]))
                connection.execute(rows.values({name: text}))
            connection.commit()

    def found(self) -> set[str]:
        """The columns in which a part of the name stands."""
        with self._store.connected("reading") as connection:
            return {
                f"{table.name}.{name}"
                for table in METADATA.sorted_tables
                for row in connection.execute(select(table)).mappings()
                for name, value in row.items()
                if any(word in str(value).casefold() for word in WORDS)
            }

    def _ours(self, table: Table) -> list[Any]:
        own = self.ids.get(f"{table.name}.id")
        if own is not None:
            return [table.c.id == own]
        known = ((column, self._known(column)) for column in table.columns)
        return [column == value for column, value in known if value is not None]

    def _known(self, column: Column[Any]) -> object:
        """By the table and the column, by what it refers to, or by its name alone."""
        referred = [f"{key.column.table.name}.{key.column.name}" for key in column.foreign_keys]
        names = [f"{column.table.name}.{column.name}", *referred, column.name]
        return next((self.ids[name] for name in names if name in self.ids), None)

    def _value(self, column: Column[Any]) -> object:
        known = self._known(column)
        if known is None and column.name == "id" and isinstance(_plain(column.type), Uuid):
            known = self.ids[f"{column.table.name}.id"] = new_id()
        if known is not None:
            return known
        return None if column.nullable else _anything(column.type)


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return getattr(kind, "impl_instance", kind)


def _anything(kind: TypeEngine[Any]) -> object:
    if isinstance(kind, EnumType):
        words = kind.enum_class or kind.enums
        first = next(iter(words))
        return first.value if isinstance(first, Enum) and not kind.enum_class else first
    plain = _plain(kind)
    if isinstance(plain, Boolean):
        return False
    if isinstance(plain, Integer):
        return 0
    if isinstance(plain, Uuid):
        return new_id()
    if isinstance(plain, LargeBinary):
        return b""
    if isinstance(plain, Date):
        return NOW.date()
    return "[]" if isinstance(plain, String) else NOW
