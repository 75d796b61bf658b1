"""Words, headings, pronouns and fragments that the style guide avoids are found."""

from pathlib import Path

import pytest

from tests.content_checks.packs import problems
from tests.pack_files import MANIFEST, Pack

STORY = "The team met on a day in May and wrote down what had gone wrong. " * 12


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path).write("pack.yml", f"{MANIFEST}language: en-US\n")


def write_guide(pack: Pack, body: str) -> None:
    pack.write("guides/a.md", f"---\ntitle: A\n---\n{body}\n")


def test_words_that_the_trade_does_not_use_are_found(pack: Pack) -> None:
    write_guide(pack, "Plan the rollback. She called it “a way back”.")
    assert problems(pack, "preferred-terms") == []
    write_guide(pack, "Plan the way back, and tell everybody.")
    assert problems(pack, "preferred-terms") == [
        "guides/a.md: says “way back”; the style guide prefers “rollback”",
        "guides/a.md: says “everybody”; the style guide prefers “everyone”",
    ]


def test_headings_that_name_nothing_are_found(pack: Pack) -> None:
    write_guide(pack, "## What a TPM does\n\nText.\n\n## Responsibilities\n\nText.")
    assert problems(pack, "plain-headings") == []
    write_guide(pack, "## What it answers for\n\nText.")
    assert problems(pack, "plain-headings") == [
        "guides/a.md: has a heading that names nothing: “What it answers for”"
    ]


def test_a_person_who_is_called_it_is_found(pack: Pack) -> None:
    pack.write("ladders/tpm.md", "---\ntitle: TPM\n---\n")
    level = "---\ntitle: Senior\nreach: {}\n---\n"
    pack.write("levels/tpm/senior.md", level.format("Teams they work with."))
    assert problems(pack, "persons-not-things") == []
    pack.write("levels/tpm/senior.md", level.format("Directors whom it advises."))
    assert problems(pack, "persons-not-things") == [
        "levels/tpm/senior.md: calls a person it: “whom it”"
    ]


def test_a_text_full_of_fragments_is_found(pack: Pack) -> None:
    write_guide(pack, f"{STORY} Nobody noticed.\n\n- Plan\n- Risk\n- Cost")
    assert problems(pack, "few-fragments") == []
    write_guide(pack, f"{STORY} No plan. No risk.")
    assert problems(pack, "few-fragments") == [
        "guides/a.md: 2 of 14 sentences are fragments: “No plan”"
    ]


@pytest.mark.parametrize("language", ["en-GB", "en", "de"])
def test_other_languages_have_a_style_of_their_own(pack: Pack, language: str) -> None:
    pack.write("pack.yml", f"{MANIFEST}language: {language}\n")
    write_guide(pack, f"## What it is\n\nEverybody. {STORY} No plan. No risk.")
    for rule in ("preferred-terms", "plain-headings", "few-fragments"):
        assert problems(pack, rule) == []
