"""The page of a collection: who publishes it, under which licence, with which attribution."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.pages import get_collection, public_page


@public_page()
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    collection = get_collection(request, slug)
    return render(request, "content/collection_detail.html", {"collection": collection})
