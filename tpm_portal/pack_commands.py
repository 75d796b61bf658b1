"""What the commands share that load content or write it.

It is options, progress, and how they say what happened.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, OperationalError
from tqdm import tqdm

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

TERMS = {
    "dry_run": "Say what would happen and change nothing.",
    "overwrite": "Write over what was edited or deleted here since the last load.",
    "retire": "Archive what the last load brought and the pack has no more.",
    "skip_refused": "Write what is sound although something is refused.",
}


class LoadingCommand(BaseCommand):
    """Validate everything, then write all of it or nothing. What is loaded, `opened` says."""

    path_help = ""

    def opened(self, path: Path, **options: Any) -> AbstractContextManager[Pack]:
        """What is at `path` as a pack, for as long as it is read.

        :raises UnreadableFile: if it cannot be read.
        """
        raise CommandError(f"{type(self).__module__} does not say what it loads.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help=self.path_help)
        parser.add_argument(
            "--report", choices=["text", "json"], default="text", help="How to say what happened."
        )
        parser.add_argument(
            "--user", default="", help="The account in whose name it is loaded, for the history."
        )
        for name, meaning in TERMS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", action="store_true", help=meaning)

    def handle(self, *args: Any, path: Path, report: str, **options: Any) -> None:
        comment = f"Loaded on the command line from {display_name(path)}."
        history = RecordedLoad(_account(options["user"]), comment)
        chosen = {name: options[name] for name in TERMS}
        terms = LoadOptions(
            **chosen, origin=comment, history=NO_HISTORY if chosen["dry_run"] else history
        )
        watch = _watched if options["verbosity"] and self.stderr.isatty() else without_progress
        try:
            with self.opened(path, **options) as pack:
                done = _loaded(pack, terms, watch)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        except (OSError, OperationalError, IntegrityError) as error:
            if not is_disk_full(error) and isinstance(error, OSError):
                raise
            reason = DISK_FULL if is_disk_full(error) else DATABASE_BUSY
            raise CommandError(f"{reason} ({str(error).strip()})") from error
        self._say(done, report, quiet=not options["verbosity"])

    def _say(self, report: Report, form: str, *, quiet: bool) -> None:
        failed = bool(report.refusals) and not report.is_written
        if form == "json":
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=2))
        elif not quiet and not failed:
            self.stdout.write("\n".join(report.as_lines()))
        if failed:
            raise CommandError(
                f"{len(report.refusals)} refused."
                if form == "json"
                else "\n".join(report.as_lines())
            )


def _account(name: str) -> User | None:
    """
    :raises CommandError: if there is no account with this name.
    """
    if not name:
        return None
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no account “{name}”.")
    return found


def _loaded(pack: Pack, terms: LoadOptions, watch: ProgressCallback) -> Report:
    """Load a pack without stopping other writers for long.

    If it is only tried out, without stopping them at all.
    """
    load = partial(load_pack, pack, TABLES, terms, watch)
    if terms.dry_run:
        with database_copy():
            return load()
    return write_prepared(load, attrgetter("is_written"))


def _watched(name: str, rows: Iterable[Any]) -> Iterable[Any]:
    return tqdm(rows, desc=name, unit=" rows", leave=False)


class ExportingCommand(BaseCommand):
    """Write a collection to a file. How it is written, `content` says."""

    def content(self, collection: Collection, *, drafts: bool, site: str) -> str:
        """What the file is to hold.

        :param drafts: with what is not published.
        :param site: scheme and host of the portal; empty for addresses without a host.
        """
        raise CommandError(f"{type(self).__module__} does not say what it writes.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("collection", help="The slug of the collection.")
        parser.add_argument("out", type=Path, help="The file to write; an older one is replaced.")
        parser.add_argument(
            "--drafts", action="store_true", help="Write what is not published as well."
        )
        parser.add_argument(
            "--site", default="", help="Scheme and host of this portal, e.g. https://example.org."
        )

    def handle(
        self, *args: Any, collection: str, out: Path, drafts: bool, site: str, **options: Any
    ) -> None:
        found = Collection.objects.filter(slug=collection).first()
        if found is None:
            raise CommandError(f"There is no collection “{collection}”.")
        if not found.is_live and not drafts:
            raise CommandError(
                f"“{found.title}” is not published; --drafts writes it all the same."
            )
        write_whole(out, self.content(found, drafts=drafts, site=site.rstrip("/")))


def write_whole(path: Path, text: str) -> None:
    """Write a file so that nobody ever sees half of it.

    :raises CommandError: if it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_text(text, "utf-8", newline="")
        unfinished.replace(path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
