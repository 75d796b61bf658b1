"""Texts that repeat each other are found, and texts on the same subject are not."""

from pathlib import Path

import pytest

from tests.content_checks.packs import STEPS, problems, question, skill
from tests.pack_files import Pack

FIRST = "Tell me about a program that fell behind its date. What did you do?"
ASKED_AGAIN = "Tell me about a time a program fell behind its date, and what you did."
OTHER = "Tell me about a date that you moved on purpose, before anybody had noticed."
ANCHORS = "{{1: Blamed the platform team for every missed week of the migration, 2: {second}}}"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


def test_questions_asked_in_other_words_are_found(pack: Pack) -> None:
    pack.write("questions/a.md", question(FIRST)).write("questions/b.md", question(OTHER))
    assert problems(pack, "alike-questions") == []
    pack.write("questions/c.md", question(ASKED_AGAIN))
    assert problems(pack, "alike-questions") == [
        f"questions/c.md: says nearly what questions/a.md says: “{ASKED_AGAIN}”"
    ]


def test_anchors_and_probes_that_fit_two_questions_are_found(pack: Pack) -> None:
    again = "For every missed week of the migration blamed the platform team"
    probes = "[{text: Which date did you first give the sponsor of the migration, in writing?}]"
    silent = ANCHORS.format(second="Moved the date in silence")
    pack.write("questions/a.md", question(FIRST, anchors=silent, probes=probes))
    assert problems(pack, "alike-anchors-and-probes") == []
    pack.write(
        "questions/b.md", question(OTHER, anchors=ANCHORS.format(second=again), probes=probes)
    )
    assert {fault.partition(":")[0] for fault in problems(pack, "alike-anchors-and-probes")} == {
        "questions/b.md, anchors 1",
        "questions/b.md, anchors 2",
        "questions/b.md, probes 1",
    }


def test_descriptors_and_expectations_that_fit_twice_are_found(pack: Pack) -> None:
    pack.write("scales/standard.md", STEPS)
    pack.write(
        "skills/a.md",
        skill("Draws the system on one page.", "Ends a kind of outage for the whole company."),
    )
    pack.write(
        "skills/b.md",
        skill("Names the owners.", "Ends a kind of outage for every company.", "Other"),
    )
    expectation = "[{kind: expectation, text: Runs a program of several teams over half a year.}]"
    pack.write("ladders/tpm.md", "---\ntitle: TPM\n---\n")
    for level in ("one", "two"):
        pack.write(
            f"levels/tpm/{level}.md", f"---\ntitle: {level}\nexpectations: {expectation}\n---\n"
        )
    assert [fault.partition(":")[0] for fault in problems(pack, "alike-descriptors")] == [
        "skills/b.md, descriptors 2"
    ]
    assert len(problems(pack, "alike-expectations")) == 1


def test_expectations_that_say_what_a_shown_descriptor_says_are_found(pack: Pack) -> None:
    pack.write("scales/standard.md", STEPS)
    pack.write("skills/risk.md", skill("Names the owners.", "Ends a kind of outage for everyone."))
    pack.write("ladders/tpm.md", "---\ntitle: TPM\n---\n")
    expectation = "[{kind: expectation, text: Ends one kind of outage for everyone there.}]"
    level = (
        "---\ntitle: One\nexpectations: {}\nrequirements: [{{skill: risk, proficiency: {}}}]\n---\n"
    )
    pack.write("levels/tpm/one.md", level.format(expectation, "awareness"))
    assert problems(pack, "expectations-beyond-descriptors") == []
    pack.write("levels/tpm/one.md", level.format(expectation, "expert"))
    assert problems(pack, "expectations-beyond-descriptors") == [
        "levels/tpm/one.md, expectations 1: says nearly what skills/risk.md, descriptors 2 says: "
        "“Ends one kind of outage for everyone there.”"
    ]
