"""Builds what triggers need: the use-cases behind their screens, and the job that has them fire."""

import random
from datetime import timedelta

from bot.app.foundation import FIRINGS, Foundation
from bot.clients.slack_channels import SlackChannels
from bot.clients.system import new_id, new_secret
from bot.jobs import Job
from bot.usecases.carry_out_firing import CarryOutFiring
from bot.usecases.fire_triggers import FireTriggers
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.run_firing_again import RunFiringAgain
from bot.usecases.save_trigger import RenewSecret, SaveTrigger
from bot.usecases.show_triggers import ShowTrigger, ShowTriggers, TriggerFormOf
from bot.usecases.stop_trigger import DeleteTrigger, PauseTrigger
from bot.usecases.try_trigger import TryTrigger
from handlers.trigger_cases import TriggerCases


def trigger_cases(base: Foundation, resolve: ResolveMembers) -> TriggerCases:
    """What the list, the form and the ledger call."""
    store, clock, channels = base.store, base.clock, SlackChannels(base.slack)
    return TriggerCases(
        delete=DeleteTrigger(store),
        form_of=TriggerFormOf(store),
        pause=PauseTrigger(store, clock),
        renew_secret=RenewSecret(store, new_secret),
        run_again=RunFiringAgain(store, clock),
        save=SaveTrigger(store, clock, new_secret, channels, base.webhooks, resolve),
        show=ShowTrigger(store),
        show_all=ShowTriggers(store),
        try_it=TryTrigger(store, base.posts, base.webhooks, clock, new_id, channels=channels),
    )


def trigger_jobs(base: Foundation) -> tuple[Job, ...]:
    """What runs by the clock for triggers."""
    jitter = random.SystemRandom().random
    channels = SlackChannels(base.slack)
    carry_out = CarryOutFiring(base.store, base.posts, base.webhooks, base.clock, jitter, channels=channels)
    fire = FireTriggers(base.store, carry_out, base.firings, base.clock, limit=2 * FIRINGS)
    return (Job("fire_triggers", fire, every=timedelta(seconds=1), grace=timedelta(seconds=30)),)
