"""The places of a question set: sections, the questions in them, and their order.

They are found for rows of a file.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.core.exceptions import ValidationError

from content.fields import is_blank
from interviews.models import QuestionSet, SetItem, SetSection
from packs.validating import validate
from question_files.lookups import Unclear
from question_files.order import into_places, moved, put_in_order
from question_files.row_order import turns_of
from question_files.rows import Row

#: What is read of each question with it: what it is checked with when it changes.
ASKED = ("collection", "band_from", "band_to")


class Places:
    """The sections and items of one set, as they are while rows are put."""

    def __init__(self, question_set: QuestionSet) -> None:
        self.question_set = question_set
        self.sections = list(question_set.sections.order_by("position", "id"))
        items = SetItem.objects.filter(section__question_set=question_set)
        self.items = list(
            items.in_order().select_related("section", *(f"question__{name}" for name in ASKED))
        )
        self.exported = set(items.published_ignoring("section").values_list("pk", flat=True))
        own = {section.pk: section for section in self.sections}
        for item in self.items:
            item.section = own[item.section_id]
        #: The last position in each section, and which questions stand in which.
        self.last = Counter({section.pk: 0 for section in self.sections})
        for item in self.items:
            self.last[item.section_id] = max(self.last[item.section_id], item.position)
        self.taken = {(item.section_id, item.question_id) for item in self.items}
        #: The numbers that an export writes.
        self.ranks = {
            item.pk: n
            for n, item in enumerate((i for i in self.items if i.pk in self.exported), start=1)
        }
        self.new_sections: list[SetSection] = []
        #: Rows of a question that stands in several sections, none of which they name.
        self.torn: list[Row] = []
        #: Rows of questions that someone took out of the set since the file was exported.
        self.taken_out: list[Row] = []
        self.is_changed = False

    def match(self, rows: Sequence[Row]) -> None:
        """Give the rows their items.

        First come those in the section that they name, then the only one that is left.
        """
        free: dict[int, list[SetItem]] = defaultdict(list)
        for item in self.items:
            free[item.question_id].append(item)
        for row in rows:
            found = free[row.question.pk] if row.question else []
            there = [
                item
                for item in found
                if not row.has("section") or row.says("section", item.section.title)
            ]
            if there:
                row.item = there[0]
                found.remove(row.item)
        for row in rows:
            found = free[row.question.pk] if row.question and row.item is None else []
            if len(found) == 1:
                row.item = found.pop()
            elif found:
                self.torn.append(row)
        in_set = {row["version"] for row in rows if row.item}
        self.taken_out = [
            row
            for row in rows
            if row.item is None and _was_in_set(row) and row["version"] not in in_set
        ]
        self._rename(rows)

    def _rename(self, rows: Sequence[Row]) -> None:
        """A section all of whose rows have one new title, and no row the former, was renamed."""
        titles = {row: _title(row) for row in rows if row not in self.taken_out}
        for section in self.sections:
            items = {
                item.pk
                for item in self.items
                if item.section_id == section.pk and item.pk in self.exported
            }
            own = [row for row in rows if row.item and row.item.pk in items]
            there = {titles[row] for row in own}
            is_whole = (
                bool(items) and len(own) == len(items) and section.title not in titles.values()
            )
            if is_whole and len(there) == 1 and self._is_free(title := there.pop()):
                self._retitle(section, title, own)

    def _is_free(self, title: str) -> bool:
        return not is_blank(title) and title not in {section.title for section in self.sections}

    def _retitle(self, section: SetSection, title: str, rows: Sequence[Row]) -> None:
        former = section.title
        section.title = title
        try:
            section.full_clean()
        except ValidationError:
            section.title = former
            return
        section.save()
        self.is_changed = True
        for row in rows:
            row.note("section", former, title)

    def section_of(self, row: Row) -> SetSection:
        """The section that a row names, made if there is none.

        :raises Unclear: if it could be one of several, or is not named.
        :raises ValidationError: if there can be no such section.
        """
        if row.item and not row.changes("section", row.item.section.title):
            return row.item.section
        title = row["section"]
        if is_blank(title):
            if len(self.sections) == 1:
                return self.sections[0]
            raise Unclear("the section is not named")
        if row in self.torn:
            raise Unclear("it stands in several sections of the set, and this names none of them")
        found = [section for section in self.sections if row.says("section", section.title)]
        if len(found) > 1:
            raise Unclear(f"{len(found)} sections are called so")
        return found[0] if found else self._create(title)

    def _create(self, title: str) -> SetSection:
        position = max((section.position for section in self.sections), default=0) + 1
        section = SetSection(question_set=self.question_set, title=title, position=position)
        section.full_clean()
        section.save()
        self.is_changed = True
        self.sections.append(section)
        self.new_sections.append(section)
        return section

    def put(self, row: Row) -> None:
        """Put the question of this row where the row says, and as the row says.

        :raises Unclear: if a cell cannot be read.
        :raises ValidationError: if a model refuses it.
        """
        section = self.section_of(row)
        item = row.item or SetItem(question=row.question, section=section)
        here = {"section": "", "minutes": "", "required": ""} if row.item is None else _cells(item)
        values = {
            "section": section,
            "minutes": _minutes(row, item),
            "required": _required(row, item),
        }
        changes = {name: value for name, value in values.items() if getattr(item, name) != value}
        if item.pk and not changes:
            return
        if "section" in changes or not item.pk:
            self.last[section.pk] = item.position = self.last[section.pk] + 1
        for name, value in changes.items():
            setattr(item, name, value)
            if name != "minutes" or row.item:
                row.note(name, here[name], row[name])
        place = section.pk, item.question_id
        is_free = place not in self.taken
        if item.pk:
            changed = {*changes, "position"} if "section" in changes else {*changes}
            validate(item, changed=changed)
            item.save(update_fields=changed)
        else:
            validate(item, ("section", "question") if is_free else ())
            item.save()
        self.taken.add(place)
        row.item, self.is_changed = item, True

    def put_in_order(self, rows: Sequence[Row]) -> str:
        """Put sections and items in the order of the file.

        Rows with the same number stay as they are.

        :returns: what is to be said of rows that stand in another order than the one that was
            taken; else nothing.
        """
        before = [item.pk for item in self.items]
        turns, note = turns_of(rows, self.ranks)
        placed = sorted((row for row in rows if row.item), key=turns.__getitem__)
        items = [row.item for row in placed if row.item]
        sections = list({item.section_id: item.section for item in items}.values())
        all_sections = list(self.question_set.sections.order_by("position", "id"))
        self.is_changed |= put_in_order(into_places(sections, all_sections), all_sections)
        for section in sections:
            all_items = list(section.items.order_by("position", "id"))
            wanted = [item for item in items if item.section_id == section.pk]
            self.is_changed |= put_in_order(into_places(wanted, all_items), all_items)
        self._note_moves(placed, before)
        return note

    def _note_moves(self, placed: Sequence[Row], before: Sequence[int]) -> None:
        items = SetItem.objects.filter(section__question_set=self.question_set)
        after = list(items.in_order().values_list("pk", flat=True))
        known = [key for key in before if key in set(after)]
        gone = moved(known, [key for key in after if key in set(known)])
        for row in placed:
            if row.item and row.item.pk in gone:
                row.note(
                    "position",
                    str(before.index(row.item.pk) + 1),
                    str(after.index(row.item.pk) + 1),
                )

    def absent(self, rows: Sequence[Row]) -> list[SetItem]:
        """What an export names and no row does."""
        named = {row.item.pk for row in rows if row.item}
        return [item for item in self.items if item.pk in self.exported and item.pk not in named]

    def without_added(
        self, items: Sequence[SetItem], rows: Sequence[Row]
    ) -> tuple[list[SetItem], list[SetItem]]:
        """These items without those that were added since the file was exported; and those."""
        known = [row.version.last_item for row in rows if row.version]
        last = max(known, default=0)
        added = [item for item in items if last and item.pk > last]
        return [item for item in items if item not in added], added


def _was_in_set(row: Row) -> bool:
    """Whether the row was exported from this set, and nothing else is asked for now."""
    is_from_set = row.version is not None and row.version.last_item > 0
    return is_from_set and row.is_unedited("set") and not row.overwrites


def _title(row: Row) -> str:
    """The title of the section in which the row puts its question."""
    if row.item and not row.changes("section", row.item.section.title):
        return row.item.section.title
    return row["section"]


def _cells(item: SetItem) -> dict[str, str]:
    minutes = str(item.minutes or item.question.minutes or "")
    return {
        "section": item.section.title,
        "minutes": minutes,
        "required": "yes" if item.required else "no",
    }


def _minutes(row: Row, item: SetItem) -> int | None:
    """The set's own number of minutes; none where the question says the same."""
    shown = str(item.minutes or item.question.minutes or "")
    if not (row.changes("minutes", shown) if item.pk else row.has("minutes")):
        return item.minutes
    minutes = row.minutes()
    return None if minutes == item.question.minutes else minutes


def _required(row: Row, item: SetItem) -> bool:
    if item.pk:
        return (
            row.required() if row.changes("required", _cells(item)["required"]) else item.required
        )
    is_left_empty = not row["required"].strip() and row.is_unedited("required")
    return row.required() if row.has("required") and not is_left_empty else item.required
