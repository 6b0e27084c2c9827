"""A page on which a person puts an event into a calendar, as one would in Google's own."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.google.errors import ApiError
from bot.sandbox.google.world import GoogleWorld

PUT = "/put"
_PAGE = jinja2.Template(
    """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>An event in Google Calendar (stand-in)</title>
<style>
body { font: 16px/1.5 sans-serif; background: #f0f4f9; color: #1f1f1f }
main { max-width: 34rem; margin: 3rem auto; padding: 2rem; background: #fff; border-radius: 1rem }
label { display: block; padding: .35rem 0 } small { color: #5f6368 }
</style></head>
<body><main>
<h1>Put an event into Google Calendar</h1>
<p><small>This is a stand-in for Google. Daybook hears of it as it would from Google.</small></p>
{% if told %}<p role="status"><b>{{ told }}</b></p>{% endif %}
<form method="post">
<label>Whose calendar <select name="calendar">
{% for name in calendars %}<option>{{ name }}</option>{% endfor %}
</select></label>
<label>Title <input name="title" value="Tasting" required></label>
<label>Start <input name="start" type="datetime-local" value="{{ start }}" required></label>
<label>Minutes <input name="minutes" type="number" min="5" max="1440" value="30" required></label>
<label>Guest <input name="guest" type="email" placeholder="olga@vist.test"></label>
<button>Put it in</button>
</form>
</main></body></html>""",
    autoescape=True,
    trim_blocks=True,
)


def putting_routes(world: GoogleWorld) -> Sequence[Route]:
    """The page, and what it sends."""

    async def show(request: Request) -> Response:
        with world.lock:
            calendars = sorted(one.id for one in world.calendars.values() if one.id == one.owner)
        tomorrow = (world.now() + timedelta(days=1)).replace(hour=15, minute=0)
        told = request.query_params.get("told", "")
        return HTMLResponse(_PAGE.render(calendars=calendars, start=f"{tomorrow:%Y-%m-%dT%H:%M}", told=told))

    async def put(request: Request) -> Response:
        typed = dict(parse_qsl((await request.body()).decode()))
        try:
            told = _put(world, typed)
        except (ApiError, KeyError, ValueError):
            told = "That is no event. Nothing was put in."
        return RedirectResponse(str(request.url.include_query_params(told=told)), status_code=303)

    return (Route(PUT, show), Route(PUT, put, methods=["POST"]))


def _put(world: GoogleWorld, typed: Mapping[str, str]) -> str:
    owner, guest = typed["calendar"], typed.get("guest", "")
    zone = ZoneInfo(world.calendars[owner].zone)
    start = datetime.fromisoformat(typed["start"]).replace(tzinfo=zone)
    end = start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=int(typed["minutes"]))
    people = [{"email": owner, "self": True, "responseStatus": "accepted"}]
    people += [{"email": guest, "responseStatus": "needsAction"}] if guest else []
    world.put_event(
        owner,
        summary=typed["title"],
        start=start.isoformat(timespec="minutes")[:16],
        end=end.astimezone(zone).isoformat(timespec="minutes")[:16],
        **({"attendees": people} if guest else {}),
    )
    return f"{typed['title']} is in {owner}'s calendar."
