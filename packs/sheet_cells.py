"""What spreadsheets make of rows and cells when they save a table.

Every reader of tables follows these rules.
"""

import re
from collections.abc import Sequence

#: What cells show in place of a result that could not be calculated.
ERROR_VALUES = frozenset(
    "#REF! #NAME? #VALUE! #N/A #DIV/0! #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! "
    "#UNKNOWN!".split()
)
libreoffice_error = re.compile(r"Err:5\d\d").fullmatch
whole_with_zeros = re.compile(r"([0-9]+)\.0+").fullmatch


def fitted(cells: list[str], columns: int) -> list[str]:
    """The cells of a row, one for each column.

    Empty ones at its end may be left out, and may be too many.

    :raises ValueError: if there is text beyond the last column.
    """
    if any(cells[columns:]):
        raise ValueError(f"{len(cells)} cells under {columns} columns")
    return cells[:columns] + [""] * (columns - len(cells))


def named_columns(cells: Sequence[str]) -> list[str]:
    """The names of the columns, without blanks around them and without nameless columns at the end.

    :raises ValueError: if another one has no name, or two have the same.
    """
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names or "" in names or len(set(names)) < len(names):
        raise ValueError("expected a row that names every column once")
    return names


def error_in(cell: str) -> str:
    """Why a cell cannot be taken that holds nothing but an error; empty for every other cell."""
    words = cell.strip()
    if words in ERROR_VALUES or libreoffice_error(words):
        return f"the spreadsheet shows the error {words} here"
    return ""


def plain_number(cell: str) -> str:
    """A whole number without the zeros that programs write behind its point.

    Any other cell as it is.
    """
    found = whole_with_zeros(cell.strip())
    return found[1] if found else cell
