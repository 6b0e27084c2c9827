"""What is typed after a command is taken literally, but for the people in it."""

import pytest

from handlers.typed_text import as_shown, as_typed


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("slots <mailto:maya@ortiz.test|maya@ortiz.test> 30m", "slots maya@ortiz.test 30m"),
        ("<mailto:maya@ortiz.test>", "maya@ortiz.test"),
        ("<http://acme.test|acme.test>", "acme.test"),
        ("<https://acme.test/a?b&amp;c>", "https://acme.test/a?b&c"),
        ("R&amp;D &lt;3", "R&D <3"),
        ("<@U1|ana> <#C1|sales> <!here>", "<@U1|ana> <#C1|sales> <!here>"),
        ("&lt;@U1&gt;", "&lt;@U1>"),
        ("&amp;lt;b", "&lt;b"),
    ],
)
def test_a_commands_text_is_what_was_typed(sent: str, typed: str) -> None:
    assert as_typed(sent) == typed


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<@U1|ana>", "@ana"),
        ("<@U1>", "@U1"),
        ("<#C1|sales>", "#sales"),
        ("<!here>", "@here"),
        ("<!subteam^S1|@sales>", "@sales"),
        ("<>", "<>"),
        ("&lt;@U1>", "<@U1>"),
        ("&lt;b", "&lt;b"),
    ],
)
def test_who_was_named_is_shown_by_name(typed: str, shown: str) -> None:
    assert as_shown(typed) == shown
