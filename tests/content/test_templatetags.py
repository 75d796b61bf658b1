"""Template tags and filters of all content."""

import pytest
from django.template import Context, Template

from content.models import Collection


def render(source: str, **context: object) -> str:
    return Template("{% load content %}" + source).render(Context(context))


def test_markdown_becomes_html_that_is_not_escaped_again() -> None:
    assert (
        render("{{ text|markdown }}", text="**a** <b>") == "<p><strong>a</strong> &lt;b&gt;</p>\n"
    )


def test_markdown_headings_start_where_the_template_says() -> None:
    assert render("{{ text|markdown }}", text="# a") == "<h3>a</h3>\n"
    assert render("{{ text|markdown:2 }}", text="# a") == "<h2>a</h2>\n"


def test_unmarked_text_stands_on_one_line_and_is_escaped() -> None:
    assert render("{{ text|strip_markdown }}", text="**a** & [b](/c)\n\n- d") == "a &amp; b d"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\nb", "a, b"), (" a \r\n\r\n b\n", "a, b"), ("", ""), ("<i>", "&lt;i&gt;")],
)
def test_a_text_of_several_lines_is_a_list(text: str, shown: str) -> None:
    assert render('{{ text|lines|join:", " }}', text=text) == shown


@pytest.mark.parametrize(("count", "shown"), [(3, "123"), (1, "1"), (0, ""), (None, "")])
def test_marks_are_drawn_up_to_a_number(count: int | None, shown: str) -> None:
    assert render("{% for n in count|times %}{{ n }}{% endfor %}", count=count) == shown


def test_a_value_that_is_missing_is_an_empty_text() -> None:
    assert (
        render(
            "{{ missing|markdown }}{{ missing|strip_markdown }}{{ missing|lines|length }}{{ "
            "missing|times|length }}"
        )
        == "00"
    )


@pytest.mark.parametrize(
    ("language", "written"),
    [("ar", "rtl"), ("ar-SA", "rtl"), ("ar_SA", "rtl"), ("HE", "rtl"), ("en-GB", "ltr")],
)
def test_the_direction_follows_from_the_language(language: str, written: str) -> None:
    html = render("{% language_attributes collection %}", collection=Collection(language=language))
    assert html == f'lang="{language.replace("_", "-")}" dir="{written}"'


def test_an_unknown_language_is_written_from_the_left() -> None:
    html = render("{% language_attributes collection %}", collection=Collection(language=""))
    assert html == 'lang="" dir="ltr"'
