"""The kinds of upload that load collections, and the pages of the admin for them.

Each importer in `IMPORTERS` has a page, an address and a link to it on the first page of the admin.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from content.downloads import attachment
from content.models import Collection
from file_formats.archives import zip_files
from file_formats.errors import UnreadableFile
from interchange.case.reader import read_case
from interchange.packs import TABLES
from mapping.converter import convert
from mapping.parser import read_mapping
from packs.exporting import export_files
from packs.load_history import RecordedLoad
from packs.load_options import NO_HISTORY, LoadOptions
from packs.loading import load_pack
from packs.reading import RawRow
from packs.report import Report
from packs.sources import Pack, open_pack
from rsd.reader import read_descriptors
from tpm_portal.forms import MAPPINGS, CaseForm, DescriptorsForm, TableForm
from tpm_portal.table_templates import table_template, tables
from uploads.import_wizard import Importer, ImportRequest, import_progress, upload_page
from uploads.upload_forms import LoadingForm, PackForm

#: Fields of the form for descriptors that describe a new collection.
COLLECTION_FIELDS = ("title", "publisher", "license", "attribution")
#: The models of all rows that a pack may write.
PACK_MODELS: tuple[type[Model], ...] = (Collection, *(table.model for table in TABLES))


def load(pack: Pack, request: ImportRequest) -> Report:
    """Load a pack, or preview that, with the options of the form.

    :raises UnreadableFile: if the pack cannot be read, or has a setting that this user may not
        change.
    """
    if not getattr(request.user, "is_superuser", False):
        _refuse_change_of_home(pack.manifest())
    options = {name: request.choices[name] for name in LoadingForm.base_fields}
    comment = f"From the file {request.files['file'].name}."
    load_options = LoadOptions(
        request.dry_run,
        **options,
        origin=f"{comment} Loaded by {request.user}.",
        history=NO_HISTORY if request.dry_run else RecordedLoad(request.user, comment),
    )
    return load_pack(pack, TABLES, load_options, request.with_progress)


def _refuse_change_of_home(manifest: RawRow) -> None:
    """
    :raises UnreadableFile: if the pack would change which collection is the portal's own. Only
        superusers decide that, because its pages have the short addresses.
    """
    slug = str(manifest.values.get("id", ""))
    is_home = Collection.objects.filter(slug=slug, is_home=True).exists()
    stored_value = str(is_home).lower()
    if str(manifest.values.get("is_home", stored_value)).lower() != stored_value:
        raise UnreadableFile(
            manifest.location,
            "is_home: only a superuser may decide which collection is the portal's own",
        )


def _load_pack(request: ImportRequest) -> Report:
    with open_pack(request.files["file"]) as pack:
        return load(pack, request)


def _load_table(request: ImportRequest) -> Report:
    mapping = read_mapping(_mapping_file(request), TABLES)
    with open_source(request.files["file"]) as source:
        return load(convert(mapping, source), request)


def _mapping_file(request: ImportRequest) -> Path:
    """The mapping that is selected, or else the one that was sent.

    :raises UnreadableFile: if there is neither, because the selection was undone after a preview.
    """
    name = request.choices["mapping"]
    if name:
        return MAPPINGS / f"{name}.yml"
    if "own" not in request.files:
        raise UnreadableFile("Mapping", "choose one from the list, or upload your own")
    return request.files["own"]


def _load_case(request: ImportRequest) -> Report:
    return load(read_case(request.files["file"], request.choices["collection"]), request)


def _load_descriptors(request: ImportRequest) -> Report:
    choices = request.choices
    metadata = {name: choices[name] for name in COLLECTION_FIELDS if choices[name]}
    file = request.files["file"]
    pack = read_descriptors(file, choices["collection"], choices["author"], **metadata)
    return load(pack, request)


@contextmanager
def open_source(path: Path) -> Iterator[Path]:
    """The file or folder at a path; for a zip, the folder that is unpacked from it.

    :raises UnreadableFile: if there is nothing at the path, or the zip is broken.
    """
    if not path.exists():
        raise UnreadableFile(path.name, "the file is missing")
    if path.suffix.lower() == ".zip":
        with open_pack(path) as pack:
            yield pack.folder
    else:
        yield path


def _importer(
    title: str, intro: str, form: type[forms.Form], load: Callable[[ImportRequest], Report]
) -> Importer:
    return Importer(title, intro, form, load, "admin/includes/pack_report.html", PACK_MODELS)


#: The importers by their names in addresses.
IMPORTERS = {
    "pack": _importer(
        "Load a pack",
        "A collection in a zip: pack.yml, CSV tables and Markdown files.",
        PackForm,
        _load_pack,
    ),
    "table": _importer(
        "Import a table",
        "Tables, workbooks and other files from a publisher, read with a mapping from their "
        "columns to ours.",
        TableForm,
        _load_table,
    ),
    "case": _importer(
        "Import a CASE framework",
        "A package of competencies in CASE 1.0 or 1.1.",
        CaseForm,
        _load_case,
    ),
    "rsd": _importer(
        "Import skill descriptors",
        "Rich skill descriptors (RSD) from a skill library, imported as skills.",
        DescriptorsForm,
        _load_descriptors,
    ),
}


def importer_links(user: User | AnonymousUser) -> list[tuple[str, str, str]]:
    """Title, introduction and address of each importer that this user may use."""
    links = []
    for name, importer in IMPORTERS.items():
        if importer.may_use(user):
            links.append((importer.title, importer.intro, reverse("admin:upload", args=[name])))
    return links


def upload(request: HttpRequest, name: str) -> HttpResponse:
    """The page of an importer."""
    if name not in IMPORTERS:
        raise Http404
    collections = reverse("admin:content_collection_changelist")
    context = {"trail": [("Collections", collections)], "back": collections}
    return upload_page(request, IMPORTERS[name], context)


def upload_progress(request: HttpRequest) -> HttpResponse:
    """How far the import of this user is, as JSON."""
    return JsonResponse({"said": import_progress(request)})


def collection_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """A collection, drafts included, as a pack that can be loaded again."""
    if not request.user.has_perm("content.change_collection"):
        raise PermissionDenied
    collection = get_object_or_404(Collection, pk=pk)
    archive = zip_files(export_files(collection, TABLES, drafts=True), collection.slug)
    return attachment(archive, "application/zip", f"{collection.slug}.zip")


def url_patterns(site: AdminSite) -> list[URLPattern]:
    """The URL patterns of these pages and of the empty tables, for users of the admin only."""

    def admin_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        def view_with_site(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
            response = view(request, **kwargs)
            if isinstance(response, TemplateResponse):
                response.context_data = site.each_context(request) | (response.context_data or {})
            return response

        return site.admin_view(view_with_site)

    return [
        path("load/progress/", admin_view(upload_progress), name="upload_progress"),
        path("load/<slug:name>/", admin_view(upload), name="upload"),
        path("tables/", admin_view(tables), name="tables"),
        path("tables/<slug:name>.csv", admin_view(table_template), name="table_template"),
        path("collections/<int:pk>.zip", admin_view(collection_archive), name="collection_archive"),
    ]
