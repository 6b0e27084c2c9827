"""Calls to webhooks over real connections on this machine: what arrives, what is refused, and what is cut off."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.clients.system import SystemClock
from bot.clients.webhooks import HttpWebhooks
from bot.domain.errors import ProviderBusy, ProviderDown
from bot.domain.webhooks import AddressRefused, BadWebhookAddress, Webhook, WebhookCall, WebhookRefused, signature
from tests.patience import PATIENCE

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
CALL = WebhookCall("f1", b'{"id":"f1"}')
HOST = "hooks.example.com"


@dataclass
class Ear:
    """A server that says what it is told to, and keeps what it heard."""

    port: int
    heard: list[bytes] = field(default_factory=list)
    connections: int = 0

    def url(self, scheme: str = "http", host: str = "127.0.0.1", path: str = "/daybook") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def listening(answer: Callable[[socket.socket], None], trust: ssl.SSLContext | None = None) -> Iterator[Ear]:
    """Serve one connection after the other on loopback until the block is left."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        ear, is_over = Ear(server.getsockname()[1]), threading.Event()

        def serve() -> None:
            while not is_over.is_set():
                try:
                    taken, _ = server.accept()
                except TimeoutError:
                    continue
                ear.connections += 1
                with taken:
                    try:
                        with trust.wrap_socket(taken, server_side=True) if trust else taken as connection:
                            connection.settimeout(PATIENCE)
                            ear.heard.append(_request(connection))
                            answer(connection)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield ear
        finally:
            is_over.set()
            thread.join()


def _request(connection: socket.socket) -> bytes:
    heard = b""
    while b"\r\n\r\n" not in heard or not heard.endswith(CALL.body):
        piece = connection.recv(65536)
        if not piece:
            break
        heard += piece
    return heard


def saying(status: str, *headers: str) -> Callable[[socket.socket], None]:
    lines = [f"HTTP/1.1 {status}", "Content-Length: 0", *headers, "", ""]
    return lambda connection: connection.sendall("\r\n".join(lines).encode())


def leading_to(*numbers: str) -> Callable[[str, int], Sequence[str]]:
    return lambda _host, _port: numbers


def here(**options: object) -> HttpWebhooks:
    return HttpWebhooks(allows_this_machine=True, **options)  # type: ignore[arg-type]  # by name


def test_a_call_arrives_once_with_its_id_its_time_and_its_signature() -> None:
    with listening(saying("204 No Content")) as ear:
        here().call(Webhook(ear.url(), "secret"), CALL, NOW)
    head, _, body = ear.heard[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert (lines[0], body, ear.connections) == ("POST /daybook HTTP/1.1", CALL.body, 1)
    assert sorted(line for line in lines[1:] if not line.startswith(("Host", "Content-Length", "Accept"))) == [
        "Content-Type: application/json",
        "Daybook-Id: f1",
        f"Daybook-Signature: {signature('secret', 1_795_507_200, CALL.body)}",
        "Daybook-Timestamp: 1795507200",
        "User-Agent: Daybook",
    ]


def test_a_test_is_marked_in_a_header() -> None:
    with listening(saying("200 OK")) as ear:
        here().call(Webhook(ear.url(), "secret"), WebhookCall("t1", CALL.body, is_test=True), NOW)
    assert b"Daybook-Test: true" in ear.heard[0]


@pytest.mark.parametrize(
    ("status", "headers", "error", "pause"),
    [
        ("429 Too Many", ["Retry-After: 30"], ProviderBusy, 30.0),
        ("503 Down", ["Retry-After: Tue, 24 Nov 2026 08:01:00 GMT"], ProviderBusy, 60.0),
        ("503 Down", ["Retry-After: soon"], ProviderBusy, None),
        ("500 Oops", [], ProviderBusy, None),
        ("408 Timeout", [], ProviderBusy, None),
        ("400 Bad", [], WebhookRefused, None),
        ("401 Who", [], WebhookRefused, None),
        ("404 Nothing", [], WebhookRefused, None),
        ("410 Gone", [], WebhookRefused, None),
    ],
)
def test_an_answer_says_whether_to_try_again(
    status: str, headers: list[str], error: type[Exception], pause: float | None
) -> None:
    with listening(saying(status, *headers)) as ear, pytest.raises(error, match=r"127\.0\.0\.1 answered") as refused:
        here().call(Webhook(ear.url(path="/canary"), "secret"), CALL, NOW)
    assert getattr(refused.value, "retry_after", None) == pause
    assert "canary" not in str(refused.value)


# fault 48
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_not_followed(status: str) -> None:
    with listening(saying("200 OK")) as inside:
        elsewhere = saying(status, f"Location: {inside.url()}")
        with listening(elsewhere) as ear, pytest.raises(WebhookRefused, match="redirect"):
            here().call(Webhook(ear.url(), "secret"), CALL, NOW)
    assert inside.connections == 0


# fault 48
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "017700000001", "0", "[::1]", "[::ffff:127.0.0.1]"],
)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_this_machine_is_not_called_however_it_is_written(scheme: str, host: str) -> None:
    with listening(saying("200 OK")) as ear:
        url = ear.url(scheme, host)
        with pytest.raises((AddressRefused, BadWebhookAddress, ProviderDown)):
            HttpWebhooks().call(Webhook(url, "secret"), CALL, NOW)
        with pytest.raises((AddressRefused, BadWebhookAddress)):
            HttpWebhooks().require_callable(url)
    assert ear.connections == 0


# fault 48
@pytest.mark.parametrize(
    "number", ["169.254.169.254", "10.0.0.1", "fd00:ec2::254", "::ffff:10.0.0.1", "100.100.100.200"]
)
def test_a_name_that_leads_inside_is_refused(number: str) -> None:
    for numbers in ([number], ["8.8.8.8", number], [number, "8.8.8.8"]):
        webhooks = HttpWebhooks(resolve=leading_to(*numbers))
        with pytest.raises(AddressRefused, match=f"on the open internet; {HOST} is not one"):
            webhooks.call(Webhook(f"https://{HOST}/", "secret"), CALL, NOW)
        with pytest.raises(AddressRefused):
            webhooks.require_callable(f"https://{HOST}/")


# fault 48
def test_a_name_that_answers_otherwise_the_second_time_is_judged_by_the_answer_that_is_used() -> None:
    answers = [["8.8.8.8"], ["127.0.0.1"]]
    webhooks = HttpWebhooks(resolve=lambda _host, _port: answers.pop(0))
    with listening(saying("200 OK")) as ear:
        assert webhooks.require_callable(ear.url("https", HOST)) == HOST
        with pytest.raises(AddressRefused):
            webhooks.call(Webhook(ear.url("https", HOST), "secret"), CALL, NOW)
    assert (answers, ear.connections) == ([], 0)


# fault 48
def test_plain_http_leads_to_this_machine_alone_even_where_that_is_allowed() -> None:
    with pytest.raises(AddressRefused):
        here(resolve=leading_to("8.8.8.8")).call(Webhook(f"http://{HOST}/", "secret"), CALL, NOW)


def test_a_name_of_which_nothing_is_known_is_tried_again_but_not_taken_into_a_trigger() -> None:
    def unknown(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror("no such host")

    webhooks = HttpWebhooks(resolve=unknown)
    with pytest.raises(ProviderDown, match=f"Nothing is known of the host {HOST}."):
        webhooks.call(Webhook(f"https://{HOST}/", "secret"), CALL, NOW)
    with pytest.raises(AddressRefused):
        webhooks.require_callable(f"https://{HOST}/")


# fault 49
def test_a_server_that_drips_is_cut_off() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(1200):
            connection.sendall(b"x: y\r\n")
            sleep(0.05)

    with listening(drip) as ear, pytest.raises(ProviderDown, match=r"did not answer in 0\.3 seconds"):
        here(seconds=0.3).call(Webhook(ear.url(), "secret"), CALL, NOW)


# fault 49
def test_an_endless_body_is_not_read() -> None:
    poured = list[int]()

    def pour(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for number in range(100_000):
            connection.sendall(b"8000\r\n" + b"x" * 0x8000 + b"\r\n")
            poured.append(number)

    with listening(pour) as ear:
        here(seconds=PATIENCE).call(Webhook(ear.url(), "secret"), CALL, NOW)
    assert len(poured) < 1000


def test_a_server_that_hangs_up_may_be_called_again() -> None:
    with listening(lambda _connection: None) as ear, pytest.raises(ProviderDown, match="could not be reached"):
        here().call(Webhook(ear.url(), "secret"), CALL, NOW)


# fault 48
def test_the_certificate_is_held_to_the_name_although_the_number_is_pinned(tmp_path: Path) -> None:
    server, client = certified(tmp_path, HOST)
    resolve = leading_to("127.0.0.1")
    with listening(saying("200 OK"), server) as ear:
        here(trust=client, resolve=resolve).call(Webhook(ear.url("https", HOST), "secret"), CALL, NOW)
        with pytest.raises(ProviderDown, match="no certificate that can be believed"):
            here(trust=client, resolve=resolve).call(Webhook(ear.url("https", "evil.example.com"), "s"), CALL, NOW)
        with pytest.raises(ProviderDown, match="no certificate that can be believed"):
            here(resolve=resolve).call(Webhook(ear.url("https", HOST), "secret"), CALL, NOW)
    assert len(ear.heard) == 1
    assert f"Host: {HOST}:{ear.port}".encode() in ear.heard[0]


def certified(folder: Path, host: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's side with a certificate for the host, and a client's that believes it and no other."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    today = SystemClock().now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain, secret)
    return server, ssl.create_default_context(cafile=str(chain))
