"""The choice of rows to compare: by their keys, in a form that leads to an address one can keep."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.http import QueryDict

from content.distinct_names import grouped_choices


class ComparisonForm(forms.Form):
    """Two rows or more, each once. They are read once, for the lists and for what was chosen."""

    def __init__(
        self,
        data: QueryDict,
        rows: Iterable[Any],
        labels: Mapping[str, str],
        group: Callable[[Any], Hashable],
        others: str = "",
    ) -> None:
        """
        :param rows: what is offered, those of one group together.
        :param labels: the query parameters, each with what its list is called.
        :param group: the row of a collection that a row is listed under, or None.
        :param others: the heading of rows under none.
        """
        super().__init__(data or None)
        self.rows = {row.key: row for row in rows}
        choices = [("", "Choose"), *grouped_choices(self.rows.values(), group, others)]
        for name, label in labels.items():
            missing = {"invalid_choice": "There is no “%(value)s”."}
            self.fields[name] = forms.ChoiceField(
                required=False, label=label, choices=choices, error_messages=missing
            )
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "filters"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*labels, Submit("", "Compare", css_class="btn"))

    def clean(self) -> dict[str, Any]:
        seen: set[str] = set()
        for name, key in list(self.cleaned_data.items()):
            if key and key in seen:
                self.add_error(name, "That is chosen already. Choose another one.")
            seen.add(key)
        return self.cleaned_data

    @property
    def chosen(self) -> list[Any]:
        """The rows to compare, in order.

        None, if they are fewer than two or one of them is wrong.
        """
        keys = [key for key in self.cleaned_data.values() if key] if self.is_valid() else []
        return [self.rows[key] for key in keys] if len(keys) > 1 else []
