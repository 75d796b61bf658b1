"""Loads a pack: `manage.py load_pack PATH [--dry-run]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.packs.loading import Report, load_pack
from tpm_portal.packs import TABLES

SHOWN = 100


class Command(BaseCommand):
    """Validate the whole pack, then write all of it or nothing."""

    help = "Loads a content pack. Nothing is deleted; one refused row refuses the whole pack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="The pack's folder.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen and change nothing.")

    def handle(self, *args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        report = load_pack(path, TABLES, dry_run=dry_run)
        if report.refusals:
            self._refuse(report)
        if options["verbosity"]:
            self.stdout.write(self._summary(report))

    def _refuse(self, report: Report) -> None:
        lines = [str(refusal) for refusal in report.refusals[:SHOWN]]
        raise CommandError("\n".join([*lines, f"{len(report.refusals)} refused; nothing was written."]))

    def _summary(self, report: Report) -> str:
        created, changed, unchanged = (
            sum(counter.values()) for counter in (report.created, report.changed, report.unchanged)
        )
        lines = [f"{created} created, {changed} changed, {unchanged} unchanged."]
        if report.kept:
            lines.append(f"Kept without a field of their own: {', '.join(sorted(report.kept))}.")
        return "\n".join(lines)
