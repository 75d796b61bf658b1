"""On which terms a pack is loaded, and who watches."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from packs.history import NO_HISTORY, LoadHistory

#: Is handed the rows of every table, with its name, and gives them on, to show how far a load is.
ProgressCallback = Callable[[str, Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class LoadOptions:
    """What a load may do beyond creating rows, and changing those that nobody edited here."""

    #: Say what would happen and write nothing.
    dry_run: bool = False
    #: Write over what was edited or deleted here since the last load.
    overwrite: bool = False
    #: Retire what the last load brought and this one does not.
    retire: bool = False
    #: Write what is sound although something was refused.
    skip_refused: bool = False
    #: Where the load comes from, in a sentence for editors.
    origin: str = ""
    #: Keeps what the load writes.
    history: LoadHistory = NO_HISTORY


#: As careful as can be: nothing edited here is overwritten, nothing is retired, one refusal refuses
#: the whole.
CAREFUL = LoadOptions()


def without_progress(name: str, rows: Iterable[Any]) -> Iterable[Any]:
    """The rows of the table with this name, while nobody watches them pass."""
    return rows
