"""GET forms that filter a public list: what cannot be parsed is ignored, pages are cut to what there is."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

from content.models import Owned

PAGE_SIZE = 30
#: Rows that are counted and can be paged through; of more than that, filters leave fewer.
COUNTED = 10_000
WORDS_LENGTH = 200


class KeyChoiceField(forms.ModelChoiceField):
    """A choice among rows of collections by their key, so that addresses stay readable."""

    queryset: Any

    def prepare_value(self, value: Any) -> Any:
        return value.key if isinstance(value, Owned) else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return self.queryset.with_key(str(value)).get()
        except (ValueError, self.queryset.model.DoesNotExist):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value}) from None


class BoundedPaginator(Paginator):
    """Pages of the first rows, so that a page of very many costs what a page of many does."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        """How many rows there are, up to `COUNTED`."""
        return min(self._seen, COUNTED)

    @property
    def more(self) -> bool:
        """Whether there are more than that."""
        return self._seen > COUNTED

    @cached_property
    def _seen(self) -> int:
        return self.object_list.order_by()[: COUNTED + 1].count()


class FilterForm(forms.Form):
    """Base of the filter forms: words first; a subclass declares further fields and what they mean."""

    q = forms.CharField(required=False, label="Words", max_length=WORDS_LENGTH)

    page_size: ClassVar[int] = PAGE_SIZE
    #: Text columns in which the words may stand.
    searched: ClassVar[tuple[str, ...]] = ("title", "summary")
    #: Fields whose value a column of the same name must have.
    equal: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.page_number = data.get("page", "1")
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "filters"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields, Submit("", "Show", css_class="btn"))

    @classmethod
    def params(cls) -> tuple[str, ...]:
        """The query parameters that the list understands."""
        return (*cls.base_fields, "page")

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are set and make sense; a bad value is left out, the others hold."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def filter(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that the chosen filters leave."""
        chosen = self.chosen
        rows = rows.filter(**{name: chosen[name] for name in self.equal if name in chosen})
        for word in chosen.get("q", "").split():
            rows = rows.filter(self._contains(word))
        return rows

    def page_of(self, rows: QuerySet[Any]) -> Page[Any]:
        """The page asked for, or the nearest there is."""
        return BoundedPaginator(self.filter(rows), self.page_size).get_page(self.page_number)

    def _contains(self, word: str) -> Q:
        condition = Q()
        for column in self.searched:
            condition |= Q(**{f"{column}__icontains": word})
        return condition
