"""Slugs for rows that came without one and share a name with others."""

from hashlib import blake2b

from content.fields import SLUG_LENGTH

DIGEST_SIZE = 4
#: With its hyphen, in letters.
DIGEST_LENGTH = 2 * DIGEST_SIZE + 1


def digest(text: str) -> str:
    """A few letters and digits for a text, always the same."""
    return blake2b(text.encode(), digest_size=DIGEST_SIZE).hexdigest()


def with_digest(slug: str, text: str) -> str:
    """The slug, told from its like by a text that they do not share."""
    return f"{slug[: SLUG_LENGTH - DIGEST_LENGTH].rstrip('-')}-{digest(text)}"
