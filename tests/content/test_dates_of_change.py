"""Pages show when they changed, even if only a part was written, however it was written."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from reversion.models import Version

from content.base_models import ContentModel
from guides.models import Guide
from interviews.models import Anchor, Question
from search.models import SearchEntry
from skills.models import Skill
from tests import factories
from tests.admin_forms import admin_url, saved
from tests.factories import (
    AnchorFactory,
    GuideFactory,
    LadderFactory,
    LevelFactory,
    LevelMoveFactory,
    ProbeFactory,
    QuestionFactory,
    QuestionSkillFactory,
    RoleFactory,
    RoleMoveFactory,
    SetItemFactory,
    SkillDescriptorFactory,
    SkillFactory,
)
from tests.links import point_at
from tests.pack_files import SKILL, Pack
from tests.project.world import content_models

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.followed_at_once]

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
MADE = [
    made for made in vars(factories).values() if getattr(made, "_meta", None) and made._meta.model
]
PARTS = [made for made in MADE if getattr(made._meta.model, "updated_parents", ())]
#: What makes a second part belong to another whole than the first.
IN_ANOTHER_WHOLE: dict[Any, dict[str, str]] = {
    factories.ProficiencyFactory: {"scale__slug": "another"}
}


def grow_old(*models: type[ContentModel]) -> None:
    """Past the managers, for which this would be a change."""
    for model in models or content_models():
        QuerySet(model).update(updated_at=LONG_AGO, edited_at=LONG_AGO)


def is_new(row: ContentModel) -> bool:
    row.refresh_from_db()
    return row.updated_at > LONG_AGO


def is_edited(row: ContentModel) -> bool:
    row.refresh_from_db()
    return bool(row.edited_at and row.edited_at > LONG_AGO)


def whole_of(part: Any) -> list[Any]:
    """The rows with pages that it is part of."""
    pages = []
    for parent in (getattr(part, name) for name in part.updated_parents):
        pages += whole_of(parent) if parent.updated_parents else [parent]
    return pages


def save(part: Any) -> None:
    part.save()


def update(part: Any) -> None:
    type(part).objects.filter(pk=part.pk).update(id=part.pk)


def bulk_update(part: Any) -> None:
    type(part).objects.bulk_update([part], [type(part).updated_parents[0]])


def delete(part: Any) -> None:
    part.delete()


def delete_by_query(part: Any) -> None:
    type(part).objects.filter(pk=part.pk).delete()


def make_again(part: Any) -> None:
    delete(part)
    grow_old()
    type(part).objects.bulk_create([part])


@pytest.mark.parametrize("write", [save, update, bulk_update, delete, delete_by_query, make_again])
@pytest.mark.parametrize("made", PARTS, ids=lambda made: made.__name__)
@pytest.mark.drawn(26)
def test_writing_a_part_is_a_change_of_its_whole(made: Any, write: Callable[[Any], None]) -> None:
    part, other = made(), made(**IN_ANOTHER_WHOLE.get(made, {}))
    wholes, others = whole_of(part), whole_of(other)
    assert wholes
    grow_old()
    write(part)
    assert [is_new(whole) for whole in wholes] == [True] * len(wholes)
    assert all(is_edited(whole) for whole in wholes)
    assert not any(is_new(whole) or is_edited(whole) for whole in others)


def test_these_are_parts_of_pages() -> None:
    assert {made._meta.model.__name__ for made in PARTS} == {
        "Anchor",
        "AnswerStep",
        "Expectation",
        "FamilyRequirement",
        "Indicator",
        "LevelMove",
        "LevelRequirement",
        "Probe",
        "Proficiency",
        "QuestionSkill",
        "RoleMove",
        "SetItem",
        "SetSection",
        "SkillDescriptor",
        "SkillRequirement",
    }


def test_what_a_part_only_speaks_of_has_not_changed() -> None:
    rows = [
        SetItemFactory().question,
        QuestionSkillFactory().skill,
        SkillDescriptorFactory().proficiency.scale,
        LevelMoveFactory().from_level.ladder,
    ]
    parts = [
        rows[0].set_items.get(),
        rows[1].question_skills.get(),
        rows[3].levels.first().moves_out.get(),
    ]
    grow_old()
    for part in parts:
        part.save()
    assert [is_new(row) for row in rows] == [False] * len(rows)


def test_a_part_that_moves_changes_both_its_wholes() -> None:
    first, second, untouched = QuestionFactory.create_batch(3)
    anchors = [AnchorFactory(question=first, rating=1), AnchorFactory(question=first, rating=2)]
    grow_old()
    anchors[0].question = second
    anchors[0].save()
    assert [is_new(row) for row in (first, second, untouched)] == [True, True, False]
    grow_old()
    Anchor.objects.filter(pk=anchors[1].pk).update(question=second)
    assert [is_new(row) for row in (first, second, untouched)] == [True, True, False]


def test_a_move_from_outside_changes_the_page_it_leads_to() -> None:
    move = RoleMoveFactory(from_role=None, origin="Graduate")
    grow_old()
    move.save()
    assert is_new(move.to_role)


def test_a_link_changes_the_row_whose_field_it_is() -> None:
    guide, role = GuideFactory(), RoleFactory()
    for link in (
        lambda: guide.roles.add(role),
        lambda: role.guides.remove(guide),
        lambda: guide.roles.set([role]),
    ):
        grow_old()
        link()
        assert (is_new(guide), is_new(role)) == (True, False)
    assert Guide.objects.get().roles.get() == role


def test_a_row_written_past_its_form_is_dated_too() -> None:
    skill = SkillFactory()
    for write in (
        lambda: type(skill).objects.update(summary="New."),
        lambda: type(skill).objects.bulk_update([skill], ["summary"]),
        lambda: skill.save(update_fields=["summary"]),
    ):
        grow_old()
        write()
        assert is_new(skill)
        assert is_edited(skill)
    skill.save(update_fields=[])


def test_the_date_stands_wherever_a_page_is_dated(client: Client) -> None:
    question = AnchorFactory().question
    grow_old()
    client.get("/changes/")
    Anchor.objects.get().save()
    question.refresh_from_db()
    assert SearchEntry.objects.get(kind="question").changed_at == question.edited_at > LONG_AGO
    day = question.updated_at.date().isoformat()
    assert f'datetime="{day}' in client.get(question.get_absolute_url()).text
    assert day in client.get("/sitemap-questions.xml").text


def test_a_pack_dates_what_it_changes_a_part_of(tmp_path: Path) -> None:
    pack = Pack(tmp_path).with_skill()
    pack.load()
    skill = Skill.objects.get()
    grow_old()
    pack.load()
    assert not is_new(skill)
    pack.write("skills/risk.md", SKILL.replace("Ends the risk.", "Sees it first.")).load()
    assert is_new(skill)


def test_many_parts_written_at_once_cost_no_more_queries() -> None:
    def queries(count: int) -> int:
        probes = [ProbeFactory.build(question=QuestionFactory(), step=None) for _ in range(count)]
        with CaptureQueriesContext(connection) as captured:
            type(probes[0]).objects.bulk_create(probes)
        return len(captured)

    assert queries(2) == queries(30)
    grow_old(Question)
    type(ProbeFactory()).objects.update(condition="If so.")
    assert all(map(is_new, Question.objects.all()))


def test_a_form_that_is_sent_without_a_change_edits_nothing(editor: Client) -> None:
    probe = factories.ProbeFactory(text="And then?")
    Question.objects.update(edited_at=None)
    url = admin_url(probe.question, "change")
    assert saved(editor, url).status_code == 302
    assert Question.objects.get().edited_at is None
    assert saved(editor, url, **{"probes-0-text": "Who else?"}).status_code == 302
    assert Question.objects.get().edited_at is not None


def test_a_row_that_is_recovered_has_the_date_that_it_had(editor: Client) -> None:
    question = factories.ProbeFactory().question
    grow_old()
    editor.post(admin_url(question, "delete"), {"post": "yes"})
    url = admin_url(Question, "recover", Version.objects.get_deleted(Question).get().pk)
    assert saved(editor, url).status_code == 302
    assert Question.objects.get().edited_at == LONG_AGO
    assert SearchEntry.objects.get(kind="question").changed_at == LONG_AGO


def test_a_row_that_is_changed_while_it_is_recovered_is_edited(editor: Client) -> None:
    question = factories.ProbeFactory().question
    grow_old()
    editor.post(admin_url(question, "delete"), {"post": "yes"})
    url = admin_url(Question, "recover", Version.objects.get_deleted(Question).get().pk)
    assert saved(editor, url, **{"probes-0-text": "Who else?"}).status_code == 302
    assert is_edited(Question.objects.get())


def test_a_row_that_is_taken_back_to_an_earlier_version_is_edited(editor: Client) -> None:
    question = factories.QuestionFactory(title="Old")
    saved(editor, admin_url(question, "change"), title="New")
    grow_old()
    assert (
        saved(editor, admin_url(question, "revision", Version.objects.last().pk)).status_code == 302
    )
    question.refresh_from_db()
    assert question.title == "Old"
    assert is_edited(question)


@pytest.mark.parametrize("made", [RoleFactory, LadderFactory, LevelFactory, SkillFactory])
def test_rows_that_point_at_a_recovered_row_again_were_not_edited(
    editor: Client, made: Any
) -> None:
    target = made()
    rows = [row for row, _ in point_at(target)]
    assert rows
    grow_old()
    editor.post(admin_url(target, "delete"), {"post": "yes"})
    grow_old()
    url = admin_url(type(target), "recover", Version.objects.get_deleted(type(target)).get().pk)
    assert saved(editor, url).status_code == 302
    assert [is_edited(row) for row in [*rows, target]] == [False] * (len(rows) + 1)
    assert [is_new(row) for row in rows] == [True] * len(rows)
