"""Small packs, and the problems that rules report for them."""

import json

from content_checks import rules
from content_checks.findings import RULES
from content_checks.pack_rows import PackRows
from interchange.packs import TABLES
from packs.sources import FolderPack
from tests.pack_files import Pack

assert rules

STEPS = """\
---
title: Standard
proficiencies:
  - {id: awareness, title: Awareness}
  - {id: expert, title: Expert}
---
"""
BANDS = "id,title,position,summary\nentry,Entry,1,First.\nmid,Mid,2,Then.\nsenior,Senior,3,Later.\n"


def pack_rows(pack: Pack) -> PackRows:
    return PackRows(FolderPack(pack.folder), TABLES)


def problems(pack: Pack, rule: str) -> list[str]:
    """What a rule reports, with locations."""
    findings = RULES[rule].findings(pack_rows(pack))
    return [f"{finding.location}: {finding.message}" for finding in findings]


def skill(awareness: str, expert: str, title: str = "Risk") -> str:
    """The file of a skill with these two descriptors."""
    described = f"descriptors: {{awareness: {json.dumps(awareness)}, expert: {json.dumps(expert)}}}"
    return f"---\ntitle: {title}\nscale: standard\n{described}\n---\nWhat it is.\n"


def question(prompt: str, **front: str) -> str:
    """The file of a question."""
    lines = "".join(f"{column}: {value}\n" for column, value in front.items())
    return f"---\ntitle: A question\n{lines}---\n{prompt}\n"
