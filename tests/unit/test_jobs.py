"""The one wrapper around everything that runs by the clock."""

from datetime import timedelta

from bot.jobs import Job, build_scheduler, guarded
from tests.kept_logging import logging_to_text


def a_job(run: object, name: str = "sync_due_calendars") -> Job:
    assert callable(run)
    return Job(name, run, every=timedelta(seconds=2), grace=timedelta(seconds=30))


def test_a_job_that_went_well_is_counted() -> None:
    counted: list[tuple[str, str]] = []
    guarded(a_job(lambda: 3), lambda *told: counted.append(told))()
    assert counted == [("sync_due_calendars", "done")]


def test_a_job_that_failed_is_counted_and_logged_under_its_name_and_the_next_tick_comes() -> None:
    counted: list[tuple[str, str]] = []

    def fail() -> None:
        raise ZeroDivisionError("nobody can divide by it")

    with logging_to_text("INFO") as text:
        guarded(a_job(fail), lambda *told: counted.append(told))()
    assert counted == [("sync_due_calendars", "failed")]
    assert "job=sync_due_calendars" in text.getvalue()
    assert "nobody can divide by it" in text.getvalue()


# fault 23
def test_what_a_failing_job_held_is_not_told() -> None:
    def fail() -> None:
        token = "ya29.canary-of-the-access-token"
        raise ValueError(f"refused: {token}")

    with logging_to_text("INFO") as text:
        guarded(a_job(fail), lambda *_told: None)()
    assert "canary" not in text.getvalue()
    assert "refused: [secret]" in text.getvalue()


def test_jobs_have_names_of_their_own_and_explicit_grace() -> None:
    scheduler = build_scheduler([a_job(int), a_job(int, "clean_up")], lambda *_told: None)
    told = {job.id: (job.misfire_grace_time, job.max_instances, job.coalesce) for job in scheduler.get_jobs()}
    assert told == {"sync_due_calendars": (30, 1, True), "clean_up": (30, 1, True)}
