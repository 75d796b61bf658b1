"""CPU time, which depends less than the clock on how busy the machine is."""

import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection


class Clock:
    """Counts what this process uses.

    With PostgreSQL it adds what the server's process for this connection uses.
    """

    def __init__(self) -> None:
        self._server: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self._server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def _now(self) -> float:
        server = int(self._server.read_text().split()[0]) if self._server else 0
        return time.process_time() * 1e3 + server / 1e6

    def milliseconds(self, work: Callable[[], object]) -> float:
        """What the work takes."""
        start = self._now()
        work()
        return self._now() - start

    def pace(self, work: Callable[[], object]) -> float:
        """The same as a multiple of some fixed work done just now.

        By that a slower hour does not count.
        """
        return self.milliseconds(work) / self.milliseconds(fixed_work)


def fixed_work() -> int:
    """About as long as a page, in the same kind of steps."""
    return len({str(number): number for number in range(40_000)})
