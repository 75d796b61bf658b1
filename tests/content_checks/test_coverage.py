"""Requirements of reference ladders are compared with questions, and loops with their level."""

from pathlib import Path

import pytest

from content_checks.rules.coverage import coverage_table
from tests.content_checks.packs import BANDS, pack_rows, problems, question
from tests.pack_files import SCALE, Pack

LEVEL = "---\ntitle: {title}\nband: {band}\nrequirements: [{needs}]\n---\n"
NEED = "{{skill: {skill}, proficiency: {proficiency}, importance: {importance}}}"


def need(skill: str, proficiency: str = "working", importance: str = "essential") -> str:
    return NEED.format(skill=skill, proficiency=proficiency, importance=importance)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Two skills; one is essential at mid, the other helpful there.

    Three questions probe the first.
    """
    pack = (
        Pack(tmp_path)
        .with_skill()
        .write("skills/plan.md", "---\ntitle: Plan\n---\nIt.\n")
        .write("bands.csv", BANDS)
    )
    pack.write("ladders/tpm.md", "---\ntitle: TPM\n---\n")
    needs = f"{need('risk')}, {need('plan', importance='helpful')}"
    pack.write("levels/tpm/two.md", LEVEL.format(title="Two", band="mid", needs=needs))
    for number in range(3):
        ask(pack, f"risk-{number}", "risk", "mid", "senior")
    ask(pack, "plan", "plan", "entry", "entry")
    return pack


def ask(
    pack: Pack, name: str, skill: str, start: str, end: str, audience: str = "interviewer"
) -> None:
    skills = f"[{{skill: {skill}}}]"
    front = {"band_from": start, "band_to": end, "skills": skills, "audience": audience}
    pack.write(f"questions/{name}.md", question("Why?", **front))


def test_every_essential_requirement_needs_three_questions_at_its_band(pack: Pack) -> None:
    assert problems(pack, "question-coverage") == []
    ask(pack, "risk-0", "risk", "senior", "senior")
    assert problems(pack, "question-coverage") == [
        "skills/risk.md: 2 questions probe it at the band mid"
    ]


def test_questions_of_candidates_do_not_count(pack: Pack) -> None:
    ask(pack, "risk-0", "risk", "mid", "senior", audience="candidate")
    assert problems(pack, "question-coverage") == [
        "skills/risk.md: 2 questions probe it at the band mid"
    ]


def test_a_skill_that_no_question_probes_is_found(pack: Pack) -> None:
    ask(pack, "plan", "risk", "entry", "entry")
    assert problems(pack, "question-coverage") == ["skills/plan.md: no question probes it"]


@pytest.mark.parametrize("band", ["", "mid"])
def test_a_pack_without_bands_is_checked_too(tmp_path: Path, band: str) -> None:
    pack = Pack(tmp_path).with_skill().write("skills/plan.md", "---\ntitle: Plan\n---\nIt.\n")
    ask(pack, "risk", "risk", band, band)
    assert problems(pack, "question-coverage") == ["skills/plan.md: no question probes it"]
    assert coverage_table(pack_rows(pack)) == [""]


def test_ladders_of_companies_require_nothing_of_our_questions(pack: Pack) -> None:
    pack.write("ladders/acme.md", "---\ntitle: Acme\norganization: Acme\n---\n")
    pack.write("levels/acme/one.md", LEVEL.format(title="One", band="entry", needs=need("risk")))
    assert problems(pack, "question-coverage") == []


def test_the_table_shows_the_highest_proficiency_and_the_number_of_questions(pack: Pack) -> None:
    pack.write("scales/standard.md", SCALE)
    pack.write(
        "levels/tpm/also.md", LEVEL.format(title="Also", band="mid", needs=need("risk", "expert"))
    )
    assert coverage_table(pack_rows(pack)) == [
        "           entry         mid      senior",
        "risk           ·        E  3           ·",
    ]


def test_a_loop_tests_what_its_level_requires_or_says_that_it_does_not(pack: Pack) -> None:
    item = "[{{title: A, items: [{{question: {0}}}]}}]"
    loop = f"---\ntitle: Loop\nstage: onsite\nlevel: tpm/two\nsections: {item}\n---\n{{1}}\n"
    pack.write("question_sets/loop.md", loop.format("risk-1", "Hello."))
    assert problems(pack, "sets-cover-their-level") == []
    pack.write("question_sets/loop.md", loop.format("plan", "Hello."))
    assert problems(pack, "sets-cover-their-level") == [
        "question_sets/loop.md: neither tests risk nor says in its intro that it does not"
    ]
    pack.write("question_sets/loop.md", loop.format("plan", "It leaves out [risk](/skills/risk/)."))
    assert problems(pack, "sets-cover-their-level") == []


def test_a_level_is_checked_with_what_it_inherits_from_the_level_below(pack: Pack) -> None:
    above = (
        "---\ntitle: Three\nband: senior\nposition: 2\ncumulative: {}\nrequirements: [{}]\n---\n"
    )
    pack.write("levels/tpm/three.md", above.format("true", need("plan", importance="helpful")))
    assert problems(pack, "question-coverage") == []
    ask(pack, "risk-0", "risk", "mid", "mid")
    assert problems(pack, "question-coverage") == [
        "skills/risk.md: 2 questions probe it at the band senior"
    ]
    pack.write("levels/tpm/three.md", above.format("true", need("risk", importance="helpful")))
    assert problems(pack, "question-coverage") == []
    pack.write("levels/tpm/three.md", above.format("false", need("plan", importance="helpful")))
    assert problems(pack, "question-coverage") == []


def test_a_loop_for_a_role_tests_the_core_profile_of_its_family_too(pack: Pack) -> None:
    pack.write(
        "role_families/tpm.md",
        f"---\ntitle: TPM\nrequirements: [{need('risk')}, {need('plan', importance='expected')}]\n"
        "---\n",
    )
    role = "---\ntitle: Lead\nfamily: tpm\nrequirements: [{0}]\n---\n"
    pack.write("roles/lead.md", role.format(need("plan")))
    sections = "[{title: A, items: [{question: risk-1}]}]"
    loop = f"---\ntitle: Loop\nstage: onsite\nrole: lead\nsections: {sections}\n---\nHello.\n"
    pack.write("question_sets/loop.md", loop)
    assert problems(pack, "sets-cover-their-level") == [
        "question_sets/loop.md: neither tests plan nor says in its intro that it does not"
    ]
    pack.write("roles/lead.md", role.format("{skill: plan, proficiency: expert}"))
    assert problems(pack, "sets-cover-their-level") == []
    pack.write("question_sets/loop.md", loop.replace("risk-1", "plan"))
    assert problems(pack, "sets-cover-their-level") == [
        "question_sets/loop.md: neither tests risk nor says in its intro that it does not"
    ]
