"""The jobs that run by the clock, each a use-case under a name, and the one wrapper that catches what they raise.

APScheduler only ticks: what is due stands in the database, and a job claims it there, so that any number of
processes may run the same jobs. Its own store stays in memory, because two schedulers must never share one.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

_log = logging.getLogger(__name__)

Count = Callable[[str, str], None]
"""Told the name of a job and how it went, after every run."""


@dataclass(frozen=True, slots=True)
class Job:
    """A use-case to run every so often; a tick that comes more than `grace` late is left to the next one."""

    name: str
    run: Callable[[], object]
    every: timedelta
    grace: timedelta


def build_scheduler(jobs: Sequence[Job], count: Count) -> BackgroundScheduler:
    """A scheduler with these jobs, not started; one run of a job at a time, missed ticks made good by one."""
    scheduler = BackgroundScheduler(timezone=UTC)
    for job in jobs:
        scheduler.add_job(
            guarded(job, count),
            "interval",
            id=job.name,
            name=job.name,
            seconds=job.every.total_seconds(),
            jitter=job.every.total_seconds() / 10,
            # APScheduler's own default is one second, after which a tick is dropped: too little on a busy machine.
            misfire_grace_time=int(job.grace.total_seconds()),
            coalesce=True,
            max_instances=1,
        )
    return scheduler


def guarded(job: Job, count: Count) -> Callable[[], None]:
    """The job as the scheduler calls it: what it raises is logged under its name, and the next tick comes."""

    def run() -> None:
        try:
            job.run()
        except Exception:  # noqa: BLE001 - the entry point of everything that runs by the clock
            count(job.name, "failed")
            _log.exception("a job failed", extra={"job": job.name})
        else:
            count(job.name, "done")

    return run
