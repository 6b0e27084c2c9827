"""Ask a colleague to connect a calendar, so that people can see when that colleague is free."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import DaybookError
from bot.domain.people import Actor, Member
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Notifier, Store
from bot.usecases.resolve_members import ResolveMembers

_LEASE = timedelta(minutes=2)


class ConnectedMeanwhile(DaybookError):
    """There is nothing to ask for any more."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has connected a calendar meanwhile, so nobody was asked. Look for times again.")


class AskedAlready(DaybookError):
    """Once a day is kind, more is not."""

    def __init__(self, name: str) -> None:
        super().__init__(f"You asked {name} today already. One message a day is enough; {name} has yours.")


class AskToConnect:
    """One direct message a day from the actor to a colleague; nothing is stored but that it was sent."""

    def __init__(self, store: Store, notifier: Notifier, resolve_members: ResolveMembers, clock: Clock) -> None:
        self._store = store
        self._notifier = notifier
        self._resolve = resolve_members
        self._clock = clock

    def __call__(self, actor: Actor, slack_user_id: str) -> None:
        """Raises `ConnectedMeanwhile`, `AskedAlready`, `NotAllowed`, and `ProviderError` when Slack refuses."""
        require_full_member(actor)
        member = self._resolve(actor, [slack_user_id])[0]
        key = self._claimed(actor, member)
        try:
            self._notifier.ask_to_connect(actor, member)
        except Exception:
            with self._store.writing() as work:
                work.inbox.release(key)
                work.commit()
            raise
        with self._store.writing() as work:
            work.inbox.done(key, now=self._clock.now(), answer="")
            work.commit()

    def _claimed(self, actor: Actor, member: Member) -> str:
        """The right to ask, by its name; the day is the actor's own."""
        now = self._clock.now()
        day = now.astimezone(ZoneInfo(actor.zone)).date()
        key = f"asked:{actor.member_id}:{member.id}:{day}"
        with self._store.writing() as work:
            if work.calendars.of_members(actor, [member.id]):
                raise ConnectedMeanwhile(member.name)
            if not work.inbox.claim(key, now=now, lease=_LEASE):
                raise AskedAlready(member.name)
            work.commit()
        return key
