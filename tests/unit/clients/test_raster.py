"""Pictures drawn by a process of their own."""

from pathlib import Path

import pytest

from bot.clients.raster import RasterProcess
from bot.domain.errors import Overloaded, ProviderDown
from tests.patience import PATIENCE

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="5" y="15">9:00 ü</text></svg>'


def test_a_drawing_becomes_a_png_of_twice_its_size() -> None:
    png = RasterProcess(seconds=PATIENCE)(SVG)
    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (120, 40)


def test_what_is_no_drawing_is_said_to_have_failed() -> None:
    with pytest.raises(ProviderDown, match="could not be drawn"):
        RasterProcess()("no drawing")


def test_drawing_takes_no_longer_than_it_may() -> None:
    with pytest.raises(ProviderDown):
        RasterProcess(seconds=0.001)(SVG)


def test_so_many_are_drawn_at_once_and_others_wait_no_longer_than_it_may_take() -> None:
    raster = RasterProcess(at_once=1, seconds=0.05)
    with raster._places, pytest.raises(Overloaded):
        raster(SVG)


def test_the_process_is_told_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spy = tmp_path / "python"
    spy.write_text("#!/bin/sh\nenv\n")
    spy.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(spy))
    monkeypatch.setenv("DAYBOOK_SECRET_KEYS", "canary")
    told = RasterProcess(seconds=PATIENCE)(SVG).decode()
    assert "PATH=" in told
    assert "canary" not in told
