"""Factories make only rows that an editor could have made."""

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from content.base_models import ContentModel
from tests import factories

MADE = [
    made
    for made in vars(factories).values()
    if isinstance(made, type) and issubclass(made, DjangoModelFactory)
]
CONTENT = [made for made in MADE if issubclass(made._meta.model, ContentModel)]


def test_every_kind_of_content_has_a_factory() -> None:
    kinds = {model for model in apps.get_models() if issubclass(model, ContentModel)}
    assert {made._meta.model for made in CONTENT} == kinds


@pytest.mark.django_db
@pytest.mark.parametrize("made", CONTENT, ids=lambda made: made.__name__)
def test_what_a_factory_makes_is_valid_and_published(made: type[DjangoModelFactory]) -> None:
    first, second = made(), made()
    second.full_clean()
    assert {*made._meta.model.objects.published()} >= {first, second}


@pytest.mark.django_db
def test_parts_stay_in_the_collection_of_the_whole() -> None:
    imported = factories.CollectionFactory()
    probed = factories.QuestionSkillFactory(question__collection=imported)
    assert probed.skill.collection == probed.skill.scale.collection == imported


@pytest.mark.django_db
def test_an_editor_may_change_content_and_nothing_else() -> None:
    editor = factories.EditorFactory()
    assert editor.has_perm("roles.change_role")
    assert not editor.has_perm("auth.change_user")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_the_editors_are_there_again_after_a_database_was_flushed(time: int) -> None:
    assert factories.editors().permissions.exists()
