"""Findings that are let stand, each with its reason: a CSV file of rule, place, text and reason."""

import csv
from dataclasses import dataclass
from pathlib import Path

from content_checks.findings import Finding
from packs.errors import UnreadableFile

COLUMNS = ["rule", "place", "text", "reason"]


@dataclass(frozen=True)
class Waiver:
    """One finding that is let stand.

    `place` and `text` are beginnings or parts of the finding's.
    """

    rule: str
    place: str
    text: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        return (
            self.rule == finding.rule and self.place in finding.place and self.text in finding.text
        )


def read_waivers(path: Path) -> list[Waiver]:
    """
    :raises Unreadable: if the file has other columns, or a waiver without a reason.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        if rows.fieldnames != COLUMNS:
            raise UnreadableFile(path.name, f"expected the columns {', '.join(COLUMNS)}")
        waivers = [Waiver(**row) for row in rows]
    for number, waiver in enumerate(waivers, start=2):
        if not waiver.reason.strip():
            raise UnreadableFile(f"{path.name} line {number}", "a waiver needs a reason")
    return waivers
