"""Drives a Chromium without a window through its debugging pipe, as little as a test of a page needs."""

import base64
import contextlib
import fcntl
import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from tests.patience import PATIENCE

CHROMIUM = shutil.which("chromium")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1200,800",
)
# Chromium reads its orders on descriptor 3 and answers on 4, whatever they were before.
_LAUNCH = (
    "import os, sys; r, w = map(int, sys.argv[1:3]); os.dup2(r, 3); os.dup2(w, 4); os.execv(sys.argv[3], sys.argv[3:])"
)
_FIRST_FREE = 10


Open = Callable[[str], "Tab"]
"""Opens a page."""


class Tab:
    """One page in a browser."""

    def __init__(self, orders: IO[bytes], answers: IO[bytes], url: str) -> None:
        """Open `url`."""
        self._orders, self._answers = orders, answers
        self._numbers = itertools.count(1)
        self._session: dict[str, str] = {}
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        self._ask("Page.navigate", url=url)
        self.waits_for("document.readyState === 'complete' && location.href !== 'about:blank'")

    def tells(self, expression: str) -> Any:
        """The value of a piece of JavaScript on the page."""
        result = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def waits_for(self, condition: str, seconds: float = PATIENCE) -> None:
        """Wait until a piece of JavaScript is true."""
        deadline = time.monotonic() + seconds
        while not self.tells(condition):
            assert time.monotonic() < deadline, (
                f"waited in vain for {condition}: {self.tells('document.body.innerText')}"
            )
            time.sleep(0.05)

    def types(self, text: str) -> None:
        """Type into what has the focus."""
        self._ask("Input.insertText", text=text)

    def presses_key(self, key: str) -> None:
        """Press a key such as `Enter` or `Escape` and let it go."""
        text = {"text": "\r"} if key == "Enter" else {}
        code = {"Enter": 13, "Escape": 27}[key]
        self._ask("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        self._ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def clicks(self, text: str) -> None:
        """Click the button with this text, the one in front where there are several."""
        find = f"[...document.querySelectorAll('button')].filter(b => b.innerText.trim() === {json.dumps(text)}).at(-1)"
        self.tells(f"{find}.click()")

    def is_as_wide_as(self, pixels: int) -> None:
        """Lay the page out for a phone with a screen so wide."""
        self._ask("Emulation.setDeviceMetricsOverride", width=pixels, height=844, deviceScaleFactor=1, mobile=True)

    def screenshot(self, file: Path) -> None:
        """Keep what is to be seen as a PNG."""
        file.write_bytes(base64.b64decode(self._ask("Page.captureScreenshot")["data"]))

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        order = {"id": number, "method": method, "params": params, **self._session}
        self._orders.write(json.dumps(order).encode() + b"\0")
        self._orders.flush()
        while True:
            answer = json.loads(_until_nought(self._answers))
            if answer.get("id") == number:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result


@contextlib.contextmanager
def browsing(profile: Path) -> Iterator[Open]:
    """Run a browser with this folder for its own files; gives what opens a page in it."""
    assert CHROMIUM is not None, "there is no chromium"
    theirs_in, ours_out = _pipe()
    ours_in, theirs_out = _pipe()
    launch = [sys.executable, "-c", _LAUNCH, str(theirs_in), str(theirs_out)]
    browser = [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
    pipes = (theirs_in, theirs_out)
    with subprocess.Popen([*launch, *browser], pass_fds=pipes, stderr=subprocess.DEVNULL) as process:
        for descriptor in pipes:
            os.close(descriptor)
        with os.fdopen(ours_out, "wb") as orders, os.fdopen(ours_in, "rb") as answers:
            yield lambda url: Tab(orders, answers, url)
            process.terminate()


def _pipe() -> tuple[int, int]:
    """Both ends of a pipe, away from the descriptors that the browser takes."""
    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _FIRST_FREE) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]


def _until_nought(answers: IO[bytes]) -> bytes:
    read = bytearray()
    while (byte := answers.read(1)) != b"\0":
        assert byte, "the browser has gone"
        read += byte
    return bytes(read)
