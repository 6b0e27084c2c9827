"""Has the tests trust one authority in place of all: whoever opens a client reads them, which takes longer than most
tests do, and nobody is called who could show a certificate of theirs."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import certifi
import pytest

_END = "-----END CERTIFICATE-----\n"


@contextmanager
def one_authority() -> Iterator[None]:
    """For as long as this lasts, in this process and in those that it starts."""
    with tempfile.TemporaryDirectory(prefix="daybook-trust-") as folder, pytest.MonkeyPatch.context() as patch:
        first, end, _others = Path(certifi.where()).read_text(encoding="utf-8").partition(_END)
        one = Path(folder) / "one.pem"
        one.write_text(first + end, encoding="utf-8")
        # What OpenSSL and httpx go by, and what they go by where they were told to ask nobody.
        patch.setenv("SSL_CERT_FILE", str(one))
        patch.setenv("SSL_CERT_DIR", folder)
        patch.setattr(certifi, "where", lambda: str(one))
        yield
