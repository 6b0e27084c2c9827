"""The first word about what broke, was lost or has to be decided: each owner gets it once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.contacts import NewContact
from bot.domain.errors import ProviderDown
from bot.domain.fuse import Fuse
from bot.domain.invitee_questions import WAIT
from bot.domain.people import Member, Standing
from bot.usecases.announce_broken_accounts import AnnounceBrokenAccounts
from bot.usecases.ask_about_invitees import AskAboutInvitees
from bot.usecases.ask_about_losses import AskAboutLosses
from tests.fakes.alert_messages import Killed
from tests.fakes.notifier import RecordingNotifier
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import ACME, ana, ben

REFUSED = ProviderDown("Slack did not take the message.")
MINUTE = timedelta(minutes=1)


class Refusing(RecordingNotifier):
    """Raises what is in `raised` instead of whatever is to be said, and counts the tries."""

    def __init__(self) -> None:
        super().__init__()
        self.tries = 0
        self.raised: list[BaseException] = []

    def said(self) -> list[str]:
        """To whom something was said."""
        everything = (self.told_to_reconnect, self.asked_about_losses, self.asked_about_invitees)
        return sorted(str(one[0]) for kind in everything for one in kind)

    def tried(self) -> None:
        self.tries += 1
        if self.raised:
            raise self.raised.pop(0)

    def needs_reconnecting(self, *about: object) -> None:
        self.tried()
        super().needs_reconnecting(*about)  # type: ignore[arg-type]  # as it came

    def ask_about_loss(self, *about: object) -> None:
        self.tried()
        super().ask_about_loss(*about)  # type: ignore[arg-type]  # as it came

    def ask_about_invitees(self, *about: object) -> None:
        self.tried()
        super().ask_about_invitees(*about)  # type: ignore[arg-type]  # as it came


class House(Acme):
    """Ana and Ben, to both of whom the same has to be said."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.notifier = Refusing()
        self.run = self._jobs()[what]
        for member in (ana, ben):
            self._happens(what, member)
        self.clock.time += WAIT

    def runs_for(self, minutes: int) -> list[str]:
        """To whom something was said by the end, when the job ran every minute."""
        for _ in range(minutes):
            self.run()
            self.clock.time += MINUTE
        return self.notifier.said()

    def _jobs(self) -> dict[str, Callable[[], int]]:
        return {
            "broken": AnnounceBrokenAccounts(self.store, self.notifier, self.clock),
            "losses": AskAboutLosses(self.store, self.notifier, self.clock),
            "invitees": AskAboutInvitees(self.store, self.notifier, self.clock),
        }

    def _happens(self, what: str, member: Member) -> None:
        calendar = self.calendars[member.id]
        with self.store.writing() as work:
            if what == "broken":
                work.accounts.mark_broken(calendar.account_id, self.clock.now())
            elif what == "invitees":
                work.invitees.ask(ACME.id, member.id, [NewContact("maya@ortiz.test", "Maya")], self.clock.now())
            work.commit()
        if what == "losses":
            row = self.store.tables.calendars[calendar.id]
            held = replace(row, calendar=replace(row.calendar, fuse=Fuse(number=1, gone=6, coming=8)))
            self.store.tables.calendars[calendar.id] = held


@pytest.fixture(params=["broken", "losses", "invitees"])
def house(request: pytest.FixtureRequest) -> House:
    return House(request.param)


# fault 36
def test_everybody_is_told_once(house: House) -> None:
    assert house.runs_for(60) == ["U1", "U2"]


# fault 34
def test_a_process_that_dies_leaves_one_of_them_untold_and_no_other(house: House) -> None:
    house.notifier.raised = [Killed()]
    with pytest.raises(Killed):
        house.run()
    assert len(house.runs_for(60)) == 1


# fault 36
def test_what_slack_refuses_is_tried_again_an_hour_later(house: House) -> None:
    house.notifier.raised = [REFUSED, REFUSED]
    assert house.runs_for(60) == []
    assert house.notifier.tries == 2
    assert house.runs_for(60) == ["U1", "U2"]


# fault 36
def test_whom_slack_refuses_for_good_is_not_tried_for_ever(house: House) -> None:
    house.notifier.raised = [REFUSED] * 10_000
    assert house.runs_for(3 * 24 * 60) == []
    assert house.notifier.tries == 2 * 25


# fault 13
def test_who_left_is_told_nothing_and_not_tried_again(house: House) -> None:
    house.store.tables.members[ana.id] = replace(ana, standing=Standing.DEACTIVATED)
    assert house.runs_for(120) == ["U2"]
    assert house.notifier.tries == 1
