"""All admin pages of content open, take a constant number of queries, and search every relation."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.test import Client, RequestFactory

from content.base_models import ContentModel
from content.fields import relation_fields
from content.models import Collection, ContentImport, LoadedRow, SiteVersion, SlugRedirect
from guides.models import Guide
from interviews.models import AnswerFramework, AnswerStep, Question, QuestionSet, SetSection
from ladders.models import Band, Ladder, Level
from roles.models import Role, RoleFamily
from search.models import SearchEntry, SearchWord, SynonymGroup
from skills.models import LearningResource, Proficiency, Scale, Skill, SkillGroup
from tests import factories
from tests.admin_forms import FormReader, admin_url, opened
from tpm_portal.operations.accounts import APPS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FACTORIES: dict[type[Model], Callable[..., Any]] = {
    Collection: factories.CollectionFactory,
    SynonymGroup: factories.SynonymGroupFactory,
    Scale: factories.ScaleFactory,
    Proficiency: factories.ProficiencyFactory,
    SkillGroup: factories.SkillGroupFactory,
    Skill: factories.SkillFactory,
    LearningResource: factories.LearningResourceFactory,
    RoleFamily: factories.RoleFamilyFactory,
    Role: factories.RoleFactory,
    Band: factories.BandFactory,
    Ladder: factories.LadderFactory,
    Level: factories.LevelFactory,
    AnswerFramework: factories.AnswerFrameworkFactory,
    AnswerStep: factories.AnswerStepFactory,
    Question: factories.QuestionFactory,
    QuestionSet: factories.QuestionSetFactory,
    SetSection: factories.SetSectionFactory,
    Guide: factories.GuideFactory,
}
KEPT_BY_THE_SITE = {ContentImport, LoadedRow, SlugRedirect, SearchEntry, SearchWord, SiteVersion}
SELF_EXPLAINING = {"title", "collection", "author"}
models = pytest.mark.parametrize("model", FACTORIES, ids=lambda model: model._meta.label)


def test_every_model_of_the_content_is_reached() -> None:
    registered = set(admin.site._registry)
    inlines = {
        inline.model
        for model_admin in admin.site._registry.values()
        for inline in model_admin.inlines
    }
    content = {model for model in apps.get_models() if issubclass(model, ContentModel)}
    assert content <= registered | inlines
    ours = {model for model in registered if model._meta.app_label in APPS | {"search"}}
    assert ours == FACTORIES.keys() | KEPT_BY_THE_SITE


def test_every_relation_is_searched(editor: Client) -> None:
    searched = 0
    for model in FACTORIES:
        model_admin = admin.site._registry[model]
        for each in (model_admin, *(inline(model, admin.site) for inline in model_admin.inlines)):
            for relation in relation_fields(each.model):
                query = {
                    "app_label": each.opts.app_label,
                    "model_name": each.opts.model_name,
                    "field_name": relation.name,
                }
                answer = editor.get("/admin/autocomplete/", query)
                assert answer.status_code == 200, (each, relation)
                searched += 1
    assert searched > 40


@models
def test_pages_without_a_form_open_for_an_editor(editor: Client, model: type[Model]) -> None:
    """The forms are opened and saved below.

    A superuser opens every page in `tests/project/test_urls.py`.
    """
    row = FACTORIES[model]()
    pages = [admin_url(model, "changelist"), admin_url(row, "history")]
    if hasattr(admin.site._registry[model], "recoverlist_view"):
        pages.append(admin_url(model, "recoverlist"))
    for page in pages:
        assert editor.get(page).status_code == 200, page
    assert editor.get(admin_url(row, "delete")).status_code == (403 if model is Collection else 200)


@models
@pytest.mark.drawn(9)
def test_every_form_can_be_saved_as_it_is(editor: Client, model: type[Model]) -> None:
    url = admin_url(FACTORIES[model](), "change")
    sent = FormReader(editor.get(url).text).data
    response = editor.post(url, sent)
    assert response.status_code == 302, response.context["errors"]

    # Tests that look at no page read the same from its forms, except what is new in each request.
    sent, read = FormReader(editor.get(url).text).data, opened(editor, url)
    for name in ("csrfmiddlewaretoken", "edit_state"):
        assert sent.pop(name)
        read.pop(name, None)
    assert read == sent


@models
def test_every_field_is_explained_to_editors(editor: Client, model: type[Model]) -> None:
    form = editor.get(admin_url(model, "add")).context["adminform"].form
    assert {name for name, field in form.fields.items() if not field.help_text} <= SELF_EXPLAINING


@models
@pytest.mark.drawn(8)
def test_who_may_only_look_reads_every_page_and_is_offered_no_change(
    client: Client, model: type[Model]
) -> None:
    row, viewer = FACTORIES[model](), factories.UserFactory(is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)
    pages = [client.get(url) for url in (admin_url(model, "changelist"), admin_url(row, "change"))]
    assert [page.status_code for page in pages] == [200, 200]
    offers = ('name="_save"', 'value="publish"', 'value="archive"', 'value="delete_selected"')
    assert [offer for offer in offers for page in pages if offer in page.text] == []
    assert client.get(admin_url(model, "add")).status_code == 403
    assert client.post(admin_url(row, "change"), {}).status_code == 403


def test_new_rows_of_an_inline_are_told_apart_by_a_field_of_its_form() -> None:
    """Else two of them, added in one save, would always be refused as the same."""
    request = RequestFactory().get("/")
    request.user = factories.SuperuserFactory()
    told_apart = 0
    for model, model_admin in admin.site._registry.items():
        for inline in (each(model, admin.site) for each in model_admin.inlines):
            if not inline.has_add_permission(request, None):
                continue
            formset = inline.get_formset(request)
            for constraint in inline.model._meta.total_unique_constraints:
                fields = set(constraint.fields) - {formset.fk.name}
                form = formset.form
                checked = form.base_fields.keys() | form.fields_set_on_save
                assert fields & checked, (inline, constraint)
                told_apart += 1
    assert told_apart > 8
