"""What somebody would read behind the link of a meeting; nothing on this machine answers at the link itself."""

from urllib.parse import parse_qs, urlsplit

from bot.sandbox.zoom.errors import ApiError
from bot.sandbox.zoom.state import Meeting, is_meeting_id
from bot.sandbox.zoom.times import zulu
from bot.sandbox.zoom.world import ZoomWorld


def page_behind(link: str, world: ZoomWorld) -> tuple[str, str]:
    """The headline and the sentence that a guest would read; he needs the passcode, which a whole link carries."""
    meeting = _found(link, world)
    if meeting is None:
        return "This meeting link is invalid", "Ask its host for a new one (3,001)."
    if parse_qs(urlsplit(link).query).get("pwd", [""]) != [meeting.pwd]:
        return meeting.topic, "Enter the meeting passcode."
    return meeting.topic, _when(meeting)


def _found(link: str, world: ZoomWorld) -> Meeting | None:
    place, _, named = link.partition("?")[0].rpartition("/")
    if place != f"{world.links}/j" or not is_meeting_id(named):
        return None
    with world.lock:
        try:
            return world.meeting(int(named))
        except ApiError:
            return None


def _when(meeting: Meeting) -> str:
    begins = "It begins when its host does" if meeting.start is None else f"It begins {zulu(meeting.start)}"
    return f"You are in the waiting room of this stand-in for Zoom. {begins}."
