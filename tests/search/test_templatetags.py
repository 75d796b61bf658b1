"""The template language of search results."""

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(("kind", "name"), [("set", "question set"), ("role", "role")])
def test_a_kind_is_called_what_its_things_are_called(kind: str, name: str) -> None:
    assert Template("{% load search %}{{ kind|kind_name }}").render(Context({"kind": kind})) == name
