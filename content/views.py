"""The page of a collection: who publishes it, under which licence, with which attribution."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from content.models import Collection
from content.pages import public_page


@public_page()
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    collection = get_object_or_404(Collection.objects.visible_to(request.user), slug=slug)
    return render(request, "content/collection_detail.html", {"collection": collection})
