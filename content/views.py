"""The page of a collection: what it holds, who publishes it, under which licence, with which attribution."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from content.pages import get_collection, public_page
from content.search_index import COUNTED, contents_of


@public_page()
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    collection = get_collection(request, slug)
    contents = [
        {"number": _number(number), "name": _name(model, number), "list": _list(model)}
        for model, number in contents_of(collection)
    ]
    return render(request, "content/collection_detail.html", {"collection": collection, "contents": contents})


def _name(model: type[Model], number: int) -> str:
    return str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)


def _number(number: int) -> str:
    return f"more than {COUNTED:,}" if number > COUNTED else str(number)


def _list(model: Any) -> str:
    return reverse(model.search_list) if model.search_list else ""
