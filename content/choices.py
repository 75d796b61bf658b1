"""Choices among rows of several collections: their labels, form fields, and the comparison form."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.http import QueryDict

from content import Row, Untyped
from content.former_spellings import VALUES
from content.models import CollectionItem

Named = TypeVar("Named", bound=Hashable)

#: What is added to equal names, one after the other, until they differ.
SUFFIXES: tuple[Callable[[Row], str], ...] = (
    lambda row: row.collection.title,
    lambda row: row.key,
)


def distinct_names(rows: Iterable[Named]) -> dict[Named, str]:
    """A name for each of these rows of collections, all of them different.

    The name is the title, followed by the title of the collection where another row has the same
    title, and by the key where that is not enough. Reads the collection of rows with equal titles.
    """
    names = {row: str(row) for row in rows}
    for suffix in SUFFIXES:
        counts = Counter(map(_normalized_name, names.values()))
        for row, name in names.items():
            if counts[_normalized_name(name)] > 1:
                names[row] = f"{name} · {suffix(row)}"
    return names


def _normalized_name(name: str) -> str:
    """The name without differences that are hardly seen in a list."""
    return " ".join(name.split()).casefold()


def grouped_choices(
    rows: Iterable[Row], group: Callable[[Row], Hashable], others: str = ""
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices among rows by their key, under the names of their groups.

    :param rows: rows with a key.
    :param group: returns the row of a collection that a row is listed under, or None.
    :param others: the heading of rows without a group.
    """
    rows_by_group: dict[Hashable, list[Row]] = {}
    for row in rows:
        rows_by_group.setdefault(group(row), []).append(row)
    headings = distinct_names(filter(None, rows_by_group))
    choices = []
    for parent, members in rows_by_group.items():
        options = [(row.key, str(row)) for row in members]
        choices.append((headings.get(parent, others), options))
    return choices


def query_form_helper(*fields: str, submit: str) -> FormHelper:
    """The layout of a form whose fields become the query of an address.

    :param submit: the label of its button.
    """
    helper = FormHelper()
    helper.form_method = "get"
    helper.form_class = "filters"
    helper.disable_csrf = True
    helper.layout = Layout(*fields, Submit("", submit, css_class="btn"))
    return helper


class RenamedChoiceField(forms.ChoiceField):
    """A choice among constants whose values of former versions still work in addresses."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        return VALUES.get(text, text)

    def bound_data(self, data: Untyped, initial: Untyped) -> Untyped:
        """Select the choice that replaces a former one."""
        return VALUES.get(data, data)


class SmallModelChoiceIterator(ModelChoiceIterator):
    """The rows of a `SmallModelChoiceField` as choices."""

    field: "SmallModelChoiceField"

    def __iter__(self) -> Iterator[tuple[ModelChoiceIteratorValue | str, str]]:
        yield "", str(self.field.empty_label or "")
        yield from map(self.choice, self.field.rows.values())


class SmallModelChoiceField(forms.ModelChoiceField):
    """A choice among few rows by their slug.

    The rows are read once, both for the list and for the row that is chosen.
    """

    iterator = SmallModelChoiceIterator
    queryset: QuerySet
    #: How many results each choice leaves, by primary key, as numbers or in words; None if the
    #: choices do not show that.
    counts: Mapping[str, int | str] | None = None

    def __init__(self, queryset: QuerySet, **kwargs: Untyped) -> None:
        super().__init__(queryset, **{"required": False, "to_field_name": "slug", **kwargs})

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The rows by their values in an address."""
        return {str(self.prepare_value(row)): row for row in self.queryset.all()}

    def label_from_instance(self, obj: Model) -> str:
        name = self.row_name(obj)
        if self.counts is None:
            return name
        return f"{name} ({self.counts.get(str(obj.pk), 0)})"

    def row_name(self, row: Model) -> str:
        """The label of a row, without a number."""
        return str(row)

    def to_python(self, value: object) -> Row | None:
        if value in self.empty_values:
            return None
        if value not in self.rows:
            message = self.error_messages["invalid_choice"]
            raise ValidationError(message, "invalid_choice", {"value": value})
        return self.rows[value]


class KeyChoiceField(SmallModelChoiceField):
    """A choice among rows of collections by their key, which makes readable addresses."""

    @cached_property
    def names(self) -> dict[Model, str]:
        """The names of the rows, all of them different."""
        return distinct_names(self.rows.values())

    def row_name(self, row: Model) -> str:
        return self.names[row]

    def prepare_value(self, value: object) -> object:
        return value.key if isinstance(value, CollectionItem) else value


class ComparisonForm(forms.Form):
    """A form for two or more rows to compare, by their keys, each once.

    The rows are read once, both for the lists and for those that are chosen.
    """

    def __init__(
        self,
        data: QueryDict,
        rows: Iterable[Row],
        labels: Mapping[str, str],
        group: Callable[[Row], Hashable],
        others: str = "",
    ) -> None:
        """
        :param rows: the rows to choose from.
        :param labels: the labels of the lists by query parameter.
        :param group: returns the row of a collection that a row is listed under, or None.
        :param others: the heading of rows without a group.
        """
        super().__init__(data or None)
        self.rows = {row.key: row for row in rows}
        choices = [("", "Choose"), *grouped_choices(self.rows.values(), group, others)]
        messages = {"invalid_choice": "There is no “%(value)s”."}
        for name, label in labels.items():
            self.fields[name] = forms.ChoiceField(
                required=False, label=label, choices=choices, error_messages=messages
            )
        self.helper = query_form_helper(*labels, submit="Compare")

    def clean(self) -> dict[str, object]:
        keys: set[str] = set()
        for name, key in list(self.cleaned_data.items()):
            if key and key in keys:
                self.add_error(name, "This is already selected. Choose another one.")
            keys.add(key)
        return self.cleaned_data

    @property
    def chosen_rows(self) -> list[Row]:
        """The rows to compare, in order; empty if they are fewer than two or one is wrong."""
        if not self.is_valid():
            return []
        keys = filter(None, self.cleaned_data.values())
        rows = [self.rows[key] for key in keys]
        return rows if len(rows) > 1 else []
