"""Calendar Settings as it opens: the tabs, and under them the rows of the one that is turned to."""

from bot.domain.calendar_settings import CalendarSettings
from bot.rendering.blocks import VIEW_BLOCKS, actions, button, context, fit
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, SettingsTab, numbered
from bot.rendering.settings.availability import availability_rows
from bot.rendering.settings.calendars import calendar_rows
from bot.rendering.settings.video import video_rows
from bot.rendering.surfaces import Block, Modal

TITLE = "Calendar Settings"
_TITLES = {
    SettingsTab.CALENDARS: "Calendars",
    SettingsTab.AVAILABILITY: "Availability",
    SettingsTab.VIDEO: "Video Conferencing",
}
_ROWS = {
    SettingsTab.CALENDARS: calendar_rows,
    SettingsTab.AVAILABILITY: availability_rows,
    SettingsTab.VIDEO: video_rows,
}


def settings_modal(settings: CalendarSettings, tab: SettingsTab, *, note: str = "") -> Modal:
    """The member's settings; `note` says on top what was just done, ready for mrkdwn."""
    blocks = [_tabs(tab), *([context(note)] if note else []), *_ROWS[tab](settings)]
    return Modal(TITLE, fit(blocks, limit=VIEW_BLOCKS))


def opening_settings() -> Modal:
    """What is on the screen while they are looked up."""
    return loading(TITLE)


def _tabs(shown: SettingsTab) -> Block:
    return actions(
        *(
            # The mark tells the tab that is shown to those who see no colour.
            button(
                f"• {title}" if tab is shown else title,
                numbered(ActionId.SETTINGS_TAB, tab),
                value=tab,
                primary=tab is shown,
            )
            for tab, title in _TITLES.items()
        )
    )
