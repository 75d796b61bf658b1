"""The portal's own server on a free port, and a client that sends requests as fast as it can."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from select import select
from time import monotonic, sleep

from django.conf import settings

from tests.benchmarks.visitor import HOST

CONNECTIONS = 8
START_SECONDS = 30
ANSWER_SECONDS = 10


@contextmanager
def serving(application: str, *, workers: int = 1, **environment: str) -> Iterator[int]:
    """Serve the application as `manage.py serve` would; gives the port."""
    port = _free_port()
    command = [sys.executable, "-W", "ignore", "-m", "gunicorn", application]
    command += ["--config", str(settings.BASE_DIR / "gunicorn.conf.py"), "--log-level", "error"]
    # Renewing workers now and then is another matter; here it would only add pauses to both sides.
    command += ["--bind", f"{HOST}:{port}", "--workers", str(workers), "--max-requests", "0"]
    process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return listener.getsockname()[1]


def _wait_for(port: int) -> None:
    end = monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection((HOST, port)).close()
            return
        except ConnectionRefusedError:
            if monotonic() > end:
                raise
            sleep(0.1)


class Caller:
    """A persistent connection, like those of browsers and proxies.

    If the server closes it, it is opened again.
    """

    def __init__(self, port: int, path: str) -> None:
        self.port = port
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        )
        self._connect()

    def _connect(self) -> None:
        self.socket = socket.create_connection((HOST, self.port), timeout=ANSWER_SECONDS)
        self.stream = self.socket.makefile("rb")

    def send(self) -> None:
        """Ask for the page."""
        self.socket.sendall(self.request)

    def read(self) -> bytes:
        """The body of the answer.

        :raises AssertionError: the answer is not the page.
        """
        status = self.stream.readline()
        if b" 200 " not in status:
            raise AssertionError(f"The server answers {status!r}")
        headers = dict(self._headers())
        body = self.stream.read(int(headers[b"content-length"]))
        if headers.get(b"connection", b"").lower() == b"close":
            self.close()
            self._connect()
        return body

    def _headers(self) -> Iterator[tuple[bytes, bytes]]:
        while (line := self.stream.readline()) not in {b"\r\n", b""}:
            name, _, value = line.partition(b":")
            yield name.lower(), value.strip()

    def close(self) -> None:
        """Hang up."""
        self.stream.close()
        self.socket.close()


def requests_per_second(port: int, path: str, seconds: float) -> float:
    """How many whole answers a second come over a few connections that always wait for one."""
    callers = [Caller(port, path) for _ in range(CONNECTIONS)]
    for caller in callers:
        caller.send()
    answers, start = 0, monotonic()
    while monotonic() < start + seconds:
        ready, _, _ = select([caller.socket for caller in callers], [], [], ANSWER_SECONDS)
        for caller in callers:
            if caller.socket in ready:
                answers += bool(caller.read())
                caller.send()
    duration = monotonic() - start
    for caller in callers:
        caller.close()
    return answers / duration
