"""Descriptors are observable, make one claim, and increase with the proficiency."""

from pathlib import Path

import pytest

from tests.content_checks.packs import STEPS, problems, skill
from tests.pack_files import Pack


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path).write("scales/standard.md", STEPS)


def test_a_descriptor_begins_with_a_verb_that_can_be_observed(pack: Pack) -> None:
    pack.write(
        "skills/risk.md",
        skill("- Names three risks.\n- Understands risk.\n- In charge of risk.", "Ends it."),
    )
    assert problems(pack, "observable-verbs") == [
        (
            "skills/risk.md, descriptors 1: begins with no verb that can be observed: “Understands "
            "risk.”"
        ),
        (
            "skills/risk.md, descriptors 1: begins with no verb that can be observed: “In charge "
            "of risk.”"
        ),
    ]


def test_a_descriptor_without_a_word_begins_with_no_verb(pack: Pack) -> None:
    pack.write("skills/risk.md", skill("- 42", "Ends it."))
    (problem,) = problems(pack, "observable-verbs")
    assert problem.endswith("begins with no verb that can be observed: “42”")


@pytest.mark.parametrize(
    ("expert", "grows"),
    [
        ("Keeps a very complete list of the risks of one team.", False),
        ("Keeps the lists of risks of one team fully and independently.", False),
        ("Ends a kind of risk for the whole organization.", True),
    ],
)
def test_a_proficiency_that_differs_by_degree_alone_is_found(
    pack: Pack, expert: str, grows: bool
) -> None:
    pack.write("skills/risk.md", skill("Keeps a list of the risks of one team.", expert))
    found = (
        []
        if grows
        else [f"skills/risk.md, descriptors 2: says what the step below says: “{expert}”"]
    )
    assert problems(pack, "growth-beyond-degree") == found


def test_a_single_statement_with_two_claims_is_called_one(pack: Pack) -> None:
    pack.write(
        "skills/risk.md", skill("- Draws a map.\n- Draws a plan.", "- Names a risk, and draws it.")
    )
    assert problems(pack, "joined-claims")[0] == (
        "pack.yml: 1 of 3 statements in skill_descriptors joins two claims"
    )


def test_two_claims_are_counted_where_a_second_verb_of_the_trade_follows_and(pack: Pack) -> None:
    single = "\n".join(f"- Names risk {n} and issue {n}." for n in range(6))
    pack.write(
        "skills/risk.md", skill(single, "- Draws a map and names its owner.\n- Draws the rest.")
    )
    assert problems(pack, "joined-claims") == []
    pack.write(
        "skills/more.md",
        skill("- Draws a map and names its owner.", "- Names a risk, and draws it.", "More"),
    )
    assert problems(pack, "joined-claims") == [
        "pack.yml: 3 of 10 statements in skill_descriptors join two claims",
        "skills/more.md, descriptors 1: joins two claims: “Draws a map and names its owner.”",
        "skills/more.md, descriptors 2: joins two claims: “Names a risk, and draws it.”",
        "skills/risk.md, descriptors 2: joins two claims: “Draws a map and names its owner.”",
    ]
