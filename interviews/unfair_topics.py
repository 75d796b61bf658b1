"""Topics that are unlawful or unfair to ask of a candidate, and the words that give them away.

General information after the guidance named at each topic, no legal advice: what is forbidden differs by country.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_US_GUIDANCE = (
    "US guidance: https://www.thatcherlaw.com/blog/2021/02/6-questions-prospective-employers-should-never-ask-job-"
    "applicants/, https://legalclarity.org/eeo-questions-what-employers-can-and-cannot-ask (read November 2026)"
)


@dataclass(frozen=True)
class Topic:
    """Something not to ask."""

    name: str
    words: str
    source: str = _US_GUIDANCE

    def found_in(self, text: str) -> str:
        """The first words in the text that touch the topic; empty if none does."""
        found = re.search(rf"\b(?:{self.words})\b", text, re.I)
        return found[0] if found else ""


TOPICS = [
    Topic(
        "age",
        r"how old (?:are|were) you|your age|date of birth|birthday|year you (?:were born|graduated)|your retirement|"
        r"(?:plan|want|hope|going) to retire",
    ),
    Topic("family", r"married|spouse|husband|wife|your (?:family|children|kids)|your partner(?! team)|childcare"),
    Topic("pregnancy and plans for children", r"maternity|paternity|pregnan\w+|plan(?:ning)? (?:a family|children)"),
    Topic("health and disability", r"disab(?:ility|led)|your health|illness|medical (?:history|condition)|sick days?"),
    Topic("origin and nationality", r"nationality|citizenship|birthplace|where (?:are|were) you (?:from|born)|accent"),
    Topic("first language", r"native (?:speaker|language)|mother tongue|first language"),
    Topic("religion and belief", r"relig\w+|church|mosque|synagogue|pray\w*"),
    Topic("sexual orientation and gender identity", r"sexual orientation|gender identity|gay|lesbian|transgender"),
    Topic("genetic information", r"genetic|hereditary"),
    Topic("body", r"your (?:height|weight)"),
    Topic("politics and unions", r"trade union|union member\w*|(?:did|do) you vote|political part(?:y|ies)"),
    Topic("arrests", r"arrest(?:ed|s)?|criminal record"),
    Topic(
        "pay so far",
        r"(?:current|previous|last|past|earlier) (?:salary|pay|compensation)|how much (?:do|did) you (?:earn|make)",
        "Laws on salary history in many US states and cities; general knowledge, check your own",
    ),
    Topic("money and debts", r"credit (?:score|history)|your debts?|own (?:a|your) (?:house|home|car)"),
    Topic(
        "secrets of an employer",
        r"confidential (?:details|figures|plans)|trade secrets?",
        "This portal's own rule: nobody is made to choose between honesty to an employer and a job",
    ),
]

#: Where the law itself names grounds on which candidates are not to be treated worse: place, grounds, address.
LAWS = [
    (
        "United States",
        "race, colour, religion, sex, national origin, age from 40, disability, genetic information",
        "https://www.eeoc.gov/prohibited-employment-policiespractices",
    ),
    (
        "European Union",
        "racial or ethnic origin, religion or belief, disability, age, sexual orientation, sex",
        "https://eur-lex.europa.eu/eli/dir/2000/78/oj",
    ),
    (
        "United Kingdom",
        "age, disability, gender reassignment, marriage and civil partnership, pregnancy and maternity, race, religion"
        " or belief, sex, sexual orientation",
        "https://www.legislation.gov.uk/ukpga/2010/15/section/4",
    ),
]


def touched_by(text: str) -> Iterator[tuple[Topic, str]]:
    """The topics that a question touches, each with the words that do."""
    for topic in TOPICS:
        if words := topic.found_in(text):
            yield topic, words
