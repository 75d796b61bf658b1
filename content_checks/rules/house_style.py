"""Whether texts use the terms, headings and sentences of the style guide (`docs/style.md`).

The rules of this module read American English. A collection whose language is another one, or
English of another region, has its own style.
"""

import re
from collections.abc import Iterator

from content_checks.findings import Problem, rule
from content_checks.pack_rows import PackRows
from content_checks.passages import prose_of
from content_checks.prose import plain_text, sentences, without_quotations, words

AMERICAN_ENGLISH = "en-us"
#: What the trade does not say, and what it says instead.
PREFERRED_TERMS = {
    "ways? back": "rollback",
    "somebody": "someone",
    "nobody": "no one",
    "everybody": "everyone",
    "seldom": "rarely",
    "beforehand": "in advance",
    "fortnights?": "two weeks",
    "curriculum vitae|CVs?": "résumé",
    "telephones?": "phone",
    "road maps?": "roadmap",
    "roll-outs?": "rollout",
    "switch-overs?": "cutover",
    "post-mortems?": "postmortem",
    "per cent": "percent",
    "deciders?": "decision maker",
    "un-promis\\w+": "drop a commitment",
    "e-mails?": "email",
}
TERMS = {
    re.compile(rf"\b(?:{pattern})\b"): preferred for pattern, preferred in PREFERRED_TERMS.items()
}
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.M)
#: Beginnings of headings that make readers guess what follows.
VAGUE_HEADING = re.compile(r"what (?:it|they|is theirs|comes|shows)\b", re.I)
#: Verbs whose subject is a person, after “it”.
PERSON_AS_IT = re.compile(
    r"\bit (?:mentors|coaches|hires|reports to|works with|leads|manages|owns|listens|escalates|"
    r"negotiates|has built|has led|is promoted|is trusted|is asked)\b|\bwhom it\b",
    re.I,
)
#: The tables that describe people.
TABLES_ABOUT_PEOPLE = ("roles", "levels", "expectations", "skill_descriptors")
MAX_FRAGMENT_WORDS = 3
#: The share of sentences of a text that may be fragments.
MAX_FRAGMENT_SHARE = 0.08
#: In a shorter text, one fragment is a large share.
MIN_SENTENCES = 12
LIST_OR_TABLE = re.compile(r"^\s*(?:[-*|#>]|\d+\.).*(?:\n\s+\S.*)*$", re.M)


@rule("Readers search for the words of the trade, and for one word for each thing.", english=True)
def preferred_terms(pack: PackRows) -> Iterator[Problem]:
    """Reports words that the style guide replaces with other terms, except in quotations."""
    if not _is_american(pack):
        return
    for passage in prose_of(pack):
        text = without_quotations(plain_text(passage.text))
        for pattern, preferred in TERMS.items():
            for match in pattern.finditer(text):
                yield passage.row, f"says “{match[0]}”; the style guide prefers “{preferred}”"


@rule("A heading names what follows; whoever scans the page does not guess.", english=True)
def plain_headings(pack: PackRows) -> Iterator[Problem]:
    """Reports headings that begin like a riddle."""
    if not _is_american(pack):
        return
    for passage in prose_of(pack):
        for heading in HEADING.findall(passage.text):
            if VAGUE_HEADING.match(heading):
                yield passage.row, f"has a heading that names nothing: “{heading}”"


@rule("A person is they, never it.", english=True)
def persons_not_things(pack: PackRows) -> Iterator[Problem]:
    """Reports “it” as the subject of what only people do."""
    if not _is_american(pack):
        return
    for table in TABLES_ABOUT_PEOPLE:
        for passage in prose_of(pack[table]):
            match = PERSON_AS_IT.search(without_quotations(plain_text(passage.text)))
            if match:
                yield passage.row, f"calls a person it: “{match[0]}”"


@rule(
    "A fragment is emphasis; where every tenth sentence is one, nothing is emphasized. Up to "
    f"{MAX_FRAGMENT_SHARE:.0%} of the sentences of a text may have {MAX_FRAGMENT_WORDS} words or "
    "fewer.",
    english=True,
)
def few_fragments(pack: PackRows) -> Iterator[Problem]:
    """Reports the running text of guides, roles and levels with many very short sentences."""
    if not _is_american(pack):
        return
    for passage in prose_of([*pack["guides"], *pack["roles"], *pack["levels"]]):
        prose = sentences(LIST_OR_TABLE.sub("\n\n", passage.text))
        fragments = [text for text in prose if len(words(text)) <= MAX_FRAGMENT_WORDS]
        if len(prose) >= MIN_SENTENCES and len(fragments) > MAX_FRAGMENT_SHARE * len(prose):
            are = "is a fragment" if len(fragments) == 1 else "are fragments"
            counts = f"{len(fragments)} of {len(prose)} sentences {are}"
            yield passage.row, f"{counts}: “{fragments[0]}”"


def _is_american(pack: PackRows) -> bool:
    return pack.language.casefold() == AMERICAN_ENGLISH
