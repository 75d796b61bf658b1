"""The rows that the objects of a package become, with what an import stores of each object."""

from collections.abc import Iterator

from file_formats.errors import UnreadableFile
from interchange.case.associations import association_key
from interchange.case.graph import ItemGraph, ReadAssociation
from interchange.case.import_records import DependentObject, date_column, source_column
from interchange.case.items import Item, foreign_columns, portal_columns
from interchange.case.objects import (
    CRITERION,
    CRITERION_LEVEL,
    RUBRIC,
    Refusals,
    read_association,
    read_extension,
    read_object,
)
from interchange.case.schema import ASSOCIATION_TABLES_BY_NAME, AssociationTable, TableRow
from interchange.identifiers import row_identifier
from interchange.packs import column_of
from interchange.values import Object, expect_object, refuse_unstorable_texts
from interviews.packs import ANCHORS
from packs.cell_text import LIST_MARK
from packs.pack_tables import Table
from skills.packs import SKILL_DESCRIPTORS


def portal_row(extension: Object, table: Table, expressed: Object) -> Object:
    """The columns of a row that the portal wrote; those that the package omits are empty.

    :param extension: of the object, which has the columns that CASE cannot express.
    :param expressed: the columns that CASE expresses.
    """
    extra = extension.get("extra", {})
    values = {}
    for name, value in extra.items():
        if name not in table.fields and name != "id":
            values[name] = value
    for name in table.fields:
        values[column_of(name)] = ""
    return values | expressed | extension.get("row", {})


def item_row(item: Item, graph: ItemGraph, namespace: str) -> TableRow:
    """
    :raises UnreadableFile: if a column names an item of another kind.
    """
    item_table = item.assigned_table
    if item.is_ours:
        values = _portal_item_columns(item)
        stored = _stored_of_portal(item, namespace)
    else:
        values = _foreign_item_columns(item)
        stored = _stored_of_foreign(item)
    if item_table.parent_column and item.parent:
        values[item_table.parent_column] = item.parent.key
    for column, identifiers in item.related.items():
        keys = list(filter(None, values.get(column, "").split(LIST_MARK)))
        for identifier in identifiers:
            keys.append(_key_for(item_table.table, column, graph.items[identifier], item.location))
        values[column] = LIST_MARK.join(keys)
    return item_table.name, item.location, values | item.derived_columns | stored


def _portal_item_columns(item: Item) -> Object:
    item_table = item.assigned_table
    expressed = portal_columns(item.values, item_table, item.extension["statement"])
    if item.sequence is not None:
        expressed["position"] = str(item.sequence)
    return portal_row(item.extension, item_table.table, expressed)


def _foreign_item_columns(item: Item) -> Object:
    fields = item.assigned_table.table.fields
    values = foreign_columns(item.values, item.assigned_table)
    if "slug" in fields:
        values["id"] = item.slug
    if "external_id" in fields:
        values["external_id"] = item.identifier
    if "position" in fields:
        values["position"] = str(item.position if item.sequence is None else item.sequence)
    return values


def _stored_of_foreign(item: Item) -> Object:
    has_slug = "slug" in item.assigned_table.table.fields
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
    if item.item_table is None or item.item_table.table.model is not related_model:
        raise UnreadableFile(f"{location}: {column}", f"{item.location} is of another kind")
    return item.key


def association_row(association: ReadAssociation, graph: ItemGraph) -> TableRow:
    """
    :raises UnreadableFile: if there is no such table, or an end is an item of another kind.
    """
    table_name = association.extension["table"]
    association_table = ASSOCIATION_TABLES_BY_NAME.get(table_name)
    if association_table is None:
        reason = f"there are no associations of a table “{table_name}”"
        raise UnreadableFile(f"{association.location}: table", reason)
    table = association_table.table
    ends = _end_columns(association, association_table, graph)
    values = portal_row(association.extension, table, ends)
    if "position" in table.fields and "sequenceNumber" in association.values:
        values["position"] = str(association.values["sequenceNumber"])
    if "importance" in table.fields:
        grouping = association.values.get("CFAssociationGroupingURI", {})
        values["importance"] = grouping.get("title", "")
    values |= date_column(association.raw, association.values)
    return table.name, association.location, values


def _end_columns(
    association: ReadAssociation, association_table: AssociationTable, graph: ItemGraph
) -> Object:
    origin, destination = graph.ends_of(association)
    table, location = association_table.table, association.location
    columns: Object = {}
    if origin:
        column = association_table.origin_column
        columns[column] = _key_for(table, column, origin, location)
    if not destination:
        return columns
    if destination.parent and _is_descriptor(destination):
        columns["skill"] = destination.parent.key
        columns["proficiency"] = _proficiency_of(destination)
    else:
        column = association_table.destination_column
        columns[column] = _key_for(table, column, destination, location)
    return columns


def _is_descriptor(item: Item) -> bool:
    return item.item_table is not None and item.item_table.table is SKILL_DESCRIPTORS


def _proficiency_of(descriptor: Item) -> str:
    stated = descriptor.extension.get("row", {}).get("proficiency", "")
    return stated or descriptor.derived_columns.get("proficiency", "")


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
            refuse_unstorable_texts(raw, location)
            rubric = read_object(raw, RUBRIC, ["identifier"], location)
            anchors = list(_anchor_rows(rubric, location, graph))
            if anchors:
                rows += anchors
            elif not read_extension(rubric, location).get("derived"):
                required_items = _items_of(rubric, location, graph)
                foreign.append((required_items, expect_object(raw, location)))
    return foreign, rows


def _items_of(rubric: Object, location: str, graph: ItemGraph) -> list[str]:
    """The identifiers of the items of the package that the criteria are about."""
    identifiers = []
    for raw in rubric.get("CFRubricCriteria", []):
        criterion = read_object(raw, CRITERION, [], location)
        item = _item_of(criterion, graph)
        if item:
            identifiers.append(item.identifier)
    return identifiers


def _item_of(criterion: Object, graph: ItemGraph) -> Item | None:
    return graph.find(criterion["CFItemURI"]) if "CFItemURI" in criterion else None


def _anchor_rows(rubric: Object, rubric_location: str, graph: ItemGraph) -> Iterator[TableRow]:
    for number, raw_criterion in enumerate(rubric.get("CFRubricCriteria", []), start=1):
        location = f"{rubric_location}, criterion {number}"
        criterion = read_object(raw_criterion, CRITERION, ["identifier"], location)
        raw_levels = criterion.get("CFRubricCriterionLevels", [])
        for level_number, raw_level in enumerate(raw_levels, start=1):
            level_location = f"{location}, level {level_number}"
            level = read_object(raw_level, CRITERION_LEVEL, ["identifier"], level_location)
            extension = read_extension(level, level_location)
            if extension.get("table") == ANCHORS.name:
                question = _item_of(criterion, graph)
                values = _anchor_columns(level, extension, question, level_location)
                yield ANCHORS.name, level_location, values | date_column(raw_level, level)


def _anchor_columns(
    level: Object, extension: Object, question: Item | None, location: str
) -> Object:
    if question is None:
        raise UnreadableFile(location, "the criterion names no question of the package")
    expressed = {
        "question": _key_for(ANCHORS, "question", question, location),
        "rating": f"{level.get('score', 0):g}",
        "text": level.get("description", ""),
    }
    return portal_row(extension, ANCHORS, expressed)
