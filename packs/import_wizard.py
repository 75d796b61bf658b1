"""The upload pages of the admin: a file is sent, previewed, and imported as it was previewed.

An `Importer` describes one kind of file.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from content.availability import is_disk_full, is_lost_connection
from editing.database_copies import database_copy
from editing.forms import RESTORE, RESTORED, remember_saved
from editing.prepared_writes import write_prepared
from packs.pending_uploads import PendingUpload, new_token
from packs.reading import UnreadableFile
from packs.report import CROSSED

logger = logging.getLogger(__name__)
SAY_EVERY = 0.5
MEGABYTE = 1_000_000
GONE = (
    "The file is not here any more: it was loaded, or more than an hour has passed. Choose it "
    "again."
)
FAULT = (
    "The portal failed to load this file, which is a fault of the portal and stands in its log. "
    "Nothing was written; tell whoever runs the portal."
)
OTHERWISE = (
    "Something has changed since you looked: this is what loading the file would do now. Nothing "
    "was written."
)


@dataclass(frozen=True)
class ImportRequest:
    """One file, or several, on the way in."""

    files: Mapping[str, Path]
    #: What the form says beside the files.
    choices: Mapping[str, Any]
    user: AbstractBaseUser
    #: Say what would happen and write nothing.
    dry_run: bool
    #: Told how far it is.
    say: Callable[[str], None] = field(default=lambda words: None)

    def watch(self, name: str, rows: Iterable[Any]) -> Iterator[Any]:
        """The rows of a table as they pass, with a word now and then of how many did."""
        said = 0.0
        for number, row in enumerate(rows, start=1):
            if monotonic() - said > SAY_EVERY:
                said = monotonic()
                self.say(f"{name.replace('_', ' ').capitalize()}: row {number:,}")
            yield row


@dataclass(frozen=True)
class Importer:
    """One kind of upload."""

    title: str
    #: What it is for, in a sentence or two.
    intro: str
    form: type[forms.Form]
    #: Loads, or previews. Its outcome has `as_data()`, `is_written` and what `shown` displays.
    load: Callable[[ImportRequest], Any]
    #: The template that shows the outcome.
    shown: str
    #: The models of all rows that it may write.
    models: tuple[type[Model], ...]
    #: What is said beside the button.
    patience: str = "Large files take up to half a minute. Leave the page open until it answers."

    def may_use(self, user: Any) -> bool:
        """Whether this user may add and change rows of all the models."""
        return all(
            user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
            for model in self.models
            for action in ("add", "change")
        )


@dataclass
class _Step:
    """What the page shows."""

    form: forms.Form
    token: str
    outcome: Any = None
    seen: str = ""
    problem: str = ""
    #: Whether the form was sent to be drawn again with what was typed, and nothing else.
    is_restored: bool = False

    @property
    def has_text(self) -> bool:
        """Whether the form has fields that are typed, whose text the browser keeps."""
        return any(isinstance(each, forms.CharField) for each in self.form.fields.values())

    @property
    def is_done(self) -> bool:
        """Whether the file was loaded."""
        return self.outcome is not None and self.outcome.is_written

    @property
    def is_refused(self) -> bool:
        """Whether something in the file keeps all of it out."""
        return bool(self.outcome.refusals) and not self.form.cleaned_data.get("skip_refused")

    @property
    def can_load(self) -> bool:
        """Whether loading the file would change anything."""
        if self.outcome is None or self.is_done or self.is_refused:
            return False
        return not getattr(self.outcome, "is_empty", False)


def upload_page(request: HttpRequest, importer: Importer, context: dict[str, Any]) -> HttpResponse:
    """The page of an importer, at whichever of its steps the request is.

    :param context: what the admin's own templates need.
    """
    if not importer.may_use(request.user):
        raise PermissionDenied
    step = _step(request, importer)
    if step.is_done:
        remember_saved(request)
    state = RESTORED if step.is_restored else "sent" if request.method == "POST" else "stored"
    shown = {
        "form_state": state if step.has_text else "",
        "importer": importer,
        "step": step,
        "is_done": step.is_done,
        "title": importer.title,
        "can_load": step.can_load,
    }
    shown["largest"] = f"{settings.UPLOAD_MAX_SIZE // MEGABYTE} MB"
    return TemplateResponse(request, "admin/upload.html", context | shown)


def progress_of(request: HttpRequest) -> str:
    """How far the upload is that this request asks for."""
    return PendingUpload(request, request.GET.get("upload", "")).said()


def _step(request: HttpRequest, importer: Importer) -> _Step:
    if request.method != "POST":
        return _Step(importer.form(), new_token())
    if RESTORE in request.POST:
        return _Step(_form_again(importer, request), new_token(), is_restored=True)
    upload = PendingUpload(request, request.POST.get("upload", ""))
    if request.POST.get("step") == "send":
        form = importer.form(request.POST, request.FILES)
        if not form.is_valid():
            return _Step(form, upload.token)
        upload.keep(
            {name: form.cleaned_data[name] for name in _files_of(form) if form.cleaned_data[name]}
        )
    files = upload.files()
    form = without_files(importer.form(request.POST))
    if not files or not form.is_valid():
        return _Step(_form_again(importer, request), new_token(), problem=GONE)
    import_request = ImportRequest(files, form.cleaned_data, request.user, True, upload.say)  # type: ignore[arg-type]
    try:
        return _looked_at(request, importer, upload, form, import_request)
    except Exception as error:
        problem = _problem_of(error) if upload.files() else GONE
        upload.discard()
        return _Step(_form_again(importer, request), new_token(), problem=problem)


def _problem_of(error: Exception) -> str:
    """What the editor is told; no file that anybody sends is a fault of the whole page.

    :raises Exception: if the disk is full or the database is gone, for then nothing else would
        work either.
    """
    if isinstance(error, UnreadableFile):
        return str(error)
    if is_disk_full(error) or is_lost_connection(error):
        raise error
    if isinstance(error, OperationalError | IntegrityError):
        return CROSSED
    logger.error("An upload could not be loaded.", exc_info=error)
    return FAULT


def _form_again(importer: Importer, request: HttpRequest) -> forms.Form:
    """The form with what was chosen; the files have to be chosen anew."""
    sent = importer.form(request.POST)
    return importer.form(initial={name: sent[name].value() for name in without_files(sent).fields})


def _looked_at(
    request: HttpRequest,
    importer: Importer,
    upload: PendingUpload,
    form: forms.Form,
    import_request: ImportRequest,
) -> _Step:
    """The outcome: of importing, if it is the one that was looked at, else of looking."""
    problem = ""
    if request.POST.get("step") == "load":
        seen = request.POST.get("seen", "")
        loaded = write_prepared(
            lambda: importer.load(replace(import_request, dry_run=False)),
            lambda outcome: _is_as_seen(outcome, seen),
        )
        if _is_as_seen(loaded, seen):
            upload.discard()
            return _Step(form, upload.token, loaded)
        problem = OTHERWISE
    with database_copy():
        outcome = importer.load(import_request)
    return _Step(form, upload.token, outcome, _digest(outcome), problem)


def _is_as_seen(outcome: Any, seen: str) -> bool:
    """Whether a file was loaded, and as it was looked at."""
    return bool(outcome.is_written) and _digest(outcome) == seen


def _digest(outcome: Any) -> str:
    """By which two outcomes are told apart, whether they were written or not."""
    told = {name: value for name, value in outcome.as_data().items() if name != "written"}
    return blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=16).hexdigest()


def _files_of(form: forms.Form) -> list[str]:
    return [name for name, each in form.fields.items() if isinstance(each, forms.FileField)]


def without_files(form: forms.Form) -> forms.Form:
    """The form with what is chosen beside the files."""
    for name in _files_of(form):
        del form.fields[name]
    return form
