"""Builds what reminders need: the use-case behind their form, and the jobs that send them and ask afterwards."""

import random
from datetime import timedelta

from bot.app.digests import channel_readers
from bot.app.foundation import DELIVERIES, Foundation
from bot.clients.slack_channels import SlackChannels
from bot.jobs import Job
from bot.usecases.choose_reminders import ChooseReminders
from bot.usecases.plan_questions import PlanQuestions
from bot.usecases.reminder_channels import ReminderChannels
from bot.usecases.send_reminder import SendReminder
from bot.usecases.send_reminders import SendReminders
from handlers.views.settings_reminders import ReminderCases


def reminder_cases(base: Foundation) -> ReminderCases:
    """What the form calls."""
    return ReminderCases(choose=ChooseReminders(base.store, SlackChannels(base.slack), base.clock))


def reminder_jobs(base: Foundation) -> tuple[Job, ...]:
    """What runs by the clock: reminders by the second, because a start does not wait, and questions by the minute."""
    jitter = random.SystemRandom().random
    channels = ReminderChannels(base.store, SlackChannels(base.slack), channel_readers(base))
    send = SendReminder(base.store, base.reminder_posts, channels, base.clock, jitter)
    send_due = SendReminders(base.store, send, base.deliveries, base.clock, limit=DELIVERIES)
    return (
        Job("plan_questions", PlanQuestions(base.store, base.clock), timedelta(seconds=10), timedelta(minutes=5)),
        Job("send_reminders", send_due, every=timedelta(seconds=5), grace=timedelta(seconds=60)),
    )
