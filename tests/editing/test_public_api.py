"""The admin uses only the public API of Django and django-reversion."""

from collections.abc import Iterator

from django import forms
from django.contrib import admin

from tests.project.sources import ORDER

#: Set by the metaclass of forms.
SET_BY_DJANGO = {"_meta"}


def is_ours(class_: type) -> bool:
    return class_.__module__.split(".")[0] in ORDER


def private_overrides(class_: type) -> list[str]:
    """Private names of libraries that this class defines again."""
    library_names: set[str] = set()
    for base in class_.__mro__:
        if not is_ours(base) and base is not class_:
            library_names.update(vars(base))
    return [
        name
        for name in vars(class_)
        if name.startswith("_")
        and not name.startswith("__")
        and name in library_names - SET_BY_DJANGO
    ]


def classes_of_the_admin() -> Iterator[type]:
    """The classes of the pages of the admin, of their inlines and of their forms."""
    for model, model_admin in admin.site._registry.items():
        yield from type(model_admin).__mro__
        yield from model_admin.form.__mro__
        for inline in (class_(model, admin.site) for class_ in model_admin.inlines):
            for class_ in (type(inline), inline.form, inline.formset):
                yield from class_.__mro__


def test_no_class_overrides_a_private_method_of_a_library() -> None:
    class Planted(forms.ModelForm):
        def _post_clean(self) -> None: ...

    assert private_overrides(Planted) == ["_post_clean"]
    ours = {class_ for class_ in classes_of_the_admin() if is_ours(class_)}
    assert len(ours) > 40
    faults = {class_.__name__: private_overrides(class_) for class_ in ours}
    assert {name: found for name, found in faults.items() if found} == {}
