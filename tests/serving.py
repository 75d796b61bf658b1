"""Serves the portal as `make run` does: a process with its own folder, database and port."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from tpm_portal.environment import BASE_DIR
from tpm_portal.operations import secret_key

#: Seconds that are waited for a process; only a failing test waits so long, on however busy a
#: machine.
PATIENCE = 300
SERVE = [sys.executable, "manage.py", "serve"]
GIVEN_BY_MAKE = {"PLAIN_HTTP", "SECRET_KEY_FILE"}
PASSWORD = re.compile(r"password  (\S+)")


class Portal:
    """One portal with a folder, a database and its own port."""

    def __init__(self, folder: Path, database: str, settings: str = "tpm_portal.settings") -> None:
        self.var = folder / "var"
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": settings,
            "PLAIN_HTTP": "1",
            "SECRET_KEY_FILE": str(self.var / "secret-key"),
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "1",
            **({"DATABASE_URL": database} if database else {}),
        }
        self.processes: list[subprocess.Popen[str]] = []
        secret_key.write_new_key(self.var / "secret-key")

    def start(self, **environment: str) -> subprocess.Popen[str]:
        return self._open(SERVE, self.environment | environment)

    def make_run(self) -> subprocess.Popen[str]:
        """The first of the two commands, in a folder that is not there yet.

        Its process group is as a terminal makes it.
        """
        shutil.rmtree(self.var)
        given = {
            name: value for name, value in self.environment.items() if name not in GIVEN_BY_MAKE
        }
        return self._open(["make", "run"], given, start_new_session=True)

    def _open(
        self, command: list[str], environment: dict[str, str], **options: bool
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command, cwd=BASE_DIR, env=environment, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, **options,
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
            command,
            cwd=BASE_DIR,
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        ).stdout

    def answers(self, path: str) -> int:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status

    def wait_for(self, process: subprocess.Popen[str]) -> None:
        """Wait until it answers.

        :raises AssertionError: if it ends instead, or does not answer within minutes.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert process.poll() is None, process.communicate()
            try:
                self.answers("/healthz")
            except ConnectionRefusedError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("it never answered")

    def state(self) -> dict[str, object]:
        """All that a run could have changed."""
        files = {
            str(file): file.stat().st_mtime_ns for file in self.var.rglob("*") if file.is_file()
        }
        return {"files": files, "rows": self.manage("dumpdata")}


def ended(process: subprocess.Popen[str]) -> str:
    """End it as a service manager does; what it said until then."""
    process.terminate()
    output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Shutting down" in errors
    return output


def interrupted(process: subprocess.Popen[str]) -> str:
    """End it like Ctrl-C in a terminal, for make and the command it runs. Returns the output."""
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode in {0, -signal.SIGINT}
    assert "Shutting down" in errors
    assert [line for line in errors.splitlines() if " INFO gunicorn.error " not in line] == []
    return output
