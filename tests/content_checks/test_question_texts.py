"""Uninformative titles, and follow-ups for another kind of question, are found."""

from pathlib import Path

import pytest

from tests.content_checks.packs import STEPS, problems, skill
from tests.pack_files import Pack

PROMPT = "How would you get every consumer across to the new version of a service?"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).write("scales/standard.md", STEPS)
    return pack.write("skills/risk.md", skill("Names owners.", "Ends outages.", "Risk management"))


def write_question(pack: Pack, title: str, *columns: str) -> None:
    front = "\n".join([f"title: {title}", *columns])
    pack.write("questions/a.md", f"---\n{front}\n---\n{PROMPT}\n")


def test_a_title_has_a_word_of_the_prompt_or_of_a_skill(pack: Pack) -> None:
    write_question(pack, "Move consumers of a service")
    assert problems(pack, "titles-say-the-topic") == []
    write_question(pack, "The budget is spent")
    assert problems(pack, "titles-say-the-topic") == [
        "questions/a.md: the title “The budget is spent” has no word of the prompt or of the skills"
    ]
    write_question(pack, "Rank risks", "skills: [{skill: risk}]")
    assert problems(pack, "titles-say-the-topic") == []


@pytest.mark.parametrize(
    ("kind", "step", "is_fit"),
    [
        ("technical", "design-walk/options", True),
        ("technical", "star/situation", False),
        ("behavioral", "star/situation", True),
        ("behavioral", "case-walk/clarify", False),
        ("leadership", "star/situation", True),
        ("leadership", "case-walk/clarify", True),
    ],
)
def test_follow_ups_have_steps_that_fit(pack: Pack, kind: str, step: str, is_fit: bool) -> None:
    write_question(pack, "A service", f"kind: {kind}", f"probes: [{{text: And?, step: {step}}}]")
    expected = (
        f"questions/a.md, probes 1: the step {step} does not fit a question of the kind {kind}"
    )
    assert problems(pack, "follow-ups-fit-the-kind") == ([] if is_fit else [expected])


def test_a_technical_question_may_ask_for_a_story(pack: Pack) -> None:
    step = "probes: [{text: And?, step: star/situation}]"
    pack.write(
        "questions/a.md",
        f"---\ntitle: A compromise\nkind: technical\n{step}\n---\n"
        "Tell me about a technical compromise that you made.\n",
    )
    assert problems(pack, "follow-ups-fit-the-kind") == []
