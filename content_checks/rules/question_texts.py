"""Whether the title of a question says its topic, and its follow-ups fit its kind."""

import re
from collections.abc import Iterator

from content_checks.findings import Problem, rule
from content_checks.pack_rows import PackRow, PackRows
from content_checks.prose import content_words

#: Frameworks for telling what happened, and for working on a task that is made up.
STORY_FRAMEWORKS = frozenset(
    ("car", "carl", "digs", "par", "sbi", "share", "soar", "star", "starr")
)
TASK_FRAMEWORKS = frozenset("case-walk design-walk".split())
#: The frameworks whose steps do not fit a kind of question. Questions about leadership ask for a
#: story or for a plan.
UNFIT_FRAMEWORKS = {
    "behavioral": TASK_FRAMEWORKS,
    "motivation": TASK_FRAMEWORKS,
    "case": STORY_FRAMEWORKS,
    "estimation": STORY_FRAMEWORKS,
    "program_sense": STORY_FRAMEWORKS,
    "situational": STORY_FRAMEWORKS,
    "technical": STORY_FRAMEWORKS,
}
#: Words of prompts that ask what the candidate did, which questions of any kind may do.
PAST_TENSE_PROMPT = re.compile(
    r"\b(?:tell me|describe|give me an example|walk me through)\b.*\b(?:you|your)\b|"
    r"\byou\b.*\bdid\b|\bdid you\b|\bhave you\b",
    re.I | re.S,
)


@rule("A title that says the topic can be chosen from a list.", english=True)
def titles_say_the_topic(pack: PackRows) -> Iterator[Problem]:
    """Reports questions whose title has no word of its prompt, its summary or its skills."""
    for question in pack["questions"]:
        topic = content_words(f"{question.text('prompt')} {question.text('summary')}")
        for skill in _skills_of(pack, question):
            topic |= content_words(f"{skill.text('title')} {' '.join(skill.items('aliases'))}")
        if topic.isdisjoint(content_words(question.text("title"))):
            title = question.text("title")
            yield question, f"the title “{title}” has no word of the prompt or of the skills"


def _skills_of(pack: PackRows, question: PackRow) -> list[PackRow]:
    keys = [tested.text("skill") for tested in question.children["question_skills"]]
    skills = [pack.find("skills", key) for key in keys]
    return [skill for skill in skills if skill]


@rule("A candidate who designs a service has no situation and no result to tell of.")
def follow_ups_fit_the_kind(pack: PackRows) -> Iterator[Problem]:
    """Reports follow-ups with a step of a framework for another kind of question."""
    for question in pack["questions"]:
        kind = question.text("kind")
        unfit = UNFIT_FRAMEWORKS.get(kind, frozenset())
        if PAST_TENSE_PROMPT.search(question.text("prompt")):
            unfit -= STORY_FRAMEWORKS
        for follow_up in question.children["probes"]:
            step = follow_up.text("step")
            if step.partition("/")[0] in unfit:
                yield follow_up, f"the step {step} does not fit a question of the kind {kind}"
