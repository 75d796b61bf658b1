"""What a load says of the rows that it writes, for whoever keeps a history of them."""

from typing import Any

from content.change_tracking import ChangedRows
from content.models import Collection
from packs.report import Report


class LoadHistory:
    """Keeps no history. All methods are called inside the transaction of the load."""

    def begin(self) -> None:
        """A load begins; an earlier attempt, if there was one, was rolled back."""

    def before_write(self, row: Any) -> None:
        """A row is about to be changed or deleted or, if it is not stored yet, created."""

    def created(self, row: Any) -> None:
        """A row was created."""

    def end(self, collection: Collection, touched: ChangedRows, report: Report) -> None:
        """A load is about to be committed.

        :param touched: the keys of all rows that were written, or whose parts were.
        """


NO_HISTORY = LoadHistory()
