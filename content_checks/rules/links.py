"""Whether links between pages lead somewhere."""

import re
from collections.abc import Iterator

from django.urls import Resolver404, resolve

from content_checks.findings import Fault, rule
from content_checks.pack_rows import PackRows

LINK = re.compile(r"\]\((/[^)\s#?]*)")
#: The page of a row of each table: the name of its address, and what of that is the row's key.
PAGES = {
    "roles:role_detail": "roles",
    "skills:skill_detail": "skills",
    "ladders:ladder_detail": "ladders",
    "ladders:level_detail": "levels",
    "interviews:answer_framework_detail": "answer_frameworks",
    "interviews:question_detail": "questions",
    "interviews:question_set_detail": "question_sets",
    "guides:guide_detail": "guides",
}


@rule("A link that leads nowhere costs the reader's trust in all the others.")
def internal_links(pack: PackRows) -> Iterator[Fault]:
    for row in pack:
        for value in row.values.values():
            for path in LINK.findall(str(value)):
                if not _leads_somewhere(pack, path):
                    yield row, f"links to {path}, which is not there"


def _leads_somewhere(pack: PackRows, path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    table = PAGES.get(match.view_name)
    keys = "/".join(str(value) for value in [*match.args, *match.kwargs.values()])
    return table is None or pack.find(table, keys) is not None
