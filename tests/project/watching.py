"""Records which templates are rendered, and which of their variables are missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.template import Context, Template
from django.template.base import Variable, VariableDoesNotExist
from django.test.signals import template_rendered

from tests.project.sources import files

OURS = sorted(path.removeprefix("templates/") for path in files("templates", ".html"))


@contextmanager
def rendered_templates() -> Iterator[set[str]]:
    """The names of the templates that are rendered in the meantime."""
    names: set[str] = set()

    def note(template: Template, **kwargs: Any) -> None:
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def is_fragment(name: str) -> bool:
    """Whether a template is included by others, which may omit parameters."""
    *folders, file = name.split("/")
    return "includes" in folders or file.startswith("_")


@contextmanager
def unknown_variables() -> Iterator[set[tuple[str, str]]]:
    """The variables that templates use inside the block without getting them.

    A variable that is missing because something before it is None is intended. A name that is in no
    context is a mistake, even in a condition. Only fragments may test whether they were given
    something.
    """
    found: set[tuple[str, str]] = set()
    resolve = Variable._resolve_lookup

    def watched(self: Variable, context: Context) -> Any:
        try:
            return resolve(self, context)
        except VariableDoesNotExist as missing:
            template = context.render_context.template.name or "a string"
            is_parameter = missing.params[1] is context and is_fragment(template)
            if (
                missing.params[1] is not None
                and template in [*OURS, "a string"]
                and not is_parameter
            ):
                found.add((template, str(self.var)))
            raise

    with patch.object(Variable, "_resolve_lookup", watched):
        yield found
