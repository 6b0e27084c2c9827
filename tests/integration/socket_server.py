"""Slack's side of Socket Mode: one WebSocket connection, as RFC 6455 has it, and no more of it than is needed."""

import base64
import hashlib
import json
import queue
import socket
import struct
import threading
from types import TracebackType
from typing import Any, Self

from tests.patience import PATIENCE

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class SocketServer:
    """Takes one connection, says hello, hands over envelopes and keeps what is answered."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connection: socket.socket | None = None
        self._connected = threading.Event()
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()
        self._listener.close()
        self._thread.join(timeout=PATIENCE)

    @property
    def url(self) -> str:
        """Where the app connects to."""
        return f"ws://127.0.0.1:{self._listener.getsockname()[1]}/link"

    def asks(self, envelope_type: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Hand an envelope over; gives what the app answers."""
        assert self._connected.wait(PATIENCE), "the app did not connect"
        self._send(
            {
                "envelope_id": f"envelope-{envelope_type}",
                "type": envelope_type,
                "accepts_response_payload": True,
                "payload": payload,
            }
        )
        return self._answers.get(timeout=PATIENCE)

    def _serve(self) -> None:
        try:
            self._connection, _ = self._listener.accept()
            self._shake_hands(self._connection)
            self._send({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
            self._connected.set()
            while True:
                opcode, content = self._frame(self._connection)
                if opcode == _TEXT:
                    self._answers.put(json.loads(content))
                elif opcode == _PING:
                    self._write(_PONG, content)
                elif opcode == _CLOSE:
                    return
        except OSError:
            return  # the test is over

    def _shake_hands(self, connection: socket.socket) -> None:
        asked = b""
        while b"\r\n\r\n" not in asked:
            asked += connection.recv(4096)
        headers = dict(line.split(": ", 1) for line in asked.decode().split("\r\n")[1:] if ": " in line)
        key = next(value for name, value in headers.items() if name.lower() == "sec-websocket-key")
        accepted = base64.b64encode(hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest()).decode()
        connection.sendall(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accepted}\r\n\r\n".encode()
        )

    def _send(self, message: dict[str, Any]) -> None:
        self._write(_TEXT, json.dumps(message).encode())

    def _write(self, opcode: int, content: bytes) -> None:
        assert self._connection is not None
        length = bytes([len(content)]) if len(content) < 126 else b"\x7e" + struct.pack("!H", len(content))
        self._connection.sendall(bytes([0x80 | opcode]) + length + content)

    def _frame(self, connection: socket.socket) -> tuple[int, bytes]:
        """A client's frames are masked."""
        first, second = self._read(connection, 2)
        length = second & 0x7F
        if length >= 126:
            size = 2 if length == 126 else 8
            length = int.from_bytes(self._read(connection, size), "big")
        mask = self._read(connection, 4)
        content = self._read(connection, length)
        return first & 0x0F, bytes(byte ^ mask[at % 4] for at, byte in enumerate(content))

    def _read(self, connection: socket.socket, size: int) -> bytes:
        found = b""
        while len(found) < size:
            piece = connection.recv(size - len(found))
            if not piece:
                raise ConnectionError("closed")
            found += piece
        return found
