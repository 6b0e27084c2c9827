"""Slack's markup as HTML for one reader; whatever is no markup stays text."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from markupsafe import Markup, escape

from bot.sandbox.slack.mrkdwn import Reader, resolved
from bot.sandbox.slack.shape import Json

_PIECE = re.compile(r"```(?P<lines>.+?)```|`(?P<code>[^`\n]+)`|<(?P<angled>[^<>]+)>|:(?P<emoji>[a-z_]+):", re.DOTALL)
_LINK = re.compile(r"(https?://|mailto:)")
_DATE = re.compile(r"!date\^(\d{1,11})\^")
# Finished pieces are set aside under a number between two characters that no text may bring along.
_ASIDE = re.compile("\ue000(\\d+)\ue001")
_STYLES = tuple(
    (re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^{mark}\n]*[^{mark}\s]){mark}(?![\w{mark}])"), rf"<{tag}>\1</{tag}>")
    for mark, tag in ((r"\*", "strong"), ("_", "em"), ("~", "s"))
)
_EMOJI = {
    "warning": "⚠️",
    "white_check_mark": "✅",
    "x": "❌",
    "calendar": "📆",
    "bell": "🔔",
    "wave": "👋",
    "tada": "🎉",
    "information_source": "ℹ️",
}
_RUN_STYLES = {"bold": "strong", "italic": "em", "strike": "s", "code": "code"}
_PARTS = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}


def marked(text: Json, reader: Reader) -> Markup:
    """A text object; nothing in a plain one means anything but the ends of its lines."""
    if text["type"] == "mrkdwn":
        return from_mrkdwn(text["text"], reader)
    return Markup("<br>").join(_with_emoji(text["text"]).split("\n"))


def from_mrkdwn(markup: str, reader: Reader) -> Markup:
    """A piece of mrkdwn."""
    done: list[Markup] = []

    def aside(found: re.Match[str]) -> str:
        done.append(_piece(found, reader))
        return f"\ue000{len(done) - 1}\ue001"

    plain = _PIECE.sub(aside, re.sub("[\ue000\ue001]", "", markup))
    text = Markup("").join(_quoted(str(escape(html.unescape(plain)))))
    return Markup(_ASIDE.sub(lambda found: done[int(found.group(1))], text))  # noqa: S704 - escaped above


def rich(block: Json, reader: Reader) -> Markup:
    """A rich_text block."""
    return Markup("").join(_rich_part(part, reader) for part in block["elements"])


def link(address: str, words: str) -> Markup:
    """A link that opens beside the page; an address that is none of the web's is only words."""
    if not _LINK.match(address):
        return escape(words)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, words)


def _piece(found: re.Match[str], reader: Reader) -> Markup:
    if (lines := found["lines"]) is not None:
        return Markup("<pre>{}</pre>").format(resolved(lines.strip("\n"), reader))
    if (code := found["code"]) is not None:
        return Markup("<code>{}</code>").format(resolved(code, reader))
    if (emoji := found["emoji"]) is not None:
        return escape(_EMOJI.get(emoji, f":{emoji}:"))
    return _angled(found["angled"], reader)


def _angled(inside: str, reader: Reader) -> Markup:
    target, _, label = inside.partition("|")
    reads = resolved(f"<{inside}>", reader)
    if instant := _DATE.match(target):
        at = datetime.fromtimestamp(int(instant[1]), UTC)
        return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), reads)
    if target.startswith(("@", "#", "!")):
        return Markup('<span class="mention">{}</span>').format(reads)
    address = html.unescape(target)
    return link(address, html.unescape(label) or address.removeprefix("mailto:"))


def _quoted(escaped: str) -> Iterator[Markup]:
    for is_quote, lines in groupby(escaped.split("\n"), lambda line: line.startswith("&gt;")):
        text = "<br>".join(_styled(line.removeprefix("&gt;").strip() if is_quote else line) for line in lines)
        inside = Markup(text)  # noqa: S704 - escaped by the caller
        yield Markup("<blockquote>{}</blockquote>").format(inside) if is_quote else inside


def _styled(escaped: str) -> str:
    for pattern, tagged in _STYLES:
        escaped = pattern.sub(tagged, escaped)
    return escaped


def _with_emoji(text: str) -> Markup:
    return escape(re.sub(r":([a-z_]+):", lambda found: _EMOJI.get(found[1], found[0]), text))


def _rich_part(part: Json, reader: Reader) -> Markup:
    if part["type"] == "rich_text_list":
        items = Markup("").join(Markup("<li>{}</li>").format(_runs(item, reader)) for item in part["elements"])
        frame = Markup("<ol>{}</ol>") if part.get("style") == "ordered" else Markup("<ul>{}</ul>")
        return frame.format(items)
    tag = _PARTS.get(part["type"], "div")
    return Markup(f"<{tag}>{{}}</{tag}>").format(_runs(part, reader))  # noqa: S704 - one of three tags


def _runs(part: Json, reader: Reader) -> Markup:
    return Markup("").join(_run(run, reader) for run in part["elements"])


def _run(run: Json, reader: Reader) -> Markup:
    kind = run["type"]
    if kind == "link":
        text = link(run["url"], run.get("text") or run["url"])
    elif kind == "date":
        text = _angled(f"!date^{run['timestamp']}^{run['format']}|{run.get('fallback', '')}", reader)
    elif kind in ("user", "channel"):
        text = _angled(f"{'@' if kind == 'user' else '#'}{run[f'{kind}_id']}", reader)
    elif kind == "emoji":
        text = escape(_EMOJI.get(run["name"], f":{run['name']}:"))
    else:
        text = Markup("<br>").join(escape(run.get("text", "")).split("\n"))
    for style, tag in _RUN_STYLES.items():
        if run.get("style", {}).get(style):
            text = Markup(f"<{tag}>{{}}</{tag}>").format(text)  # noqa: S704 - one of four tags
    return text
