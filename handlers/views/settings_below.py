"""Draws Calendar Settings anew underneath a form that changed them."""

from collections.abc import Callable

from bot.domain.people import Actor
from bot.rendering.names import SettingsTab
from bot.rendering.settings.frame import settings_modal
from bot.usecases.show_settings import ShowSettings
from handlers.home import RefreshHome
from handlers.interaction import Interaction
from handlers.reply import Reply

Refresh = Callable[[Actor, Interaction, Reply, str, SettingsTab], None]
"""Draws the settings on the tab, if they are the view under the one acted in, and Home; see `refresh_with`."""


def refresh_with(show: ShowSettings, refresh_home: RefreshHome) -> Refresh:
    """What is done after each change.

    A form carries the id of the view that it was opened from. Only if Slack says that this is the view under it
    are the settings drawn there: it might be another modal.
    """

    def refresh(actor: Actor, interaction: Interaction, reply: Reply, below: str, tab: SettingsTab) -> None:
        view = interaction.view
        try:
            if below and view is not None and view.previous_id == below:
                reply.update_below(settings_modal(show(actor), tab))
        finally:  # it was changed, whatever Slack says of the settings
            refresh_home(actor)

    return refresh
