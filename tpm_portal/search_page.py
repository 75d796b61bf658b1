"""The search page: what was found, by kind; and what an unfinished query may mean."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from content.pages import public_page
from content.pagination import NearestPaginator
from search.index import kind_labels
from search.results import RANKED, SearchResults, find
from search.spelling import corrected
from tpm_portal.forms import SearchForm, kinds

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
