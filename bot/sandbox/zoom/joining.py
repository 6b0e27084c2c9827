"""Shows a page where the link of a meeting leads, so that *Join* can be pressed in a browser."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.sandbox.zoom.errors import ApiError
from bot.sandbox.zoom.signin import notice_page
from bot.sandbox.zoom.state import Meeting, is_meeting_id
from bot.sandbox.zoom.times import zulu
from bot.sandbox.zoom.world import ZoomWorld


def joining_routes(world: ZoomWorld) -> list[Route]:
    """The routes of links: one for guests, who need the passcode in it, and one for hosts."""

    async def join(request: Request) -> Response:
        meeting = _found(world, request)
        if meeting is None:
            return HTMLResponse(notice_page("This meeting link is invalid", "Ask its host for a new one (3,001)."), 404)
        if meeting.pwd != request.query_params.get("pwd", ""):
            return HTMLResponse(notice_page(meeting.topic, "Enter the meeting passcode."))
        return HTMLResponse(notice_page(meeting.topic, _when(meeting)))

    return [Route(f"/{kind}/{{meeting}}", join, methods=["GET"]) for kind in ("j", "s")]


def _found(world: ZoomWorld, request: Request) -> Meeting | None:
    named = request.path_params["meeting"]
    if not is_meeting_id(named):
        return None
    with world.lock:
        try:
            return world.meeting(int(named))
        except ApiError:
            return None


def _when(meeting: Meeting) -> str:
    begins = "It begins when its host does" if meeting.start is None else f"It begins {zulu(meeting.start)}"
    return f"You are in the waiting room of this stand-in for Zoom. {begins}."
