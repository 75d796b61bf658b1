"""One line an event, whatever the event contains; times in UTC.

Bodies and credentials are never logged.
"""

import logging
import time
from typing import Any


class LineFormatter(logging.Formatter):
    """``time level logger message``; line ends and control characters are written as escapes."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return "".join(_visible(character) for character in super().format(record))


class WithoutAlarm(logging.Filter):
    """What strangers can cause at will is worth a line, and neither an error nor a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = record.exc_text = None
        return True


def _visible(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()


def to_stderr(**levels: str) -> dict[str, Any]:
    """Logging set-up: everything of note to standard error, of these loggers from these levels."""
    loggers: dict[str, Any] = {
        name: {"handlers": [], "level": level, "propagate": True} for name, level in levels.items()
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": LineFormatter}},
        "filters": {"without_alarm": {"()": WithoutAlarm}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": loggers | {"django.security.DisallowedHost": {"filters": ["without_alarm"]}},
    }
