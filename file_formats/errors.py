"""Why a pack, a file or a row cannot be loaded."""

#: Characters of locations and columns, and of reasons, in an error of a row.
MAX_NAME_LENGTH, MAX_REASON_LENGTH = 200, 1_000


def shortened(text: str, length: int) -> str:
    """The text, or its beginning with an ellipsis if it has more characters than `length`."""
    if len(text) <= length:
        return text
    return f"{text[: length - 1]}…"


class FileError(Exception):
    """A fault of a file; the message names the location and the reason.

    :ivar location: where the fault is, for example ``skills.csv line 7``.
    """

    def __init__(self, location: str, reason: str) -> None:
        super().__init__(f"{location}: {reason}")
        self.location = location
        self.reason = reason


class UnreadableFile(FileError):
    """A file, or a row of a file, that cannot be read."""


class RowError(FileError):
    """The reason why a row is not loaded; the column is empty if the whole row is at fault.

    A file can make locations, columns and reasons as long as it likes. They are shortened, so that
    a report stays readable.
    """

    def __init__(self, location: str, column: str, reason: str) -> None:
        super().__init__(shortened(location, MAX_NAME_LENGTH), shortened(reason, MAX_REASON_LENGTH))
        self.column = shortened(column, MAX_NAME_LENGTH)

    def __str__(self) -> str:
        parts = [self.location, self.column, self.reason]
        return ": ".join(filter(None, parts))

    def as_data(self) -> dict[str, str]:
        """The error as JSON data."""
        return {"place": self.location, "column": self.column, "reason": self.reason}
