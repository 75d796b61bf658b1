"""The kinds of upload that load whole tables.

Whatever stands in `KINDS` has a page, an address and a link to it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django import forms
from django.db.models import Model

from content.fields import LINE_LENGTH, SLUG_LENGTH, validate_slug
from content.models import Collection
from file_formats.errors import UnreadableFile
from interchange.case.reader import read_case
from interchange.packs import TABLES
from mapping.converter import convert
from mapping.parser import read_mapping
from packs.load_history import RecordedLoad
from packs.load_options import NO_HISTORY, LoadOptions
from packs.loading import load_pack
from packs.reading import RawRow
from packs.report import Report
from packs.sources import Pack, open_pack
from rsd.reader import read_descriptors
from uploads.import_wizard import Importer, ImportRequest
from uploads.upload_forms import LoadingForm, PackForm, UploadField

#: What the form says of a new collection of descriptors.
SAID = ("title", "publisher", "licence", "attribution")
MAPPINGS = Path(__file__).parent / "mappings"
MODELS: tuple[type[Model], ...] = (Collection, *(table.model for table in TABLES))


class LineFormField(forms.CharField):
    """One line, as long as the column it goes to."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LINE_LENGTH, **kwargs)


class TableForm(LoadingForm):
    """Files of others and the mapping that reads them."""

    file = UploadField(
        endings=(".csv", ".xlsx", ".json", ".yml", ".yaml", ".md", ".txt", ".tsv", ".zip"),
        label="Source",
        help_text="One file, or a zip of the folder that the mapping reads.",
    )
    mapping = forms.ChoiceField(required=False, help_text="How to read it.")
    own = UploadField(
        required=False,
        endings=(".yml", ".yaml"),
        label="A mapping of your own",
        help_text="Instead of one that ships with the portal.",
    )
    field_order = ("file", "mapping", "own")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted(path.stem for path in MAPPINGS.glob("*.yml"))
        field = self.fields["mapping"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Choose one, or send your own below"),
            *((name, name) for name in names),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (
            "own" in self.fields
            and not self.errors
            and bool(given.get("mapping")) == bool(given.get("own"))
        ):
            raise forms.ValidationError("Choose a mapping from the list, or a file of your own.")
        return given


class CollectionForm(LoadingForm):
    """Into which collection a file goes that says too little of itself."""

    collection = forms.CharField(
        required=False,
        max_length=SLUG_LENGTH,
        validators=[validate_slug],
        help_text=(
            "The slug of the collection, new or not; if left empty, it is made from the title."
        ),
    )


class CaseForm(CollectionForm):
    """A CASE framework."""

    file = UploadField(
        endings=(".json", ".csv", ".xlsx"),
        label="Framework",
        help_text="A CASE package (JSON), or a table or workbook of OpenSALT.",
    )
    field_order = ("file", "collection")


class DescriptorsForm(CollectionForm):
    """Rich skill descriptors."""

    file = UploadField(
        endings=(".csv", ".json"), label="Descriptors", help_text="A table (CSV), or JSON of OSMT."
    )
    author = LineFormField(required=False, help_text="Of descriptors that name no author.")
    title = LineFormField(required=False, help_text="Of a new collection.")
    publisher = LineFormField(required=False, help_text="Of a new collection.")
    licence = LineFormField(
        required=False, help_text="Of a new collection: an SPDX identifier, or its name."
    )
    attribution = LineFormField(
        required=False, help_text="Of a new collection: whom to name wherever it is shown."
    )

    field_order = ("file", "collection", "author", "title", "publisher", "licence", "attribution")


def load(pack: Pack, loading: ImportRequest) -> Report:
    """Load a pack on the terms that the form states.

    :raises UnreadableFile: if the pack cannot be read, or says of itself what this user may not
        decide.
    """
    if not getattr(loading.user, "is_superuser", False):
        _refuse_home(pack.manifest())
    chosen = {name: loading.choices[name] for name in LoadingForm.base_fields}
    comment = f"From the file {loading.files['file'].name}."
    history = NO_HISTORY if loading.dry_run else RecordedLoad(loading.user, comment)
    terms = LoadOptions(
        loading.dry_run, **chosen, origin=f"{comment} Loaded by {loading.user}.", history=history
    )
    return load_pack(pack, TABLES, terms, loading.with_progress)


def _refuse_home(manifest: RawRow) -> None:
    """Superusers alone decide which collection is the portal's own: short addresses hang on it."""
    collection = Collection.objects.filter(slug=str(manifest.values.get("id", ""))).first()
    is_home = str(collection is not None and collection.is_home).lower()
    if str(manifest.values.get("is_home", is_home)).lower() != is_home:
        raise UnreadableFile(
            manifest.location,
            "is_home: a superuser alone decides which collection is the portal's own",
        )


def _pack(loading: ImportRequest) -> Report:
    with open_pack(loading.files["file"]) as pack:
        return load(pack, loading)


def _case(loading: ImportRequest) -> Report:
    return load(read_case(loading.files["file"], loading.choices["collection"]), loading)


def _descriptors(loading: ImportRequest) -> Report:
    said = {name: text for name in SAID if (text := loading.choices[name])}
    pack = read_descriptors(
        loading.files["file"], loading.choices["collection"], loading.choices["author"], **said
    )
    return load(pack, loading)


def _table(loading: ImportRequest) -> Report:
    shipped = MAPPINGS / f"{loading.choices['mapping']}.yml"
    mapping = read_mapping(loading.files.get("own", shipped), TABLES)
    with _source(loading.files["file"]) as source:
        return load(convert(mapping, source), loading)


@contextmanager
def _source(file: Path) -> Iterator[Path]:
    """The file; of a zip, the folder in it."""
    if file.suffix.lower() != ".zip":
        yield file
        return
    with open_pack(file) as unpacked:
        yield unpacked.folder


def _door(
    title: str, intro: str, form: type[forms.Form], load: Callable[[ImportRequest], Report]
) -> Importer:
    return Importer(title, intro, form, load, "admin/includes/pack_report.html", MODELS)


KINDS = {
    "pack": _door(
        "Load a pack",
        "A collection in a zip: pack.yml, CSV tables and Markdown files.",
        PackForm,
        _pack,
    ),
    "table": _door(
        "Import a table",
        "Tables, workbooks and other files of a publisher, read through a mapping from their "
        "columns to ours.",
        TableForm,
        _table,
    ),
    "case": _door(
        "Import a CASE framework",
        "Competencies as CASE has them, version 1.0 or 1.1.",
        CaseForm,
        _case,
    ),
    "rsd": _door(
        "Import skill descriptors",
        "Rich skill descriptors (RSD) of a skill library become skills.",
        DescriptorsForm,
        _descriptors,
    ),
}
