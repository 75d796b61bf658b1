"""Whether what is said of real companies can be checked, and whether pay is left out."""

import re
from collections.abc import Iterator

from content_checks.findings import Fault, rule
from content_checks.pack_rows import PackRows, Written

#: Organisations of which careers in this field are often told, with those that a pack has ladders
#: of.
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
#: Columns that are no prose of ours, or that are the source.
UNREAD = {
    "sources",
    "id",
    "url",
    "source_url",
    "organisation",
    "aliases",
    "author",
    "external_id",
    "title",
}


@rule("What is said of a company without a source and a date can be neither checked nor corrected.")
def sourced_companies(pack: PackRows) -> Iterator[Fault]:
    names = {*COMPANIES, *(ladder.text("organisation") for ladder in pack["ladders"])} - {""}
    for row in pack:
        if row.table == "learning_resources":
            continue
        dated = _dated_sources(pack, row)
        for name in sorted(names):
            if re.search(rf"\b{re.escape(name)}\b", _prose(row)) and name not in dated:
                yield row, f"speaks of {name}, and no source with a year names it"


def _prose(row: Written) -> str:
    return "\n".join(str(value) for column, value in row.values.items() if column not in UNREAD)


def _dated_sources(pack: PackRows, row: Written) -> str:
    """The sources with a year, of the row's page and of the ladder or role that a move leads to."""
    to = pack.find("roles", row.text("to_role")) or pack.find("levels", row.text("to_level"))
    origin = pack.find("roles", row.text("from_role"))
    pages = [one.page for one in (row, to, origin) if one]
    lines = "\n".join(page.text("sources") for page in pages).splitlines()
    observed = [page.text("organisation") for page in pages if page.text("observed_on")]
    return "\n".join([*(line for line in lines if YEAR.search(line)), *observed])


@rule(
    "Pay ages within months and differs by country; a figure here would be wrong for nearly every "
    "reader."
)
def no_pay_figures(pack: PackRows) -> Iterator[Fault]:
    for row in pack:
        if found := PAY.search("\n".join(map(str, row.values.values()))):
            yield row, f"gives a figure of pay: “{found[0]}”"
