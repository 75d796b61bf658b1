"""Base classes of the commands that load collections from files, or write them to files."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from operator import attrgetter
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, OperationalError
from tqdm import tqdm

from content import Row, Untyped
from content.availability import is_disk_full
from content.models import Collection
from file_formats.errors import UnreadableFile
from file_formats.text_files import display_name
from interchange.packs import TABLES
from packs.load_history import RecordedLoad
from packs.load_options import NO_HISTORY, LoadOptions, ProgressCallback, without_progress
from packs.loading import load_pack
from packs.report import DATABASE_BUSY, DISK_FULL, Report
from packs.sources import Pack
from transactions.database_copies import database_copy
from transactions.prepared_writes import write_prepared

#: The options of a load that are switches, with their help.
SWITCHES = {
    "dry_run": "Show what would happen without saving anything.",
    "overwrite": "Overwrite what was edited or deleted here since the last load.",
    "retire": "Archive items of the last load that the pack no longer contains.",
    "skip_refused": "Load valid rows even if others are refused.",
}


class LoadingCommand(BaseCommand):
    """Validates all of a file, then writes all of it or nothing. A subclass defines `opened`."""

    path_help = ""

    def opened(self, path: Path, **options: object) -> AbstractContextManager[Pack]:
        """The file or folder at a path as a pack, which can be read inside the context.

        :raises UnreadableFile: if it cannot be read.
        """
        raise CommandError(f"{type(self).__module__} does not define what it loads.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help=self.path_help)
        parser.add_argument(
            "--report", choices=["text", "json"], default="text", help="The format of the report."
        )
        parser.add_argument("--user", default="", help="The account to name in the history.")
        for name, description in SWITCHES.items():
            option = f"--{name.replace('_', '-')}"
            parser.add_argument(option, action="store_true", help=description)

    def handle(self, *args: str, path: Path, report: str, **options: object) -> None:
        load_options = _load_options(path, options)
        shows_progress = options["verbosity"] and self.stderr.isatty()
        progress = _with_progress_bar if shows_progress else without_progress
        try:
            with self.opened(path, **options) as pack:
                result = _load(pack, load_options, progress)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        except (OSError, OperationalError, IntegrityError) as error:
            raise _command_error(error) from error
        self._write_report(result, report, quiet=not options["verbosity"])

    def _write_report(self, report: Report, report_format: str, *, quiet: bool) -> None:
        """
        :raises CommandError: if anything was refused and so nothing was written.
        """
        if report_format == "json":
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=2))
            if report.is_refused:
                raise CommandError(f"{len(report.refusals)} refused.")
            return
        text = "\n".join(report.as_lines())
        if report.is_refused:
            raise CommandError(text)
        if not quiet:
            self.stdout.write(text)


def _load_options(path: Path, options: Mapping[str, Untyped]) -> LoadOptions:
    """
    :raises CommandError: if there is no such account.
    """
    comment = f"Loaded on the command line from {display_name(path)}."
    history = RecordedLoad(_account(options["user"]), comment)
    return LoadOptions(
        **{name: options[name] for name in SWITCHES},
        origin=comment,
        history=NO_HISTORY if options["dry_run"] else history,
    )


def _account(name: str) -> User | None:
    """The account with this name; None if no name is given.

    :raises CommandError: if there is no account with this name.
    """
    if not name:
        return None
    account = User.objects.filter(username=name).first()
    if account is None:
        raise CommandError(f"There is no account “{name}”.")
    return account


def _load(pack: Pack, options: LoadOptions, progress: ProgressCallback) -> Report:
    """Load a pack without stopping other writers for long; a preview does not stop them at all."""
    load = partial(load_pack, pack, TABLES, options, progress)
    if options.dry_run:
        with database_copy():
            return load()
    return write_prepared(load, attrgetter("is_written"))


def _command_error(error: OSError | OperationalError | IntegrityError) -> CommandError:
    """The message about a full disk or a busy database.

    :raises OSError: any other error of the operating system.
    """
    if is_disk_full(error):
        return CommandError(f"{DISK_FULL} ({str(error).strip()})")
    if isinstance(error, OSError):
        raise error
    return CommandError(f"{DATABASE_BUSY} ({str(error).strip()})")


def _with_progress_bar(name: str, rows: Iterable[Row]) -> Iterable[Row]:
    return tqdm(rows, desc=name, unit=" rows", leave=False)


class ExportingCommand(BaseCommand):
    """Writes a collection to a file. A subclass defines `content`."""

    def content(self, collection: Collection, *, drafts: bool, site: str) -> str:
        """The text of the file.

        :param drafts: whether to include rows that are not published.
        :param site: scheme and host of the portal; empty for addresses without a host.
        """
        raise CommandError(f"{type(self).__module__} does not define what it writes.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("collection", help="The slug of the collection.")
        parser.add_argument(
            "out", type=Path, help="The file to write; an existing file is replaced."
        )
        parser.add_argument("--drafts", action="store_true", help="Include unpublished content.")
        parser.add_argument(
            "--site",
            default="",
            help=("Scheme and host of this portal, such as https://example.org."),
        )

    def handle(
        self, *args: str, collection: str, out: Path, drafts: bool, site: str, **options: object
    ) -> None:
        row = Collection.objects.filter(slug=collection).first()
        if row is None:
            raise CommandError(f"There is no collection “{collection}”.")
        if not row.is_live and not drafts:
            raise CommandError(f"“{row.title}” is not published; use --drafts to export it.")
        write_file(out, self.content(row, drafts=drafts, site=site.rstrip("/")))


def write_file(path: Path, text: str) -> None:
    """Write a file completely or not at all, so that no one reads half of it.

    :raises CommandError: if it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_text(text, "utf-8", newline="")
        unfinished.replace(path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
