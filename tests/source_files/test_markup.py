"""HTML is converted to Markdown, and tags without an equivalent are listed."""

from html.parser import HTMLParser

import pytest

from source_files.markup import html_to_markdown


@pytest.mark.parametrize(
    ("html", "text", "omitted_tags"),
    [
        ("<p>One</p><p>Two <strong>three</strong></p>", "One\n\nTwo **three**", []),
        ("a<br>b &amp; c", "a\nb & c", []),
        (
            "Before<ul><li>one</li><li>two <em>x</em></li></ul>after",
            "Before\n\n- one\n- two *x*\n\nafter",
            [],
        ),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two", []),
        ("<ul><li>one<ul><li>deep</li></ul></li><li>two</li></ul>", "- one\n  - deep\n- two", []),
        ("<h2>Head</h2>text", "## Head\n\ntext", []),
        (
            '<a href="https://a.example/">there</a> <a>here</a>',
            "[there](https://a.example/) here",
            [],
        ),
        ("<table><tr><td>x</td></tr></table>", "| x |\n| --- |", []),
        (
            (
                "a<table> <thead><tr><th>A</th> <th>B</th></tr></thead> "
                "<tr><td>1<br>2</td><td>3|4</td></tr></table>b"
            ),
            "a\n\n| A | B |\n| --- | --- |\n| 1 2 | 3\\|4 |\n\nb",
            [],
        ),
        ("</td></tr>x<td>y", "|  |\n| --- |\nxy", []),
        (
            "a<script>alert(1)</script><style>b{}</style><img src=x>",
            "a",
            ["img", "script", "style"],
        ),
        ("plain 1 < 2", "plain 1 < 2", []),
        ("a<!-- b --><!-- c > <b>d</b>", "a<!-- c > **d**", []),
        ("<![if !supportLists]>a<![endif]>b<![other]>c<![", "abc<![", []),
        (
            "<table><tr><td>1<table><tr><td>2</td><td>3|4</td></tr></table>5</td></tr></table>",
            "| 1 2 3\\|4 5 |\n| --- |",
            [],
        ),
        ("<table><tr><td>1</td></tr></tr></table>", "| 1 |\n| --- |\n|  |", []),
    ],
)
def test_html_becomes_markdown(html: str, text: str, omitted_tags: list[str]) -> None:
    assert html_to_markdown(html) == (text, omitted_tags)


def test_links_are_completed_from_an_address() -> None:
    html = '<a href="b.html">b</a> <a href="https://other.example/">c</a> <a href="http://[">d</a>'
    assert html_to_markdown(html, "https://a.example/x/")[0] == (
        "[b](https://a.example/x/b.html) [c](https://other.example/) [d](http://[)"
    )
    assert html_to_markdown(html)[0].startswith("[b](b.html)")


@pytest.mark.parametrize(
    ("once", "repeated"),
    [
        ("<table><tr>" + "<td></td>" * 200, "</tr>"),
        ("<ul>" * 200, "<li>a"),
        ("<td>", "</td></tr>"),
        ("", "<table><tr><td>|"),
    ],
)
def test_a_small_file_does_not_become_a_large_text(once: str, repeated: str) -> None:
    html = once + repeated * 200 + "</td></tr></table>" * 200
    assert len(html_to_markdown(html)[0]) < 8 * len(html)


@pytest.mark.parametrize("begin", ["<a href=", "<a b", '<a b="x" ', "<!-- "])
def test_the_end_of_a_tag_without_one_is_not_searched_for(
    begin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each search would read the whole rest of the text."""
    for name in ("parse_starttag", "parse_html_declaration"):
        monkeypatch.setattr(HTMLParser, name, None)
    assert html_to_markdown(begin * 3)[0] == (begin * 3).strip()
