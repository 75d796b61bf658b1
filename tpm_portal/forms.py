"""The search form."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.http import QueryDict

from search.index import indexed_models
from search.query import TEXT_LENGTH


def kinds() -> list[tuple[str, str]]:
    """What can be searched: each kind and what its things are called."""
    return sorted(
        (model.search_kind, str(model._meta.verbose_name_plural).capitalize())
        for model in indexed_models()
    )


class SearchForm(forms.Form):
    """Words, and one kind of thing. Whatever is typed is a search: what is too long is cut."""

    q = forms.CharField(required=False, label="Words")
    kind = forms.ChoiceField(required=False, choices=lambda: [("", "Everything"), *kinds()])

    PARAMS = ("q", "kind", "page")

    def __init__(self, data: QueryDict) -> None:
        data = data.copy()
        data["q"] = data.get("q", "")[:TEXT_LENGTH]
        super().__init__(data)
        self.is_valid()
        self.fields["q"].widget.attrs["maxlength"] = TEXT_LENGTH
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "filters"
        self.helper.disable_csrf = True
        self.helper.layout = Layout("q", Submit("", "Search", css_class="btn"))

    @property
    def text(self) -> str:
        """What was typed, as far as it counts."""
        return self.cleaned_data.get("q", "")

    @property
    def chosen_kind(self) -> str:
        """The kind chosen; empty for all."""
        return self.cleaned_data.get("kind", "")
