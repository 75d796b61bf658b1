"""The rows that the objects of a package become, with what an import stores of each object."""

from collections.abc import Iterator, Mapping

from file_formats.cell_text import LIST_MARK
from file_formats.errors import UnreadableFile
from interchange.case.associations import association_key
from interchange.case.classification import DESCRIPTOR_ITEMS
from interchange.case.graph import ItemGraph, ReadAssociation
from interchange.case.import_records import DependentObject, date_column, source_column
from interchange.case.items import Item, foreign_columns, portal_columns
from interchange.case.objects import (
    Extension,
    Refusals,
    Rubric,
    read_association,
    read_criterion,
    read_criterion_level,
    read_extension,
    read_rubric,
)
from interchange.case.schema import (
    ASSOCIATION_TABLES_BY_NAME,
    AssociationTable,
    ItemTable,
    TableRow,
)
from interchange.files import Object, expect_object, split_entries
from interchange.identifiers import row_identifier
from interviews.packs import ANCHORS
from packs.pack_tables import Table, column_of
from skills.packs import SKILLS


def portal_row(extension: Extension, table: Table, expressed: Mapping[str, str]) -> Object:
    """The columns of a row that the portal wrote; those that the package omits are empty.

    :param extension: of the object, which has the columns that CASE cannot express.
    :param expressed: the columns that CASE expresses.
    """
    columns = {*table.fields, "id"}
    values: Object = {}
    for name, value in extension.get("extra", {}).items():
        if name not in columns:
            values[name] = value
    empty = dict.fromkeys(map(column_of, table.fields), "")
    return {**values, **empty, **expressed, **extension.get("row", {})}


def item_row(item: Item, graph: ItemGraph, namespace: str) -> TableRow:
    """
    :raises UnreadableFile: if a column names an item of another kind.
    """
    item_table = item.item_table
    if item.is_ours:
        values = _portal_item_columns(item)
        stored = _stored_of_portal(item, namespace)
    else:
        values = _foreign_item_columns(item)
        stored = _stored_of_foreign(item)
    if item_table.parent_column and item.parent:
        values[item_table.parent_column] = item.parent.key
    for column, identifiers in item.related.items():
        keys = split_entries(str(values.get(column, "")), LIST_MARK)
        for identifier in identifiers:
            keys.append(_key_for(item_table.table, column, graph.items[identifier], item.location))
        values[column] = LIST_MARK.join(keys)
    return item_table.name, item.location, values | item.derived_columns | stored


def _portal_item_columns(item: Item) -> Object:
    item_table = item.item_table
    expressed = portal_columns(item.values, item_table, item.extension["statement"])
    if item.sequence is not None and "position" in item_table.table.fields:
        expressed["position"] = str(item.sequence)
    return portal_row(item.extension, item_table.table, expressed)


def _foreign_item_columns(item: Item) -> Object:
    fields = item.item_table.table.fields
    values: Object = {**foreign_columns(item.values, item.item_table)}
    values |= dict.fromkeys(_association_columns(item.item_table), "")
    if "slug" in fields:
        values["id"] = item.slug
    if "external_id" in fields:
        values["external_id"] = item.identifier
    if "position" in fields:
        values["position"] = str(item.position if item.sequence is None else item.sequence)
    return values


def _association_columns(item_table: ItemTable) -> list[str]:
    """The columns that associations of another program fill; they are empty without one."""
    columns = list(filter(None, [item_table.parent_column]))
    if item_table.table is SKILLS:
        columns += item_table.related_columns
    return columns


def _stored_of_foreign(item: Item) -> Object:
    has_slug = "slug" in item.item_table.table.fields
    derived_columns = {"id": item.slug} if has_slug else {}
    return source_column(
        identifier=item.identifier,
        uri=item.values.get("uri"),
        item=item.raw,
        derived_columns=derived_columns | item.derived_columns,
        column_associations=item.column_associations,
        other_associations=item.other_associations,
    )


def _stored_of_portal(item: Item, namespace: str) -> Object:
    """Associations that the portal would write in the same way are not stored."""
    foreign = [raw for raw in item.column_associations if not _is_portal_written(raw, namespace)]
    return date_column(item.raw, item.values) | source_column(
        column_associations=foreign, other_associations=item.other_associations
    )


def _is_portal_written(raw: Object, namespace: str) -> bool:
    association = read_association(raw, "")
    key = association_key(
        association["associationType"],
        association["originNodeURI"]["identifier"],
        association["destinationNodeURI"]["identifier"],
    )
    return bool(association["identifier"] == row_identifier(namespace, "CFAssociation", key))


def _key_for(table: Table, column: str, item: Item, location: str) -> str:
    """How a column refers to the row of an item.

    :raises UnreadableFile: if the column refers to rows of another table.
    """
    related_model = table.fields[column].related_model
    if item.item_table.table.model is not related_model:
        raise UnreadableFile(
            f"{location}: {column}", (f"{item.location} is an item of a different type")
        )
    return item.key


def association_row(association: ReadAssociation, graph: ItemGraph) -> TableRow:
    """
    :raises UnreadableFile: if there is no such table, or an end is an item of another kind.
    """
    table_name = association.extension["table"]
    association_table = ASSOCIATION_TABLES_BY_NAME.get(table_name)
    if association_table is None:
        reason = f"associations cannot belong to the table “{table_name}”"
        raise UnreadableFile(f"{association.location}: table", reason)
    table = association_table.table
    ends = _end_columns(association, association_table, graph)
    values = portal_row(association.extension, table, ends)
    if "position" in table.fields and "sequenceNumber" in association.values:
        values["position"] = str(association.values["sequenceNumber"])
    grouping = association.values.get("CFAssociationGroupingURI")
    if grouping and "importance" in table.fields:
        values["importance"] = grouping.get("title", "")
    values |= date_column(association.raw, association.values)
    return table.name, association.location, values


def _end_columns(
    association: ReadAssociation, association_table: AssociationTable, graph: ItemGraph
) -> dict[str, str]:
    origin, destination = graph.ends_of(association)
    ends = {association_table.origin_column: origin}
    columns = {}
    if destination and destination.parent and destination.item_table is DESCRIPTOR_ITEMS:
        columns["skill"] = destination.parent.key
        stated = destination.extension.get("row", {}).get("proficiency", "")
        columns["proficiency"] = stated or destination.derived_columns.get("proficiency", "")
    else:
        ends[association_table.destination_column] = destination
    for column, item in ends.items():
        if item:
            table = association_table.table
            columns[column] = _key_for(table, column, item, association.location)
    return columns


def rubric_rows(
    raw_rubrics: list[object], graph: ItemGraph, refusals: Refusals
) -> tuple[list[DependentObject], list[TableRow]]:
    """The rubrics of other programs, which are stored unchanged, and the anchors in the portal's.

    Rubrics that cannot be read are refused.
    """
    foreign: list[DependentObject] = []
    rows: list[TableRow] = []
    for number, raw in enumerate(raw_rubrics, start=1):
        location = f"CFRubrics {number}"
        with refusals.collect():
            rubric = read_rubric(raw, location)
            anchors, required_items = _read_criteria(rubric, location, graph)
            rows += anchors
            if not anchors and not read_extension(rubric, location).get("derived"):
                foreign.append((required_items, expect_object(raw, location)))
    return foreign, rows


def _read_criteria(
    rubric: Rubric, rubric_location: str, graph: ItemGraph
) -> tuple[list[TableRow], list[str]]:
    """The anchors among the levels of all criteria, and the items that the criteria are about.

    The items are identifiers; those that are not in the package are omitted.
    """
    anchors: list[TableRow] = []
    identifiers = []
    for number, raw in enumerate(rubric.get("CFRubricCriteria", []), start=1):
        location = f"{rubric_location}, criterion {number}"
        criterion = read_criterion(raw, location)
        item = graph.find(criterion["CFItemURI"]) if "CFItemURI" in criterion else None
        if item:
            identifiers.append(item.identifier)
        raw_levels = criterion.get("CFRubricCriterionLevels", [])
        for level_number, raw_level in enumerate(raw_levels, start=1):
            anchors += _anchor_rows(raw_level, item, f"{location}, level {level_number}")
    return anchors, identifiers


def _anchor_rows(raw: object, question: Item | None, location: str) -> Iterator[TableRow]:
    """The anchor that the level of a criterion is; none for levels of other programs.

    :raises UnreadableFile: if the criterion of an anchor is about no question.
    """
    level = read_criterion_level(raw, location)
    extension = read_extension(level, location)
    if extension.get("table") != ANCHORS.name:
        return
    if question is None:
        raise UnreadableFile(location, "the criterion does not name a question of the package")
    expressed = {
        "question": _key_for(ANCHORS, "question", question, location),
        "rating": f"{level.get('score', 0):g}",
        "text": level.get("description", ""),
    }
    stored = date_column(expect_object(raw, location), level)
    yield ANCHORS.name, location, portal_row(extension, ANCHORS, expressed) | stored
