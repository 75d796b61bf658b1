"""What a load may do, and how it reports progress and records history."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from content.base_models import ContentModel
from content.change_tracking import ChangedRows
from content.models import Collection
from packs.report import Report

Item = TypeVar("Item")


class ProgressCallback(Protocol):
    """Returns the rows of a table and reports the progress while they are iterated over."""

    def __call__(self, name: str, rows: Iterable[Item], /) -> Iterable[Item]:
        """
        :param name: the name of the table.
        """


def without_progress(name: str, rows: Iterable[Item]) -> Iterable[Item]:
    """The rows, without any report of progress."""
    return rows


class LoadHistory:
    """Records no history. All methods are called inside the transaction of the load."""

    def begin(self) -> None:
        """A load begins. If there was an earlier attempt, it was rolled back."""

    def before_write(self, row: ContentModel) -> None:
        """A row will be changed or deleted or, if it is not stored yet, created."""

    def created(self, row: ContentModel) -> None:
        """A row was created."""

    def end(self, collection: Collection, touched: ChangedRows, report: Report) -> None:
        """A load will be committed.

        :param touched: the keys of all rows that were written, or whose parts were.
        """


NO_HISTORY = LoadHistory()


@dataclass(frozen=True)
class LoadOptions:
    """What a load may do. By default it creates rows and changes what no one has edited.

    One refused row then refuses the whole pack.
    """

    #: Report what would happen and write nothing.
    dry_run: bool = False
    #: Overwrite what was edited or deleted since the last load.
    overwrite: bool = False
    #: Archive or delete rows of the last load that the pack no longer contains.
    retire: bool = False
    #: Write the other rows although some were refused.
    skip_refused: bool = False
    #: Where the load comes from, as a sentence for editors.
    origin: str = ""
    history: LoadHistory = NO_HISTORY


DEFAULT_OPTIONS = LoadOptions()
