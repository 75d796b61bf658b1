"""The upload pages of the admin: a file is sent, previewed, and imported as it was previewed.

An `Importer` describes one kind of file.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import product
from pathlib import Path
from time import monotonic
from typing import Any, Protocol, TypeVar

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from content.availability import is_disk_full, is_lost_connection
from editing.forms import RESTORE, RESTORED, remember_saved
from file_formats.errors import UnreadableFile
from packs.report import DATABASE_BUSY
from transactions.database_copies import database_copy
from transactions.prepared_writes import write_prepared
from uploads.pending_uploads import PendingUpload, new_token

Item = TypeVar("Item")

logger = logging.getLogger(__name__)
#: Seconds between two messages of progress.
PROGRESS_INTERVAL = 0.5
MEGABYTE = 1_000_000
FILE_EXPIRED = (
    "The file is no longer available: it was imported, more than an hour has passed, or you have "
    "logged in again or changed your password since. Choose it again."
)
IMPORT_FAILED = (
    "The import failed because of an error in the portal, which was logged. Nothing was saved. "
    "Contact the administrator of the portal."
)
PREVIEW_OUTDATED = (
    "The content has changed since the preview. This is what the import would do now. Nothing "
    "was saved."
)


class Outcome(Protocol):
    """What an import did, or what it would do."""

    @property
    def is_written(self) -> bool:
        """Whether anything was written."""

    @property
    def is_refused(self) -> bool:
        """Whether errors in the file prevent the whole import."""

    @property
    def is_empty(self) -> bool:
        """Whether the file changes nothing."""

    def as_data(self) -> dict[str, object]:
        """The outcome as JSON data, with `is_written` as the key ``written``."""


@dataclass(frozen=True)
class ImportRequest:
    """The files and choices of one form."""

    files: Mapping[str, Path]
    #: The cleaned values of the other fields.
    choices: Mapping[str, Any]
    user: User
    #: Whether to preview the import without writing.
    dry_run: bool
    #: Called with messages that say how far the import is.
    set_progress: Callable[[str], None]

    def with_progress(self, name: str, rows: Iterable[Item]) -> Iterator[Item]:
        """The rows of the table with this name, while messages report the number of the row."""
        last_message = 0.0
        for number, row in enumerate(rows, start=1):
            if monotonic() - last_message > PROGRESS_INTERVAL:
                last_message = monotonic()
                self.set_progress(f"{name.replace('_', ' ').capitalize()}: row {number:,}")
            yield row


@dataclass(frozen=True)
class Importer:
    """One kind of upload."""

    title: str
    #: Purpose, in a sentence or two.
    intro: str
    form: type[forms.Form]
    #: Imports the files, or previews the import.
    load: Callable[[ImportRequest], Outcome]
    #: The template that displays the outcome.
    outcome_template: str
    #: The models of all rows that it may write.
    models: Sequence[type[Model]]
    #: The sentence next to the button about how long an import takes.
    patience: str = "Large files take up to half a minute. Leave the page open until it responds."

    def may_use(self, user: User | AnonymousUser) -> bool:
        """Whether this user may add and change rows of all the models."""
        permissions = []
        for model, action in product(self.models, ("add", "change")):
            permissions.append(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
        return user.has_perms(permissions)


@dataclass
class UploadPage:
    """What the page displays."""

    form: forms.Form
    token: str
    outcome: Outcome | None = None
    #: The digest of a preview, which the form sends with the request to import.
    outcome_digest: str = ""
    problem: str = ""
    #: How the form came about, for the script that stores typed text: it is a ``stored`` row, it
    #: was ``sent``, or it was sent only to be displayed again with the text that was typed.
    form_state: str = "sent"

    @property
    def has_text(self) -> bool:
        """Whether the form has text fields, whose text the browser stores."""
        return any(isinstance(field, forms.CharField) for field in self.form.fields.values())

    @property
    def asks_for_files(self) -> bool:
        """Whether files are still to be chosen."""
        return bool(_file_fields(self.form))

    @property
    def is_done(self) -> bool:
        """Whether the file was imported."""
        return self.outcome is not None and self.outcome.is_written

    @property
    def is_refused(self) -> bool:
        """Whether errors in the file prevent the whole import."""
        return self.outcome is not None and self.outcome.is_refused

    @property
    def can_load(self) -> bool:
        """Whether importing the file would change anything."""
        if self.outcome is None or self.is_done or self.is_refused:
            return False
        return not self.outcome.is_empty


def upload_page(
    request: HttpRequest, importer: Importer, context: Mapping[str, object]
) -> HttpResponse:
    """The page of an importer: its form, a preview, or the outcome of an import.

    :param context: what the templates of the admin need.
    :raises PermissionDenied: if the user may not write all models of the importer.
    """
    if not importer.may_use(request.user):
        raise PermissionDenied
    page = _answer(request, importer)
    if page.is_done:
        remember_saved(request)
    page_context = {
        "form_state": page.form_state if page.has_text else "",
        "importer": importer,
        "page": page,
        "title": importer.title,
        "largest": f"{settings.UPLOAD_MAX_SIZE // MEGABYTE} MB",
    }
    return TemplateResponse(request, "admin/upload.html", {**context, **page_context})


def import_progress(request: HttpRequest) -> str:
    """How far the import of the upload is whose token is in the query of this request."""
    return PendingUpload(request, request.GET.get("upload", "")).progress()


def _answer(request: HttpRequest, importer: Importer) -> UploadPage:
    """The page that answers a request: for a new form, one with errors, or one with valid files."""
    if request.method != "POST":
        return UploadPage(importer.form(), new_token(), form_state="stored")
    if RESTORE in request.POST:
        form = _form_with_choices(importer, request)
        return UploadPage(form, new_token(), form_state=RESTORED)
    upload = PendingUpload(request, request.POST.get("upload", ""))
    if request.POST.get("step") == "send":
        form = importer.form(request.POST, request.FILES)
        if not form.is_valid():
            return UploadPage(form, upload.token)
        _store_files(form, upload)
    return _answer_with_files(request, importer, upload)


def _answer_with_files(
    request: HttpRequest, importer: Importer, upload: PendingUpload
) -> UploadPage:
    """The page for files that are stored; the first page with a message if anything fails."""
    files = upload.files()
    form = _without_files(importer.form(request.POST))
    if not files:
        return _first_page(request, importer, FILE_EXPIRED)
    if not form.is_valid():
        return UploadPage(form, upload.token)
    assert isinstance(request.user, User)
    import_request = ImportRequest(
        files, form.cleaned_data, request.user, dry_run=True, set_progress=upload.set_progress
    )
    try:
        return _preview_or_import(request, importer, upload, form, import_request)
    except Exception as error:
        problem = _message_for(error) if upload.files() else FILE_EXPIRED
        upload.discard()
        return _first_page(request, importer, problem)


def _first_page(request: HttpRequest, importer: Importer, problem: str) -> UploadPage:
    return UploadPage(_form_with_choices(importer, request), new_token(), problem=problem)


def _store_files(form: forms.Form, upload: PendingUpload) -> None:
    """Store the files of a valid form; fields that are not required may have none."""
    files = {}
    for name in _file_fields(form):
        if form.cleaned_data[name]:
            files[name] = form.cleaned_data[name]
    upload.store(files)


def _message_for(error: Exception) -> str:
    """The message for the editor. No file may make the page itself fail.

    :raises Exception: the error itself if the disk is full or the database is lost, because every
        other page fails then too.
    """
    if isinstance(error, UnreadableFile):
        return str(error)
    if is_disk_full(error) or is_lost_connection(error):
        raise error
    if isinstance(error, OperationalError | IntegrityError):
        return DATABASE_BUSY
    logger.error("An upload could not be loaded.", exc_info=error)
    return IMPORT_FAILED


def _form_with_choices(importer: Importer, request: HttpRequest) -> forms.Form:
    """The form with the values that were sent, but without files, which browsers do not refill."""
    sent = importer.form(request.POST)
    return importer.form(initial={name: sent[name].value() for name in _without_files(sent).fields})


def _preview_or_import(
    request: HttpRequest,
    importer: Importer,
    upload: PendingUpload,
    form: forms.Form,
    import_request: ImportRequest,
) -> UploadPage:
    """Import the files if the outcome is the one that was previewed, else preview the import."""
    problem = ""
    if request.POST.get("step") == "load":
        previewed = request.POST.get("seen", "")
        outcome = write_prepared(
            lambda: importer.load(replace(import_request, dry_run=False)),
            lambda outcome: _is_as_previewed(outcome, previewed),
        )
        if _is_as_previewed(outcome, previewed):
            upload.discard()
            return UploadPage(form, upload.token, outcome)
        problem = PREVIEW_OUTDATED
    with database_copy():
        outcome = importer.load(import_request)
    return UploadPage(form, upload.token, outcome, _digest(outcome), problem)


def _is_as_previewed(outcome: Outcome, previewed: str) -> bool:
    """Whether a file was imported, with the outcome that has the digest `previewed`."""
    return outcome.is_written and _digest(outcome) == previewed


def _digest(outcome: Outcome) -> str:
    """A digest of what an import does, the same for a preview and for the import itself."""
    data = outcome.as_data()
    data.pop("written", None)
    return blake2b(json.dumps(data, sort_keys=True).encode(), digest_size=16).hexdigest()


def _file_fields(form: forms.Form) -> list[str]:
    """The names of the fields with files."""
    return [name for name, field in form.fields.items() if isinstance(field, forms.FileField)]


def _without_files(form: forms.Form) -> forms.Form:
    """The form, from which the file fields are removed."""
    for name in _file_fields(form):
        del form.fields[name]
    return form
