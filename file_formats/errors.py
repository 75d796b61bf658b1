"""Why a pack, a file or a row cannot be loaded."""

#: Characters of locations and columns, and of reasons, in an error.
MAX_NAME_LENGTH, MAX_REASON_LENGTH = 200, 1_000


def shortened(text: str, length: int) -> str:
    """The text, or its beginning with an ellipsis if it has more characters than `length`."""
    if len(text) <= length:
        return text
    return f"{text[: length - 1]}…"


def quotable(text: str, length: int) -> str:
    r"""The text as a message can quote it: `shortened`, and with `\ud800` in place of half a
    character, which JSON and YAML can contain and no page can.
    """
    return shortened(text, length).encode(errors="backslashreplace").decode()


class FileError(Exception):
    """A fault of a file; the message names the location and the reason.

    A file can make locations and reasons as long as it likes, and of any characters. They are
    `quotable`, so that a page can display them.

    :ivar location: where the fault is, for example ``skills.csv line 7``.
    """

    def __init__(self, location: str, reason: str) -> None:
        self.location = quotable(location, MAX_NAME_LENGTH)
        self.reason = quotable(reason, MAX_REASON_LENGTH)
        super().__init__(f"{self.location}: {self.reason}")


class UnreadableFile(FileError):
    """A file, or a row of a file, that cannot be read."""


class RowError(FileError):
    """The reason why a row is not loaded; the column is empty if the whole row is at fault."""

    def __init__(self, location: str, column: str, reason: str) -> None:
        super().__init__(location, reason)
        self.column = quotable(column, MAX_NAME_LENGTH)

    def __str__(self) -> str:
        parts = [self.location, self.column, self.reason]
        return ": ".join(filter(None, parts))

    def as_data(self) -> dict[str, str]:
        """The error as JSON data."""
        return {"place": self.location, "column": self.column, "reason": self.reason}
