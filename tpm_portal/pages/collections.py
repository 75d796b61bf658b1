"""The page of a collection, and its downloads: as a pack, as a CASE package, as descriptors."""

import json
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from content.models import Collection, CollectionItem
from content.pages import get_collection, public_page
from content.querysets import Visitor
from interchange.case.writer import case_package
from interchange.packs import TABLES
from packs.archives import zip_files
from packs.exporting import export_files
from rsd.writer import descriptors_csv
from search.index import MAX_COUNTED, counts_by_model, indexed_models

#: Rows of one kind to which the page of a collection that is not public leads its editors.
PREVIEWED = 200
#: Imports that it tells of, the last ones.
IMPORTS = 20


@public_page()
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    collection = get_collection(request, slug)
    contents = [
        {"number": _number(number), "name": _name(model, number), "list": _list(model)}
        for model, number in counts_by_model(collection)
    ]
    inside = [] if collection.is_live else _inside(collection, request.user)
    imports = collection.imports.for_readers()[:IMPORTS]
    context = {"collection": collection, "contents": contents, "inside": inside, "imports": imports}
    return render(request, "tpm_portal/collection_detail.html", context)


def _inside(collection: Collection, user: Visitor) -> list[tuple[str, list[Any]]]:
    """For editors of a collection that is not public yet, how its rows will read.

    They see some of each kind they edit.
    """
    models = [
        model
        for model in indexed_models()
        if issubclass(model, CollectionItem) and model.editable_by(user)
    ]
    rows = [
        (model, list(model.objects.filter(collection=collection)[:PREVIEWED])) for model in models
    ]
    return [(str(model._meta.verbose_name_plural), found) for model, found in rows if found]


def _name(model: type[Model], number: int) -> str:
    return str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)


def _number(number: int) -> str:
    return f"more than {MAX_COUNTED:,}" if number > MAX_COUNTED else str(number)


def _list(model: Any) -> str:
    return reverse(model.search_list) if model.search_list else ""


@public_page()
def collection_pack(request: HttpRequest, slug: str) -> HttpResponse:
    collection = get_collection(request, slug)
    packed = zip_files(export_files(collection, TABLES), collection.slug)
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
