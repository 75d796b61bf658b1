"""Identifiers of exported objects, and slugs of imported rows that have none.

A row has the same identifier in every portal and in every export.
"""

import re
from hashlib import blake2b
from uuid import UUID, uuid5

from content.fields import SLUG_LENGTH

#: Must never change: with another namespace every row would get a new identifier.
NAMESPACE = UUID("5d1c5c5e-6a0e-4f0b-9a55-0c8d3f6f7a21")
UUID_PATTERN = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
DIGEST_BYTES = 4
#: The length of a digest in a slug, with the hyphen before it.
DIGEST_LENGTH = 2 * DIGEST_BYTES + 1


def is_uuid(text: str) -> bool:
    return UUID_PATTERN.fullmatch(text) is not None


def row_identifier(collection: str, kind: str, key: str) -> str:
    """The UUID of a row or object of a collection.

    :param collection: the namespace of the collection, in general its slug.
    :param kind: the name of the row's table or of the object's type.
    :param key: distinguishes it from others of its kind in the collection.
    """
    return str(uuid5(uuid5(NAMESPACE, collection), f"{kind}/{key}"))


def uri_of(identifier: str, page: str) -> str:
    """A fragment of the page with this address; without a page, a URN."""
    if page:
        return f"{page}#{identifier}"
    return f"urn:uuid:{identifier}"


def text_digest(text: str) -> str:
    """Eight hexadecimal digits, the same for the same text."""
    return blake2b(text.encode(), digest_size=DIGEST_BYTES).hexdigest()


def slug_with_digest(slug: str, text: str) -> str:
    """The slug with the digest of a text that rows with the same slug do not share."""
    return f"{slug[: SLUG_LENGTH - DIGEST_LENGTH].rstrip('-')}-{text_digest(text)}"
