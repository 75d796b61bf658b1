"""Slugs made from names: the same name gives the same slug in all tables and sources."""

import unicodedata
from collections.abc import Mapping
from hashlib import blake2b

from django.db.models import Model
from django.utils.text import slugify

from content.fields import SLUG_LENGTH
from packs.pack_tables import Table
from source_files.validation import InvalidValueError, Value, as_list

DIGEST_BYTES = 4
#: Characters that separate words in names such as CI/CD, 2.A.1 and snake_case.
WORD_SEPARATORS = str.maketrans("./_", "   ")


def slug(name: str) -> str:
    """The name in lower-case letters a–z, digits and hyphens.

    A name that is too long or has letters outside a–z gets a hash of the name as its end, because
    different names could have the same slug otherwise.
    """
    text = slugify(name.translate(WORD_SEPARATORS)).strip("-_")
    if len(text) <= SLUG_LENGTH and not _has_other_letters(name):
        return text
    digest = blake2b(normalize_name(name).encode(), digest_size=DIGEST_BYTES).hexdigest()
    prefix = text[: SLUG_LENGTH - 2 * DIGEST_BYTES - 1].rstrip("-")
    return f"{prefix}-{digest}".strip("-")


def normalize_name(name: str) -> str:
    """The name without differences in case and whitespace."""
    return " ".join(name.casefold().split())


def _has_other_letters(name: str) -> bool:
    """Whether a name has letters or digits that a slug cannot contain, accents apart."""
    decomposed = unicodedata.normalize("NFKD", name)
    return any(char.isalnum() and not char.isascii() for char in decomposed)


class SlugRegistry:
    """The name of each slug by model, so that two names never share a slug."""

    def __init__(self) -> None:
        self._names: dict[tuple[type[Model], str], str] = {}

    def register(
        self,
        table: Table,
        column: str,
        slugs: Mapping[str, Value],
        names: Mapping[str, Value],
    ) -> None:
        """Register the slugs in one column of a row.

        :param slugs: the row so far, by column.
        :param names: the names that slugs in the row were made from, by column.
        :raises InvalidValueError: if a slug already belongs to another name.
        """
        model = _model_of(table, column)
        if model is None or not names.get(column):
            return
        slug_prefix = name_prefix = ""
        if column == "id" and table.parent in slugs:
            # Children of different parents may have the same slug.
            parent_slug = slugs[table.parent]
            slug_prefix = f"{parent_slug}/"
            name_prefix = f"{names.get(table.parent, parent_slug)}/"
        pairs = zip(as_list(slugs[column]), as_list(names[column]), strict=True)
        for short_slug, short_name in pairs:
            slug_text, name = slug_prefix + short_slug, name_prefix + short_name
            first_name = self._names.setdefault((model, slug_text), name)
            if normalize_name(first_name) != normalize_name(name):
                raise InvalidValueError(
                    f"“{name}” and “{first_name}” would both get the slug “{slug_text}”"
                )


def _model_of(table: Table, column: str) -> type[Model] | None:
    """The model whose slugs a column contains; none for other columns."""
    if column == "id":
        return table.model
    field = table.fields.get(column)
    return field.related_model if field else None
