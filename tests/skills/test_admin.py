"""The admin of scales, groups and skills: unique positions of proficiencies, distinct labels."""

from typing import Any

import pytest
from django.test import Client

from skills.models import Scale, Skill
from tests import factories
from tests.admin_forms import admin_url, opened, saved, with_new_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def scale() -> Scale:
    return factories.ScaleFactory(steps=["A", "B", "C"])


def order(scale: Scale) -> list[tuple[int, str]]:
    return list(scale.proficiencies.values_list("position", "title"))


@pytest.mark.parametrize(
    "places", [(2, 1, 3), (3, 1, 2), (3, 2, 1), (1, 1, 1), (9, 8, 7), (0, 0, 0)]
)
def test_steps_can_be_put_in_any_order(
    editor: Client, scale: Scale, places: tuple[int, ...]
) -> None:
    changes = {f"proficiencies-{row}-position": str(place) for row, place in enumerate(places)}
    assert saved(editor, admin_url(scale, "change"), **changes).status_code == 302
    wanted = sorted("ABC", key=lambda title: places["ABC".index(title)])
    assert order(scale) == list(enumerate(wanted, start=1))


def test_new_steps_come_last_and_a_deleted_one_leaves_no_gap(editor: Client, scale: Scale) -> None:
    url = admin_url(scale, "change")
    data = with_new_part(opened(editor, url), "proficiencies", title="D", slug="d")
    data = with_new_part(data, "proficiencies", title="E", slug="e") | {
        "proficiencies-1-DELETE": "on"
    }
    assert editor.post(url, data).status_code == 302
    assert order(scale) == [(1, "A"), (2, "C"), (3, "D"), (4, "E")]


def test_a_scale_can_be_made_with_its_steps(editor: Client) -> None:
    url = admin_url(Scale, "add")
    data = opened(editor, url) | {
        "title": "Dreyfus",
        "slug": "dreyfus",
        "collection": factories.home_collection().pk,
    }
    for title in ("novice", "expert"):
        data = with_new_part(data, "proficiencies", title=title, slug=title)
    assert editor.post(url, data).status_code == 302
    assert order(Scale.objects.get()) == [(1, "novice"), (2, "expert")]


def test_two_steps_of_one_name_are_refused(editor: Client, scale: Scale) -> None:
    url = admin_url(scale, "change")
    data = with_new_part(opened(editor, url), "proficiencies", title="A", slug="a")
    assert "Another proficiency of this scale has this slug." in str(
        editor.post(url, data).context["errors"]
    )
    assert order(scale) == [(1, "A"), (2, "B"), (3, "C")]


def test_a_step_that_describes_skills_is_not_deleted_in_passing(editor: Client) -> None:
    skill = factories.SkillFactory(descriptors=True)
    response = saved(editor, admin_url(skill.scale, "change"), **{"proficiencies-0-DELETE": "on"})
    assert "protected" in str(response.context["errors"])
    assert skill.scale.proficiencies.count() == 4


def choices(client: Client, **query: Any) -> list[str]:
    return [row["text"] for row in client.get("/admin/autocomplete/", query).json()["results"]]


def test_steps_and_skills_of_other_collections_can_be_told_apart(editor: Client) -> None:
    other = factories.CollectionFactory(title="SFIA")
    for collection in (factories.home_collection(), other):
        factories.SkillFactory(
            title="Risk", collection=collection, scale__title=f"Scale of {collection}"
        )
    source = {"app_label": "roles", "model_name": "skillrequirement"}
    assert choices(editor, **source, field_name="skill", term="risk") == ["Risk", "Risk · SFIA"]
    steps = choices(editor, **source, field_name="proficiency", term="expert")
    assert steps == ["Expert · Scale of SFIA", "Expert · Scale of TPM Portal"]


def test_two_descriptors_for_one_step_are_refused(editor: Client) -> None:
    skill = factories.SkillFactory(descriptors=True)
    url = admin_url(skill, "change")
    step = skill.scale.proficiencies.first()
    data = with_new_part(opened(editor, url), "descriptors", proficiency=step.pk, text="Again.")
    assert "already has a descriptor for this proficiency" in str(
        editor.post(url, data).context["errors"]
    )
    assert skill.descriptors.count() == 4


def test_a_new_skill_is_found_by_visitors_once_it_is_published(editor: Client) -> None:
    url = admin_url(Skill, "add")
    data = opened(editor, url)
    assert data["collection"] == ""
    home = factories.home_collection()
    data = opened(editor, url) | {"title": "Facilitation", "slug": "facilitation"}
    assert data["collection"] == str(home.pk)
    assert editor.post(url, data).status_code == 302
    skill = Skill.objects.get()
    assert Client().get(skill.get_absolute_url()).status_code == 404
    assert saved(editor, admin_url(skill, "change"), status="published").status_code == 302
    assert "Facilitation" in Client().get(skill.get_absolute_url()).text


def test_the_scale_of_a_skill_stays_while_other_rows_have_steps_of_it(
    editor: Client, scale: Scale
) -> None:
    skill = factories.SkillFactory(scale=factories.ScaleFactory(slug="former", steps=["X", "Y"]))
    proficiency = factories.step_of(skill, 1)
    level = factories.LevelFactory(title="Senior", code="")
    requirement = factories.LevelRequirementFactory(
        level=level, skill=skill, proficiency=proficiency
    )
    url = admin_url(skill, "change")
    refused = saved(editor, url, scale=scale.pk)
    assert refused.status_code == 200
    assert f"previous scale: Senior · {skill.title}." in refused.text
    requirement.proficiency = None
    requirement.save()
    assert saved(editor, url, scale=scale.pk).status_code == 302
    skill.refresh_from_db()
    assert skill.scale == scale


def test_a_step_stays_on_its_scale(editor: Client, scale: Scale) -> None:
    other = factories.ScaleFactory(slug="other", steps=["X"])
    step = scale.proficiencies.get(title="B")
    answer = saved(editor, admin_url(step, "change"), scale=other.pk, title="New")
    assert answer.status_code == 302
    step.refresh_from_db()
    assert (step.scale, step.title) == (scale, "New")
