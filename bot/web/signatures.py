"""The scheme by which both Slack and Zoom sign what they send, told in two headers."""

import hmac
import re
from hashlib import sha256

from starlette.requests import Request

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


def timestamp_of(request: Request, header: str) -> str | None:
    """When it was signed, as it was sent, in epoch seconds; None unless there is exactly one, of the right form."""
    return _only(request, header, _TIMESTAMP)


def signature_of(request: Request, header: str) -> str | None:
    """What it is signed with; None unless there is exactly one, of the right form."""
    return _only(request, header, _SIGNATURE)


def is_signed(secret: bytes, timestamp: str, body: bytes, signature: str) -> bool:
    """Whether `signature` is that of the body at that time."""
    expected = hmac.new(secret, b"v0:" + timestamp.encode() + b":" + body, sha256).hexdigest()
    return hmac.compare_digest(f"v0={expected}", signature)


def _only(request: Request, name: str, form: re.Pattern[str]) -> str | None:
    values = request.headers.getlist(name)
    return values[0] if len(values) == 1 and form.fullmatch(values[0]) else None
