"""A forgotten step of a common change in `docs/contributing.md` is found."""

from collections import defaultdict
from collections.abc import Iterator
from inspect import getmembers, isgeneratorfunction, signature
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.test import RequestFactory

from content_checks import rules
from content_checks.findings import RULES
from interchange.packs import TABLES
from tests.factories import SuperuserFactory
from tests.project.world import content_models

#: The pack says which collection it is, and columns that no field has are stored in `extra`.
NOT_IN_PACKS = {"collection", "extra"}
#: Order and identifiers of children, which are set by dragging and by loads, not in admin forms.
NOT_IN_ADMIN = {"extra", "external_id", "position"}
#: What publishers of frameworks measured, which only loads set.
MEASURED = {
    f"{model}.{name}"
    for model in ("LevelRequirement", "SkillRequirement", "FamilyRequirement")
    for name in ("measured_level", "measured_importance")
}


def editable_fields(model: type[models.Model]) -> Iterator[str]:
    """The names of the fields that people or files may set."""
    for field in (*model._meta.fields, *model._meta.many_to_many):
        if field.editable and not field.primary_key and not field.auto_created:
            yield field.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_field_is_a_column_of_packs(table: Any) -> None:
    missing = {*editable_fields(table.model)} - {*table.fields} - NOT_IN_PACKS
    assert missing == set(), "add the field to the columns of its table in <app>/packs.py"


def fields_in_admin() -> dict[type[models.Model], set[str]]:
    """The fields that a superuser sees in forms, those of tables of children included."""
    request = RequestFactory().get("/")
    request.user = SuperuserFactory.build()
    shown: defaultdict[type[models.Model], set[str]] = defaultdict(set)
    for model, model_admin in admin.site._registry.items():
        shown[model].update(flatten_fieldsets(model_admin.get_fieldsets(request)))
        for inline in model_admin.get_inline_instances(request):
            shown[inline.model].update(flatten_fieldsets(inline.get_fieldsets(request)))
    return shown


def test_every_field_is_in_a_form_of_the_admin() -> None:
    shown = fields_in_admin()
    missing = set()
    for model in content_models():
        parents = {*getattr(model, "updated_parents", ())}
        for name in {*editable_fields(model)} - shown[model] - NOT_IN_ADMIN - parents:
            missing.add(f"{model.__name__}.{name}")
    assert missing == MEASURED, "add the field to a fieldset in <app>/admin.py"


def checks_of(module: ModuleType) -> set[Any]:
    """The functions of a module that look like checks of a pack."""
    return {
        function
        for name, function in getmembers(module, isgeneratorfunction)
        if not name.startswith("_") and [*signature(function).parameters] == ["pack"]
    }


def test_every_check_of_packs_is_registered() -> None:
    registered = {rule.check for rule in RULES.values()}
    modules = [getattr(rules, module.name) for module in iter_modules(rules.__path__)]
    written = set().union(*map(checks_of, modules))
    assert len(written) > 15
    assert written <= registered, "decorate the check with @rule"
