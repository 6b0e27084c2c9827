"""A host is erased at the very moment at which something else becomes of his reminders; both come to an end."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection

from bot.domain.cards import PostedCard
from bot.domain.erasure import Forgetting
from storage.repositories.effect_rows import lock_appointments
from storage.repositories.member_erasure import erase_member
from storage.repositories.reminders import SqlReminders
from tests.builders import at
from tests.contracts.conftest import Database
from tests.contracts.reminder_town import SALES, ReminderTown
from tests.patience import PATIENCE

Deed = Callable[[Connection], None]


class Racing:
    """Ana, one of whose reminders is on its way to #sales, and who is to be erased."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.store = database.open()
        self.town = ReminderTown(self.store)
        self.town.chooses(10, channel_id=SALES, channel_name="sales")
        self.appointment = self.town.books("15:00-15:30")
        self.town.clock.time = at("14:50")
        self.claim = next(one for one in self.town.claims() if one.reminder.channel_id)

    def arrives(self, connection: Connection) -> None:
        told_start = self.claim.reminder.span.start
        SqlReminders(connection).sent(self.claim, PostedCard(SALES, "1.1"), self.town.clock.time, told_start=told_start)

    def is_noted(self, connection: Connection) -> None:
        SqlReminders(connection).note_problem(self.town.ana.member_id, SALES, "Daybook is not in that channel.")

    def is_held(self, connection: Connection) -> None:
        lock_appointments(connection, [self.appointment.id])

    def is_changed(self, connection: Connection) -> None:
        SqlReminders(connection).changed(self.appointment.id, self.town.clock.time)

    def erases_ana(self) -> bool:
        ana = self.town.ana
        with self._database.open().connected("writing") as connection:
            forgetting = Forgetting(ana.workspace_id, ana.member_id, ana.slack_user_id, self.town.clock.time)
            is_erased = erase_member(connection, forgetting)
            connection.commit()
        return is_erased

    def plays(self, first: Deed, then: Deed) -> bool:
        """Whether she is erased, which begins between the two deeds of another transaction."""
        with ThreadPoolExecutor(1) as threads:
            with self.store.connected("writing") as connection:
                first(connection)
                erased = threads.submit(self.erases_ana)
                time.sleep(0.3)  # it has come as far as it can
                then(connection)
                connection.commit()
            return erased.result(timeout=PATIENCE)


@pytest.fixture
def racing(database: Database) -> Racing:
    return Racing(database)


@pytest.mark.slow
def test_a_host_is_erased_while_his_channel_is_told(racing: Racing) -> None:
    assert racing.plays(racing.arrives, racing.is_noted)


@pytest.mark.slow
def test_a_host_is_erased_while_his_appointment_is_changed(racing: Racing) -> None:
    assert racing.plays(racing.is_held, racing.is_changed)
