"""Public lists: filter forms with the number of results of each choice, and pagination.

Query parameters that cannot be parsed are ignored, and instead of a page that does not exist the
nearest one is shown.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import ClassVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Expression, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.functional import cached_property

from content import Untyped
from content.choices import SmallModelChoiceField, query_form_helper
from content.models import Collection
from content.numbers import WHOLE_DIGITS, plain_whole

PAGE_SIZE = 30
WORDS_LENGTH = 200
#: Rows that are counted and can be paged through. Whoever looks for others has to filter.
COUNTED = 10_000


class NearestPaginator(Paginator):
    """Pages by a number that a visitor may have typed."""

    def get_page(self, number: object) -> Page:
        """The page with this number, or the nearest one; the first one for other texts."""
        digits = plain_whole(str(number))
        if digits is None:
            return super().get_page(1)
        return super().get_page(max(int(digits[:WHOLE_DIGITS]), 1))


class BoundedPaginator(NearestPaginator):
    """Pages of the first `COUNTED` rows of a queryset."""

    object_list: QuerySet

    @cached_property
    def count(self) -> int:
        """How many rows there are, at most `COUNTED`."""
        return min(self.bounded_count, COUNTED)

    @property
    def more(self) -> bool:
        """Whether there are more than `COUNTED` rows."""
        return self.bounded_count > COUNTED

    @cached_property
    def bounded_count(self) -> int:
        """How many rows there are, counted up to `COUNTED` + 1."""
        return self.object_list.order_by()[: COUNTED + 1].count()


class FilterForm(forms.Form):
    """Base of the filter forms. It has a field for words and one for the collection.

    A subclass declares further fields and how they filter.
    """

    q = forms.CharField(required=False, label="Keywords", max_length=WORDS_LENGTH)
    collection = SmallModelChoiceField(
        Collection.objects.published().order_by("-is_home", "position", "title", "id"),
        empty_label="All collections",
    )

    page_size: ClassVar[int] = PAGE_SIZE
    #: Text columns in which each of the words is looked for.
    search_columns: ClassVar[tuple[str, ...]] = ("title", "summary")
    #: Fields whose value a column of the same name must have.
    exact_fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        collections = self.fields.pop("collection")
        assert isinstance(collections, SmallModelChoiceField)
        if len(collections.rows) > 1:
            self.fields["collection"] = collections  # as the last field
        self.page_number = data.get("page", "1")
        self.helper = query_form_helper(*self.fields, submit="Show")

    @classmethod
    def params(cls) -> tuple[str, ...]:
        """The query parameters that the list understands."""
        return (*cls.base_fields, "page")

    @classmethod
    def facet_fields(cls) -> tuple[str, ...]:
        """The fields whose choices show how many rows each of them leaves."""
        return cls.exact_fields

    @property
    def active_filters(self) -> dict[str, Untyped]:
        """The values of the filters that are set and valid; invalid ones are left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def filter(self, rows: QuerySet) -> QuerySet:
        """The rows that the active filters leave."""
        filters = self.active_filters
        for name in ("collection", *self.exact_fields):
            if name in filters:
                rows = rows.filter(**{name: filters[name]})
        for word in filters.get("q", "").split():
            rows = rows.filter(self._contains_q(word))
        return rows

    def get_page(self, rows: QuerySet) -> Page:
        """The requested page of the filtered rows, or the nearest one."""
        paginator = self.paginator(rows)
        page = paginator.get_page(self.page_number)
        if self.facet_fields() and not paginator.more:
            self._add_facet_counts(rows)
        return page

    def paginator(self, rows: QuerySet) -> BoundedPaginator:
        """The pages of the filtered rows."""
        return BoundedPaginator(self.filter(rows), self.page_size)

    def count_query(self, name: str, rows: QuerySet) -> QuerySet:
        """How many of these rows there are for each value of a facet field.

        :returns: triples of the field, the value as text and the number, from `count_by_value`.
        """
        return count_by_value(name, rows, name)

    def counts_by_choice(self, name: str, counts: dict[str, int]) -> Mapping[str, int | str]:
        """The numbers of rows for each choice of a model choice field, by primary key.

        A subclass overrides this if a row matches several choices, or to say what is counted.

        :param counts: the numbers of rows by value, from `count_query`.
        """
        return counts

    def _add_facet_counts(self, rows: QuerySet) -> None:
        """Add to each choice of the facet fields how many rows it leaves with the other filters.

        Takes one query for all of them.
        """
        queries = []
        counts: dict[str, dict[str, int]] = {}
        for name in self.facet_fields():
            queries.append(self.count_query(name, self.filtered_without(name, rows)))
            counts[name] = {}
        query = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
        for name, value, number in query:
            counts[name][str(value)] = number
        for name in self.facet_fields():
            self._label_choices(name, counts[name])

    def _label_choices(self, name: str, counts: dict[str, int]) -> None:
        """Add to each choice of a field how many rows it leaves; to the empty one nothing."""
        field = self.fields[name]
        if isinstance(field, SmallModelChoiceField):
            field.counts = self.counts_by_choice(name, counts)
            return
        assert isinstance(field, forms.ChoiceField)
        choices = []
        options: Iterable[tuple[str, str]] = field.choices  # type: ignore[assignment]
        for key, label in options:
            choices.append((key, f"{label} ({counts.get(key, 0)})" if key else label))
        field.choices = choices

    def filtered_without(self, name: str, rows: QuerySet) -> QuerySet:
        """The rows that the filters other than this one leave."""
        form = copy(self)
        form.cleaned_data = self.active_filters
        form.cleaned_data.pop(name, None)
        return form.filter(rows)

    def _contains_q(self, word: str) -> Q:
        """The condition that any of the columns contains the word, in any case."""
        condition = Q()
        for column in self.search_columns:
            condition |= Q(**{f"{column}__icontains": word})
        return condition


def count_by_value(
    name: str, rows: QuerySet, value: str | Expression, counted_column: str = "pk"
) -> QuerySet:
    """How many different values of the counted column there are for each value of an expression.

    :param name: the facet field, which becomes the first column, so that queries can be joined.
    :param value: a column or an expression.
    :returns: triples of name, value as text, and number.
    """
    grouped = rows.order_by().values_list(Value(name), Cast(value, CharField()))
    return grouped.annotate(number=Count(counted_column, distinct=True))
