"""What the commands that load a pack share: their options, how they show progress and how they say what happened."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from content.packs.loading import Terms, load_pack
from content.packs.report import Report
from content.packs.sources import Pack
from tpm_portal.packs import TABLES

TERMS = {
    "dry_run": "Say what would happen and change nothing.",
    "overwrite": "Write over what was edited or deleted here since the last load.",
    "retire": "Archive what the last load brought and the pack has no more.",
    "skip_refused": "Write what is sound although something is refused.",
}


class LoadingCommand(BaseCommand):
    """Validate all of a pack, then write all of it or nothing."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--report", choices=["text", "json"], default="text", help="How to say what happened.")
        for name, meaning in TERMS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", action="store_true", help=meaning)

    def load(self, pack: Pack, options: dict[str, Any], notes: Iterable[str] = ()) -> None:
        """Load a pack as the options say, and say what happened.

        :param notes: what else there is to say of the pack.
        :raises CommandError: if it was refused.
        """
        terms = Terms(**{name: options[name] for name in TERMS})
        watch = _watched if options["verbosity"] and self.stderr.isatty() else _unwatched
        report = load_pack(pack, TABLES, terms, watch)
        self._say(report, list(notes), options["report"], quiet=not options["verbosity"])

    def _say(self, report: Report, notes: list[str], form: str, *, quiet: bool) -> None:
        failed = bool(report.refusals) and not report.is_written
        lines = [*report.as_lines(), *(f"Note: {note}." for note in notes)]
        if form == "json":
            data = report.as_data() | ({"notes": notes} if notes else {})
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        elif not quiet and not failed:
            self.stdout.write("\n".join(lines))
        if failed:
            raise CommandError(f"{len(report.refusals)} refused." if form == "json" else "\n".join(report.as_lines()))


def _watched(name: str, rows: Iterable[Any]) -> Iterable[Any]:
    return tqdm(rows, desc=name, unit=" rows", leave=False)


def _unwatched(name: str, rows: Iterable[Any]) -> Iterable[Any]:
    return rows
