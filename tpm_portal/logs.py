"""Logging to standard error: one line per event, times in UTC.

Bodies of requests and credentials are never logged.
"""

import logging
import time


class LineFormatter(logging.Formatter):
    """``time level logger message``; newlines and control characters are written as escapes."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return "".join(map(_escaped, super().format(record)))


class DowngradeToWarning(logging.Filter):
    """Turns errors that strangers can cause at will into warnings without a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = record.exc_text = None
        return True


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode()


def logging_settings(**levels: str) -> dict[str, object]:
    """The setting LOGGING.

    :param levels: the lowest level that is logged, by the name of the logger; INFO for others.
    """
    loggers: dict[str, dict[str, object]] = {
        "django.security.DisallowedHost": {"filters": ["downgrade"]},
    }
    for name, level in levels.items():
        loggers[name] = {"handlers": [], "level": level, "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": LineFormatter}},
        "filters": {"downgrade": {"()": DowngradeToWarning}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": loggers,
    }
