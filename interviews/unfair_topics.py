"""Topics that are unlawful or unfair to ask a candidate about, and laws that forbid some of them.

General information after the guidance named at each topic, no legal advice: what is forbidden
differs by country. `unfair_topics.yml` has the wordings by which a topic is recognized.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

TOPICS_FILE = Path(__file__).with_suffix(".yml")
US_GUIDANCE = (
    "US guidance: https://www.thatcherlaw.com/blog/2021/02/"
    "6-questions-prospective-employers-should-never-ask-job-applicants/, "
    "https://legalclarity.org/eeo-questions-what-employers-can-and-cannot-ask (read November 2026)"
)

#: Markup and line breaks between the words of a question.
WORD_SEPARATORS = re.compile(r"[\s*_`]+")
#: A name in a wording that stands for several words, e.g. ``{school}``.
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Topic:
    """Something not to ask about."""

    name: str
    source: str
    pattern: re.Pattern[str]

    def first_match(self, text: str) -> str:
        """The first words in the text that touch the topic; empty if none do."""
        match = self.pattern.search(WORD_SEPARATORS.sub(" ", text).replace("’", "'"))
        return match[0] if match else ""


class Law(NamedTuple):
    """A law that names grounds on which candidates must not be treated worse."""

    jurisdiction: str
    grounds: str
    url: str


LAWS = [
    Law(
        "United States",
        (
            "race, colour, religion, sex, national origin, age from 40, disability, genetic "
            "information"
        ),
        "https://www.eeoc.gov/prohibited-employment-policiespractices",
    ),
    Law(
        "European Union",
        "racial or ethnic origin, religion or belief, disability, age, sexual orientation, sex",
        "https://eur-lex.europa.eu/eli/dir/2000/78/oj",
    ),
    Law(
        "United Kingdom",
        "age, disability, gender reassignment, marriage and civil partnership, pregnancy and "
        "maternity, race, religion or belief, sex, sexual orientation",
        "https://www.legislation.gov.uk/ukpga/2010/15/section/4",
    ),
]


def read_topics(path: Path) -> list[Topic]:
    """The topics of a YAML file.

    It has `words`, which are regular expressions by the name that wordings put in braces, and
    `topics`, each with a name, a list of wordings, and a source if it is not `US_GUIDANCE`.
    """
    data = yaml.safe_load(path.read_text())
    topics = []
    for topic in data["topics"]:
        pattern = _pattern(topic["wordings"], data["words"])
        topics.append(Topic(topic["name"], topic.get("source", US_GUIDANCE), pattern))
    return topics


def _pattern(wordings: list[str], words: dict[str, str]) -> re.Pattern[str]:
    """A pattern for any of these wordings. The words of a placeholder may have placeholders."""
    alternatives = "|".join(wordings)
    while PLACEHOLDER.search(alternatives):
        alternatives = PLACEHOLDER.sub(lambda match: words[match[1]], alternatives)
    return re.compile(rf"\b(?:{alternatives})(?!\w)", re.I)


TOPICS = read_topics(TOPICS_FILE)


def unfair_wording_warnings(text: str) -> list[str]:
    """A sentence for each topic that a question touches."""
    return [
        (
            f"“{words}” touches what is unlawful or unfair to ask of a candidate: {topic.name}. "
            f"{topic.source}"
        )
        for topic, words in find_unfair_topics(text)
    ]


def find_unfair_topics(text: str) -> Iterator[tuple[Topic, str]]:
    """The topics that a question touches, each with the words that do."""
    for topic in TOPICS:
        words = topic.first_match(text)
        if words:
            yield topic, words
