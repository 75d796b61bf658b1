"""The kinds of upload that load whole tables: whatever stands in `KINDS` has a page, an address and a link to it."""

from collections.abc import Callable

from django import forms
from django.db.models import Model

from content.editing.upload_forms import LoadingForm, PackForm
from content.editing.uploading import Door, Loading
from content.models import Collection
from content.packs.loading import Terms, load_pack
from content.packs.reading import RawRow, Unreadable
from content.packs.report import Report
from content.packs.sources import Pack, opened
from tpm_portal.packs import TABLES

MODELS: tuple[type[Model], ...] = (Collection, *(table.model for table in TABLES))


def load(pack: Pack, loading: Loading) -> Report:
    """Load a pack on the terms that the form states.

    :raises Unreadable: if the pack cannot be read, or says of itself what this user may not decide.
    """
    if not getattr(loading.user, "is_superuser", False):
        _refuse_home(pack.manifest())
    terms = Terms(dry_run=loading.dry_run, **{name: loading.choices[name] for name in LoadingForm.base_fields})
    return load_pack(pack, TABLES, terms, loading.watch)


def _refuse_home(manifest: RawRow) -> None:
    """Superusers alone decide which collection is the portal's own: all short addresses hang on it."""
    collection = Collection.objects.filter(slug=str(manifest.values.get("id", ""))).first()
    is_home = str(collection is not None and collection.is_home).lower()
    if str(manifest.values.get("is_home", is_home)).lower() != is_home:
        raise Unreadable(manifest.place, "is_home: a superuser alone decides which collection is the portal's own")


def _pack(loading: Loading) -> Report:
    with opened(loading.files["file"]) as pack:
        return load(pack, loading)


def _door(title: str, intro: str, form: type[forms.Form], load: Callable[[Loading], Report]) -> Door:
    return Door(title, intro, form, load, "admin/includes/pack_report.html", MODELS)


KINDS = {
    "pack": _door(
        "Load a pack",
        "A pack holds one collection: pack.yml, CSV tables and Markdown files, in a zip.",
        PackForm,
        _pack,
    ),
}
