"""GET forms that filter a public list.

What cannot be parsed is ignored, and pages are cut to what there is.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict

from content.distinct_names import distinct_names
from content.models import Collection, CollectionItem
from content.pagination import BoundedPaginator

PAGE_SIZE = 30
WORDS_LENGTH = 200


class SmallModelChoiceIterator(ModelChoiceIterator):
    """The rows of a `SmallModelChoiceField` as choices."""

    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        yield "", field.empty_label
        yield from map(self.choice, field.rows.values())


class SmallModelChoiceField(forms.ModelChoiceField):
    """A choice among few rows by their slug.

    They are read once, for the list and for what was chosen.
    """

    iterator = SmallModelChoiceIterator
    #: How many rows each choice leaves, by its key in the database; none if that is not told.
    numbers: Mapping[str, int] | None = None

    def __init__(self, queryset: QuerySet[Any], **kwargs: Any) -> None:
        given: dict[str, Any] = {"required": False, "to_field_name": "slug"} | kwargs
        super().__init__(queryset, **given)

    @cached_property
    def rows(self) -> dict[str, Any]:
        """The rows by what stands for them in an address."""
        rows: Any = self.queryset
        return {str(self.prepare_value(row)): row for row in rows.all()}

    def label_from_instance(self, obj: Any) -> str:
        name = self.name_of(obj)
        return f"{name} ({self.numbers.get(str(obj.pk), 0)})" if self.numbers is not None else name

    def name_of(self, row: Any) -> str:
        """What a row is called among the others."""
        return str(row)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if value not in self.rows:
            raise ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
            )
        return self.rows[value]


class KeyChoiceField(SmallModelChoiceField):
    """A choice among rows of collections by their key, so that addresses stay readable."""

    @cached_property
    def names(self) -> dict[Any, str]:
        """The names of the rows, no two of them alike."""
        return distinct_names(self.rows.values())

    def name_of(self, row: Any) -> str:
        return self.names[row]

    def prepare_value(self, value: Any) -> Any:
        return value.key if isinstance(value, CollectionItem) else value


class FilterForm(forms.Form):
    """Base of the filter forms: words first.

    A subclass declares further fields and what they mean.
    """

    q = forms.CharField(required=False, label="Words", max_length=WORDS_LENGTH)
    collection = SmallModelChoiceField(
        Collection.objects.published().order_by("-is_home", "position", "title", "id"),
        empty_label="All collections",
    )

    page_size: ClassVar[int] = PAGE_SIZE
    #: Text columns in which the words may stand.
    searched: ClassVar[tuple[str, ...]] = ("title", "summary")
    #: Fields whose value a column of the same name must have.
    equal: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self._place_collections()
        self.page_number = data.get("page", "1")
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "filters"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields, Submit("", "Show", css_class="btn"))

    def _place_collections(self) -> None:
        """Last, and only where there is a choice."""
        field: Any = self.fields.pop("collection")
        if len(field.rows) > 1:
            self.fields["collection"] = field

    @classmethod
    def params(cls) -> tuple[str, ...]:
        """The query parameters that the list understands."""
        return (*cls.base_fields, "page")

    @classmethod
    def counted(cls) -> tuple[str, ...]:
        """The fields beside whose choices stands how many rows each leaves."""
        return cls.equal

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are set and make sense; a bad value is left out, the others hold."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def filter(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that the chosen filters leave."""
        chosen = self.chosen
        rows = rows.filter(
            **{name: chosen[name] for name in ("collection", *self.equal) if name in chosen}
        )
        for word in chosen.get("q", "").split():
            rows = rows.filter(self._contains(word))
        return rows

    def page_of(self, rows: QuerySet[Any]) -> Page[Any]:
        """The page asked for, or the nearest there is."""
        page = BoundedPaginator(self.filter(rows), self.page_size).get_page(self.page_number)
        if self.counted() and not page.paginator.more:  # type: ignore[attr-defined]
            self._tell_numbers(rows)
        return page

    def _tell_numbers(self, rows: QuerySet[Any]) -> None:
        """Beside each choice how many rows it leaves, given the other filters.

        One query for all of them.
        """
        numbers: dict[str, dict[str, int]] = {name: {} for name in self.counted()}
        first, *others = [
            self.numbers_of(name, self._left_without(name, rows)) for name in self.counted()
        ]
        for name, value, number in first.union(*others, all=True) if others else first:
            numbers[name][str(value)] = number
        for name in self.counted():
            field: Any = self.fields[name]
            if isinstance(field, SmallModelChoiceField):
                field.numbers = self.per_choice(name, numbers[name])
            else:
                field.choices = [
                    (key, _numbered(key, label, numbers[name])) for key, label in field.choices
                ]

    def numbers_of(self, name: str, left: QuerySet[Any]) -> Any:
        """The name of a counted field, and what it counts.

        With it come what stands for each of its values, and how many of these rows have it.
        """
        return numbered(name, left, name)

    def per_choice(self, name: str, numbers: dict[str, int]) -> Mapping[str, int]:
        """The same by the key of each choice, where one row fits several."""
        return numbers

    def _left_without(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        """What the other filters leave, whatever is chosen for this one."""
        other = copy(self)
        other.cleaned_data = {each: value for each, value in self.chosen.items() if each != name}
        return other.filter(rows)

    def _contains(self, word: str) -> Q:
        condition = Q()
        for column in self.searched:
            condition |= Q(**{f"{column}__icontains": word})
        return condition


def numbered(name: str, rows: QuerySet[Any], value: Any, counted: str = "pk") -> Any:
    """How many rows there are for each value of an expression, or how many of what `counted` names.

    The result has a shape that all counted fields share.
    """
    grouped = rows.order_by().values_list(Value(name), Cast(value, CharField()))
    return grouped.annotate(number=Count(counted, distinct=True))


def _numbered(key: str, label: str, numbers: Mapping[str, int]) -> str:
    return f"{label} ({numbers.get(key, 0)})" if key else label
