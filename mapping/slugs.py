"""Ids made from names: the same name gives the same id wherever it stands."""

import unicodedata
from hashlib import blake2b

from django.utils.text import slugify

from content.fields import SLUG_LENGTH

DIGEST = 4
#: They part words in names: CI/CD, 2.A.1, snake_case.
PARTING = str.maketrans("./_", "   ")


def slug(name: str) -> str:
    """The name in lower-case letters a–z, digits and hyphens.

    Where that loses letters, because there are too many or they are not Latin, a few digits tell
    such names apart.
    """
    made = slugify(name.translate(PARTING)).strip("-_")
    if len(made) <= SLUG_LENGTH and not _loses_letters(name):
        return made
    digest = blake2b(spelling(name).encode(), digest_size=DIGEST).hexdigest()
    return f"{made[: SLUG_LENGTH - 2 * DIGEST - 1].rstrip('-')}-{digest}".strip("-")


def spelling(name: str) -> str:
    """What two writings of the same name have in common: all but capitals and blanks."""
    return " ".join(name.casefold().split())


def _loses_letters(name: str) -> bool:
    return any(
        sign.isalnum() and not sign.isascii() for sign in unicodedata.normalize("NFKD", name)
    )
