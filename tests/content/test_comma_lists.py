"""Lists of links and other HTML within a sentence."""

import pytest
from django.template import Context, Template, TemplateSyntaxError


def render(text: str, **values: object) -> str:
    return Template("{% load content %}" + text).render(Context(values))


def test_the_rows_are_separated_by_commas() -> None:
    text = "{% comma_list name in names %}\n<b>{{ name }}</b>\n{% endcomma_list %}."
    assert render(text, names=["Risk", "<Data>"]) == "<b>Risk</b>, <b>&lt;Data&gt;</b>."


def test_without_rows_there_is_nothing() -> None:
    text = "[{% comma_list name in names %}{{ name }}{% endcomma_list %}]"
    assert render(text, names=["Risk"]) == "[Risk]"
    assert render(text, names=[]) == "[]"
    assert render(text) == "[]"


def test_its_variable_is_not_known_after_it() -> None:
    text = "{% comma_list name in names %}{{ name }}{% endcomma_list %}; {{ name }}"
    assert render(text, names=["Risk"], name="Ada") == "Risk; Ada"


@pytest.mark.parametrize("arguments", ["", "names", "name of names", "name in names twice"])
def test_other_arguments_are_a_syntax_error(arguments: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="comma_list row in rows"):
        render(f"{{% comma_list {arguments} %}}{{% endcomma_list %}}", names=[])
