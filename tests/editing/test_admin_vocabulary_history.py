"""Bands, scales, groups, families and steps have a history: saves are reverted, rows recovered."""

from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from reversion.models import Version

from editing.history import HistoryAdmin
from interviews.models import AnswerFramework, AnswerStep
from ladders.models import Band
from roles.models import RoleFamily
from skills.models import Proficiency, Scale, SkillGroup
from tests import factories
from tests.admin_forms import admin_url, opened, said, saved
from tests.project.world import FACTORIES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.followed_at_once]

VOCABULARY = [Band, Scale, Proficiency, SkillGroup, RoleFamily, AnswerStep]


def delete(client: Client, row: Model) -> None:
    assert client.post(admin_url(row, "delete"), {"post": "yes"}).status_code == 302
    assert not type(row)._base_manager.filter(pk=row.pk).exists()


def recover(client: Client, row: Model) -> Any:
    version = Version.objects.get_deleted(type(row)).get(object_id=row.pk)
    return saved(client, admin_url(type(row), "recover", version.pk))


def revert(client: Client, row: Model, number: int) -> Any:
    """Bring back one of the versions of a row, counted from the oldest."""
    version = Version.objects.get_for_object(row).order_by("pk")[number]
    return saved(client, admin_url(row, "revision", version.pk))


def stored(row: Model) -> dict[str, Any]:
    """What is stored of a row.

    The history keeps thousandths of seconds, and `updated_at` is written again.
    """
    values = type(row)._base_manager.values().get(pk=row.pk)
    values["edited_at"] = values["edited_at"].isoformat(timespec="milliseconds")
    return {name: value for name, value in values.items() if name != "updated_at"}


def test_every_page_on_which_content_is_edited_has_a_history() -> None:
    pages = {model: page for model, page in admin.site._registry.items() if model in FACTORIES}
    assert [model for model, page in pages.items() if not isinstance(page, HistoryAdmin)] == []
    assert {*VOCABULARY} <= pages.keys()


@pytest.mark.parametrize("model", VOCABULARY, ids=lambda model: model.__name__)
class TestEveryKind:
    @pytest.mark.drawn(4)
    def test_a_save_is_taken_back(self, editor: Client, model: type[Model]) -> None:
        row: Any = FACTORIES[model](title="Old")
        assert saved(editor, admin_url(row, "change"), title="New").status_code == 302
        assert revert(editor, row, 0).status_code == 302
        row.refresh_from_db()
        assert row.title == "Old"

    @pytest.mark.drawn(4)
    def test_a_deleted_row_is_recovered_as_it_was(self, editor: Client, model: type[Model]) -> None:
        row = FACTORIES[model]()
        before = stored(row)
        delete(editor, row)
        assert str(row) in editor.get(admin_url(model, "recoverlist")).text
        assert recover(editor, row).status_code == 302
        assert stored(row) == before


@pytest.fixture
def scale() -> Scale:
    scale = factories.ScaleFactory(title="Scale")
    scale.proficiencies.all().delete()
    for position, title in enumerate(("One", "Two", "Three"), start=1):
        factories.ProficiencyFactory(
            scale=scale, title=title, slug=title.lower(), position=position
        )
    return scale


def steps(scale: Scale) -> list[tuple[str, int]]:
    return [(step.title, step.position) for step in scale.proficiencies.all()]


def test_a_deleted_scale_comes_back_with_its_steps(editor: Client, scale: Scale) -> None:
    before = [stored(step) for step in scale.proficiencies.all()]
    delete(editor, scale)
    assert not Proficiency.objects.filter(scale=scale.pk).exists()
    recover(editor, scale)
    assert [stored(step) for step in scale.proficiencies.all()] == before


def test_steps_that_changed_places_change_back(editor: Client, scale: Scale) -> None:
    places = {
        f"proficiencies-{number}-position": str(place) for number, place in enumerate((3, 1, 2))
    }
    assert saved(editor, admin_url(scale, "change"), **places).status_code == 302
    assert steps(scale) == [("Two", 1), ("Three", 2), ("One", 3)]
    revert(editor, scale, 0)
    assert steps(scale) == [("One", 1), ("Two", 2), ("Three", 3)]
    revert(editor, scale, 1)
    assert steps(scale) == [("Two", 1), ("Three", 2), ("One", 3)]


def test_steps_that_moved_because_another_was_deleted_are_kept_at_their_new_places(
    editor: Client, scale: Scale
) -> None:
    url = admin_url(scale, "change")
    saved(editor, url, **{"proficiencies-0-DELETE": "on", "proficiencies-2-title": "Last"})
    saved(editor, url, title="Later")
    assert revert(editor, scale, 1).status_code == 302
    assert steps(scale) == [("Two", 1), ("Last", 2)]


def test_a_row_gets_its_heading_again_when_that_is_recovered_after_it(editor: Client) -> None:
    role = factories.RoleFactory(family=factories.RoleFamilyFactory())
    skill = factories.SkillFactory(group=factories.SkillGroupFactory())
    level = factories.LevelFactory(band=factories.BandFactory())
    for row, name in ((role, "family"), (skill, "group"), (level, "band")):
        heading = getattr(row, name)
        delete(editor, row)
        delete(editor, heading)
        recover(editor, row)
        row.refresh_from_db()
        assert getattr(row, name) is None
        recover(editor, heading)
        row.refresh_from_db()
        assert getattr(row, name) == heading


def test_a_step_that_is_recovered_leaves_later_changes_of_its_scale(
    editor: Client, scale: Scale
) -> None:
    url = admin_url(scale, "change")
    saved(editor, url, summary="First.")
    step = scale.proficiencies.get(title="Three")
    saved(
        editor,
        url,
        **{"proficiencies-2-DELETE": "on", "title": "Later", "proficiencies-1-title": "Second"},
    )
    assert recover(editor, step).status_code == 302
    scale.refresh_from_db()
    assert scale.title == "Later"
    assert steps(scale) == [("One", 1), ("Second", 2), ("Three", 3)]


def test_a_step_that_is_taken_back_leaves_the_other_steps_and_the_framework(editor: Client) -> None:
    framework = factories.AnswerFrameworkFactory(title="Old")
    framework.steps.all().delete()
    one = factories.AnswerStepFactory(framework=framework, title="One", position=1)
    factories.AnswerStepFactory(framework=framework, title="Other", position=2)
    url = admin_url(framework, "change")
    saved(editor, url, summary="First.")
    saved(
        editor, url, title="New", **{"steps-0-title": "One, later", "steps-1-title": "Other, later"}
    )
    factories.AnswerStepFactory(framework=framework, title="Late", position=3)
    assert revert(editor, one, 0).status_code == 302
    assert AnswerFramework.objects.get().title == "New"
    assert [step.title for step in framework.steps.all()] == ["One", "Other, later", "Late"]


def test_what_waited_for_a_step_comes_back_when_an_earlier_version_of_its_scale_does(
    editor: Client, scale: Scale
) -> None:
    url, step = admin_url(scale, "change"), scale.proficiencies.get(title="Three")
    saved(editor, url, summary="First.")
    saved(editor, url, summary="Second.")
    descriptor = factories.SkillDescriptorFactory(
        skill=factories.SkillFactory(scale=scale), proficiency=step
    )
    delete(editor, descriptor.skill)
    assert saved(editor, url, **{"proficiencies-2-DELETE": "on"}).status_code == 302
    recover(editor, descriptor.skill)
    assert not descriptor.skill.descriptors.exists()
    assert "Links restored: 1 skill descriptor." in said(revert(editor, scale, 1))
    assert descriptor.skill.descriptors.get() == descriptor


def test_a_step_whose_scale_is_deleted_waits_for_it(editor: Client, scale: Scale) -> None:
    step = scale.proficiencies.first()
    delete(editor, scale)
    url = admin_url(
        Proficiency, "recover", Version.objects.get_deleted(Proficiency).get(object_id=step.pk).pk
    )
    reason = "This version cannot be restored: the scale “Scale” is deleted. Recover it first."
    assert said(editor.get(url)).endswith(reason)
    recover(editor, scale)
    assert opened(editor, admin_url(step, "change"))["title"] == "One"
