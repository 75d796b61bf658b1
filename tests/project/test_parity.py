"""Both databases accept the same values: the largest numbers, the first day, the longest texts."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models

from content.fields import MARKDOWN_LENGTH
from search.models import SearchEntry
from skills.models import Skill
from tests.factories import SkillFactory
from tests.project.world import World, content_models

pytestmark = pytest.mark.django_db

CONTENT = list(content_models())
#: A letter of four bytes. Both databases count it as one character.
WIDE = "\U00010400"


def limit(
    field: "models.Field[Any, Any]", kind: type[MaxLengthValidator] | type[MaxValueValidator]
) -> int:
    """The smallest limit that a field has."""
    return min(
        validator.limit_value for validator in field.validators if isinstance(validator, kind)
    )


def extreme(field: "models.Field[Any, Any]") -> Any:
    """The largest value that the rules of a field let through; of a date the earliest.

    None where there is no such thing.
    """
    if field.is_relation or field.choices or not field.editable or field.unique:
        return None
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return date.min
    if isinstance(field, models.PositiveIntegerField | models.PositiveSmallIntegerField):
        return limit(field, MaxValueValidator)
    if isinstance(field, models.CharField) and not isinstance(
        field, models.SlugField | models.URLField
    ):
        return WIDE * limit(field, MaxLengthValidator)
    return None


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model._meta.label)
def test_the_largest_values_that_are_valid_are_stored(
    model: type[models.Model], world: World
) -> None:
    row = model._default_manager.earliest("pk")
    values = {
        field.name: value for field in model._meta.fields if (value := extreme(field)) is not None
    }
    for name, value in values.items():
        setattr(row, name, value)
    row.clean_fields(exclude={field.name for field in model._meta.fields} - values.keys())
    models.QuerySet(model).filter(pk=row.pk).update(**values)
    stored = models.QuerySet(model).filter(pk=row.pk).values(*values).get() if values else {}
    assert stored == values


def test_that_reaches_numbers_days_and_texts() -> None:
    found = [extreme(field) for model in CONTENT for field in model._meta.fields]
    kinds = {type(value) for value in found if value is not None}
    assert kinds == {int, date, str}
    assert {model._meta.app_label for model in CONTENT} >= {
        "skills",
        "roles",
        "ladders",
        "interviews",
    }
    assert apps.get_model("skills", "Skill") is Skill


def test_the_longest_texts_can_be_searched() -> None:
    words = " ".join(
        f"{WIDE * 2}{chr(0x10400 + n % 80)}{chr(0x10400 + n // 80 % 80)}{n}" for n in range(20_000)
    )
    skill = SkillFactory(
        title="Longest", aliases=words[:MARKDOWN_LENGTH], body=words[:MARKDOWN_LENGTH]
    )
    assert SearchEntry.objects.get(kind="skill", object_id=skill.pk).title == "Longest"
