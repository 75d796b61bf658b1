"""Reads a pack critically: `manage.py check_pack PATH [--waivers FILE] [--only TEXT] [--rules]`."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_checks.checking import Verdict, check_pack, read_waivers
from content_checks.findings import RULES, Finding
from content_checks.pack_rows import PackRows
from content_checks.rules.coverage import coverage_table
from file_formats.errors import UnreadableFile
from interchange.packs import TABLES
from packs.sources import open_pack


def summary_of(found: list[Finding], skipped: list[str], language: str) -> Iterator[str]:
    """How often each rule finds something, the most frequent first.

    With it come the rules that do not know the language.
    """
    counts = Counter(finding.rule for finding in found)
    yield from (
        f"{number:7} {name}"
        for name, number in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )
    if skipped:
        yield (
            f"Not applied, for they read English and this pack is in “{language}”: "
            f"{', '.join(skipped)}."
        )


class Command(BaseCommand):
    """Say what is missing, repeated, unsourced, unfair or hard to read in a pack."""

    help = "Checks the content of a pack as an editor would; loading it checks its form."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="The pack: a folder, or a zip of one.")
        parser.add_argument(
            "--waivers", type=Path, help="A CSV file of findings that are let stand, with reasons."
        )
        parser.add_argument(
            "--only", default="", help="Show findings alone whose place holds this."
        )
        parser.add_argument(
            "--rules", action="store_true", help="Say first which rules there are, and why."
        )

    def handle(
        self, *args: Any, path: Path, waivers: Path | None, only: str, rules: bool, **options: Any
    ) -> None:
        for rule in RULES.values() if rules else ():
            self.stdout.write(f"{rule.name}: {rule.reason}")
        try:
            with open_pack(path) as pack:
                written = PackRows(pack, TABLES)
            verdict = check_pack(written, read_waivers(waivers) if waivers else [])
        except (UnreadableFile, OSError) as error:
            raise CommandError(str(error)) from error
        self._say(written, verdict, only)

    def _say(self, pack: PackRows, verdict: Verdict, only: str) -> None:
        found = [finding for finding in verdict.findings if only in finding.location]
        for line in summary_of(found, verdict.skipped, pack.language):
            self.stdout.write(line)
        for line in coverage_table(pack) if not only else ():
            self.stdout.write(line)
        for finding in found:
            self.stdout.write(str(finding))
        if found:
            raise CommandError(f"{len(found)} finding{'' if len(found) == 1 else 's'}.")
        applied = len(RULES) - len(verdict.skipped)
        self.stdout.write(
            f"{applied} rules applied, no finding, {verdict.waived} waived with a reason."
        )
