"""Logging to standard error: one line per event, times in UTC.

Bodies of requests and credentials are never logged.
"""

import logging
import time

#: Packages that log refusals, which are not faults, with a traceback. Reversion does if a version
#: cannot be reverted to.
PACKAGES = ("django.", "reversion.")


class LineFormatter(logging.Formatter):
    """``time level logger message``; newlines and control characters are written as escapes."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return "".join(map(_escaped, super().format(record)))


class ShortenRefusals(logging.Filter):
    """Makes requests and reverts that were refused warnings without a traceback.

    Strangers can cause them at will, and browsers cause them too: after a logout in another tab, a
    form asks for previews that are refused.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        if record.name.startswith(PACKAGES) and record.levelno <= logging.WARNING:
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
    loggers: dict[str, dict[str, object]] = {}
    for name, level in levels.items():
        loggers[name] = {"handlers": [], "level": level, "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": LineFormatter}},
        "filters": {"shorten": {"()": ShortenRefusals}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["shorten"],
                "formatter": "line",
            }
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": loggers,
    }
