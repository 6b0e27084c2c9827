"""Push channels: opens and stops them, and says through each that something changed, never what."""

import dataclasses
import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from bot.sandbox.google import errors
from bot.sandbox.google.call import Call
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.messenger import Messenger, Told

if TYPE_CHECKING:
    from bot.sandbox.google.world import GoogleWorld

USUAL_LIFE = timedelta(days=7)
LONGEST_LIFE = timedelta(days=30)
_ID = re.compile(r"[A-Za-z0-9\-_\+/=]{1,64}")
_LONGEST_TOKEN = 256
_TYPES = ("web_hook", "webhook")
# Calendars that Google keeps by itself, such as those of holidays.
_GOOGLES_OWN = "@group.v.calendar.google.com"
_MOST_SKIPPED = 5


@dataclasses.dataclass
class Channel:
    """An open channel; `number` is that of its last message."""

    id: str
    account: str
    calendar_id: str
    resource_id: str
    resource_uri: str
    address: str
    token: str
    expires: datetime
    number: int = 0


class Channels:
    """Every channel of a world; used under the world's lock."""

    def __init__(self, world: "GoogleWorld") -> None:
        """Start without any."""
        self._world = world
        self._open: dict[str, Channel] = {}
        self._ids: set[str] = set()
        self._mute = False
        self.messenger = Messenger()

    @property
    def open(self) -> tuple[Channel, ...]:
        """Those that are neither stopped nor over, oldest first."""
        now = self._world.now()
        return tuple(channel for channel in self._open.values() if channel.expires > now)

    @property
    def told(self) -> tuple[Told, ...]:
        """Every message so far, oldest first; see `settle`."""
        return self.messenger.told

    def settle(self) -> None:
        """Wait until everything that was to be told has been."""
        self.messenger.settle()

    def mute(self, *, is_mute: bool = True) -> None:
        """Have messages get lost on their way, as Google says may happen; channels stay open."""
        self._mute = is_mute

    def add(self, channel: Channel) -> None:
        """Open it, and say so through itself."""
        self._ids.add(channel.id)
        self._open[channel.id] = channel
        self._say(channel, "sync")

    def is_taken(self, channel_id: str) -> bool:
        """Whether there is, or ever was, a channel of that id."""
        return channel_id in self._ids

    def stop(self, channel_id: str, resource_id: str, account: str) -> bool:
        """Whether there was one, of this resource and account."""
        for channel in self.open:
            if (channel.id, channel.resource_id, channel.account) == (channel_id, resource_id, account):
                del self._open[channel_id]
                return True
        return False

    def close_all(self) -> None:
        """Have nobody listen any more, without a word to anybody."""
        self._open.clear()

    def tell(self, calendar_id: str) -> None:
        """Something changed in a calendar."""
        for channel in self.open:
            calendar = self._world.calendars.get(calendar_id)
            if channel.calendar_id == calendar_id and calendar is not None and channel.account in calendar.access:
                self._say(channel, "exists")

    def _say(self, channel: Channel, state: str) -> None:
        # They rise, and leave out some: only the first is always 1.
        channel.number += 1 if state == "sync" else 1 + secrets.randbelow(_MOST_SKIPPED)
        if self._mute or not is_loopback(channel.address):
            return
        headers = {
            "Accept": "*/*",
            "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
            "X-Goog-Channel-ID": channel.id,
            "X-Goog-Channel-Expiration": format_datetime(channel.expires.astimezone(UTC), usegmt=True),
            "X-Goog-Resource-State": state,
            "X-Goog-Message-Number": str(channel.number),
            "X-Goog-Resource-ID": channel.resource_id,
            "X-Goog-Resource-URI": channel.resource_uri,
        }
        if channel.token:
            headers["X-Goog-Channel-Token"] = channel.token
        self.messenger.send(Told(channel.id, channel.address, headers))


def watch_events(call: Call) -> Resource:
    """The resource `Channel` of a channel that was opened."""
    calendar = call.calendar("freeBusyReader")
    body, channels = call.body, call.world.channels
    channel_id, address, token = (_text(body, name) for name in ("id", "address", "token"))
    if not channel_id:
        raise errors.required("Missing channel id.")
    if not _ID.fullmatch(channel_id) or len(token) > _LONGEST_TOKEN:
        raise errors.invalid("Invalid value for: channel id or token")
    if _text(body, "type") not in _TYPES:
        raise errors.invalid("Unknown channel type")
    if not urlsplit(address).hostname:
        raise errors.required("Missing or malformed address.")
    if urlsplit(address).scheme != "https" and not is_loopback(address):
        raise errors.not_https(address)
    if calendar.id.endswith(_GOOGLES_OWN):
        raise errors.push_not_supported()
    expires = _expiration(body, call.now)
    if channels.is_taken(channel_id):
        raise errors.channel_id_not_unique()
    # The resource is the calendar's, whoever watches it.
    resource_id = hashlib.sha256(calendar.id.encode()).hexdigest()[:27]
    uri = f"https://www.googleapis.com/calendar/v3/calendars/{quote(calendar.id)}/events?alt=json"
    channels.add(Channel(channel_id, call.account, calendar.id, resource_id, uri, address, token, expires))
    call.notes["channel"] = channel_id
    return {
        "kind": "api#channel",
        "id": channel_id,
        "resourceId": resource_id,
        "resourceUri": uri,
        **({"token": token} if token else {}),
        "expiration": str(_milliseconds(expires)),
    }


def stop_channel(call: Call) -> None:
    """Nothing: the answer has no body."""
    channel_id, resource_id = (_text(call.body, name) for name in ("id", "resourceId"))
    call.notes["channel"] = channel_id
    if not call.world.channels.stop(channel_id, resource_id, call.account):
        raise errors.no_such_channel(channel_id)


def is_loopback(address: str) -> bool:
    """Whether it is on this machine, which is as far as the stand-in goes."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _expiration(body: Resource, now: datetime) -> datetime:
    asked, parameters = body.get("expiration"), body.get("params") or {}
    try:
        if asked is not None:
            expires = datetime.fromtimestamp(int(asked) / 1000, UTC)
        else:
            expires = now + timedelta(seconds=int(parameters.get("ttl", USUAL_LIFE.total_seconds())))
    except (ValueError, TypeError, OverflowError, OSError, AttributeError):
        raise errors.invalid("Invalid channel expiration") from None
    if expires <= now:
        raise errors.invalid("Channel expiration must be in the future")
    # It ends on a whole second, as its header has to tell.
    return min(expires, now + LONGEST_LIFE).replace(microsecond=0)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _text(body: Resource, name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise errors.invalid(f"Invalid value for: {name}")
    return value
