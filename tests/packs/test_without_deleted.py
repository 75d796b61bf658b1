"""A row that was deleted here does not prevent loading the rows that refer to it."""

from pathlib import Path

import pytest

from interviews.models import Anchor, Question, QuestionSet
from ladders.models import Band, Ladder
from roles.models import Role, RoleMove, SkillRequirement
from skills.models import Skill, SkillGroup
from tests.pack_files import SKILL, Pack, counts

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LEFT_OUT = "rows that were skipped because they require a row that was deleted here: "


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).with_skill()
    pack.write("roles.csv", "id,title\nlead,Lead\nboss,Boss\n")
    pack.write("role_moves.csv", "to_role,from_role,kind,text\nboss,lead,lateral,How.\n")
    pack.write("skill_requirements.csv", "role,skill,proficiency\nlead,risk,working\n")
    pack.write("ladders.csv", "id,title,role\nours,Ours,lead\n")
    pack.write("levels.csv", "ladder,id,title,position\nours,one,One,1\n")
    pack.write("expectations.csv", "level,position,text\nours/one,1,Leads.\n")
    pack.write("questions.csv", "id,title,prompt,roles\nlate,Late,Were you late?,lead|boss\n")
    pack.write("question_sets.csv", "id,title,level\nscreen,Screen,ours/one\n")
    assert pack.load().refusals == []
    return pack


def left_out(notes: list[str]) -> dict[str, int]:
    """How many rows of each table were left out."""
    found = (note.split(f": {LEFT_OUT}") for note in notes if LEFT_OUT in note)
    return {table: int(number) for table, number in found}


def test_what_went_with_it_stays_deleted_and_links_to_it_stay_empty(pack: Pack) -> None:
    Role.objects.get(slug="lead").delete()
    report = pack.load()
    assert [str(conflict) for conflict in report.conflicts] == [
        "roles.csv line 2: “Lead” was deleted here since the last load"
    ]
    assert counts(report)[:2] == (0, 0)
    assert left_out(report.notes) == {"skill_requirements": 1, "role_moves": 1}
    assert (
        "questions: rows imported without their “roles”, which was deleted here: 1" in report.notes
    )
    assert (Ladder.objects.get().role, Question.objects.get().roles.get().slug) == (None, "boss")


def test_what_a_publisher_changes_elsewhere_is_loaded(pack: Pack) -> None:
    Role.objects.get(slug="lead").delete()
    pack.write("questions.csv", "id,title,prompt,roles\nlate,Late,Why late?,lead|boss\n")
    pack.write("guides.csv", "id,title,body,roles\nstart,Start,Begin.,lead|boss\n")
    report = pack.load()
    assert (counts(report)[:2], Question.objects.get().prompt) == ((1, 1), "Why late?")
    assert [role.slug for role in Role.objects.get().guides.get().roles.all()] == ["boss"]


def test_parts_of_parts_of_a_deleted_row_are_left_out(pack: Pack) -> None:
    Ladder.objects.get().delete()
    report = pack.load()
    assert (counts(report)[:2], left_out(report.notes)) == (
        (0, 0),
        {"levels": 1, "expectations": 1},
    )
    assert QuestionSet.objects.get().level is None


def test_a_row_told_by_what_was_deleted_is_not_taken_for_another(pack: Pack) -> None:
    pack.write("bands.csv", "id,title,position\nmid,Mid,1\n")
    pack.write("anchors.csv", "question,rating,band,text\nlate,1,,Vague.\nlate,1,mid,Blames.\n")
    pack.load()
    Anchor.objects.exclude(band=None).delete()
    Band.objects.all().delete()
    report = pack.load()
    assert (report.refusals, left_out(report.notes)) == ([], {"anchors": 1})
    assert Anchor.objects.get().text == "Vague."


def test_rows_of_one_table_may_name_one_that_was_deleted(pack: Pack) -> None:
    pack.write("skill_groups.csv", "id,title,parent\nlow,Low,top\ntop,Top,\n")
    pack.write("skills/plan.md", SKILL.replace("title: Risk", "title: Plan\nrelated: [risk]"))
    pack.load()
    SkillGroup.objects.filter(slug="low").update(parent=None)
    SkillGroup.objects.get(slug="top").delete()
    SkillRequirement.objects.all().delete()
    Skill.objects.get(slug="risk").delete()
    report = pack.load()
    assert counts(report)[:2] == (0, 0)
    assert SkillGroup.objects.get().parent is None
    assert not Skill.objects.get().related.exists()


def test_all_of_it_is_loaded_again_when_told_so(pack: Pack) -> None:
    Role.objects.get(slug="lead").delete()
    pack.load()
    report = pack.load(overwrite=True)
    assert (report.refusals, report.conflicts, left_out(report.notes)) == ([], [], {})
    assert RoleMove.objects.get().from_role == Ladder.objects.get().role
    assert Question.objects.get().roles.count() == 2
    assert pack.load().is_empty


def test_an_id_that_the_pack_does_not_have_either_is_refused(pack: Pack) -> None:
    Role.objects.get(slug="lead").delete()
    pack.write("roles.csv", "id,title\nboss,Boss\n")
    assert "questions.csv line 2: roles: there is no role “lead”" in pack.refusals()
