"""An edit protects the edited columns from later loads, and no others."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from content.base_models import Status
from interviews.models import Anchor, Probe
from ladders.models import Expectation, Level
from packs.report import Report
from roles.models import Role
from skills.models import Indicator, Skill
from tests.pack_files import Pack, loaded_by_first_versions

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HEADER = "id,title,summary,body,related,noise\n"
LEVELS = "ladder,id,title,years_min,years_max\n"
SKILL_HEAD = "title: Risk\nscale: standard"


def skills(
    title: str = "Risk",
    summary: str = "Short.",
    body: str = "Long.",
    related: str = "",
    noise: str = "",
) -> str:
    return f"{HEADER}risk,{title},{summary},{body},{related},{noise}\nplan,Plan,,,,\n"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).write("skills.csv", skills())
    pack.load()
    return pack


def edit(**values: str) -> None:
    """Change the skill as an editor does."""
    skill = Skill.objects.get(slug="risk")
    for name, value in values.items():
        setattr(skill, name, value)
    skill.save()


def stored(*names: str) -> tuple[Any, ...]:
    return Skill.objects.values_list(*names).get(slug="risk")


def left(report: Report) -> list[list[str]]:
    """The columns of each row that were left as they were edited here."""
    assert report.refusals == []
    return [[each.column for each in conflict.differences] for conflict in report.conflicts]


def test_what_only_the_publisher_changed_is_loaded_beside_an_edit(pack: Pack) -> None:
    edit(title="Hazard")
    report = pack.write("skills.csv", skills(summary="Shorter.", body="Longer.")).load()
    assert (left(report), report.changed) == ([["title"]], {"skills": 1})
    assert stored("title", "summary", "body") == ("Hazard", "Shorter.", "Longer.")


def test_the_next_load_goes_on_from_there(pack: Pack) -> None:
    edit(title="Hazard")
    pack.write("skills.csv", skills(summary="Shorter.")).load()
    again = pack.load()
    assert (left(again), again.is_empty) == ([["title"]], True)
    report = pack.write("skills.csv", skills(summary="Shortest.")).load()
    assert (left(report), stored("title", "summary")) == ([["title"]], ("Hazard", "Shortest."))
    edit(title="Risk")
    assert left(pack.write("skills.csv", skills(title="Crisis", summary="Shortest.")).load()) == []
    assert stored("title", "summary") == ("Crisis", "Shortest.")


def test_what_both_changed_is_left_and_written_over_on_demand(pack: Pack) -> None:
    edit(title="Hazard")
    report = pack.write("skills.csv", skills(title="Crisis", body="Longer.")).load()
    assert (left(report), stored("title", "body")) == ([["title"]], ("Hazard", "Longer."))
    assert left(pack.load(overwrite=True)) == []
    assert stored("title", "body") == ("Crisis", "Longer.")


def test_what_both_changed_alike_is_agreed_upon_beside_an_edit(pack: Pack) -> None:
    edit(title="Hazard", summary="Shorter.")
    pack.write("skills.csv", skills(summary="Shorter.")).load()
    report = pack.write("skills.csv", skills(summary="Shortest.")).load()
    assert (left(report), stored("title", "summary")) == ([["title"]], ("Hazard", "Shortest."))


def test_relations_and_what_no_column_holds_are_compared_too(pack: Pack) -> None:
    risk, plan = Skill.objects.get(slug="risk"), Skill.objects.get(slug="plan")
    risk.related.set([plan])
    report = pack.write("skills.csv", skills(body="Longer.", noise="New")).load()
    assert (left(report), stored("body", "extra")) == ([["related"]], ("Longer.", {"noise": "New"}))
    assert [*risk.related.all()] == [plan]
    edit(title="Hazard")
    risk.related.clear()
    report = pack.write("skills.csv", skills(related="plan", noise="New")).load()
    assert (left(report), [*risk.related.all()]) == ([["title"]], [plan])


def test_an_edit_of_what_the_pack_did_not_speak_of_outlasts_a_load(pack: Pack) -> None:
    edit(aliases="ours")
    pack.load()
    theirs = skills().replace("noise\n", "aliases\n").replace("Long.,,", "Long.,,theirs")
    assert left(pack.write("skills.csv", theirs).load()) == [["aliases"]]
    assert stored("aliases") == ("ours",)


def test_what_an_editor_archived_stays_so_over_many_loads(pack: Pack) -> None:
    edit(status=Status.ARCHIVED)
    for title in ("Crisis", "Alarm"):
        pack.load()
        assert left(pack.write("skills.csv", skills(title=title)).load()) == []
        assert stored("title", "status") == (title, Status.ARCHIVED)


def test_what_an_editor_published_is_retired_all_the_same(pack: Pack) -> None:
    pack.write("roles.csv", "id,title,status\nlead,Lead,draft\nhead,Head,draft\n").load()
    lead = Role.objects.get(slug="lead")
    lead.status = Status.PUBLISHED
    lead.save()
    Role.objects.filter(slug="head").update(summary="Ours.")
    report = pack.write("roles.csv", "id,title,status\n").load(retire=True)
    assert [conflict.title for conflict in report.conflicts] == ["Head"]
    assert dict(Role.objects.values_list("slug", "status")) == {
        "lead": Status.ARCHIVED,
        "head": Status.DRAFT,
    }


def test_what_does_not_go_together_with_an_edit_is_left_as_a_whole(pack: Pack) -> None:
    pack.write("ladders.csv", "id,title\neng,Engineers\n").write(
        "levels.csv", f"{LEVELS}eng,one,One,1,8\n"
    ).load()
    Level.objects.update(years_max=3)
    report = pack.write("levels.csv", f"{LEVELS}eng,one,First,5,8\n").load()
    assert left(report) == [["title", "years_min", "years_max"]]
    assert Level.objects.values_list("title", "years_min", "years_max").get() == ("One", 1, 3)
    assert (report.is_written, report.changed) == (True, {})
    Level.objects.update(years_max=6)
    assert left(pack.load()) == [["years_max"]]
    assert Level.objects.values_list("title", "years_min", "years_max").get() == ("First", 5, 6)


def test_what_is_wrong_without_any_edit_is_refused(pack: Pack) -> None:
    pack.write("ladders.csv", "id,title\neng,Engineers\n").write(
        "levels.csv", f"{LEVELS}eng,one,One,1,8\n"
    ).load()
    assert len(pack.write("levels.csv", f"{LEVELS}eng,one,First,5,3\n").refusals()) == 1


def test_a_row_that_the_first_versions_loaded_is_edited_as_a_whole(pack: Pack) -> None:
    loaded_by_first_versions()
    edit(title="Hazard")
    report = pack.write("skills.csv", skills(body="Longer.")).load()
    assert (left(report), stored("body")) == ([["title", "body"]], ("Long.",))
    edit(title="Risk", body="Longer.")
    pack.load()
    edit(title="Hazard")
    assert left(pack.write("skills.csv", skills()).load()) == [["title"]]
    assert stored("title", "body") == ("Hazard", "Long.")


def test_a_row_that_its_publisher_renames_is_not_taken_for_edited(pack: Pack) -> None:
    pack.write("roles.csv", "id,title,external_id\nlead,Lead,R1\n").load()
    pack.write("roles.csv", "id,title,external_id\nhead,Lead,R1\n").load()
    report = pack.write("roles.csv", "id,title,external_id\ncrew,Crew,R1\n").load()
    assert (left(report), Role.objects.get().slug) == ([], "crew")


def sign(text: str, kind: str) -> str:
    return (
        f"---\n{SKILL_HEAD}\nindicators:\n"
        f"  - {{proficiency: working, text: Before.}}\n  - {{proficiency: working, text: {text}, "
        f"kind: {kind}}}\n---\n"
    )


def probe(text: str, condition: str) -> str:
    return (
        f"---\ntitle: Late\nprobes:\n  - text: Before?\n  - {{text: {text}, condition: "
        f"{condition}}}\n---\nWhen?\n"
    )


def anchor(text: str, identifier: str) -> str:
    return (
        f"---\ntitle: Late\nanchors:\n  - {{rating: 1, text: {text}, external_id: {identifier}}}\n"
        "---\nWhen?\n"
    )


def expectation(text: str, kind: str) -> str:
    return (
        f"---\ntitle: One\nladder: eng\nexpectations:\n  - text: Before.\n  - {{text: {text}, "
        f"kind: {kind}}}\n---\n"
    )


@pytest.mark.parametrize(
    ("path", "written", "model", "column", "values"),
    [
        ("levels/one.md", expectation, Expectation, "kind", ["example", "note"]),
        ("skills/risk.md", sign, Indicator, "kind", ["example", "anti_pattern"]),
        ("questions/late.md", probe, Probe, "condition", ["early", "late"]),
        ("questions/late.md", anchor, Anchor, "external_id", ["a1", "a2"]),
    ],
)
def test_a_part_of_a_row_takes_what_only_its_publisher_changed(
    tmp_path: Path,
    path: str,
    written: Callable[[str, str], str],
    model: type[Any],
    column: str,
    values: list[str],
) -> None:
    pack = Pack(tmp_path).with_skill().write("ladders.csv", "id,title\neng,Engineers\n")
    before, after = values
    assert pack.write(path, written("B.", before)).load().refusals == []
    model.objects.filter(text="B.").update(text="Ours.")
    report = pack.write(path, written("B.", after)).load()
    assert left(report) == [["text"]]
    assert model.objects.filter(**{"text": "Ours.", column: after}).count() == 1
    report = pack.write(path, written("C.", before)).load()
    assert left(report) == [["text"]]
    assert model.objects.filter(**{"text": "Ours.", column: before}).count() == 1
