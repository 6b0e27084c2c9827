"""A permission that died, told to its owner."""

from dataclasses import replace

from bot.domain.accounts import AccountStatus
from bot.rendering.reconnect import needs_reconnecting
from tests.builders import NEW_YORK, at
from tests.unit.rendering.connections import WORK
from tests.unit.rendering.screen import buttons_of, read_message

BROKEN = replace(WORK, status=AccountStatus.NEEDS_RECONNECT, broken_since=at("9:14"))


def test_the_message_tells_since_when_nothing_was_read_and_leads_back() -> None:
    message = needs_reconnecting(BROKEN, NEW_YORK)
    assert message.text == "Google stopped accepting Daybook's access to ana@acme.test. Reconnect it to go on."
    assert read_message(message) == [
        (
            "Google stopped accepting Daybook's access to *ana@acme.test*. Its calendars have not been read since "
            f"<!date^{int(at('9:14').timestamp())}^{{date_short}}, {{time}}|Tue 24 Nov, 3:14 New York>. "
            "What was read still blocks; newer events are unknown."
        ),
        "[Reconnect] [Why did this happen?]",
    ]
    assert buttons_of(message) == {"Reconnect": "connect", "Why did this happen?": str(BROKEN.id)}


def test_without_a_known_beginning_none_is_told() -> None:
    message = needs_reconnecting(replace(BROKEN, broken_since=None), NEW_YORK)
    assert read_message(message)[0] == (
        "Google stopped accepting Daybook's access to *ana@acme.test*. "
        "What was read still blocks; newer events are unknown."
    )
