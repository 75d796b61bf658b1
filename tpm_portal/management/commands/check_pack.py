"""Reads a pack critically: `manage.py check_pack PATH [--waivers FILE] [--only TEXT] [--rules]`."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from content.text import number_with_noun
from content_checks.checking import Verdict, check_pack, read_waivers
from content_checks.findings import RULES, Finding
from content_checks.pack_rows import PackRows
from content_checks.rules.coverage import coverage_table
from file_formats.errors import UnreadableFile
from interchange.packs import TABLES
from packs.sources import open_pack


def finding_summary(
    findings: Iterable[Finding], skipped: list[str], language: str
) -> Iterator[str]:
    """How often each rule finds something, the most frequent first, and the rules not applied.

    :param skipped: the rules that were not applied, because they do not know this language.
    """
    counts = Counter(sorted(finding.rule for finding in findings))
    for name, number in counts.most_common():
        yield f"{number:7} {name}"
    if skipped:
        yield (
            f"Not applied because they check English and this pack is in “{language}”: "
            f"{', '.join(skipped)}."
        )


class Command(BaseCommand):
    """Say what is missing, repeated, unsourced, unfair or hard to read in a pack."""

    help = "Checks the content of a pack as an editor would; a load checks the format."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="The pack: a folder, or a zip of one.")
        parser.add_argument(
            "--waivers", type=Path, help="A CSV file of findings to accept, with reasons."
        )
        parser.add_argument(
            "--only", default="", help="Show only findings whose location contains this text."
        )
        parser.add_argument(
            "--rules", action="store_true", help="List the rules and their reasons first."
        )

    def handle(
        self,
        *args: str,
        path: Path,
        waivers: Path | None,
        only: str,
        rules: bool,
        **options: object,
    ) -> None:
        if rules:
            for rule in RULES.values():
                self.stdout.write(f"{rule.name}: {rule.reason}")
        try:
            with open_pack(path) as pack:
                rows = PackRows(pack, TABLES)
            verdict = check_pack(rows, read_waivers(waivers) if waivers else [])
        except (UnreadableFile, OSError) as error:
            raise CommandError(str(error)) from error
        self._write_verdict(rows, verdict, only)

    def _write_verdict(self, pack: PackRows, verdict: Verdict, only: str) -> None:
        """
        :raises CommandError: if there are findings.
        """
        findings = [finding for finding in verdict.findings if only in finding.location]
        lines = list(finding_summary(findings, verdict.skipped, pack.language))
        if not only:
            lines += coverage_table(pack)
        lines += map(str, findings)
        for line in lines:
            self.stdout.write(line)
        if findings:
            raise CommandError(f"{number_with_noun(len(findings), 'finding')}.")
        applied = len(RULES) - len(verdict.skipped)
        self.stdout.write(
            f"{applied} rules applied, no findings, {verdict.waived} waived with a reason."
        )
