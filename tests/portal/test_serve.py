"""`make run` and `manage.py serve`: the first run, the second run, and refusals to start."""

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.prepared import empty_database
from tests.serving import PASSWORD, Portal, ended, interrupted
from tpm_portal.environment import BASE_DIR

pytestmark = pytest.mark.thorough

#: What a start says of what it has prepared.
PREPARED = [
    "database is up to date",
    "starter content is loaded",
    "web fonts are made",
    "static files are collected",
]
LOGIN = """
from django.contrib.auth import authenticate
from django.test import RequestFactory
for password in {passwords!r}:
    print(authenticate(RequestFactory().post("/admin/login/"), username="editor", \
password=password))
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with empty_database("served") as database:
        portal = Portal(tmp_path_factory.mktemp("portal"), database)
        yield portal
        portal.end()


@pytest.fixture(scope="module")
def first_run(portal: Portal) -> str:
    """What a first `make run` says, from start to end; it has served in between."""
    process = portal.make_run()
    portal.wait_for(process)
    assert [portal.answers(path) for path in ("/readyz", "/admin/login/")] == [200, 200]
    return interrupted(process)


def test_the_first_run_shows_a_password_that_opens_the_door(portal: Portal, first_run: str) -> None:
    assert f"http://127.0.0.1:{portal.port}/admin/" in first_run
    passwords = PASSWORD.findall(first_run)
    assert len(passwords) == 1
    login = LOGIN.format(passwords=[*passwords, "wrong"])
    assert portal.manage("shell", "--no-imports", "-c", login).split() == ["editor", "None"]


def test_a_run_says_in_two_sentences_where_the_portal_is_and_for_whom(
    portal: Portal, first_run: str
) -> None:
    said = first_run.strip().splitlines()[-2:]
    assert (
        said[0]
        == "Serving plain HTTP, for this machine only: passwords and sessions travel unencrypted."
    )
    assert said[1] == f"The portal is at http://127.0.0.1:{portal.port}/ (Ctrl-C ends it)."


def test_the_first_run_loads_the_starter_content_and_keeps_the_password_nowhere(
    portal: Portal, first_run: str
) -> None:
    password, rows = PASSWORD.findall(first_run)[0], portal.manage("dumpdata")
    assert '"is_home": true' in rows
    assert password not in rows
    assert not [
        file
        for file in portal.var.rglob("*")
        if file.is_file() and password.encode() in file.read_bytes()
    ]


def test_what_it_keeps_is_the_owners_alone(portal: Portal, first_run: str) -> None:
    assert portal.var.stat().st_mode & 0o777 == 0o700
    kept = [file for file in portal.var.iterdir() if file.is_file()]
    assert {file.stat().st_mode & 0o777 for file in kept} == {0o600}
    assert "secret-key" in {file.name for file in kept}


@pytest.mark.drawn(2, of="long round trips")
def test_a_second_run_prepares_and_changes_nothing(portal: Portal, first_run: str) -> None:
    before = portal.state()
    process = portal.start()
    portal.wait_for(process)
    output = ended(process)
    assert portal.state() == before
    assert PASSWORD.findall(output) == []
    assert all(sentence in first_run for sentence in PREPARED)
    assert [sentence for sentence in PREPARED if sentence in output] == []


def test_a_taken_port_is_a_sentence(portal: Portal) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        taken = str(listener.getsockname()[1])
        sentence = portal.refusal(PORT=taken)
    assert sentence == (
        f"CommandError: Cannot listen at 127.0.0.1, port {taken}: Address already in use. Choose "
        "another one with PORT."
    )


def test_an_address_of_another_machine_is_a_sentence(portal: Portal) -> None:
    assert portal.refusal(HOST="192.0.2.1").startswith("CommandError: Cannot listen at 192.0.2.1")


def test_an_unreachable_database_is_a_sentence(portal: Portal) -> None:
    sentence = portal.refusal(DATABASE_URL="postgres://somebody:hidden@127.0.0.1:9/portal")
    assert sentence.startswith("CommandError: The database cannot be used: ")
    assert "Connection refused" in sentence
    assert "hidden" not in sentence


def test_a_folder_that_cannot_be_written_is_a_sentence(portal: Portal) -> None:
    assert (
        portal.refusal(VAR_DIR="/dev/null/var")
        == "CommandError: Cannot write /dev/null/var: Not a directory."
    )


def test_debug_is_not_for_visitors(portal: Portal) -> None:
    assert portal.refusal(DEBUG="1").startswith("CommandError: DEBUG is on")


def test_an_existing_secret_key_is_kept(portal: Portal) -> None:
    file = portal.var / "secret-key"
    before = file.read_text()
    subprocess.run(
        [sys.executable, "-m", "tpm_portal.operations.secret_key", str(file)],
        cwd=BASE_DIR,
        check=True,
    )
    assert file.read_text() == before
