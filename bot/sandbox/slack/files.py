"""Files that an app hands over: a place for each, its content, and whether Slack has looked it over yet."""

import dataclasses
import re
import secrets
import time
from collections.abc import Iterator, Sequence

from bot.sandbox.slack.identifiers import new_id
from bot.sandbox.slack.pulse import Pulse
from bot.sandbox.slack.refusal import Refusal, invalid_blocks
from bot.sandbox.slack.shape import Finding, Json

# So long Slack looks a file over: what shows it before is refused.
SECONDS = 0.2
_ID = re.compile(r"F[A-Z0-9]{8,}")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")


@dataclasses.dataclass
class File:
    """One file; its app alone may show it. `completed` is when it was handed over whole, by a clock of its own."""

    id: str
    team_id: str
    name: str
    length: int
    alt_text: str
    secret: str
    title: str = ""
    content: bytes | None = None
    completed: float | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it can stand in an image block."""
        return self.content is not None and self.content.startswith(_PICTURES)


class Files:
    """All of them."""

    def __init__(self, pulse: Pulse, *, seconds: float = SECONDS) -> None:
        """Start with none; `seconds` is how long each is looked over."""
        self.seconds = seconds
        self._pulse = pulse
        self._all: dict[str, File] = {}

    def announce(self, team_id: str, name: str, length: int, alt_text: str) -> File:
        """A place for a file that is to come."""
        with self._pulse:
            file = File(new_id("F"), team_id, name, length, alt_text, secrets.token_urlsafe(32))
            self._all[file.id] = file
            return file

    def take(self, secret: str, content: bytes) -> bool:
        """Take the content for the place with this secret; False where there is none, or it is not as announced."""
        with self._pulse:
            file = next((one for one in self._all.values() if secrets.compare_digest(one.secret, secret)), None)
            if file is None or file.completed is not None or len(content) != file.length:
                return False
            file.content = content
            return True

    def complete(self, team_id: str, file_id: str, title: str) -> File:
        """Have a file looked over.

        Raises:
            Refusal: nothing was handed over for it.
        """
        with self._pulse:
            file = self._all.get(file_id)
            if file is None or file.team_id != team_id or file.content is None:
                raise Refusal("file_not_found", faulty=True)
            file.title = title or file.name
            file.completed = time.monotonic()
            return file

    def delete(self, team_id: str, file_id: str) -> None:
        """Take a file away for good.

        Raises:
            Refusal: nothing was handed over for it, or it is gone already.
        """
        with self._pulse:
            file = self._all.get(file_id)
            if file is None or file.team_id != team_id or file.completed is None:
                raise Refusal("file_not_found")
            del self._all[file_id]

    def get(self, file_id: str) -> File | None:
        """The file with this id."""
        return self._all.get(file_id)

    def is_ready(self, file: File) -> bool:
        """Whether it was looked over."""
        return file.completed is not None and time.monotonic() - file.completed >= self.seconds

    def require_shown(self, team_id: str, blocks: Sequence[Json] | None) -> None:
        """Let blocks pass whose pictures the app may show.

        Raises:
            Refusal: one is none of its pictures, or was not looked over yet, which can happen to any app.
        """
        for place, shown in _places(blocks or ()):
            file_id = str(shown.get("id", ""))
            if not _ID.fullmatch(file_id):
                raise invalid_blocks([Finding("input must match regex pattern: ^[F][A-Z0-9]{8,}$", f"{place}/id")])
            file = self.get(file_id)
            finding = Finding("invalid slack file", place)
            if file is None or file.team_id != team_id or file.completed is None or not file.is_picture:
                raise invalid_blocks([finding])
            if not self.is_ready(file):
                told = invalid_blocks([finding])
                raise Refusal(told.error, **told.more)


def require_none(blocks: Sequence[Json] | None) -> None:
    """Let blocks pass that show no file: what one person alone sees in a channel cannot.

    Raises:
        Refusal: one shows a file.
    """
    for place, _ in _places(blocks or ()):
        raise invalid_blocks([Finding("invalid slack file", place)])


def _places(blocks: Sequence[Json]) -> Iterator[tuple[str, Json]]:
    """Each place in which a file is named, with what is named there."""
    for index, block in enumerate(blocks):
        at = f"/blocks/{index}"
        if "slack_file" in block:
            yield f"{at}/slack_file", block["slack_file"]
        if "slack_file" in block.get("accessory", {}):
            yield f"{at}/accessory/slack_file", block["accessory"]["slack_file"]
        for number, element in enumerate(block.get("elements", ())):
            if isinstance(element, dict) and "slack_file" in element:
                yield f"{at}/elements/{number}/slack_file", element["slack_file"]
