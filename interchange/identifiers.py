"""Identifiers of what leaves in a CASE package: a row has the same in every portal, for ever."""

import re
from uuid import UUID, uuid5

#: Of this format of identifiers; another one would give every row of every portal a new identifier.
NAMESPACE = UUID("5d1c5c5e-6a0e-4f0b-9a55-0c8d3f6f7a21")
is_uuid = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").fullmatch


def identifier(collection: str, kind: str, key: str) -> str:
    """The identifier of the row of this kind that `key` tells from the others in the collection."""
    return str(uuid5(uuid5(NAMESPACE, collection), f"{kind}/{key}"))


def address(made: str, page: str) -> str:
    """The URI of what has this identifier.

    It is a part of the page with this address, or a name that needs no host.
    """
    return f"{page}#{made}" if page else f"urn:uuid:{made}"


def tie_key(association: str, origin: str, destination: str, column: str = "") -> str:
    """What tells an association from the others of its collection."""
    return f"{association} {origin} {destination} {column}".rstrip()
