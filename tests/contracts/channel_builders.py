"""Push channels, for tests of what is stored of them."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from bot.domain.calendars import Calendar
from bot.domain.channels import Channel, Listening
from bot.ports import Store
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    a_synced,
    new_id,
)

WEEK = timedelta(days=7)
SOON = NOW + timedelta(minutes=2)
LATER = NOW + timedelta(minutes=10)


def a_channel(calendar: Calendar, **changed: object) -> Channel:
    channel = Channel(new_id(), calendar.account_id, calendar.id, "digest", NOW, NOW + WEEK)
    return replace(channel, **changed)  # type: ignore[arg-type]  # fields by their names


def opened(store: Store, calendar: Calendar, **changed: object) -> Channel:
    """A channel of the calendar, stored."""
    channel = a_channel(calendar, **changed)
    with store.writing() as work:
        assert work.push_channels.hold(calendar.id)
        work.push_channels.add(channel)
        work.commit()
    return channel


def a_read(store: Store, team: str = "T1", user: str = "U1") -> Synced:
    """A person whose calendar was read, and is read again in ten minutes."""
    synced = a_synced(store, team, user)
    with store.writing() as work:
        work.calendars.finish(synced.claim, read_at=NOW, next_sync_at=LATER)
        work.commit()
    return synced


def listened(store: Store, channel: Channel) -> Listening | None:
    with store.reading() as work:
        return work.push_channels.listening(channel.id, NOW)


def channels_of(store: Store, synced: Synced) -> list[Channel]:
    with store.reading() as work:
        return list(work.push_channels.of_account(synced.account.id))


def due(store: Store, limit: int = 10) -> list[UUID]:
    with store.reading() as work:
        return list(work.push_channels.due(NOW, limit=limit))
