"""Texts of rows, which rules compare or read word by word."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from content_checks.pack_rows import PackRow
from content_checks.prose import content_words, similarity, statements, words

#: Columns without sentences of ours.
NO_PROSE = {
    "sources",
    "url",
    "source_url",
    "external_id",
    "aliases",
    "author",
    "former_titles",
    "terms",
}
#: The table and column with the titles of other people's works.
WORK_TITLE = ("learning_resources", "title")
MAX_QUOTATION_LENGTH = 80


@dataclass(frozen=True)
class Passage:
    """A text of a row, or a statement of a text."""

    row: PackRow
    text: str

    @cached_property
    def content_words(self) -> frozenset[str]:
        return content_words(self.text)

    @property
    def first_word(self) -> str:
        """In lower case; empty for a text without a word, such as a number."""
        return next(iter(words(self.text)), "").casefold()

    @property
    def quotation(self) -> str:
        """Its beginning in quotation marks."""
        text = self.text
        if len(text) > MAX_QUOTATION_LENGTH:
            text = f"{text[: MAX_QUOTATION_LENGTH - 3].rstrip()}…"
        return f"“{text}”"

    def similar(self, others: "Iterable[Passage]", threshold: float) -> "list[Passage]":
        """The others whose similarity to this one reaches the threshold."""
        result = []
        for other in others:
            if similarity(self.content_words, other.content_words) >= threshold:
                result.append(other)
        return result


def texts_of(rows: Iterable[PackRow], column: str) -> list[Passage]:
    """The whole text of this column of each row; empty where a row has none."""
    return [Passage(row, row.text(column)) for row in rows]


def statements_of(rows: Iterable[PackRow]) -> list[Passage]:
    """The statements in the column `text`."""
    passages = []
    for row in rows:
        for statement in statements(row.text("text")):
            passages.append(Passage(row, statement))
    return passages


def prose_of(rows: Iterable[PackRow]) -> list[Passage]:
    """The columns with sentences."""
    passages = []
    for row in rows:
        for column, value in row.values.items():
            is_prose = column not in NO_PROSE and (row.table, column) != WORK_TITLE
            if is_prose and isinstance(value, str) and " " in value:
                passages.append(Passage(row, value))
    return passages
