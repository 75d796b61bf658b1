"""The search page, its form, and the suggestions while somebody types."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render

from content.pages import public_page
from content.pagination import NearestPaginator
from search.index import indexed_models, kind_labels
from search.query import TEXT_LENGTH
from search.results import RANKED, SearchResults, find
from search.spelling import corrected


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


PAGE_SIZE = 20
#: Results that are shown while somebody types.
SUGGESTED = 8


@public_page(params=SearchForm.PARAMS)
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    found = find(form.text, form.chosen_kind)
    page = NearestPaginator(found.of_kind(form.chosen_kind), PAGE_SIZE).get_page(
        request.GET.get("page", 1)
    )
    context = {
        "form": form,
        "found": found,
        "page": page,
        "results": found.results(list(page.object_list)),
        "facets": _facets(found),
        "ranked": RANKED,
        "meant": "" if found.every and found.ranking else corrected(found.query.words),
    }
    return render(request, "tpm_portal/search.html", context)


@public_page(params=("q",))
def search_suggestions(request: HttpRequest) -> HttpResponse:
    found = find(SearchForm(request.GET).text)
    results = found.results(list(found.ranking)[:SUGGESTED]) if found.every else []
    return JsonResponse({"suggestions": [_suggestion(row.entry) for row in results]})


def _suggestion(entry: Any) -> dict[str, str]:
    """What is shown of an entry of the search index.

    Where it is of another collection than ours, it says of which.
    """
    kind = kind_labels()[entry.kind]
    words = kind if entry.collection.is_home else f"{kind} · {entry.collection.title}"
    return {"title": entry.title, "kind": words, "url": entry.url}


def _facets(found: SearchResults) -> list[tuple[str, str, int | None]]:
    """Each kind and the number of its results; of results beyond number every kind, without one."""
    if not found.whole:
        return [(kind, title, None) for kind, title in kinds()]
    return [(kind, title, found.counts[kind]) for kind, title in kinds() if kind in found.counts]
