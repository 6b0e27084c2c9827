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
FORMS_ALONE = frozenset(
    {
        "conversations.history",
        "conversations.info",
        "conversations.members",
        "conversations.replies",
        "files.getUploadURLExternal",
        "team.info",
        "users.info",
        "users.list",
        "users.lookupByEmail",
    }
)
"""Those that take their arguments out of a query or a form, and not out of JSON."""
