"""Notes about input that a conversion does not use: files, columns, parts of cells."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from content.text import number_with_noun
from mapping.parser import TableMapping
from source_files.files import is_added_column

#: Files that one note lists.
LISTED_FILES = 20

ColumnsBySource: TypeAlias = Mapping[str, Sequence[str]]


def notes_on_omissions(cell_counts: Mapping[str, int]) -> Iterator[str]:
    """Notes about markup that was left out.

    :param cell_counts: the number of cells by description of the markup.
    """
    for description, count in sorted(cell_counts.items()):
        yield f"{description}: removed from {number_with_noun(count, 'cell')}"


def notes_on_files(unread_files: Sequence[str]) -> Iterator[str]:
    """A note on files that no source reads."""
    listed = ", ".join(unread_files[:LISTED_FILES])
    unlisted_count = len(unread_files) - LISTED_FILES
    if unlisted_count > 0:
        listed += f" and {number_with_noun(unlisted_count, 'more file')}"
    if listed:
        yield f"the mapping does not read {listed}"


def notes_on_sources(mapping: TableMapping, all_columns: ColumnsBySource) -> Iterator[str]:
    """Notes on columns that no row uses.

    Sources that read the same file in different ways share a note.

    :param all_columns: the columns of the records of each source.
    """
    sources_by_file: dict[str, list[str]] = {}
    for name, options in mapping.sources.items():
        sources_by_file.setdefault(options.file, []).append(name)
    for names in sources_by_file.values():
        unused = _unused_columns(mapping, names, all_columns)
        if unused:
            quoted_names = ", ".join(f"“{name}”" for name in names)
            yield f"the mapping does not use {', '.join(unused)} of {quoted_names}"


def _unused_columns(
    mapping: TableMapping, sources: Sequence[str], all_columns: ColumnsBySource
) -> list[str]:
    """The columns of some sources that no row uses and the mapping does not ignore."""
    used: set[str] = set()
    columns: dict[str, None] = {}
    for source in sources:
        used |= _used_columns(mapping, source, all_columns[source])
        used.update(mapping.sources[source].ignore)
        columns.update(dict.fromkeys(all_columns[source]))
    options_of_sources = [mapping.sources[source] for source in sources]
    unused = []
    for column in columns:
        is_added = any(is_added_column(column, options) for options in options_of_sources)
        if not is_added and not _is_used(column, used):
            unused.append(column)
    return unused


def _is_used(column: str, used: set[str]) -> bool:
    """Whether a column or one inside it is used: `topics` is where `topics.name` is."""
    return column in used or any(name.startswith(f"{column}.") for name in used)


def _used_columns(mapping: TableMapping, source: str, columns_of_source: Sequence[str]) -> set[str]:
    """The columns of a source that expressions or record transforms read."""
    used: set[str] = set()
    for spec in mapping.table_specs:
        used |= spec.source_columns(source)
        if spec.source != source:
            continue
        for transform in spec.record_transforms:
            used |= transform.columns_read
            if transform.reads_all_columns:
                used.update(columns_of_source)
    return used
