"""Markup in texts on the page of the stand-in, as its reader sees it."""

from datetime import UTC, datetime

import pytest

from bot.sandbox.slack.mrkdwn import Reader
from bot.sandbox.slack.page.markup import from_mrkdwn, rich
from tests.contracts.slack_standin_bot import TUESDAY


def a_reader() -> Reader:
    names = {"U1": "ana"}
    return Reader("Europe/Berlin", datetime.fromtimestamp(TUESDAY, UTC), twelve_hours=False, name_of=names.get)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*bold*, _leaning_ and ~gone~", "<strong>bold</strong>, <em>leaning</em> and <s>gone</s>"),
        ("_read *4 min* ago_", "<em>read <strong>4 min</strong> ago</em>"),
        ("2*3*4 snake_case_name * no *", "2*3*4 snake_case_name * no *"),
        ("`*as it is*` &amp; so", "<code>*as it is*</code> &amp; so"),
        ("```a\n<b```", "<pre>a\n&lt;b</pre>"),
        ("one\ntwo", "one<br>two"),
        ("said\n&gt; this\n&gt; that", "said<blockquote>this<br>that</blockquote>"),
        ("<@U1> in <#C1|x>", '<span class="mention">@ana</span> in <span class="mention">#x</span>'),
        (
            "*<!date^1795507200^{date_short_pretty} {time}|then>*",
            '<strong><time datetime="2026-11-24T08:00:00+00:00">Today 9:00</time></strong>',
        ),
        (
            "<https://a.test/?a=1&amp;b=_2_|here>",
            '<a href="https://a.test/?a=1&amp;b=_2_" target="_blank" rel="noopener noreferrer">here</a>',
        ),
        ("<javascript:alert(1)|here>", "here"),
    ],
)
def test_markup_is_shown_as_its_reader_sees_it(written: str, shown: str) -> None:
    assert str(from_mrkdwn(written, a_reader())) == shown


def test_rich_text_is_shown_with_its_styles() -> None:
    runs = [{"type": "text", "text": "Ana", "style": {"bold": True}}, {"type": "text", "text": " <b>"}]
    item = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}
    block = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": runs},
            {"type": "rich_text_list", "style": "bullet", "elements": [item]},
        ],
    }
    mention = '<span class="mention">@ana</span>'
    assert rich(block, a_reader()) == f"<div><strong>Ana</strong> &lt;b&gt;</div><ul><li>{mention}</li></ul>"
