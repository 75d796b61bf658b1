"""Topics that are unlawful or unfair to ask of a candidate, and the wordings that give them away.

General information after the guidance named at each topic, no legal advice: what is forbidden
differs by country. The wordings stand in `unfair_topics.yml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

WORDINGS = Path(__file__).with_suffix(".yml")
US_GUIDANCE = (
    "US guidance: https://www.thatcherlaw.com/blog/2021/02/"
    "6-questions-prospective-employers-should-never-ask-job-applicants/, "
    "https://legalclarity.org/eeo-questions-what-employers-can-and-cannot-ask (read November 2026)"
)

#: Markup and line breaks between the words of a question.
between_words = re.compile(r"[\s*_`]+")
named_words = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Topic:
    """Something not to ask."""

    name: str
    source: str
    pattern: re.Pattern[str]

    def found_in(self, text: str) -> str:
        """The first words in the text that touch the topic; empty if none does."""
        found = self.pattern.search(between_words.sub(" ", text).replace("’", "'"))
        return found[0] if found else ""


def read_topics(path: Path) -> list[Topic]:
    """The topics of a file.

    It has `words` that wordings name in braces, and `topics` with name, source and wordings.
    """
    told = yaml.safe_load(path.read_text())
    words: dict[str, str] = told["words"]
    return [
        Topic(topic["name"], topic.get("source", US_GUIDANCE), _pattern(topic["wordings"], words))
        for topic in told["topics"]
    ]


def _pattern(wordings: list[str], words: dict[str, str]) -> re.Pattern[str]:
    joined = "|".join(wordings)
    while named_words.search(joined):
        joined = named_words.sub(lambda name: words[name[1]], joined)
    return re.compile(rf"\b(?:{joined})(?!\w)", re.I)


TOPICS = read_topics(WORDINGS)


def warnings_of(text: str) -> list[str]:
    """A sentence for each topic that a question touches."""
    return [
        (
            f"“{words}” touches what is unlawful or unfair to ask of a candidate: {topic.name}. "
            f"{topic.source}"
        )
        for topic, words in unfair_topics_in(text)
    ]


def unfair_topics_in(text: str) -> Iterator[tuple[Topic, str]]:
    """The topics that a question touches, each with the words that do."""
    for topic in TOPICS:
        if words := topic.found_in(text):
            yield topic, words
