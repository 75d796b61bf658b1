"""Runs every rule over a pack."""

from collections.abc import Sequence
from dataclasses import dataclass

import content_checks.rules  # noqa: F401 - enters the rules
from content_checks.findings import RULES, Finding
from content_checks.pack_rows import PackRows
from content_checks.waivers import Waiver


@dataclass(frozen=True)
class Verdict:
    """What is left to mend, and how much was let stand."""

    findings: list[Finding]
    waived: int
    #: The rules that were not applied, for they only know English.
    skipped: list[str]


def check_pack(pack: PackRows, waivers: Sequence[Waiver] = ()) -> Verdict:
    """All findings by place; a waiver that covers nothing any more is one itself."""
    found = [Finding("readable", error.location, error.reason) for error in pack.unreadable]
    applied = [rule for rule in RULES.values() if rule.applies_to(pack)]
    found += [finding for rule in applied for finding in rule.findings(pack)]
    left = [finding for finding in found if not any(waiver.covers(finding) for waiver in waivers)]
    waived = len(found) - len(left)
    idle = [waiver for waiver in waivers if not any(waiver.covers(finding) for finding in found)]
    left += [
        Finding("idle-waiver", waiver.place, f"finds nothing of {waiver.rule} to waive")
        for waiver in idle
    ]
    return Verdict(
        sorted(dict.fromkeys(left), key=lambda one: (one.place, one.rule)),
        waived,
        sorted(RULES.keys() - {rule.name for rule in applied}),
    )
