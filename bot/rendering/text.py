"""The only path from foreign text (names, titles, what people typed) to Slack: shown literally, cut to fit."""

import re
import unicodedata
from datetime import datetime

CUT = "…"
NOTHING = "–"

# Slack's mrkdwn has no escape for its own marks, so each is shown by a letter that looks like it.
_LOOK_ALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_JOINERS = "\u200c\u200d"
_EMOJI_CODE = re.compile(r":(?=[\w+'-]+:)")
_LONGEST_READ = 20_000


def user_text(text: str, *, limit: int = 150, empty: str = NOTHING) -> str:
    """Foreign text for mrkdwn: no mention, link, formatting, emoji code or quote comes of it.

    Args:
        text: anything at all.
        limit: how many characters the result may have, entities counted as Slack counts them.
        empty: what stands there if nothing visible is left.
    """
    cleaned = clean(text, limit=limit, empty=empty)
    if cleaned.startswith(">"):
        cleaned = "›" + cleaned[1:]
    cleaned = _EMOJI_CODE.sub("꞉", cleaned)
    pieces = [_literal(cleaned, at) for at in range(len(cleaned))]
    return _joined(pieces, limit)


def clean(text: str, *, limit: int = 150, empty: str = NOTHING) -> str:
    """Foreign text for `plain_text`, where Slack formats nothing: one line, nothing invisible, cut to `limit`."""
    letters = [_visible(text, at) for at in range(min(len(text), _LONGEST_READ))]
    line = " ".join("".join(letters).split())
    if not line.strip(_JOINERS + " "):
        return empty
    return _joined(list(line), limit)


def slack_date(at: datetime, *, form: str, fallback: str) -> str:
    """A time that Slack shows to each reader in his own zone.

    Args:
        at: aware.
        form: Slack's tokens, such as `{date_short_pretty} {time}`.
        fallback: what is read where tokens are not understood; it has to name its zone.
    """
    safe = fallback.replace("<", "").replace(">", "").replace("|", "/")
    return f"<!date^{int(at.timestamp())}^{form}|{safe}>"


def _visible(text: str, at: int) -> str:
    letter = text[at]
    if letter in _JOINERS:
        # Families of emoji and some scripts need them; between plain letters they only hide something.
        joins = 0 < at < len(text) - 1 and not text[at - 1].isascii() and not text[at + 1].isascii()
        return letter if joins else ""
    category = unicodedata.category(letter)
    if letter.isspace() or category in ("Zl", "Zp"):
        return " "
    # Cf holds bidi controls, zero-width spaces and tags; Cs are halves of characters that no JSON may carry.
    return "" if category in ("Cc", "Cf", "Cs", "Cn", "Co") else letter


def _literal(text: str, at: int) -> str:
    letter = text[at]
    if letter in _LOOK_ALIKES:
        within_word = 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
        return letter if within_word and letter != "`" else _LOOK_ALIKES[letter]
    return _ENTITIES.get(letter, letter)


def _joined(pieces: list[str], limit: int) -> str:
    """The pieces up to `limit` characters; none is cut in two, and no mark loses the letter that carries it."""
    if sum(map(len, pieces)) <= limit:
        return "".join(pieces)
    room = limit - len(CUT)
    kept = 0
    while room >= len(pieces[kept]):
        room -= len(pieces[kept])
        kept += 1
    while kept and (unicodedata.combining(pieces[kept][0]) or pieces[kept - 1] in _JOINERS):
        kept -= 1
    return "".join(pieces[:kept]).rstrip() + CUT
