"""Pages of the admin by which whole collections come in and go out."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from content.models import Collection
from interchange.packs import TABLES
from packs.archives import zip_files
from packs.exporting import export_files
from tpm_portal.table_templates import table_template, tables
from tpm_portal.upload_kinds import KINDS
from uploads.import_wizard import import_progress, upload_page

View = Callable[..., HttpResponseBase]


def doors_for(user: Any) -> list[tuple[str, str, str]]:
    """Title, purpose and address of each kind of upload that this user may use."""
    return [
        (door.title, door.intro, reverse("admin:upload", args=[kind]))
        for kind, door in KINDS.items()
        if door.may_use(user)
    ]


def upload(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    collections = reverse("admin:content_collection_changelist")
    return upload_page(
        request, KINDS[kind], {"trail": [("Collections", collections)], "back": collections}
    )


def upload_progress(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"said": import_progress(request)})


def whole_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """A collection, drafts included, as a pack that can be loaded again."""
    if not request.user.has_perm("content.change_collection"):
        raise PermissionDenied
    collection = get_object_or_404(Collection, pk=pk)
    packed = zip_files(export_files(collection, TABLES, drafts=True), collection.slug)
    disposition = f'attachment; filename="{collection.slug}.zip"'
    return HttpResponse(packed, "application/zip", headers={"Content-Disposition": disposition})


def addresses(site: AdminSite) -> list[URLPattern]:
    """The addresses of these pages in the admin."""

    def view(page: View) -> View:
        def in_admin(request: HttpRequest, **named: Any) -> HttpResponseBase:
            response = page(request, **named)
            if isinstance(response, TemplateResponse):
                response.context_data = site.each_context(request) | (response.context_data or {})
            return response

        return site.admin_view(in_admin)

    return [
        path("load/progress/", view(upload_progress), name="upload_progress"),
        path("load/<slug:kind>/", view(upload), name="upload"),
        path("tables/", view(tables), name="tables"),
        path("tables/<slug:name>.csv", view(table_template), name="table_template"),
        path("collections/<int:pk>.zip", view(whole_pack), name="whole_pack"),
    ]
