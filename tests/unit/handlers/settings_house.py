"""Every handler of Calendar Settings on Acme, and what they are sent and show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.calendar_choice import ChoiceField
from bot.domain.calendars import AccessRole, RemoteCalendar
from bot.domain.events import EventPage
from bot.domain.preference_changes import WEEKDAY_FIELDS, PreferenceField
from bot.domain.preferences import Preferences
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.settings.sync_option import OptionField
from bot.rendering.surfaces import Message, Modal
from bot.usecases.change_schedule import ChangeSchedule
from bot.usecases.choose_calendars import ChooseCalendars, OfferCalendars
from bot.usecases.preview_option import PreviewOption
from bot.usecases.show_settings import ShowSettings
from bot.usecases.show_status import RequestSync, ShowStatus
from bot.usecases.switch_option import ShowSwitch, SwitchOption
from bot.usecases.undo_switch import UndoSwitch
from handlers.actions import settings as settings_actions
from handlers.options import zones
from handlers.payload import Payload
from handlers.registry import Handler, Kind, Prepared, Registry
from handlers.views import settings_calendars, settings_dates, settings_forms, settings_option
from handlers.views.settings_below import refresh_with
from handlers.waiting import WaitForSync
from tests.builders import BERLIN
from tests.fakes.work_queue import ThreadlessQueue
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import DrawnHomes, RecordingReply, acting, run
from tests.unit.rendering.answers import ACME, ana
from tests.unit.rendering.screen import read_view

SETTINGS_VIEW = "V1"
_ON_FORM = {
    CallbackId.SETTINGS_HOURS: WEEKDAY_FIELDS,
    CallbackId.SETTINGS_DATES: (PreferenceField.FIRST_DATE, PreferenceField.LAST_DATE, PreferenceField.DATE_HOURS),
    CallbackId.SETTINGS_MEETINGS: (
        PreferenceField.LENGTH,
        PreferenceField.STEP,
        PreferenceField.BEFORE,
        PreferenceField.AFTER,
    ),
    CallbackId.SETTINGS_LIMITS: (PreferenceField.NOTICE, PreferenceField.HORIZON, PreferenceField.DAILY_CAP),
    CallbackId.SETTINGS_AUDIENCE: (PreferenceField.AUDIENCE, PreferenceField.INVITED),
    CallbackId.SETTINGS_BLOCKING: (PreferenceField.BLOCKING, PreferenceField.WHEN_STALE),
}
_FIELDS: dict[CallbackId, dict[str, ActionId]] = {
    **{form: dict.fromkeys(fields, ActionId.SETTING) for form, fields in _ON_FORM.items()},
    CallbackId.SETTINGS_ZONE: {PreferenceField.ZONE: ActionId.ZONE},
    CallbackId.SET_UP: {
        ChoiceField.LINKED: ActionId.LINKED_CALENDAR,
        ChoiceField.CONFLICTS: ActionId.CONFLICT_CALENDARS,
        ChoiceField.OPTION: ActionId.SETTING,
    },
    CallbackId.SYNC_OPTION: dict.fromkeys(OptionField, ActionId.SETTING),
}
"""What stands on each form, as Slack sends it even where nothing was entered."""


class Listing:
    """Implements `ports.CalendarGateway` of an account with two calendars that can be written to."""

    def __init__(self, linked: str) -> None:
        self._linked = linked

    def calendars(self, account_id: UUID) -> Sequence[RemoteCalendar]:
        return [
            RemoteCalendar(self._linked, "Ana", BERLIN, AccessRole.OWNER, is_primary=True),
            RemoteCalendar("office@group.test", "Office", BERLIN, AccessRole.OWNER, is_primary=False),
        ]

    def changes(
        self, account_id: UUID, remote_id: str, *, sync_token: str | None, since: datetime
    ) -> Iterator[EventPage]:
        raise AssertionError("settings read no events")


@dataclass
class House:
    """Every handler of the settings on Acme."""

    acme: Acme
    handlers: Sequence[Handler]
    offer: OfferCalendars
    homes: DrawnHomes

    def press(self, action_id: str, value: str, *, metadata: str = "", below: str = "") -> RecordingReply:
        """A button in the settings, or in a view on top of them."""
        return run(
            self._prepared(Kind.ACTION, action_id.partition(":")[0], self._action(action_id, value, metadata, below))
        )

    def submit(self, form: CallbackId, **fields: object) -> Prepared:
        """A form on top of the settings, with its fields by block id."""
        return self.submit_over(SETTINGS_VIEW, SETTINGS_VIEW, form, fields)

    def submit_over(
        self, below: str, metadata: str, form: CallbackId, fields: Mapping[str, object] | None = None
    ) -> Prepared:
        """A form on top of the view `below`, carrying `metadata`; fields that are not named are left empty."""
        blank: dict[str, object] = {block: {action: {}} for block, action in _FIELDS.get(form, {}).items()}
        view: dict[str, object] = {
            "id": "V2",
            "hash": "1.a",
            "type": "modal",
            "callback_id": form,
            "private_metadata": metadata,
            "previous_view_id": below,
            "state": {"values": blank | dict(fields or {})},
        }
        return self._prepared(Kind.VIEW, form, self._person() | {"view": view})

    def submit_bare(self, form: CallbackId, **fields: object) -> Prepared:
        """A form that has no other fields than these."""
        view = {"id": "V2", "hash": "1.a", "type": "modal", "callback_id": form, "state": {"values": fields}}
        return self._prepared(Kind.VIEW, form, self._person() | {"view": view})

    @property
    def preferences(self) -> Preferences:
        with self.acme.store.reading() as work:
            return work.schedules.of(acting(ana), {ana.id: ana.zone})[ana.id]

    def mark(self, name: str) -> str:
        """What the form calls a calendar."""
        return next(one.mark for one in self.offer(acting(ana)).calendars if one.calendar.name == name)

    def _prepared(self, kind: Kind, name: str, body: dict[str, object]) -> Prepared:
        handler = Registry(self.handlers).find(kind, name)
        assert handler is not None, name
        return handler.prepare(Payload(body))

    def _person(self) -> dict[str, object]:
        team = {"id": ACME.slack_team_id}
        return {"user": {"id": "U1", "team_id": ACME.slack_team_id}, "team": team, "trigger_id": "1.2.3"}

    def _action(self, action_id: str, value: str, metadata: str, below: str) -> dict[str, object]:
        view = {"id": SETTINGS_VIEW, "hash": "1.a", "type": "modal", "callback_id": "", "private_metadata": metadata}
        actions = [{"action_id": action_id, "block_id": "b", "type": "button", "value": value}]
        return self._person() | {"view": {**view, "previous_view_id": below}, "actions": actions}


def a_house() -> House:
    """Nothing was decided yet, and Ana uses one of her two calendars."""
    acme = Acme()
    homes = DrawnHomes()
    show, change = ShowSettings(acme.store, acme.clock), ChangeSchedule(acme.store)
    offer = OfferCalendars(acme.store, Listing(acme.calendars[ana.id].remote_id), acme.clock)
    choose = ChooseCalendars(acme.store, offer, acme.clock, lambda: UUID(int=777))
    refresh = refresh_with(show, homes)
    show_status = ShowStatus(acme.store, acme.clock)
    wait = WaitForSync(show_status, ThreadlessQueue())
    preview = PreviewOption(acme.store, acme.clock)
    cases = settings_option.OptionCases(
        preview=preview,
        switch=SwitchOption(acme.store, preview, acme.clock, lambda: UUID(int=888)),
        show_switch=ShowSwitch(acme.store),
        undo=UndoSwitch(acme.store, acme.clock),
        request_sync=RequestSync(acme.store, acme.clock),
    )
    show_preview = settings_option.show_preview_with(cases, show_status, wait)
    handlers = (
        *settings_actions.handlers(show, offer),
        *settings_calendars.handlers(offer, choose, show_preview, refresh),
        *settings_option.handlers(cases, show, show_status, show_preview, refresh, wait),
        *settings_forms.handlers(change, refresh),
        *settings_dates.handlers(show, change, refresh, acme.clock),
        zones.handler(),
    )
    return House(acme, handlers, offer, homes)


def lines(shown: Message | Modal) -> list[str]:
    assert isinstance(shown, Modal)
    return read_view(shown)


def shown_below(reply: RecordingReply) -> list[str]:
    """What the settings under the form read after it was saved."""
    return next(lines(shown) for way, shown in reply.shown if way == "update_below")
