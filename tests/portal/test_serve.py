"""`manage.py serve`, as `make run` starts it: a first run, a second run, and every way in which it must not start."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import psycopg2
import pytest

from tpm_portal import secret_key
from tpm_portal.environment import BASE_DIR

PATIENCE = 120
PASSWORD = re.compile(r"password  (\S+)")
LOGIN = """
from django.contrib.auth import authenticate
from django.test import RequestFactory
print(authenticate(RequestFactory().post("/admin/login/"), username="editor", password={password!r}))
"""


class Portal:
    """One portal with a folder, a database and a port of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        self.var = folder / "var"
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.environment = {
            "PATH": os.environ["PATH"],
            "PLAIN_HTTP": "1",
            "SECRET_KEY_FILE": str(self.var / "secret-key"),
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "1",
            **({"DATABASE_URL": database} if database else {}),
        }
        self.first_start = 0.0
        self.processes: list[subprocess.Popen[str]] = []
        secret_key.make_file(self.var / "secret-key")

    def start(self, **environment: str) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", "serve"]
        process = subprocess.Popen(
            command, cwd=BASE_DIR, env=self.environment | environment, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        self.processes.append(process)
        return process

    def end(self) -> None:
        """Leave nothing running behind a failed test."""
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                process.communicate(timeout=PATIENCE)

    def refusal(self, **environment: str) -> str:
        """What a start that must fail says."""
        process = self.start(**environment)
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode != 0
        assert errors.count("\n") == 1
        return errors.strip()

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=BASE_DIR, env=self.environment, text=True, capture_output=True, timeout=PATIENCE, check=True
        ).stdout

    def answers(self, path: str) -> int:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status

    def wait_for(self, process: subprocess.Popen[str]) -> float:
        """Seconds until it answers; a failure when it ends instead."""
        began = time.monotonic()
        deadline = began + PATIENCE
        while time.monotonic() < deadline:
            assert process.poll() is None, process.communicate()
            try:
                self.answers("/healthz")
            except ConnectionRefusedError:
                time.sleep(0.05)
            else:
                return time.monotonic() - began
        raise AssertionError("it never answered")

    def state(self) -> dict[str, object]:
        """All that a run could have changed."""
        files = {str(file): file.stat().st_mtime_ns for file in self.var.rglob("*") if file.is_file()}
        return {"files": files, "rows": self.manage("dumpdata")}


def ended(process: subprocess.Popen[str], signalled: signal.Signals) -> str:
    """End it as a terminal or a service manager does; what it said until then."""
    process.send_signal(signalled)
    output, _ = process.communicate(timeout=15)
    assert process.returncode == 0
    return output


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """An empty database beside the one of the tests; with SQLite none is needed."""
    if os.environ["TEST_DATABASE"] == "sqlite":
        yield ""
        return
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE served")
    yield os.environ["DATABASE_URL"].replace("/postgres?", "/served?")
    connection.cursor().execute("DROP DATABASE served WITH (FORCE)")
    connection.close()


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("portal"), database)
    yield portal
    portal.end()


@pytest.fixture(scope="module")
def first_run(portal: Portal) -> str:
    """What a first run says, from start to end; it has served in between."""
    process = portal.start()
    portal.first_start = portal.wait_for(process)
    assert [portal.answers(path) for path in ("/readyz", "/admin/login/")] == [200, 200]
    return ended(process, signal.SIGTERM)


def test_the_first_run_shows_a_password_that_opens_the_door(portal: Portal, first_run: str) -> None:
    assert f"http://127.0.0.1:{portal.port}/admin/" in first_run
    passwords = PASSWORD.findall(first_run)
    assert len(passwords) == 1
    login = LOGIN.format(password=passwords[0])
    assert portal.manage("shell", "--no-imports", "-c", login).strip() == "editor"
    wrong = LOGIN.format(password="wrong")
    assert portal.manage("shell", "--no-imports", "-c", wrong).strip() == "None"


def test_the_password_is_kept_nowhere(portal: Portal, first_run: str) -> None:
    password = PASSWORD.findall(first_run)[0]
    assert password not in portal.manage("dumpdata")
    assert not [file for file in portal.var.rglob("*") if file.is_file() and password.encode() in file.read_bytes()]


def test_what_it_keeps_is_the_owners_alone(portal: Portal, first_run: str) -> None:
    assert portal.var.stat().st_mode & 0o777 == 0o700
    kept = [file for file in portal.var.iterdir() if file.is_file()]
    assert {file.stat().st_mode & 0o777 for file in kept} == {0o600}
    assert "secret-key" in {file.name for file in kept}


def test_the_first_run_loads_the_starter_content(portal: Portal, first_run: str) -> None:
    assert '"is_home": true' in portal.manage("dumpdata", "content.collection")


def test_a_second_run_starts_sooner_and_changes_nothing(portal: Portal, first_run: str) -> None:
    before = portal.state()
    process = portal.start()
    taken = portal.wait_for(process)
    output = ended(process, signal.SIGINT)
    assert portal.state() == before
    assert PASSWORD.findall(output) == []
    assert taken < portal.first_start / 2


def test_a_taken_port_is_a_sentence(portal: Portal) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        taken = str(listener.getsockname()[1])
        sentence = portal.refusal(PORT=taken)
    assert sentence == (
        f"CommandError: Cannot listen at 127.0.0.1, port {taken}: Address already in use. Choose another one with PORT."
    )


def test_an_address_of_another_machine_is_a_sentence(portal: Portal) -> None:
    assert portal.refusal(HOST="192.0.2.1").startswith("CommandError: Cannot listen at 192.0.2.1")


def test_an_unreachable_database_is_a_sentence(portal: Portal) -> None:
    sentence = portal.refusal(DATABASE_URL="postgres://somebody:hidden@127.0.0.1:9/portal")
    assert sentence.startswith("CommandError: The database cannot be used: ")
    assert "Connection refused" in sentence
    assert "hidden" not in sentence


def test_a_folder_that_cannot_be_written_is_a_sentence(portal: Portal) -> None:
    assert portal.refusal(VAR_DIR="/dev/null/var") == "CommandError: Cannot write /dev/null/var: Not a directory."


def test_debug_is_not_for_visitors(portal: Portal) -> None:
    assert portal.refusal(DEBUG="1").startswith("CommandError: DEBUG is on")


def test_an_existing_secret_key_is_kept(portal: Portal) -> None:
    file = portal.var / "secret-key"
    before = file.read_text()
    subprocess.run([sys.executable, "-m", "tpm_portal.secret_key", str(file)], cwd=BASE_DIR, check=True)
    assert file.read_text() == before
