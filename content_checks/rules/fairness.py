"""Whether questions keep to what the work needs."""

from collections.abc import Iterator

from content_checks.findings import Fault, rule
from content_checks.pack_rows import PackRows
from interviews.unfair_topics import find_unfair_topics


@rule("What the work does not need may be unlawful to ask, and is unfair everywhere.", english=True)
def fair_questions(pack: PackRows) -> Iterator[Fault]:
    for table, column in (("questions", "prompt"), ("probes", "text"), ("set_sections", "script")):
        for row in pack[table]:
            for topic, words in find_unfair_topics(row.text(column)):
                yield row, f"asks about {topic.name}: “{words}”"
