"""Sentences about edits that were made here since a file was exported."""

from collections.abc import Iterable, Sequence

from interviews.models import SetItem
from question_files.rows import Row


def edit_notes(rows: Sequence[Row]) -> list[str]:
    """What was left as it is because of such edits, and where they cannot be recognized."""
    notes = []
    if kept := sum(len(row.change.kept) for row in rows):
        notes.append(
            f"{_number(kept, 'cell')} not edited in the file but edited here since it was "
            "exported: what is stored here stays."
        )
    unversioned = sum(row.has_key and row.version is None for row in rows)
    if unversioned:
        rows_have = "1 row has" if unversioned == 1 else f"{unversioned:,} rows have"
        notes.append(
            f"{rows_have} no valid version, so edits that were made here since the export cannot "
            "be recognized: wherever such a row differs from what is stored, the file counts."
        )
    return notes


def taken_out_notes(rows: Iterable[Row]) -> list[str]:
    """The questions that someone took out of the set since the export."""
    titles = ", ".join(row.change.title for row in rows)
    return (
        [
            "Removed from this set since the file was exported, and not added again: "
            f"{titles}. To add them, choose “Also overwrite edits made here”."
        ]
        if titles
        else []
    )


def added_notes(items: Iterable[SetItem]) -> list[str]:
    """The questions that someone added to the set since the export."""
    titles = ", ".join(item.question.title for item in items)
    note = f"Added to this set since the file was exported, and not removed: {titles}."
    return [note] if titles else []


def _number(count: int, noun: str) -> str:
    return f"1 {noun} was" if count == 1 else f"{count:,} {noun}s were"
