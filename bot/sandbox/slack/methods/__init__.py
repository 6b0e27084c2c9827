"""The methods of the Web API that an app may call, each with the scopes it asks for."""

from collections.abc import Mapping

from bot.sandbox.slack.methods import chat, conversations, files, history, users, views
from bot.sandbox.slack.methods.call import Method

METHODS: Mapping[str, Method] = {
    **users.METHODS,
    **conversations.METHODS,
    **history.METHODS,
    **chat.METHODS,
    **files.METHODS,
    **views.METHODS,
}
