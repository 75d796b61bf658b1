"""Applies all rules to a pack, except for findings that a waiver accepts."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import content_checks.rules  # noqa: F401 - registers the rules
from content_checks.findings import RULES, Finding
from content_checks.pack_rows import PackRows
from file_formats.errors import UnreadableFile

WAIVER_COLUMNS = ["rule", "place", "text", "reason"]


@dataclass(frozen=True)
class Waiver:
    """Accepts findings of a rule that have these texts in their location and message."""

    rule: str
    location: str
    message: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is of the same rule and has both texts."""
        if self.rule != finding.rule:
            return False
        return self.location in finding.location and self.message in finding.message


def read_waivers(path: Path) -> list[Waiver]:
    """The waivers of a CSV file.

    :raises UnreadableFile: if the file has other columns than `WAIVER_COLUMNS`, or a waiver has no
        reason.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if reader.fieldnames != WAIVER_COLUMNS:
            expected = ", ".join(WAIVER_COLUMNS)
            raise UnreadableFile(path.name, f"expected the columns {expected}")
        rows = list(reader)
    waivers = []
    for line, row in enumerate(rows, start=2):
        if not row["reason"].strip():
            raise UnreadableFile(f"{path.name} line {line}", "a waiver needs a reason")
        waivers.append(Waiver(row["rule"], row["place"], row["text"], row["reason"]))
    return waivers


@dataclass(frozen=True)
class Verdict:
    """The findings that are left, the number of waived ones, and the rules that do not apply."""

    findings: list[Finding]
    waived: int
    skipped: list[str]


def check_pack(pack: PackRows, waivers: Sequence[Waiver] = ()) -> Verdict:
    """Findings are sorted by location; a waiver that covers no finding is one itself."""
    skipped = []
    findings = [Finding("readable", error.location, error.reason) for error in pack.unreadable]
    for name, rule in RULES.items():
        if rule.applies_to(pack):
            findings += rule.findings(pack)
        else:
            skipped.append(name)
    remaining, used = _apply_waivers(findings, waivers)
    waived = len(findings) - len(remaining)
    for waiver in waivers:
        if waiver not in used:
            message = f"finds nothing of {waiver.rule} to waive"
            remaining.append(Finding("idle-waiver", waiver.location, message))
    unique = dict.fromkeys(remaining)
    by_location = sorted(unique, key=lambda finding: (finding.location, finding.rule))
    return Verdict(by_location, waived, sorted(skipped))


def _apply_waivers(
    findings: Iterable[Finding], waivers: Sequence[Waiver]
) -> tuple[list[Finding], set[Waiver]]:
    """The findings that no waiver covers, and the waivers that cover one."""
    remaining = []
    used: set[Waiver] = set()
    for finding in findings:
        covering = [waiver for waiver in waivers if waiver.covers(finding)]
        if not covering:
            remaining.append(finding)
        used.update(covering)
    return remaining, used
