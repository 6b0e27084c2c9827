"""Reads a request's body without trusting its length or its pace."""

from anyio import fail_after
from starlette.requests import ClientDisconnect, Request

_SECONDS = 5.0


class Unread(Exception):
    """The body was not taken in; `status` is what the sender is to be answered."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def expect_length(request: Request, limit: int) -> None:
    """Raises `Unread` where a body announces itself as longer than `limit` bytes, before any of it is read."""
    announced = request.headers.get("content-length", "0")
    if not (announced.isascii() and announced.isdigit()):
        raise Unread(400)
    if len(announced) > len(str(limit)) or int(announced) > limit:
        raise Unread(413)


async def read_body(request: Request, limit: int, *, seconds: float = _SECONDS) -> bytes:
    """The whole body.

    Raises:
        Unread: 413 where it is longer than `limit` bytes, 408 where it takes longer than `seconds`, 400 where the
            sender hung up.
    """
    expect_length(request, limit)
    chunks = []
    length = 0
    try:
        with fail_after(seconds):
            async for chunk in request.stream():
                length += len(chunk)
                if length > limit:
                    raise Unread(413)
                chunks.append(chunk)
    except TimeoutError as error:
        raise Unread(408) from error
    except ClientDisconnect as error:
        raise Unread(400) from error
    return b"".join(chunks)


class Bodies:
    """Bodies of a route that anybody may call: only their end shows who signed them, so few are held at once."""

    def __init__(self, most: int, limit: int) -> None:
        """`most` are read at a time, each of up to `limit` bytes."""
        self._most = most
        self._limit = limit
        self._being_read = 0

    async def read(self, request: Request) -> bytes:
        """The whole body; raises `Unread`, 503 where too many are being read."""
        if self._being_read >= self._most:
            raise Unread(503)
        self._being_read += 1
        try:
            return await read_body(request, self._limit)
        finally:
            self._being_read -= 1
