"""Builds what tells members what needs them: connections that broke, triggers that failed, events on appointments."""

from datetime import timedelta

from bot.app.foundation import Foundation
from bot.clients.slack_alerts import SlackAlerts
from bot.clients.system import new_id
from bot.jobs import Job
from bot.usecases.answer_landing import AnswerLanding
from bot.usecases.move_appointment import MoveAppointment
from bot.usecases.notice_landings import NoticeLandings
from bot.usecases.nudge_broken_accounts import NudgeBrokenAccounts
from bot.usecases.show_landings import ShowLandings
from bot.usecases.show_own_account import ShowOwnAccount
from bot.usecases.tell_failed_triggers import TellFailedTriggers
from bot.usecases.tell_landings import TellLandings
from handlers.actions.alerts import AlertCases


def notice_landings(base: Foundation) -> NoticeLandings:
    """What looks at each calendar that was read."""
    return NoticeLandings(base.store, base.clock)


def alert_cases(base: Foundation, move: MoveAppointment) -> AlertCases:
    """What the buttons under these messages call."""
    store, clock = base.store, base.clock
    return AlertCases(
        answer_landing=AnswerLanding(store, move, clock),
        show_landings=ShowLandings(store, clock),
        show_own_account=ShowOwnAccount(store),
    )


def alert_jobs(base: Foundation) -> tuple[Job, ...]:
    """What runs by the clock for them."""
    store, clock, messages = base.store, base.clock, SlackAlerts(base.slack)
    landings = TellLandings(store, messages, ShowLandings(store, clock).of, clock, new_id)
    nudges = NudgeBrokenAccounts(store, messages, clock)
    triggers = TellFailedTriggers(store, messages, clock)
    return (
        Job("tell_landings", landings, every=timedelta(seconds=3), grace=timedelta(minutes=1)),
        Job("nudge_broken_accounts", nudges, every=timedelta(minutes=1), grace=timedelta(minutes=10)),
        Job("tell_failed_triggers", triggers, every=timedelta(minutes=1), grace=timedelta(minutes=10)),
    )
