"""Everything Slack knows, in one place: the app, the people, what was said and what is on their screens."""

import dataclasses
from collections.abc import Callable
from datetime import datetime

from bot.sandbox.slack.files import Files
from bot.sandbox.slack.messages import Messages
from bot.sandbox.slack.people import People
from bot.sandbox.slack.pulse import Pulse
from bot.sandbox.slack.refusal import Problems
from bot.sandbox.slack.registration import Registration
from bot.sandbox.slack.tickets import Tickets
from bot.sandbox.slack.views import Views


@dataclasses.dataclass
class Backend:
    """The parts share one lock, `pulse`; `clock` gives seconds since 1970; `url` is where Slack is served.

    `app_clock` is what time it is for the app, aware, where that goes by a clock of its own.
    """

    app: Registration
    clock: Callable[[], float]
    pulse: Pulse
    people: People
    messages: Messages
    views: Views
    tickets: Tickets
    problems: Problems
    files: Files
    url: str = ""
    app_clock: Callable[[], datetime] | None = None


def new_backend(app: Registration, clock: Callable[[], float], trigger_seconds: float) -> Backend:
    """An empty Slack with this app registered, whose triggers live so long."""
    pulse = Pulse()
    return Backend(
        app,
        clock,
        pulse,
        People(pulse, app),
        Messages(pulse, clock),
        Views(pulse, clock, app),
        Tickets(pulse, clock, trigger_seconds),
        Problems(),
        Files(pulse),
    )
