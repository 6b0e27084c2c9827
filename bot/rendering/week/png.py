"""The drawing as a PNG, for Slack, which shows no SVG."""

import sys

import resvg_py

from bot.rendering.week.font import FAMILY, font_files

SCALE = 2


def png_of(svg: str) -> bytes:
    """The picture at `SCALE` times its width, by the fonts that were installed with Daybook and no other."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=list(font_files()),
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        zoom=SCALE,
        background="white",
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(png_of(sys.stdin.buffer.read().decode()))
