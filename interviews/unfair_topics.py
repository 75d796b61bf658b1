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

from content import Untyped

TOPICS_FILE = Path(__file__).with_suffix(".yml")
US_GUIDANCE = (
    "US guidance: https://www.thatcherlaw.com/blog/2021/02/"
    "6-questions-prospective-employers-should-never-ask-job-applicants/, "
    "https://legalclarity.org/eeo-questions-what-employers-can-and-cannot-ask (read November 2026)"
)

#: Markup and line breaks between the words of a question.
WORD_SEPARATORS = re.compile(r"[\s*_`]+")
SENTENCE = re.compile(r"[^.?!]+")
#: A regular expression that matches no text.
NOTHING = r"(?!)"
CANDIDATE = re.compile(r"\b(?:you|your|yours|yourself)\b", re.I)
#: A name in a wording that stands for several words, e.g. ``{school}``.
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Topic:
    """Something not to ask about."""

    name: str
    source: str
    #: Wordings that touch the topic.
    pattern: re.Pattern[str]
    #: Words that touch it in a question about the candidate; see `candidate_questions`.
    nouns: re.Pattern[str]

    def first_match(self, text: str) -> str:
        """The first words in the text that touch the topic; empty if none do."""
        plain = WORD_SEPARATORS.sub(" ", text).replace("’", "'")
        match = self.pattern.search(plain)
        if match:
            return match[0]
        nouns = map(self.nouns.search, candidate_questions(plain))
        return next((noun[0] for noun in nouns if noun), "")


class Law(NamedTuple):
    """A law that names grounds on which candidates must not be treated worse."""

    jurisdiction: str
    grounds: str
    url: str


LAWS = [
    Law(
        "United States",
        (
            "race, color, religion, sex, national origin, age from 40, disability, genetic "
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


def candidate_questions(text: str) -> Iterator[str]:
    """The sentences that speak to the candidate and have no word of `WORK`."""
    for sentence in SENTENCE.findall(text):
        if CANDIDATE.search(sentence) and not WORK.search(sentence):
            yield sentence


def read_topics(data: Untyped) -> list[Topic]:
    """The topics of a YAML file.

    :param data: it has `words`, which are regular expressions by the name that wordings put in
        braces, and `topics`, each with a name, a list of wordings, perhaps nouns, and a source if
        it is not `US_GUIDANCE`.
    """
    topics = []
    for topic in data["topics"]:
        pattern = _pattern(topic["wordings"], data["words"])
        nouns = _pattern([topic.get("nouns", NOTHING)], data["words"])
        topics.append(Topic(topic["name"], topic.get("source", US_GUIDANCE), pattern, nouns))
    return topics


def _pattern(wordings: list[str], words: dict[str, str]) -> re.Pattern[str]:
    """A pattern for any of these wordings. The words of a placeholder may have placeholders."""
    alternatives = "|".join(wordings)
    while PLACEHOLDER.search(alternatives):
        alternatives = PLACEHOLDER.sub(lambda match: words[match[1]], alternatives)
    return re.compile(rf"\b(?:{alternatives})(?!\w)", re.I)


_data = yaml.safe_load(TOPICS_FILE.read_text())
#: Words by which a question is about the work and not about the candidate.
WORK = _pattern([_data["work"]], _data["words"])
TOPICS = read_topics(_data)


def unfair_wording_warnings(text: str) -> list[str]:
    """A sentence for each topic that a question touches."""
    return [
        (
            f"“{words}” touches a topic that is unlawful or unfair to ask a candidate about: "
            f"{topic.name}. {topic.source}"
        )
        for topic, words in find_unfair_topics(text)
    ]


def find_unfair_topics(text: str) -> Iterator[tuple[Topic, str]]:
    """The topics that a question touches, each with the words that do."""
    for topic in TOPICS:
        words = topic.first_match(text)
        if words:
            yield topic, words
