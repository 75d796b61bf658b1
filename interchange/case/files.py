"""Files of CASE frameworks: packages as JSON, tables and workbooks as OpenSALT has them."""

from pathlib import Path

from interchange.case.reader import read_package
from interchange.case.spreadsheets import package_of_table, package_of_workbook
from interchange.json_files import read_json
from packs.sources import TablesPack

READERS = {".csv": package_of_table, ".xlsx": package_of_workbook}


def read_case(path: Path, collection: str = "") -> TablesPack:
    """The file as a pack; what it is told by the ending of its name.

    :param collection: the slug of the collection; else made from the title.
    :raises Unreadable: if it cannot be read.
    """
    notes: list[str] = []
    reader = READERS.get(path.suffix.lower())
    pack = read_package(reader(path, notes.append) if reader else read_json(path), collection)
    pack.notes.extend(notes)
    return pack
