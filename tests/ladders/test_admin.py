"""The admin of ladders: levels in order, each with a page for its requirements."""

import pytest
from django.test import Client

from ladders.models import Ladder, Level
from tests import factories
from tests.admin_forms import admin_url, opened, saved, with_new_part
from tests.markup import parse

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_levels_of_a_ladder_are_put_in_order_on_its_page(editor: Client) -> None:
    ladder = factories.LadderFactory(levels=3)
    first, second, third = ladder.levels.all()
    changes = {"levels-0-position": "3", "levels-1-position": "1", "levels-2-position": "2"}
    response = saved(editor, admin_url(ladder, "change"), **changes)
    assert response.status_code == 302, response.context["errors"]
    assert list(ladder.levels.all()) == [second, third, first]


def test_a_ladder_leads_to_its_levels_and_to_a_new_one_after_the_last(editor: Client) -> None:
    ladder = factories.LadderFactory(levels=2)
    page = editor.get(admin_url(ladder, "change"))
    for level in ladder.levels.all():
        assert admin_url(level, "change") in page.text
    add = f"{admin_url(Level, 'add')}?ladder={ladder.pk}"
    assert add in page.text
    data = opened(editor, add)
    assert (data["ladder"], data["position"]) == (str(ladder.pk), "3")
    assert editor.post(add, data | {"title": "Staff", "slug": "staff"}).status_code == 302
    assert ladder.levels.last().title == "Staff"  # type: ignore[union-attr]


def test_a_new_ladder_says_where_its_levels_will_come_from(editor: Client) -> None:
    page = editor.get(admin_url(Ladder, "add"))
    assert page.context["inline_admin_formsets"] == []
    assert "add its levels one at a time with “Add level” above" in page.text
    data = opened(editor, admin_url(Ladder, "add")) | {"title": "New", "slug": "new"}
    data["collection"] = str(factories.home_collection().pk)
    assert editor.post(admin_url(Ladder, "add"), data).status_code == 302
    page = editor.get(admin_url(Ladder.objects.get(), "change"))
    assert len(page.context["inline_admin_formsets"]) == 1


def test_no_level_is_deleted_or_added_in_passing(editor: Client) -> None:
    ladder = factories.LadderFactory(levels=1)
    url = admin_url(ladder, "change")
    data = opened(editor, url)
    forged = {
        "levels-0-DELETE": "on",
        "levels-TOTAL_FORMS": "2",
        "levels-1-title": "Forged",
        "levels-1-track": "manager",
    }
    editor.post(url, data | forged)
    assert Level.objects.count() == 1


def test_a_level_is_edited_with_all_it_asks_for(editor: Client) -> None:
    level = factories.LevelFactory()
    factories.ExpectationFactory(level=level, text="Plans one project.", position=1)
    skill = factories.SkillFactory()
    url = admin_url(level, "change")
    data = opened(editor, url) | {
        "scope": "Several teams.",
        "not_yet_expected": "Setting direction.",
        "expectations-0-text": "Plans a programme.",
    }
    data = with_new_part(
        data,
        "requirements",
        skill=skill.pk,
        proficiency=factories.step_of(skill).pk,  # type: ignore[union-attr]
        decides="on",
    )
    data = with_new_part(
        data, "expectations", kind="example", group=skill.group.pk, text="Ran the *migration*."
    )
    assert editor.post(url, data).status_code == 302
    level.refresh_from_db()
    assert level.not_yet_expected == "Setting direction."
    assert level.requirements.get().decides
    page = Client().get(level.get_absolute_url()).text
    for text in (
        "Several teams.",
        "Setting direction.",
        "Plans a programme.",
        skill.title,
        "Ran the <em>migration</em>.",
    ):
        assert text in page


def test_an_expectation_stands_under_one_heading(editor: Client) -> None:
    level, skill = factories.LevelFactory(), factories.SkillFactory()
    url = admin_url(level, "change")
    both = {"kind": "example", "text": "Both.", "skill": skill.pk, "group": skill.group.pk}
    response = editor.post(url, with_new_part(opened(editor, url), "expectations", **both))
    assert "both a skill and a dimension" in str(response.context["errors"])


def test_levels_are_chosen_with_their_ladder(editor: Client) -> None:
    level = factories.LevelFactory(title="Senior", ladder__title="Reference ladder")
    query = {
        "app_label": "interviews",
        "model_name": "questionset",
        "field_name": "level",
        "term": "reference",
    }
    assert editor.get("/admin/autocomplete/", query).json()["results"] == [
        {"id": str(level.pk), "text": "Senior · Reference ladder"}
    ]


def test_a_level_of_a_draft_is_seen_on_site_by_editors_alone(editor: Client) -> None:
    level = factories.LevelFactory(ladder__status="draft")
    assert f'href="{level.get_absolute_url()}"' in editor.get(admin_url(level, "change")).text
    assert editor.get(level.get_absolute_url()).status_code == 200
    assert Client().get(level.get_absolute_url()).status_code == 404


def test_the_confidence_of_a_band_says_what_the_evidence_for_it_is(editor: Client) -> None:
    level = factories.LevelFactory()
    page = parse(editor.get(admin_url(level, "change")).text)
    select = next(
        each for each in page.all("select") if each.attributes["name"] == "band_confidence"
    )
    assert [option.text for option in select.all("option")] == [
        "Not stated",
        "High: clear evidence for this band",
        "Medium: some evidence for this band",
        "Low: little evidence for this band",
    ]
    page = parse(editor.get(admin_url(level.ladder, "change")).text)
    assert "High: published by the organization" in page
