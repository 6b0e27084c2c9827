"""What the fonts of the picture can draw, and how wide it becomes; read from the files that are drawn with."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic

FAMILY = "Noto Sans"
_FILES = (
    Path(fontpkg_noto_sans.ROOT) / "files" / "NotoSans[wdth,wght].ttf",
    Path(fontpkg_noto_sans_arabic.ROOT) / "files" / "NotoSansArabic[wdth,wght].ttf",
)
# Bold letters are a little wider than the regular ones that were measured.
_BOLD = 1.09
_BOTH_PLANES, _ONE_PLANE = 12, 4


@dataclass(frozen=True, slots=True)
class Font:
    """The widths of the letters it has, in parts of the size."""

    widths: Mapping[int, float]

    def has(self, letter: str) -> bool:
        """Whether it can draw a letter; another becomes an empty box."""
        return ord(letter) in self.widths

    def width(self, text: str, size: float, *, is_bold: bool = False) -> float:
        """How wide a text becomes at a size, in the size's own unit."""
        plain = size * sum(self.widths.get(ord(letter), 1.0) for letter in text)
        return plain * _BOLD if is_bold else plain


def font_files() -> tuple[str, ...]:
    """The files to draw with; those of the system are never used, so that a picture is the same everywhere."""
    return tuple(str(path) for path in _FILES)


@cache
def font() -> Font:
    """What all of the files have together; the first that has a letter draws it."""
    widths: dict[int, float] = {}
    for path in reversed(_FILES):
        widths |= _widths(path.read_bytes())
    return Font(widths)


def _widths(data: bytes) -> dict[int, float]:
    """The widths by letter in a TrueType file, of its usual weight."""
    tables = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
    }
    (em,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (measured,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    advances = [struct.unpack_from(">H", data, tables[b"hmtx"] + 4 * number)[0] / em for number in range(measured)]
    return {
        letter: advances[min(glyph, measured - 1)] for letter, glyph in _glyphs(data, tables[b"cmap"]).items() if glyph
    }


def _glyphs(data: bytes, table: int) -> dict[int, int]:
    """The number of the glyph for each letter."""
    (count,) = struct.unpack_from(">H", data, table + 2)
    found: dict[int, int] = {}
    for number in range(count):
        at = table + struct.unpack_from(">I", data, table + 8 + 8 * number)[0]
        (kind,) = struct.unpack_from(">H", data, at)
        if kind == _BOTH_PLANES:
            found |= _segments_12(data, at)
        elif kind == _ONE_PLANE:
            found = _segments_4(data, at) | found
    return found


def _segments_12(data: bytes, at: int) -> dict[int, int]:
    (groups,) = struct.unpack_from(">I", data, at + 12)
    found: dict[int, int] = {}
    for group in range(groups):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * group)
        found |= {letter: glyph + letter - first for letter in range(first, last + 1)}
    return found


def _segments_4(data: bytes, at: int) -> dict[int, int]:
    (double,) = struct.unpack_from(">H", data, at + 6)
    ends, starts = at + 14, at + 16 + double
    found: dict[int, int] = {}
    for place in range(0, double, 2):
        last, first = (struct.unpack_from(">H", data, table + place)[0] for table in (ends, starts))
        (delta,) = struct.unpack_from(">h", data, starts + double + place)
        there = starts + 2 * double + place
        (offset,) = struct.unpack_from(">H", data, there)
        for letter in range(first, min(last, 0xFFFE) + 1):
            if not offset:
                found[letter] = (letter + delta) & 0xFFFF
                continue
            (glyph,) = struct.unpack_from(">H", data, there + offset + 2 * (letter - first))
            found[letter] = (glyph + delta) & 0xFFFF if glyph else 0
    return found
