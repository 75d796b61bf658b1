"""Whether claims about companies have sources, and texts avoid pay and unfair questions."""

import re
from collections.abc import Iterator

from content_checks.findings import Problem, rule
from content_checks.pack_rows import PackRow, PackRows, column_texts
from interviews.unfair_topics import find_unfair_topics

#: Companies that texts about careers in this field often name. The organizations of the ladders in
#: a pack are added.
COMPANIES = (
    "Airbnb",
    "Amazon",
    "Apple",
    "Cisco",
    "DoorDash",
    "Dropbox",
    "Electronic Arts",
    "GitLab",
    "Google",
    "IBM",
    "Intel",
    "LinkedIn",
    "Lyft",
    "Meta",
    "Microsoft",
    "Netflix",
    "NVIDIA",
    "Oracle",
    "Salesforce",
    "Sourcegraph",
    "Stripe",
    "Tesla",
    "Uber",
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PAY = re.compile(
    r"(?:[$€£]|\b(?:USD|EUR|GBP)\b)\s?\d[\d,.]*\s?k?\s*(?:a year|per year|per annum|p\.a\.|"
    r"annually|base|salary|pay)"
    r"|\b(?:salary|pay|base|compensation|total comp)\b[^.\n]{0,30}?(?:[$€£]\s?\d|\d{2,3}[,.]?\d{3}|"
    r"\d+\s?k\b)",
    re.I,
)
#: Columns that make no claims of ours, or that state the source.
NO_CLAIMS = {
    "sources",
    "id",
    "url",
    "source_url",
    "organization",
    "aliases",
    "author",
    "external_id",
    "title",
}


#: Columns with what interviewers say to candidates.
SPOKEN_COLUMNS = [("questions", "prompt"), ("probes", "text"), ("set_sections", "script")]


@rule("A claim about a company without a source and a date can be neither checked nor corrected.")
def sourced_companies(pack: PackRows) -> Iterator[Problem]:
    """Reports companies that a row names and no dated source of its page does."""
    names = {*COMPANIES, *column_texts(pack["ladders"], "organization")} - {""}
    for row in pack:
        if row.table == "learning_resources":
            continue
        sources = _dated_sources(pack, row)
        for name in _names_in(_claims_of(row), names):
            if name not in sources:
                yield row, f"speaks of {name}, and no source with a year names it"


def _names_in(text: str, names: set[str]) -> list[str]:
    """The names that occur in a text as words, sorted."""
    occurring = []
    for name in sorted(names):
        if re.search(rf"\b{re.escape(name)}\b", text):
            occurring.append(name)
    return occurring


def _claims_of(row: PackRow) -> str:
    """The columns that can make claims, as one text."""
    texts = []
    for column, value in row.values.items():
        if column not in NO_CLAIMS:
            texts.append(str(value))
    return "\n".join(texts)


def _dated_sources(pack: PackRows, row: PackRow) -> str:
    """The sources with a year: of the row's page, and of the pages that a move connects.

    The organization of a ladder counts as a source if the date is known on which it was observed.
    """
    target = pack.find("roles", row.text("to_role")) or pack.find("levels", row.text("to_level"))
    origin = pack.find("roles", row.text("from_role"))
    dated: list[str] = []
    observed: list[str] = []
    for source_row in filter(None, (row, target, origin)):
        page = source_row.page
        dated += filter(YEAR.search, page.text("sources").splitlines())
        if page.text("observed_on"):
            observed.append(page.text("organization"))
    return "\n".join(dated + observed)


@rule(
    "Pay ages within months and differs by country; a figure here would be wrong for nearly every "
    "reader."
)
def no_pay_figures(pack: PackRows) -> Iterator[Problem]:
    """Reports amounts of money next to words for pay."""
    for row in pack:
        figure = PAY.search(row.all_text)
        if figure:
            yield row, f"gives a figure of pay: “{figure[0]}”"


@rule("What the work does not need may be unlawful to ask, and is unfair everywhere.", english=True)
def fair_questions(pack: PackRows) -> Iterator[Problem]:
    """Reports wordings that ask about topics such as age or family."""
    for table, column in SPOKEN_COLUMNS:
        for row in pack[table]:
            for topic, wording in find_unfair_topics(row.text(column)):
                yield row, f"asks about {topic.name}: “{wording}”"
