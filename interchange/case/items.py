"""The texts of CFItems as columns of rows, and items while a package is read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from file_formats.cell_text import names_cell, parse_names
from file_formats.errors import UnreadableFile
from interchange.case.import_records import DependentObject
from interchange.case.objects import Extension, ItemValues, read_extension, read_item
from interchange.case.schema import ITEM_TABLES_BY_NAME, ItemTable
from interchange.files import Object, expect_object, one_line
from packs.pack_tables import COLLECTION

MAX_CODE_LENGTH = 40
#: How many items can be above one another; more than any framework has. It limits the work of
#: walking up from every item.
MAX_DEPTH = 50
#: In place of a table, before one is chosen: no item is a collection.
UNDECIDED = ItemTable(COLLECTION, "", ())


def pop_item_texts(values: dict[str, str], item_table: ItemTable) -> tuple[Object, str]:
    """Move the texts of a row from its columns to the keys of an item.

    :param values: the columns of the row, from which those that the item contains are removed.
    :returns: the texts by key, and the column that is the full statement.
    """
    title = values.get("title", "")
    filled = [column for column in item_table.statement_columns if values.get(column)]
    statement_column = next(iter(filled), "title")
    statement = values.pop(statement_column, title)
    values.pop("title", None)
    texts: Object = {"abbreviatedStatement": title, "fullStatement": statement}
    code = values.pop(item_table.code_column, "")
    if code:
        texts["humanCodingScheme"] = code
    keywords = parse_names(values.get(item_table.keywords_column, "")).split("\n")
    if all(keyword and keyword == keyword.strip() for keyword in keywords):
        texts["conceptKeywords"] = keywords
        del values[item_table.keywords_column]
    return texts, statement_column


def portal_columns(
    item: ItemValues, item_table: ItemTable, statement_column: str
) -> dict[str, str]:
    """The columns from which `pop_item_texts` made this item."""
    columns = dict.fromkeys(item_table.statement_columns, "")
    if item_table.keywords_column:
        columns[item_table.keywords_column] = _keywords_cell(item)
    columns[statement_column] = item["fullStatement"]
    if item_table.has_title:
        columns["title"] = item.get("abbreviatedStatement") or columns.get("title", "")
    if item_table.code_column:
        columns[item_table.code_column] = item.get("humanCodingScheme", "")
    return columns


def _keywords_cell(item: ItemValues) -> str:
    return names_cell("\n".join(item.get("conceptKeywords", [])))


def foreign_columns(item: ItemValues, item_table: ItemTable) -> dict[str, str]:
    """The columns for an item that another program wrote."""
    statement = item["fullStatement"]
    statement_column = item_table.statement_columns[0]
    if not item_table.has_title:
        return {statement_column: statement}
    title = one_line(item.get("abbreviatedStatement") or statement)
    is_required = not item_table.table.fields[statement_column].blank
    columns = {
        "title": title,
        statement_column: statement if is_required or statement != title else "",
    }
    if item_table.keywords_column:
        columns[item_table.keywords_column] = _keywords_cell(item)
    code = item.get("humanCodingScheme", "")
    if item_table.code_column and len(code) <= MAX_CODE_LENGTH:
        columns[item_table.code_column] = code
    return columns


@dataclass(eq=False)
class Item:
    """An item of a package that is read, with what associations say about it."""

    location: str
    #: Its number among the items of the package.
    order: int
    #: The item as it was written, and its checked values.
    raw: Object
    values: ItemValues
    #: The portal's own extension; empty for items of other programs.
    extension: Extension
    #: The table of its row; for items of other programs it is chosen later.
    item_table: ItemTable = UNDECIDED
    slug: str = ""
    #: Its number among the items with the same table and parent.
    position: int = 0
    parent: "Item | None" = None
    #: Whether an association names its parent, or the document as its parent; where it does.
    has_parent_association: bool = False
    parent_location: str = ""
    is_skill_level: bool = False
    #: The `sequenceNumber` of the association with its parent.
    sequence: int | None = None
    #: Identifiers of related items by column.
    related: dict[str, list[str]] = field(default_factory=dict)
    #: Columns that follow from more than this item.
    derived_columns: dict[str, str] = field(default_factory=dict)
    #: Associations as they were written: those that columns express, and the others.
    column_associations: list[Object] = field(default_factory=list)
    other_associations: list[DependentObject] = field(default_factory=list)

    @property
    def identifier(self) -> str:
        return self.values["identifier"]

    @property
    def is_ours(self) -> bool:
        """Whether the portal wrote it."""
        return bool(self.extension)

    @property
    def key(self) -> str:
        """How other rows refer to its row."""
        if self.parent and self.item_table.table.parent:
            return f"{self.parent.key}/{self.slug}"
        return self.slug

    def accepts_parent(self, association_type: str) -> bool:
        """Whether an association of this type can name its parent: the first that fits can."""
        if self.has_parent_association:
            return False
        return (
            self.item_table is UNDECIDED or self.item_table.parent_association == association_type
        )

    def depth(self) -> int:
        """How many items are above it.

        :raises UnreadableFile: if more than `MAX_DEPTH` are.
        """
        depth = len(list(islice(_with_ancestors(self.parent), MAX_DEPTH + 1)))
        if depth > MAX_DEPTH:
            raise UnreadableFile(self.location, f"more than {MAX_DEPTH} items above it")
        return depth

    def set_parent(self, parent: "Item | None", sequence: int | None, location: str) -> None:
        """Place it below another item, or below the document.

        :param location: of the association.
        :raises UnreadableFile: if it would be above itself, or below more than `MAX_DEPTH` items.
        """
        above = list(islice(_with_ancestors(parent), MAX_DEPTH + 1))
        if self in above:
            raise UnreadableFile(location, "the item would be inside itself")
        if len(above) > MAX_DEPTH:
            raise UnreadableFile(location, f"more than {MAX_DEPTH} items above one another")
        self.parent = parent
        self.sequence = sequence
        self.parent_location = location
        self.has_parent_association = True


def _with_ancestors(item: Item | None) -> Iterator[Item]:
    """The item and those above it, from the nearest."""
    while item:
        yield item
        item = item.parent


def parse_item(raw: object, location: str, order: int) -> Item:
    """
    :raises UnreadableFile: if a value is wrong, or the portal's extension names a table or column
        that does not exist.
    """
    values = read_item(raw, location)
    extension = read_extension(values, location)
    item = Item(location, order, expect_object(raw, location), values, extension)
    if "table" not in extension:
        item.extension = {}
        return item
    item.item_table = ITEM_TABLES_BY_NAME.get(extension["table"], UNDECIDED)
    if item.item_table is UNDECIDED:
        reason = f"items cannot belong to the table “{extension['table']}”"
        raise UnreadableFile(f"{location}: table", reason)
    statement = extension.get("statement")
    if statement not in (*item.item_table.statement_columns, "title"):
        reason = f"“{statement}” is not a text column of {item.item_table.name}"
        raise UnreadableFile(f"{location}: statement", reason)
    item.slug = extension.get("row", {}).get("id", "")
    return item
