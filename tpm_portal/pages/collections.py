"""The page of a collection, and its downloads: as a pack, as a CASE package, as descriptors."""

import json
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from content.downloads import attachment
from content.models import Collection, CollectionItem
from content.pages import get_collection, public_page
from content.querysets import Visitor
from file_formats.archives import zip_files
from interchange.case.writer import case_package
from interchange.packs import TABLES
from packs.exporting import export_files
from rsd.writer import descriptors_csv
from search.index import MAX_COUNTED, counts_by_model, indexed_models

#: Rows of one model that the page of an unpublished collection lists for its editors.
MAX_PREVIEWED = 200
#: Imports that the page of a collection lists, the last ones.
MAX_IMPORTS = 20


@dataclass(frozen=True)
class ContentCount:
    """How many public rows of one model a collection has, for its page."""

    number: str
    name: str
    #: The path of the list of all such rows; empty if the site has no such list.
    list_path: str


@public_page()
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a collection contains, its license and imports; of a draft, its rows for editors."""
    collection = get_collection(request, slug)
    context = {
        "collection": collection,
        "contents": content_counts(Collection.objects.filter(pk=collection.pk)),
        "previews": [] if collection.is_live else _previews(collection, request.user),
        "imports": collection.imports.for_readers()[:MAX_IMPORTS],
    }
    return render(request, "tpm_portal/collection_detail.html", context)


def content_counts(collections: QuerySet[Collection]) -> list[ContentCount]:
    """How many public rows of each model a collection has; see `counts_by_model`. One query."""
    counts = []
    for model, count in counts_by_model(collections):
        number = f"more than {MAX_COUNTED:,}" if count > MAX_COUNTED else str(count)
        options = model._meta
        name = options.verbose_name if count == 1 else options.verbose_name_plural
        list_path = reverse(model.search_list) if model.search_list else ""
        counts.append(ContentCount(number, str(name), list_path))
    return counts


def _previews(collection: Collection, user: Visitor) -> list[tuple[str, QuerySet]]:
    """Some rows of an unpublished collection, by the plural name of their model.

    Only of models that the user may change.
    """
    previews = []
    for model in indexed_models():
        if issubclass(model, CollectionItem) and model.editable_by(user):
            rows = model.objects.filter(collection=collection)[:MAX_PREVIEWED]
            if rows:
                previews.append((str(model._meta.verbose_name_plural), rows))
    return previews


@public_page()
def collection_pack(request: HttpRequest, slug: str) -> HttpResponse:
    """What is published of a collection, as a zip that `load_pack` reads."""
    collection = get_collection(request, slug)
    archive = zip_files(export_files(collection, TABLES), collection.slug)
    return attachment(archive, "application/zip", f"{collection.slug}.zip")


@public_page()
def collection_case(request: HttpRequest, slug: str) -> HttpResponse:
    """What is published of a collection, as a CASE package."""
    collection = get_collection(request, slug)
    url = request.build_absolute_uri(collection.get_absolute_url())
    package = case_package(collection, page=url)
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    return attachment(text, "application/json", f"{collection.slug}-case.json")


@public_page()
def collection_descriptors(request: HttpRequest, slug: str) -> HttpResponse:
    """The published skills of a collection, as a table of rich skill descriptors."""
    collection = get_collection(request, slug)
    text = descriptors_csv(collection, site=request.build_absolute_uri("/").rstrip("/"))
    return attachment(text, "text/csv; charset=utf-8", f"{collection.slug}-rsd.csv")
