"""The search page, its form, and the suggestions while someone types."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django import forms
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render

from content.choices import query_form_helper
from content.lists import NearestPaginator
from content.pages import public_page
from search.index import indexed_models
from search.query import MAX_LENGTH
from search.results import MAX_RANKED, Result, SearchResults, find_entries
from search.spelling import corrected

PAGE_SIZE = 20
#: Results that are suggested while someone types.
MAX_SUGGESTIONS = 8


def kinds() -> list[tuple[str, str]]:
    """Each kind that can be searched, with its plural for readers."""
    return sorted(
        (model.search_kind, str(model._meta.verbose_name_plural).capitalize())
        for model in indexed_models()
    )


class SearchForm(forms.Form):
    """Words and a kind. Any text is a valid search; what is too long is cut."""

    q = forms.CharField(required=False, label="Keywords")
    kind = forms.ChoiceField(required=False, choices=lambda: [("", "Everything"), *kinds()])

    PARAMS = ("q", "kind", "page")

    def __init__(self, data: QueryDict) -> None:
        data = data.copy()
        data["q"] = data.get("q", "")[:MAX_LENGTH]
        super().__init__(data)
        self.is_valid()
        self.fields["q"].widget.attrs["maxlength"] = MAX_LENGTH
        self.helper = query_form_helper("q", submit="Search")

    @property
    def text(self) -> str:
        """The text typed, without what was cut."""
        return self.cleaned_data.get("q", "")

    @property
    def chosen_kind(self) -> str:
        """The kind chosen; empty for all."""
        return self.cleaned_data.get("kind", "")


@dataclass(frozen=True)
class SearchPage:
    """What the search page shows."""

    description: ClassVar[str] = (
        "Search the roles, skills, ladders, levels, interview questions and guides of the portal."
    )

    form: SearchForm
    matches: SearchResults
    page: Page[int]

    @classmethod
    def from_request(cls, request: HttpRequest) -> "SearchPage":
        """The page for the query parameters of a request."""
        form = SearchForm(request.GET)
        matches = find_entries(form.text, form.chosen_kind)
        paginator = NearestPaginator(matches.of_kind(form.chosen_kind), PAGE_SIZE)
        return cls(form, matches, paginator.get_page(request.GET.get("page", 1)))

    @property
    def words(self) -> tuple[str, ...]:
        """The words that were searched for."""
        return self.matches.query.words

    @cached_property
    def results(self) -> list[Result]:
        """The results on this page."""
        return self.matches.results(list(self.page.object_list))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return self.matches.covers_all_kinds and not self.matches.ranking

    @property
    def summary(self) -> str:
        """How many results there are, and how they match, in a sentence."""
        count = self.page.paginator.count
        if not self.matches.is_truncated:
            number = f"{count} result{'' if count == 1 else 's'}"
        elif self.matches.has_all_words:
            number = f"More than {MAX_RANKED} results; titles that contain the words come first"
        else:
            number = f"At least {count} results"
        if self.matches.has_all_words:
            return f"{number}."
        return f"{number}. No exact match. These are partial matches."

    @property
    def correction(self) -> str:
        """Other words the reader may have meant; empty if entries have all of the words."""
        if self.matches.has_all_words and self.matches.ranking:
            return ""
        return corrected(self.words)

    @property
    def facets(self) -> list[tuple[str, str, str]]:
        """Word, title and number of results of each kind that has some.

        Where not all kinds were ranked, every kind without a number.
        """
        if not self.matches.covers_all_kinds:
            return [(kind, title, "") for kind, title in kinds()]
        more = "+" if self.matches.is_truncated else ""
        facets = []
        for kind, title in kinds():
            number = self.matches.counts.get(kind)
            if number:
                facets.append((kind, title, f" {number}{more}"))
        return facets


@public_page(params=SearchForm.PARAMS, in_sitemap=False)
def search(request: HttpRequest) -> HttpResponse:
    """The page with the results of a query; without one, only the form."""
    page = SearchPage.from_request(request)
    context = {"search": page, "form": page.form, "page": page.page}
    return render(request, "tpm_portal/search.html", context)


@public_page(params=("q",), in_sitemap=False)
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """Entries that have all words typed so far, as JSON for `suggestions.js`."""
    matches = find_entries(SearchForm(request.GET).text)
    suggestions = []
    if matches.has_all_words:
        for result in matches.results(list(matches.ranking)[:MAX_SUGGESTIONS]):
            suggestions.append(_suggestion(result))
    return JsonResponse({"suggestions": suggestions})


def _suggestion(result: Result) -> dict[str, str]:
    """Title, kind and address of a result; those of other collections name theirs."""
    entry, kind = result.entry, result.kind_name
    if not entry.collection.is_home:
        kind = f"{kind} · {entry.collection.title}"
    return {"title": entry.title, "kind": kind, "url": entry.url}
