"""Which addresses Daybook takes: those by which no secret travels in the clear."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def origin(url: str) -> str:
    """The address without a trailing slash.

    Raises:
        ValueError: it is not https (http is allowed on this machine alone), or has more than scheme and host.
    """
    parts = urlsplit(url)
    if not _is_safe(parts):
        raise ValueError("use an https address, such as https://daybook.example.com")
    if not parts.hostname or parts.username or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("give scheme and host alone, such as https://daybook.example.com")
    return f"{parts.scheme}://{parts.netloc}"


def link(url: str) -> str:
    """An address that people open: https, or a mailto.

    Raises:
        ValueError: it is neither, or would not stand in a message as one link.
    """
    parts = urlsplit(url.strip())
    is_mail = parts.scheme == "mailto" and "@" in parts.path
    if not (is_mail or (_is_safe(parts) and parts.hostname)) or any(letter in url for letter in "<>| "):
        raise ValueError("use an https address, or mailto: and an address")
    return url.strip()


def require_https(url: str) -> None:
    """Raises `ValueError` for an address to which secrets would travel in the clear."""
    parts = urlsplit(url)
    if not _is_safe(parts) or not parts.hostname:
        raise ValueError("use an https address; http is for this machine alone")


def _is_safe(parts: SplitResult) -> bool:
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
