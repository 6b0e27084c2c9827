"""Sets logging up once: structured lines, chatty libraries capped, and secrets blotted out whatever logged them."""

import logging
import re
import sys
from collections.abc import Sequence
from typing import TextIO

import structlog

BLOTTED = "[secret]"

# The libraries' own loggers write whole URLs, headers and bodies below these levels.
_CAPS = {
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.WARNING,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "urllib3": logging.WARNING,
    "googleapiclient": logging.ERROR,
    "google_auth_httplib2": logging.ERROR,
    "oauthlib": logging.ERROR,
    "requests_oauthlib": logging.ERROR,
    "apscheduler": logging.WARNING,
    "uvicorn.access": logging.ERROR,
    "uvicorn.error": logging.WARNING,
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "asyncio": logging.WARNING,
}

# Secrets known by their shape, wherever they stand.
_SHAPES = re.compile(
    r"""
      xox[a-z]-[\w-]+ | xoxe\.[\w.-]+ | xapp-[\w-]+           # Slack
    | https://hooks\.slack\.com/[^\s"']+                      # whoever has it may answer
    | v0=[0-9a-f]{64}                                         # a signature
    | eyJ[\w-]+\.[\w-]+\.[\w-]+                              # Zoom, and whoever else signs what he hands out
    | ya29\.[\w.-]+ | \b[14]/[/0][\w-]{10,} | GOCSPX-[\w-]+  # Google: access, refresh, code, client
    """,
    re.VERBOSE,
)
# Secrets known by what stands before them: query strings, forms, headers, JSON and reprs.
_NAMED = re.compile(
    r"""(?P<name>
          \b(?:Bearer|Basic)\s+
        | \b(?:\w*token|\w*secret\w*|code|code_verifier|verifier|state|link|key|keys|password|cookie|zak|pwd)
          (?:["']\s*:|=)\s*["']?
    )(?P<value>[^\s"'&,;)}\]]+)""",
    re.VERBOSE | re.IGNORECASE,
)
# PostgreSQL repeats after these words the row that it refused. A value in it may look like the end of it, so all that
# follows goes; `storage.engine` has its errors leave it out from the beginning.
_ROWS = re.compile(r"(?:DETAIL|CONTEXT):  .*", re.DOTALL)
_LEFT_OUT = "[row]"
_SHORTEST_SECRET = 8


def blot(text: str, known: Sequence[str] = ()) -> str:
    """The text without `known` secrets, without anything that looks like one or is named like one, and without rows."""
    for secret in known:
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, BLOTTED)
    text = _ROWS.sub(_LEFT_OUT, text)
    text = _NAMED.sub(lambda found: found["name"] + BLOTTED, text)
    return _SHAPES.sub(BLOTTED, text)


def configure_logging(level: str, *, secrets: Sequence[str] = (), stream: TextIO | None = None) -> None:
    """Send every logger of the process through one formatter.

    Args:
        level: for our own loggers; the libraries' are never more talkative than their caps.
        secrets: values that are blotted out wherever they appear, whatever they look like.
        stream: standard error unless told otherwise.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_BlottingFormatter(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, cap in _CAPS.items():
        logger = logging.getLogger(name)
        logger.setLevel(max(cap, root.level))
        logger.handlers.clear()
        logger.propagate = True


class _BlottingFormatter(structlog.stdlib.ProcessorFormatter):
    """Renders a record, traceback included, and blots the finished line, so that no path leads around it."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.EventRenamer("message"),
                structlog.processors.LogfmtRenderer(
                    key_order=["timestamp", "level", "logger", "message"], drop_missing=True
                ),
            ],
        )
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return blot(super().format(record), self._secrets)
