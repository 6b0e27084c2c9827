"""A web page as it reads without its looks."""

import re
from html.parser import HTMLParser

_BLOCKS = {"h1", "h2", "p", "dt", "dd", "button", "a", "li"}
_BREAKS = re.compile(r"\n\s*")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._open.append(tag)
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
            if tag in ("button", "a"):
                self.lines[-1] = f"[{self.lines[-1]}]"
            elif tag == "h1":
                self.lines[-1] = f"*{self.lines[-1]}*"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.lines[-1] += _BREAKS.sub(" ", data)


def page_text(html: str) -> str:
    """Its headings, paragraphs, facts and buttons, a line each."""
    text = _Text()
    text.feed(html)
    return "\n".join(f"  {line.strip()}" for line in text.lines if line.strip())
