"""The search page, its form, and the suggestions while someone types."""

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve, reverse

from content.choices import query_form_helper
from content.lists import NearestPaginator
from content.pages import public_page
from search.fixed_pages import fixed_pages_for
from search.index import indexed_models
from search.query import MAX_LENGTH
from search.results import MAX_RANKED, Result, find_entries
from search.spelling import corrected

PAGE_SIZE = 20
#: The results of a group by kind.
GROUP_SIZE = 3
#: Results that are suggested while someone types.
MAX_SUGGESTIONS = 8
#: Words of queries about pay.
PAY_WORDS = frozenset("salary salaries pay wage wages compensation bonus stock rsu rsus tc".split())


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

    #: Whether the text is searched for as it was typed.
    exact = forms.BooleanField(required=False, widget=forms.HiddenInput)

    PARAMS = ("q", "kind", "exact", "page")

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


class ResultGroup(NamedTuple):
    """The best results of one kind."""

    kind: str
    title: str
    #: How many there are, with a plus sign if there may be more.
    number: str
    results: Sequence[Result]


class Comparison(NamedTuple):
    """A link to the comparison of two roles or of two levels."""

    title: str
    url: str


class SearchPage:
    """What the search page shows.

    A query without results is replaced by its correction if that has any, unless the reader asks
    for exactly what was typed.
    """

    description: ClassVar[str] = (
        "Search the roles, skills, ladders, levels, interview questions and guides of the portal."
    )

    def __init__(self, request: HttpRequest) -> None:
        self.form = SearchForm(request.GET)
        self.matches = find_entries(self.form.text, self.form.chosen_kind)
        #: The text that was searched for instead of the one typed; empty if none was.
        self.corrected_text = ""
        #: Another text that may have been meant; empty if there is none.
        self.suggested_text = ""
        self.fixed_pages = [] if self.form.chosen_kind else fixed_pages_for(self.matches.query)
        if not self.has_all_words and not self.fixed_pages:
            self._correct()
        keys = self.matches.of_kind(self.form.chosen_kind)
        paginator = NearestPaginator(keys, PAGE_SIZE)
        self.page = paginator.get_page(request.GET.get("page", 1))

    def _correct(self) -> None:
        correction = corrected(self.words)
        if correction and not self.form.cleaned_data["exact"]:
            matches = find_entries(correction, self.form.chosen_kind)
            if matches.has_all_words and matches.ranking:
                self.matches = matches
                self.corrected_text = correction
                return
        self.suggested_text = correction

    @property
    def has_all_words(self) -> bool:
        """Whether there are entries that have all words."""
        return self.matches.has_all_words and bool(self.matches.ranking)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that were searched for."""
        return self.matches.query.words

    @property
    def is_grouped(self) -> bool:
        """Whether the results are in groups by kind, rather than in pages."""
        is_mixed = len(self.matches.counts) > 1 or bool(self.fixed_pages)
        return is_mixed and not self.form.chosen_kind and self.page.number == 1

    @cached_property
    def results(self) -> list[Result]:
        """The results on this page; if they are in groups, those of all groups."""
        keys = list(self.page.object_list)
        if self.is_grouped:
            keys = list(self.matches.ranking)[:1]
            for kind in self.matches.counts:
                keys += [key for key in self.matches.of_kind(kind) if key not in keys][:GROUP_SIZE]
        return self.matches.results(keys)

    @property
    def best(self) -> Result | None:
        """The result above the groups."""
        return self.results[0] if self.results and self.is_grouped else None

    @property
    def groups(self) -> list[ResultGroup]:
        """The other results by kind, the kind of the best ones first."""
        titles = dict(kinds())
        more = "+" if self.matches.is_truncated else ""
        groups = []
        for kind, count in self.matches.counts.items():
            results = [result for result in self.results[1:] if result.entry.kind == kind]
            if results:
                groups.append(ResultGroup(kind, titles[kind], f"{count}{more}", results))
        return groups

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return self.matches.covers_all_kinds and not self.matches.ranking and not self.fixed_pages

    @property
    def asks_for_pay(self) -> bool:
        """Whether the query is about pay, of which the portal says nothing."""
        return not PAY_WORDS.isdisjoint(self.words)

    @property
    def comparison(self) -> Comparison | None:
        """The comparison that the query names."""
        entries = [result.entry for result in self.matches.results(self.matches.compared)]
        if not entries:
            return None
        kwargs = [resolve(entry.url).kwargs for entry in entries]
        if entries[0].kind == "role":
            keys = {"a": kwargs[0]["key"], "b": kwargs[1]["key"]}
            url = reverse("roles:role_compare", query=keys)
        else:
            before, after = (f"{each['key']}/{each['slug']}" for each in kwargs)
            url = reverse("ladders:level_compare", query={"from": before, "to": after})
        return Comparison(f"Compare {entries[0].title} with {entries[1].title}", url)

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
    page = SearchPage(request)
    context = {"search": page, "form": page.form, "page": page.page}
    return render(request, "tpm_portal/search.html", context)


@public_page(params=("q",), in_sitemap=False)
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """Entries that have all words typed so far, as JSON for `suggestions.js`."""
    matches = find_entries(SearchForm(request.GET).text)
    suggestions = []
    for page in fixed_pages_for(matches.query):
        suggestions.append({"title": page.title, "kind": "tool", "url": page.url})
    if matches.has_all_words or matches.compared:
        for result in matches.results(list(matches.ranking)[:MAX_SUGGESTIONS]):
            suggestions.append(_suggestion(result))
    return JsonResponse({"suggestions": suggestions[:MAX_SUGGESTIONS]})


def _suggestion(result: Result) -> dict[str, str]:
    """Title, kind and address of a result; those of other collections name theirs."""
    entry, kind = result.entry, result.kind_name
    if not entry.collection.is_home:
        kind = f"{kind} · {entry.collection.title}"
    return {"title": entry.title, "kind": kind, "url": entry.url}
