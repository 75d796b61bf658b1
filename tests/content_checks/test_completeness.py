"""Missing parts of a row are reported, and nothing else."""

from pathlib import Path

import pytest

from content_checks.checking import check_pack
from tests.content_checks.packs import BANDS, pack_rows, problems, question
from tests.pack_files import Pack


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


def test_empty_columns_and_too_few_parts_are_named(pack: Pack) -> None:
    front = {
        "summary": "S",
        "guidance": "G",
        "reviewed_on": "2026-11-26",
        "skills": "[{skill: risk}]",
    }
    pack.write("questions/ask.md", question("May I ask?", audience="candidate", **front))
    assert problems(pack, "required-parts") == []
    pack.write("questions/ask.md", question("May I ask?", audience="interviewer", **front))
    assert problems(pack, "required-parts") == [
        *[
            f"questions/ask.md: has no {column}"
            for column in ("avoid", "minutes", "band_from", "band_to")
        ],
        "questions/ask.md: has no probes, at least 2 are needed",
        "questions/ask.md: has no anchors, at least 4 are needed",
    ]


@pytest.mark.parametrize("organization", ["", "Acme"])
def test_a_reference_ladder_has_to_be_whole_and_that_of_a_company_sourced(
    pack: Pack, organization: str
) -> None:
    pack.write("ladders/tpm.md", f"---\ntitle: TPM\norganization: {organization}\n---\n")
    pack.write("levels/tpm/one.md", "---\ntitle: One\n---\n")
    found = "\n".join(problems(pack, "required-parts"))
    assert ("has no expectations, at least 8 are needed" in found) == (not organization)
    assert ("ladders/tpm.md: has no source_url" in found) == bool(organization)
    assert "levels/tpm/one.md: has no band\n" in found


def test_parts_that_stand_in_tables_of_their_own_count_as_well(pack: Pack) -> None:
    pack.write("answer_frameworks.csv", "id,title\nstar,STAR\n")
    assert "has no answer steps" in "\n".join(problems(pack, "required-parts"))
    pack.write("answer_steps.csv", "framework,id,title\nstar,a,A\nstar,b,B\nstar,c,C\n")
    assert "answer steps" not in "\n".join(problems(pack, "required-parts"))


def test_two_probes_have_to_name_their_steps(pack: Pack) -> None:
    pack.write(
        "questions/a.md",
        question("Why?", probes="[{step: star/task, text: A}, {step: star/action, text: B}]"),
    )
    assert problems(pack, "probes-with-steps") == []
    pack.write("questions/a.md", question("Why?", probes="[{step: star/task, text: A}, {text: B}]"))
    assert problems(pack, "probes-with-steps") == [
        "questions/a.md: 1 probe names the step they ask for, at least 2 should"
    ]


def test_roles_outside_the_map_and_skills_nobody_teaches_are_found(pack: Pack) -> None:
    pack.with_skill().write("roles.csv", "id,title\nlead,Lead\nhead,Head\n")
    pack.write("role_moves.csv", "from_role,to_role,kind,text\nlead,head,lateral,How.\n")
    assert problems(pack, "moves-in-and-out") == [
        "roles.csv line 2: no move leads into it",
        "roles.csv line 3: no move leads out of it",
    ]
    assert problems(pack, "something-to-learn-from") == [
        "skills/risk.md: no learning resource names it"
    ]
    pack.write("learning_resources.csv", "id,title,skills\nbook,A book,other|risk\n")
    assert problems(pack, "something-to-learn-from") == []


def test_two_roles_that_need_the_same_are_found(pack: Pack) -> None:
    needs = [f"{{skill: s{n}, proficiency: standard/expert}}" for n in range(12)]
    for role, needed in (("lead", needs[:8]), ("head", needs[1:9]), ("other", needs[5:])):
        pack.write(
            f"roles/{role}.md", f"---\ntitle: {role}\nrequirements: [{', '.join(needed)}]\n---\n"
        )
    assert problems(pack, "roles-that-differ") == [
        "roles/lead.md: its required skills are nearly those of head (2 differences)",
        "roles/other.md: its required skills are nearly those of head (7 differences)",
    ]


def test_the_core_profile_of_a_family_counts_for_its_roles(pack: Pack) -> None:
    needs = [f"{{skill: s{n}, proficiency: working}}" for n in range(9)]
    pack.write(
        "role_families/tpm.md", f"---\ntitle: TPM\nrequirements: [{', '.join(needs)}]\n---\n"
    )
    own = ["{skill: s0, proficiency: expert}", "{skill: own, proficiency: working}"]
    for role, needed in (("lead", own), ("head", own[:1])):
        pack.write(
            f"roles/{role}.md",
            f"---\ntitle: {role}\nfamily: tpm\nrequirements: [{', '.join(needed)}]\n---\n",
        )
    found = [text for text in problems(pack, "required-parts") if "requires" in text]
    assert found == ["roles/head.md: requires 9 skills, at least 10 are needed"]
    assert problems(pack, "roles-that-differ") == [
        "roles/lead.md: its required skills are nearly those of head (1 differences)"
    ]


def test_what_stands_at_bands_needs_words_for_them(pack: Pack) -> None:
    pack.write("bands.csv", BANDS)
    assert problems(pack, "required-parts") == []
    pack.write("bands.csv", BANDS.replace("Later.", ""))
    assert problems(pack, "required-parts") == ["bands.csv line 4: has no summary"]


def test_an_anchor_of_a_few_words_is_found(pack: Pack) -> None:
    enough = "Blames the other team for every week that was lost and names none."
    pack.write(
        "questions/a.md", question("Why?", anchors=f"{{1: Blames the others., 2: {enough}}}")
    )
    assert problems(pack, "anchors-that-say-enough") == [
        "questions/a.md, anchors 1: says it in 3 words, at least 11 are needed"
    ]


def test_an_anchor_without_spaces_between_its_words_may_say_enough(pack: Pack) -> None:
    enough = "\u5019\u9009\u4eba" * 8
    pack.write("questions/a.md", question("Why?", anchors=f"{{1: \u8d23\u602a, 2: {enough}}}"))
    assert problems(pack, "anchors-that-say-enough") == [
        "questions/a.md, anchors 1: says it in 1 word, at least 11 are needed"
    ]


def test_all_that_is_found_in_a_row_stands_in_the_order_of_its_columns(pack: Pack) -> None:
    pack.write("questions/bare.md", question("Why?"))
    found = [
        f"{one.location}: {one.message}"
        for one in check_pack(pack_rows(pack)).findings
        if one.rule == "required-parts"
    ]
    assert len(found) > 8
    assert found == problems(pack, "required-parts")


def test_a_single_part_is_counted_in_the_singular(pack: Pack) -> None:
    pack.write("answer_frameworks.csv", "id,title\nstar,STAR\n")
    pack.write("answer_steps.csv", "framework,id,title\nstar,a,A\n")
    assert "has 1 answer step, at least 3 are needed" in "\n".join(problems(pack, "required-parts"))
    pack.write("question_sets.csv", "id,title\nset,Set\n")
    found = "\n".join(problems(pack, "required-parts"))
    assert "has no set sections, at least 1 is needed" in found
