"""Builds what decides about Google's events: beside each sync, by the clock, and by hand."""

from datetime import timedelta

from bot.app.foundation import Foundation
from bot.clients.slack_directory import SlackDirectory
from bot.clients.system import new_id
from bot.jobs import Job
from bot.usecases.change_event import CancelEvent, MoveEvent, ShowEvent
from bot.usecases.decide_events import DecideEvents
from bot.usecases.decide_waiting import DecideWaiting
from bot.usecases.learn_colleagues import LearnColleagues
from bot.usecases.tell_declines import TellDeclines
from handlers.views.event import EventCases


def decide_events(base: Foundation) -> DecideEvents:
    """What decides as far as nobody has to be asked."""
    return DecideEvents(base.store, base.clock, new_id)


def event_cases(base: Foundation) -> EventCases:
    """What the views of one event call."""
    store, clock = base.store, base.clock
    return EventCases(
        show=ShowEvent(store),
        move=MoveEvent(store, base.events, clock),
        cancel=CancelEvent(store, base.events, clock),
    )


def deciding_jobs(base: Foundation) -> tuple[Job, ...]:
    """What runs by the clock for events that wait for a decision, and for contacts who decline."""
    learn = LearnColleagues(base.store, SlackDirectory(base.slack), base.clock)
    decide = DecideWaiting(base.store, decide_events(base), learn, base.copies, base.clock)
    tell = TellDeclines(base.store, base.notifier, base.clock)
    return (
        Job("decide_events", decide, every=timedelta(seconds=2), grace=timedelta(seconds=30)),
        Job("tell_declines", tell, every=timedelta(seconds=20), grace=timedelta(minutes=5)),
    )
