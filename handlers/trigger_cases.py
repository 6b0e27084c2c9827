"""The use-cases that the handlers of triggers call."""

from dataclasses import dataclass

from bot.usecases.run_firing_again import RunFiringAgain
from bot.usecases.save_trigger import RenewSecret, SaveTrigger
from bot.usecases.show_triggers import ShowTrigger, ShowTriggers, TriggerFormOf
from bot.usecases.stop_trigger import DeleteTrigger, PauseTrigger
from bot.usecases.try_trigger import TryTrigger


@dataclass(frozen=True, slots=True)
class TriggerCases:
    """What the list, the form and the ledger call."""

    delete: DeleteTrigger
    form_of: TriggerFormOf
    pause: PauseTrigger
    renew_secret: RenewSecret
    run_again: RunFiringAgain
    save: SaveTrigger
    show: ShowTrigger
    show_all: ShowTriggers
    try_it: TryTrigger
