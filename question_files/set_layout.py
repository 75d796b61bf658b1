"""The sections of a question set, the questions in them, and their order, during an import."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import inf
from operator import attrgetter
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from content.text import is_blank
from interviews.models import Question, QuestionSet, SetItem, SetSection
from question_files.columns import REQUIRED
from question_files.lookups import UnreadableCell
from question_files.row_order import RowOrder, moved_keys, reordered
from question_files.rows import ImportRow
from question_files.storing import store, store_order

PositionedT = TypeVar("PositionedT", SetSection, SetItem)

HALF = Decimal("0.5")
#: The rows that a question is validated with.
QUESTION_RELATIONS = ("question__collection", "question__band_from", "question__band_to")


class SetLayout:
    """The sections and items of a set, which rows of a file change."""

    def __init__(self, question_set: QuestionSet) -> None:
        self._question_set = question_set
        self._all_items = SetItem.objects.filter(section__question_set=question_set)
        exported = self._all_items.published_ignoring("section")
        exported_keys = set(exported.values_list("pk", flat=True))
        self._sections = list(question_set.sections.order_by("position", "id"))
        #: What a row without a section means. It does not depend on sections that other rows add.
        self._only_section = self._sections[0] if len(self._sections) == 1 else None
        self.items = self._read_items()
        #: The items that an export has.
        self._exported_items = [item for item in self.items if item.pk in exported_keys]
        #: The last position in each section, and the questions of each section, by primary keys.
        self._last_positions: dict[int, int] = defaultdict(int)
        self._occupied: set[tuple[int, int]] = set()
        for item in self.items:
            last = self._last_positions[item.section_id]
            self._last_positions[item.section_id] = max(last, item.position)
            self._occupied.add((item.section_id, item.question_id))
        self.new_sections: list[SetSection] = []
        self._renamed_sections: list[SetSection] = []
        #: Rows whose question is in several sections, none of which they name.
        self._ambiguous_rows: list[ImportRow] = []
        #: Rows of questions that someone removed from the set since the file was exported.
        self.removed_rows: list[ImportRow] = []
        self.is_changed = False

    def _read_items(self) -> list[SetItem]:
        """All items in order. Those of a section share one instance of it, which may be renamed."""
        sections = {section.pk: section for section in self._sections}
        items = list(self._all_items.in_order().select_related("section", *QUESTION_RELATIONS))
        for item in items:
            item.section = sections[item.section_id]
        return items

    def asks(self, question: Question | None) -> bool:
        """Whether the set asked a question when the import began."""
        return any(item.question == question for item in self.items)

    def match_items(self, rows: Sequence[ImportRow]) -> None:
        """Set the items of the rows, and rename sections whose rows all have one new title.

        Rows are matched in the section that they name, then with the only item that is left.
        """
        unmatched: dict[int, list[SetItem]] = defaultdict(list)
        for item in self.items:
            unmatched[item.question_id].append(item)
        for row in rows:
            if row.question:
                row.item = _take_item_in_section(row, unmatched[row.question.pk])
        for row in rows:
            if row.question is None or row.item:
                continue
            items = unmatched[row.question.pk]
            if len(items) == 1:
                row.item = items.pop()
            elif items:
                self._ambiguous_rows.append(row)
        self._find_removed_rows(rows)
        self._rename_sections(rows)

    def _find_removed_rows(self, rows: Sequence[ImportRow]) -> None:
        """Find the rows that were exported from the set and whose question it does not ask now.

        Rows that were copied in the file have the same version and do not count.
        """
        versions_in_set = {row["version"] for row in rows if row.item}
        for row in rows:
            if row["version"] not in versions_in_set and _was_in_set(row):
                self.removed_rows.append(row)

    def _rename_sections(self, rows: Sequence[ImportRow]) -> None:
        """Rename each section whose title no row has any more and whose rows share a new one."""
        titles: dict[ImportRow, str] = {}
        for row in rows:
            if row not in self.removed_rows:
                titles[row] = _section_title(row)
        for section in self._sections:
            if section.title in titles.values():
                continue
            section_rows = self._rows_of_whole_section(section, rows)
            new_titles = {titles[row] for row in section_rows}
            if len(new_titles) == 1:
                self._rename_section(section, new_titles.pop(), section_rows)

    def _rows_of_whole_section(
        self, section: SetSection, rows: Sequence[ImportRow]
    ) -> list[ImportRow]:
        """The rows of the items of a section; none unless each item of an export has a row."""
        items = {item for item in self._exported_items if item.section_id == section.pk}
        section_rows = [row for row in rows if row.item in items]
        return section_rows if len(section_rows) == len(items) else []

    def _rename_section(self, section: SetSection, title: str, rows: Sequence[ImportRow]) -> None:
        """Rename the section, unless the title is invalid, which `store_placement` reports."""
        if is_blank(title) or title in map(attrgetter("title"), self._sections):
            return
        former = section.title
        section.title = title
        try:
            section.full_clean()
        except ValidationError:
            section.title = former
            return
        section.save()
        self.is_changed = True
        self._renamed_sections.append(section)
        for row in rows:
            row.add_change("section", former, title)

    def store_placement(self, row: ImportRow) -> None:
        """Store where and how the set asks the question of this row.

        :raises UnreadableCell: if a cell cannot be read.
        :raises ValidationError: if a model refuses it.
        """
        section = self._section_of(row)
        item = row.item or SetItem(question=row.question, section=section)
        values = _values_of_row(row, item, section)
        _add_item_changes(row, item, values)
        changes = values.changes_of(item)
        if row.item is None or "section" in changes:
            self._last_positions[section.pk] += 1
            changes["position"] = self._last_positions[section.pk]
        location = section.pk, item.question_id
        unique_fields = () if location in self._occupied else ("section", "question")
        self.is_changed |= store(item, changes, unique_fields)
        self._occupied.add(location)
        row.item = item

    def _section_of(self, row: ImportRow) -> SetSection:
        """The section that a row names, which is created if there is none.

        :raises UnreadableCell: if it is not named, or several could be meant.
        :raises ValidationError: if there can be no such section.
        """
        if row.item and not row.should_store("section", row.item.section.title):
            return row.item.section
        if not is_blank(row["section"]):
            return self._named_section(row) or self._create_section(row["section"].strip())
        if self._only_section is None:
            raise UnreadableCell("the section is missing")
        return self._only_section

    def _named_section(self, row: ImportRow) -> SetSection | None:
        """The section whose title the row has; None if there is none.

        :raises UnreadableCell: if several could be meant.
        """
        if row in self._ambiguous_rows:
            raise UnreadableCell("the question is in several sections of the set; name one of them")
        named = [section for section in self._sections if section.title == row["section"]]
        if not named:
            named = [each for each in self._sections if row.cell_equals("section", each.title)]
        if len(named) > 1:
            raise UnreadableCell(f"{len(named)} sections have this title")
        return next(iter(named), None)

    def _create_section(self, title: str) -> SetSection:
        """A new section at the end of the set.

        :raises ValidationError: if there can be no section with this title.
        """
        last = max(map(attrgetter("position"), self._sections), default=0)
        section = SetSection(question_set=self._question_set, title=title, position=last + 1)
        section.full_clean()
        section.save()
        self.is_changed = True
        self._sections.append(section)
        self.new_sections.append(section)
        return section

    def store_order(self, rows: Sequence[ImportRow]) -> str:
        """Put sections and items in the order of the file. Returns a note for the report, or "".

        Rows with the same number keep their order.
        """
        keys_before = [item.pk for item in self.items]
        order = RowOrder(rows, self._exported_positions())
        sorted_rows = sorted(rows, key=order.positions.__getitem__)
        self._store_order(self._ordered_sections(sorted_rows), self._question_set.sections.all())
        items_by_section: dict[SetSection, list[SetItem]] = defaultdict(list)
        for row in sorted_rows:
            if row.item:
                items_by_section[row.item.section].append(row.item)
        for section, items in items_by_section.items():
            self._store_order(items, section.items.all())
        self._add_moves(rows, keys_before)
        return order.note

    def _exported_positions(self) -> dict[SetItem | None, Decimal]:
        """The positions that an export writes. Items that it leaves out are between two others."""
        positions: dict[SetItem | None, Decimal] = {}
        exported = set(self._exported_items)
        position = Decimal(0)
        for item in self.items:
            if item in exported:
                position += 1
            positions[item] = position if item in exported else position + HALF
        return positions

    def _ordered_sections(self, rows: Iterable[ImportRow]) -> list[SetSection]:
        """The sections in the order of the first row that each had before.

        A row that is new to its section moves it only if the section, or its title, is new as well.
        """
        sections: dict[SetSection, None] = {}
        movable_sections = {*self.new_sections, *self._renamed_sections}
        for row in rows:
            if row.item and (not row.is_new_in_section or row.item.section in movable_sections):
                sections[row.item.section] = None
        return list(sections)

    def _store_order(
        self, ordered: Sequence[PositionedT], siblings: "QuerySet[PositionedT]"
    ) -> None:
        """Put rows in this order among their siblings."""
        former = list(siblings.order_by("position", "id"))
        self.is_changed |= store_order(reordered(ordered, former), former)

    def _add_moves(self, rows: Sequence[ImportRow], keys_before: Sequence[int]) -> None:
        """Note for the report which questions moved."""
        keys_after = list(self._all_items.in_order().values_list("pk", flat=True))
        moved = moved_keys(keys_before, keys_after)
        for row in rows:
            if row.item and row.item.pk in moved:
                before = keys_before.index(row.item.pk) + 1
                after = keys_after.index(row.item.pk) + 1
                row.add_change("position", str(before), str(after))

    def absent_items(self, rows: Sequence[ImportRow]) -> list[SetItem]:
        """The items that an export has and the file does not."""
        items = {row.item for row in rows}
        return [item for item in self._exported_items if item not in items]


def added_since_export(items: Sequence[SetItem], rows: Sequence[ImportRow]) -> list[SetItem]:
    """Those of the items that were added to the set since the file was exported, if known."""
    last_items = [row.set_version.last_item for row in rows if row.set_version]
    last_exported = max(last_items, default=inf)
    return [item for item in items if item.pk > last_exported]


def _take_item_in_section(row: ImportRow, items: list[SetItem]) -> SetItem | None:
    """The item in the section that the row names, which is removed from the items.

    Any section matches a row that names none.
    """
    for item in items:
        if not row.has_cell("section") or row.cell_equals("section", item.section.title):
            items.remove(item)
            return item
    return None


def _was_in_set(row: ImportRow) -> bool:
    """Whether the row was exported from a set, and may not overwrite edits made here."""
    return row.set_version is not None and row.is_unedited("set") and not row.overwrites


def _section_title(row: ImportRow) -> str:
    """The title of the section in which the row puts its question."""
    if row.item and not row.should_store("section", row.item.section.title):
        return row.item.section.title
    return row["section"].strip()


@dataclass(frozen=True)
class ItemValues:
    """How a set asks a question."""

    section: SetSection
    minutes: int | None
    required: bool | None

    @classmethod
    def of(cls, item: SetItem) -> "ItemValues":
        """The stored values of an item."""
        return cls(item.section, item.minutes, item.required)

    def cells(self, question: Question) -> dict[str, str]:
        """The cells that an export writes. An item without minutes has those of its question."""
        return {
            "section": self.section.title,
            "minutes": str(self.minutes or question.minutes or ""),
            "required": REQUIRED[self.required],
        }

    def changes_of(self, item: SetItem) -> dict[str, SetSection | int | bool | None]:
        """The fields in which an item differs, with their new values."""
        values = {"section": self.section, "minutes": self.minutes, "required": self.required}
        return {name: value for name, value in values.items() if getattr(item, name) != value}


def _exported_cells(item: SetItem) -> dict[str, str]:
    """The cells that an export writes of an item."""
    return ItemValues.of(item).cells(item.question)


def _values_of_row(row: ImportRow, item: SetItem, section: SetSection) -> ItemValues:
    """The values that an item has after the import of a row.

    :raises UnreadableCell: if a cell cannot be read.
    """
    values = replace(ItemValues.of(item), section=section)
    if _is_imported(row, "minutes"):
        minutes = row.minutes()
        # An item without minutes has those of its question.
        minutes = None if minutes == item.question.minutes else minutes
        values = replace(values, minutes=minutes)
    if _is_imported(row, "required"):
        values = replace(values, required=row.required())
    return values


def _is_imported(row: ImportRow, column: str) -> bool:
    """Whether a cell replaces what is stored of an item, or says something of a new one."""
    if row.item:
        return row.should_store(column, _exported_cells(row.item)[column])
    return row.has_cell(column)


def _add_item_changes(row: ImportRow, item: SetItem, values: ItemValues) -> None:
    """Note for the report which cells of the item change to what; called before they do."""
    stored_cells = _exported_cells(row.item) if row.item else {}
    cells = values.cells(item.question)
    for name in values.changes_of(item):
        # The minutes of a new item are noted as those of its question.
        if name != "minutes" or row.item:
            row.add_change(name, stored_cells.get(name, ""), cells[name])
