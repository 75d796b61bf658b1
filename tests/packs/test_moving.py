"""From one load to the next, ids and positions move from some rows to others."""

from pathlib import Path

import pytest

from content.base_models import Status
from interviews.models import Anchor, SetSection
from packs.loading import TAKEN
from roles.models import Role
from skills.models import Proficiency, Skill
from tests.pack_files import Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HEADER = "scale,id,title,position\n"
QUESTIONS = "id,title,prompt\nlate,Late,When were you late?\n"
STEPS = HEADER + "steps,low,Low,1\nsteps,high,High,2\n"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = (
        Pack(tmp_path)
        .write("scales.csv", "id,title\nsteps,Steps\n")
        .write("proficiencies.csv", STEPS)
    )
    pack.write("roles.csv", "id,title,external_id\nlead,Lead,R1\n").load()
    return pack


def steps() -> list[tuple[str, int]]:
    return [*Proficiency.objects.order_by("position").values_list("slug", "position")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("steps,high,High,1\nsteps,low,Low,2\n", [("high", 1), ("low", 2)]),
        (
            "steps,low,Low,1\nsteps,mid,Mid,2\nsteps,high,High,3\n",
            [("low", 1), ("mid", 2), ("high", 3)],
        ),
        (
            "steps,none,None,1\nsteps,low,Low,2\nsteps,high,High,3\n",
            [("none", 1), ("low", 2), ("high", 3)],
        ),
    ],
)
def test_steps_of_a_scale_change_places(
    pack: Pack, rows: str, expected: list[tuple[str, int]]
) -> None:
    report = pack.write("proficiencies.csv", HEADER + rows).load()
    assert (report.refusals, report.conflicts, steps()) == ([], [], expected)
    assert pack.load().is_empty


def test_a_step_that_the_pack_does_not_speak_of_keeps_its_place(pack: Pack) -> None:
    report = pack.write("proficiencies.csv", HEADER + "steps,mid,Mid,2\n").load()
    reason = TAKEN.format(row="High", column="position")
    place = "proficiencies.csv line 2: position: "
    assert [str(refusal) for refusal in report.refusals] == [place + reason]
    assert steps() == [("low", 1), ("high", 2)]


def test_two_steps_of_a_pack_cannot_have_one_place(pack: Pack) -> None:
    report = pack.write("proficiencies.csv", HEADER + "steps,low,Low,2\nsteps,high,High,2\n").load()
    (refusal,) = report.refusals
    assert str(refusal).startswith("proficiencies.csv line 3: ")


def test_a_step_with_words_of_an_editor_makes_room_and_keeps_them(pack: Pack) -> None:
    Proficiency.objects.filter(slug="high").update(title="Higher")
    report = pack.write("proficiencies.csv", HEADER + "steps,mid,Mid,2\nsteps,high,High,3\n").load()
    assert (report.refusals, len(report.conflicts)) == ([], 1)
    assert steps() == [("low", 1), ("mid", 2), ("high", 3)]
    assert Proficiency.objects.get(slug="high").title == "Higher"


def test_a_step_that_an_editor_moved_stays_where_it_is(pack: Pack) -> None:
    Proficiency.objects.filter(slug="high").update(position=3)
    report = pack.write("proficiencies.csv", HEADER + "steps,mid,Mid,3\nsteps,high,High,4\n").load()
    assert len(report.refusals) == len(report.conflicts) == 1
    assert steps() == [("low", 1), ("high", 3)]


def test_a_name_that_is_free_again_goes_to_another_row(pack: Pack) -> None:
    lead = Role.objects.get()
    report = pack.write("roles.csv", "id,title,external_id\nhead,Lead,R1\nlead,New,R2\n").load()
    assert (report.refusals, report.created["roles"], report.changed["roles"]) == ([], 1, 1)
    assert dict(Role.objects.values_list("external_id", "slug")) == {"R1": "head", "R2": "lead"}
    assert Role.objects.get(external_id="R1") == lead
    assert pack.load().is_empty


def test_a_row_that_was_deleted_here_stays_deleted_under_another_id(pack: Pack) -> None:
    Role.objects.all().delete()
    report = pack.write("roles.csv", "id,title,external_id\nhead,Lead,R1\n").load()
    assert [conflict.is_deleted for conflict in report.conflicts] == [True]
    assert not Role.objects.exists()
    assert pack.load(overwrite=True).created["roles"] == 1
    assert pack.load().is_empty


def test_a_name_that_was_just_given_is_taken(pack: Pack) -> None:
    report = pack.write("roles.csv", "id,title,external_id\nhead,Lead,R1\nhead,New,R2\n").load()
    said = "roles.csv line 3: roles.csv line 2 already has the same role"
    assert [str(refusal) for refusal in report.refusals] == [said]


def test_a_section_and_an_anchor_are_known_by_their_identifiers(tmp_path: Path) -> None:
    pack = (
        Pack(tmp_path)
        .write("question_sets.csv", "id,title\nonsite,On site\n")
        .write("questions.csv", QUESTIONS)
    )
    pack.write("set_sections.csv", "question_set,id,title,external_id\nonsite,opening,Opening,S1\n")
    pack.write("anchors.csv", "question,rating,text,external_id\nlate,3,Says why.,A1\n").load()
    section, anchor = SetSection.objects.get(), Anchor.objects.get()
    pack.write("set_sections.csv", "question_set,id,title,external_id\nonsite,welcome,Welcome,S1\n")
    report = pack.write(
        "anchors.csv", "question,rating,text,external_id\nlate,2,Says why.,A1\n"
    ).load()
    assert (report.refusals, report.created.total(), report.changed.total()) == ([], 0, 2)
    assert (SetSection.objects.get(), Anchor.objects.get()) == (section, anchor)
    assert (SetSection.objects.get().slug, Anchor.objects.get().rating) == ("welcome", 2)
    assert pack.load().is_empty


ROLES = "id,title,external_id\n"


@pytest.mark.parametrize("reverse", [False, True])
def test_rows_with_identifiers_exchange_their_names(pack: Pack, reverse: bool) -> None:
    header = "id,title,external_id,related\n"
    pack.write("skills.csv", f"{header}plan,Plan,S1,\nrisk,Risk,S2,plan\n").load()
    plan, risk = Skill.objects.get(slug="plan"), Skill.objects.get(slug="risk")
    rows = ["risk,Plan,S1,\n", "plan,Risk,S2,risk\n"]
    report = pack.write("skills.csv", header + "".join(sorted(rows, reverse=reverse))).load()
    assert (report.refusals, report.created.total(), report.changed["skills"]) == ([], 0, 2)
    assert (Skill.objects.get(slug="risk"), Skill.objects.get(slug="plan")) == (plan, risk)
    assert list(Skill.objects.get(slug="plan").related.all()) == [plan]
    assert pack.load().is_empty


@pytest.mark.parametrize("reverse", [False, True])
def test_a_new_row_gets_the_name_of_one_that_gets_another(pack: Pack, reverse: bool) -> None:
    lead = Role.objects.get()
    rows = ["head,Lead,R1\n", "lead,New,R2\n"]
    report = pack.write("roles.csv", ROLES + "".join(sorted(rows, reverse=reverse))).load()
    assert (report.refusals, report.created["roles"], report.changed["roles"]) == ([], 1, 1)
    assert Role.objects.get(slug="head") == lead
    assert pack.load().is_empty


def test_a_name_is_not_taken_from_a_row_that_the_pack_does_not_contain(pack: Pack) -> None:
    pack.write("roles.csv", f"{ROLES}lead,Lead,R1\nhead,Head,R2\n").load()
    pack.write("roles.csv", f"{ROLES}head,Lead,R1\n")
    reason = "id: " + TAKEN.format(row="Head", column="id")
    for report in (pack.load(), pack.load(retire=True)):
        assert [str(refusal) for refusal in report.refusals] == [f"roles.csv line 2: {reason}"]
    pack.write("guides.csv", "id,title,body\nno slug,Guide,Text.\n")
    assert len(pack.load(retire=True).refusals) == 2
    assert dict(Role.objects.values_list("external_id", "slug")) == {"R1": "lead", "R2": "head"}


WITHOUT_HEAD = f"{ROLES}lead,Lead,R1\n"
GIVEN_AWAY = f"{ROLES}head,Lead,R1\n"


def drop_head(pack: Pack, *, is_retired: bool, is_edited: bool) -> Role:
    """Load a role, then an edition without it, and perhaps edit the role."""
    pack.write("roles.csv", f"{ROLES}lead,Lead,R1\nhead,Head,R2\n").load()
    pack.write("roles.csv", WITHOUT_HEAD).load(retire=is_retired)
    head = Role.objects.get(slug="head")
    if is_edited:
        head.summary = "Edited."
        head.save()
    return head


@pytest.mark.parametrize("is_retired", [False, True])
@pytest.mark.parametrize("is_edited", [False, True])
def test_a_row_that_was_dropped_is_found_again_by_its_identifier_or_else_its_id(
    pack: Pack, is_retired: bool, is_edited: bool
) -> None:
    head = drop_head(pack, is_retired=is_retired, is_edited=is_edited)
    for line in ("boss,Boss,R2", "boss,Boss,R3", "chief,Chief,R3"):
        report = pack.write("roles.csv", f"{WITHOUT_HEAD}{line}\n").load()
        assert (report.refusals, report.conflicts, report.created.total()) == ([], [], 0)
        head.refresh_from_db()
        assert ",".join([head.slug, head.title, head.external_id]) == line
        assert (head.status, head.summary) == (Status.PUBLISHED, "Edited." if is_edited else "")
        assert pack.load().is_empty


@pytest.mark.parametrize("is_retired", [False, True])
@pytest.mark.parametrize("is_edited", [False, True])
def test_the_id_of_a_dropped_row_is_free_after_what_the_refusal_says(
    pack: Pack, is_retired: bool, is_edited: bool
) -> None:
    head = drop_head(pack, is_retired=is_retired, is_edited=is_edited)
    reason = TAKEN.format(row="Head", column="id")
    assert pack.write("roles.csv", GIVEN_AWAY).refusals() == [f"roles.csv line 2: id: {reason}"]
    pack.write("roles.csv", f"{GIVEN_AWAY}boss,Head,R2\n")
    assert pack.load(dry_run=True).refusals == []
    head.delete()
    assert pack.write("roles.csv", GIVEN_AWAY).refusals() == []
    assert dict(Role.objects.values_list("external_id", "slug")) == {"R1": "head"}


def test_a_name_that_an_editor_chose_is_not_taken_away(pack: Pack) -> None:
    pack.write("roles.csv", f"{ROLES}lead,Lead,R1\nhead,Head,R2\n").load()
    head = Role.objects.get(slug="head")
    head.slug = "boss"
    head.save()
    report = pack.write("roles.csv", f"{ROLES}boss,Lead,R1\nlead,Head,R2\n").load()
    assert len(report.refusals) == 1
    assert dict(Role.objects.values_list("external_id", "slug")) == {"R1": "lead", "R2": "boss"}


def test_anchors_exchange_their_ratings_and_keep_edits(tmp_path: Path) -> None:
    header = "question,rating,text,external_id\n"
    pack = Pack(tmp_path).write("questions.csv", QUESTIONS)
    first = "late,1,Poor.,A1\nlate,2,Mixed.,A2\nlate,3,Good.,A3\nlate,4,Great.,A4\n"
    pack.write("anchors.csv", header + first).load()
    Anchor.objects.filter(rating=1).update(text="Ours.")
    anchors = {anchor.external_id: anchor.pk for anchor in Anchor.objects.all()}
    second = "late,2,Poor.,A1\nlate,3,Mixed.,A2\nlate,1,Good.,A3\nlate,4,Great.,A4\n"
    report = pack.write("anchors.csv", header + second).load()
    assert (report.refusals, report.created.total(), report.changed.total()) == ([], 0, 3)
    assert list(Anchor.objects.order_by("rating").values_list("pk", "text")) == [
        (anchors["A3"], "Good."),
        (anchors["A1"], "Ours."),
        (anchors["A2"], "Mixed."),
        (anchors["A4"], "Great."),
    ]
    assert pack.load().is_empty


def test_a_retired_part_frees_its_rating_for_another_one(tmp_path: Path) -> None:
    header = "question,rating,text,external_id\n"
    pack = Pack(tmp_path).write("questions.csv", QUESTIONS)
    pack.write("anchors.csv", f"{header}late,1,Poor.,A1\nlate,2,Mixed.,A2\n").load()
    pack.write("anchors.csv", f"{header}late,2,Poor.,A1\n")
    reason = TAKEN.format(row=Anchor.objects.get(rating=2), column="rating")
    assert pack.refusals() == [f"anchors.csv line 2: rating: {reason}"]
    assert pack.load(retire=True).refusals == []
    assert list(Anchor.objects.values_list("rating", "external_id")) == [(2, "A1")]
    assert pack.load(retire=True).is_empty


def test_a_retired_section_frees_its_id_for_another_one(tmp_path: Path) -> None:
    header = "question_set,id,title,external_id\n"
    pack = Pack(tmp_path).write("question_sets.csv", "id,title\nonsite,On site\n")
    sections = "onsite,opening,Opening,S1\nonsite,closing,Closing,S2\n"
    pack.write("set_sections.csv", header + sections).load()
    pack.write("set_sections.csv", f"{header}onsite,closing,Opening,S1\n")
    assert len(pack.refusals()) == 1
    assert pack.load(retire=True).refusals == []
    assert list(SetSection.objects.values_list("slug", "external_id")) == [("closing", "S1")]
    assert pack.load(retire=True).is_empty
