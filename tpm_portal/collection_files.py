"""A collection to take away, all of it that is published.

It comes as a pack, as a CASE package, its skills as descriptors.
"""

import json

from django.http import HttpRequest, HttpResponse

from content.pages import get_collection, public_page
from interchange.case.writer import case_package
from interchange.packs import TABLES
from interchange.rsd.writer import descriptors_csv
from packs.archives import zipped
from packs.exporting import files_of


@public_page()
def collection_pack(request: HttpRequest, slug: str) -> HttpResponse:
    collection = get_collection(request, slug)
    packed = zipped(files_of(collection, TABLES), collection.slug)
    return _attached(packed, "application/zip", f"{collection.slug}.zip")


@public_page()
def collection_case(request: HttpRequest, slug: str) -> HttpResponse:
    collection = get_collection(request, slug)
    package = case_package(
        collection, page=request.build_absolute_uri(collection.get_absolute_url())
    )
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    return _attached(text, "application/json", f"{collection.slug}-case.json")


@public_page()
def collection_descriptors(request: HttpRequest, slug: str) -> HttpResponse:
    collection = get_collection(request, slug)
    text = descriptors_csv(collection, site=request.build_absolute_uri("/").rstrip("/"))
    return _attached(text, "text/csv; charset=utf-8", f"{collection.slug}-rsd.csv")


def _attached(held: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        held, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
