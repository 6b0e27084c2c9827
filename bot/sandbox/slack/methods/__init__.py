"""The methods of the Web API that an app may call, each with the scopes it asks for."""

from collections.abc import Mapping

from bot.sandbox.slack.methods import chat, conversations, users, views
from bot.sandbox.slack.methods.call import Method

METHODS: Mapping[str, Method] = {**users.METHODS, **conversations.METHODS, **chat.METHODS, **views.METHODS}
