"""The private address of a week's picture: good for a day, and for what its maker may see when it is opened."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.domain.errors import LinkUnusable, NotFound, SecretUnreadable
from bot.domain.people import Actor, Standing, actor_of
from bot.domain.week import Week, WeekRequest, day_to_ask_by
from bot.ports import Clock, Sealer, Store
from bot.usecases.show_week import ShowWeek

LASTS = timedelta(hours=24)
PURPOSE = "the page of a week"
_LONGEST = 2000
_USELESS = "This link is not one of Daybook's, or only a part of one."
_TOO_OLD = "This link was good for a day, and that is over."
_NOT_HIS = "Daybook does not show this week any more."


class MakeWeekLink:
    """Seals who asked for which week into an address; nothing is stored."""

    def __init__(self, sealer: Sealer, clock: Clock, base_url: str) -> None:
        self._sealer = sealer
        self._clock = clock
        self._base_url = base_url

    def __call__(self, actor: Actor, week: Week) -> str:
        """The address of that week for that actor; whoever has it can open it."""
        told = {
            "workspace": str(actor.workspace_id),
            "actor": str(actor.member_id),
            "of": week.member.slack_user_id,
            "day": day_to_ask_by(week.first).isoformat(),
            "calendar": str(week.chosen or ""),
            "until": int((self._clock.now() + LASTS).timestamp()),
        }
        return f"{self._base_url}/week/{self._sealer.seal(json.dumps(told), purpose=PURPOSE)}"


class OpenWeekLink:
    """The week behind such an address, gathered anew by the rules of now."""

    def __init__(self, store: Store, sealer: Sealer, clock: Clock, show_week: ShowWeek) -> None:
        self._store = store
        self._sealer = sealer
        self._clock = clock
        self._show_week = show_week

    def __call__(self, token: str) -> Week:
        """Raises `LinkUnusable` for what is forged, too old, or about people who are gone; and as `ShowWeek` does."""
        if len(token) > _LONGEST:
            raise LinkUnusable(_USELESS)
        try:
            told = json.loads(self._sealer.open(token, purpose=PURPOSE))
        except (SecretUnreadable, ValueError) as error:
            raise LinkUnusable(_USELESS) from error
        # One without a day was made before an upgrade, at most a day ago.
        if datetime.fromtimestamp(told["until"], UTC) <= self._clock.now() or "day" not in told:
            raise LinkUnusable(_TOO_OLD)
        actor = self._actor(UUID(told["workspace"]), UUID(told["actor"]), told["of"])
        calendar = UUID(told["calendar"]) if told["calendar"] else None
        return self._show_week(actor, WeekRequest(told["of"], told["day"], calendar_id=calendar))

    def _actor(self, workspace_id: UUID, member_id: UUID, asked: str) -> Actor:
        """The one who asked, as he is now; nobody is looked up in Slack for a link."""
        with self._store.reading() as work:
            try:
                workspace = work.workspaces.get(workspace_id)
                actor = actor_of(work.members.get(workspace_id, member_id), workspace)
            except NotFound as error:
                raise LinkUnusable(_NOT_HIS) from error
            is_known = bool(work.members.by_slack_ids(workspace_id, [asked]))
        if actor.standing is not Standing.FULL or not is_known:
            raise LinkUnusable(_NOT_HIS)
        return actor
