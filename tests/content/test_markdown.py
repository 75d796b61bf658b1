"""Markdown becomes inert HTML as CommonMark defines it, in bounded time.

Where the result differs from CommonMark, a policy listed here says why.
"""

import re
from functools import partial
from typing import Any

import pytest

from content.markdown import plain_text, render_markdown
from tests import corpora
from tests.counting import calls_of
from tests.markup import Element, parse

INERT = set(
    "p br hr h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a table thead tbody tr th "
    "td".split()
)
INERT_ATTRIBUTES = {"href", "title", "rel", "start", "align", "class"}
#: The one thing the renderer adds: a wide table is reached, and scrolled, by keyboard.
REACHABLE = ("table", "tabindex", "0")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
UNSEEN = re.compile(r"^[\0- ]+|[\t\r\n]")

#: Every CommonMark example outside the sections on raw HTML that is rendered otherwise, and why.
POLICIES = {
    "raw HTML stays text": {
        21,
        31,
        201,
        308,
        309,
        344,
        475,
        476,
        477,
        491,
        494,
        524,
        536,
        642,
        643,
    },
    "an image is a link to it": {517, 520, 531, *range(572, 592)} - {590},
    "a link leads to http, https, mailto or this site": {596, 598, 599, 601},
}
RAW_HTML = {"Raw HTML", "HTML blocks"}


def faults(html: str) -> list[str]:
    """What in this HTML could act, by an oracle that shares nothing with the renderer."""
    found = []
    for element in parse(html).walk():
        if element.name and element.name not in INERT:
            found.append(f"<{element.name}>")
        given = {
            name
            for name, value in element.attributes.items()
            if (element.name, name, value) != REACHABLE
        }
        found += sorted(given - INERT_ATTRIBUTES)
        scheme = SCHEME.match(UNSEEN.sub("", element.attributes.get("href", "")))
        found += (
            [scheme[0]] if scheme and scheme[1].lower() not in {"http", "https", "mailto"} else []
        )
    return found


def events(element: Element, shift: int) -> list[Any]:
    """A tree as nested lists, without outer line ends, with headings `shift` levels lower."""
    name = re.sub(r"^h(\d)$", lambda match: f"h{min(6, int(match[1]) + shift)}", element.name)
    attributes = {key: value for key, value in element.attributes.items() if key != "rel"}
    children = [
        child if isinstance(child, str) else events(child, shift) for child in element.children
    ]
    return [
        name,
        attributes,
        *[child for child in children if not isinstance(child, str) or child.strip()],
    ]


def same(ours: str, theirs: str) -> bool:
    """Whether both say the same, the highest heading of theirs moved to level 3."""
    tree = parse(re.sub(r">\n+|\n+<", lambda match: match[0].strip("\n"), theirs))
    levels = [int(element.name[1]) for element in tree.all("h1", "h2", "h3", "h4", "h5", "h6")]
    ours = re.sub(r">\n+|\n+<", lambda match: match[0].strip("\n"), ours)
    return events(parse(ours), 0) == events(tree, 3 - min(levels, default=3))


def pathological(case: dict[str, Any], size: int) -> str:
    """The case, repeated until it has about this many characters."""
    length = len(case["unit"]) * case["count"] + len(case["unit2"]) * case["count2"]
    times = [int(case[count] * size / length) for count in ("count", "count2")]
    return case["prefix"] + case["unit"] * times[0] + case["middle"] + case["unit2"] * times[1]


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick=x>a</p>",
        "<script>a</script>",
        '<a href=" javascript:x">a</a>',
        '<a href="data:,x">a</a>',
        "<img>",
    ],
)
def test_the_oracle_finds_what_could_act(html: str) -> None:
    assert faults(html)


@pytest.mark.parametrize(
    "link", ["http://a", "HTTPS://a", "mailto:a@b", "/a", "#a", "?a=b:c", "//a/b:c", ""]
)
def test_the_oracle_lets_through_what_leads_on(link: str) -> None:
    assert not faults(f'<p><a href="{link}" title="t">a</a></p>')


@pytest.mark.parametrize(
    ("name", "file", "key"),
    [
        ("markdown-xss", "vectors.json", "vectors"),
        ("dompurify", "vectors.json", ""),
        ("commonmark-spec", "examples.json", ""),
    ],
)
def test_hostile_texts_come_out_inert(name: str, file: str, key: str) -> None:
    texts = [
        entry.get("payload", entry.get("markdown")) for entry in corpora.entries(name, file, key)
    ]
    assert {text: found for text in texts if (found := faults(render_markdown(text)))} == {}


def test_naughty_strings_come_out_inert_and_whole() -> None:
    texts = corpora.entries("naughty-strings", "naughty-strings.json")
    assert {text: found for text in texts if (found := faults(render_markdown(text)))} == {}
    words = [text for text in texts if re.fullmatch(r"[\w ]+", text) and text.strip()]
    assert words
    assert all(" ".join(text.split()) in parse(render_markdown(text)).text for text in words)


def test_it_says_what_commonmark_says_but_for_the_listed_policies() -> None:
    examples = corpora.entries("commonmark-spec", "examples.json")
    fidelity = [example for example in examples if example["section"] not in RAW_HTML]
    different = {
        row["example"]
        for row in fidelity
        if not same(render_markdown(row["markdown"]), row["html"])
    }
    assert len(fidelity) > 580
    assert different == set().union(*POLICIES.values())


def test_raw_html_is_shown_as_it_was_written() -> None:
    for example in corpora.entries("commonmark-spec", "examples.json"):
        if example["section"] in RAW_HTML and example["markdown"].startswith("<"):
            opening = re.match(r"</?\w*|<[!?]-*", example["markdown"])
            assert opening
            assert parse(render_markdown(example["markdown"])).raw.startswith(opening[0]), example[
                "example"
            ]


@pytest.mark.parametrize("depth", [5, 15, 25, 35, 120])
@pytest.mark.parametrize("mark", ["- ", "1. ", "> "])
def test_nothing_vanishes_however_deep_it_stands(mark: str, depth: int) -> None:
    indents = {"- ": "  ", "1. ": "   "}
    lines = [
        f"{indents[mark] * n}{mark}depth {n}." if mark in indents else f"{mark * n} depth {n}."
        for n in range(depth)
    ]
    source = "\n".join(lines)
    for text in (parse(render_markdown(source)).text, plain_text(source)):
        assert all(f"depth {n}." in text for n in range(depth))


@pytest.mark.parametrize(
    "source", ["![" * 300 + "a" + "](b)" * 300, "> " * 38 + "![" * 38 + "a" + "](b)" * 38]
)
def test_images_in_images_are_followed_as_far_as_is_safe(source: str) -> None:
    assert "a" in parse(render_markdown(source)).text


def test_pathological_texts_take_calls_and_space_in_proportion_to_their_length() -> None:
    """How long they take is measured by `make bench`."""
    assert calls_of(partial(render_markdown, "A *word*.")) > 100
    faults = {}
    for case in corpora.entries("markdown-pathological", "cases.json", "cases"):
        text = pathological(case, 2_000)
        # The calls first, for the renderer remembers what it has rendered.
        calls, length = calls_of(partial(render_markdown, text)), len(render_markdown(text))
        if length > 60 * len(text) or calls > 600 * len(text):
            faults[case["name"]] = (length / len(text), calls / len(text))
    assert faults == {}


@pytest.mark.parametrize("mark", ["[", "![", "[a]["])
def test_a_text_of_thousands_of_brackets_is_shown_as_code(mark: str) -> None:
    links = "[a](b) " * 2_000
    assert calls_of(partial(plain_text, links)) > len(links)
    assert render_markdown(links).count("<a ") == 2_000
    brackets = mark * 20_000
    assert calls_of(partial(plain_text, brackets)) < 1_000
    for text in (parse(render_markdown(brackets)).text, plain_text(brackets)):
        assert text == brackets


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a", '<ol start="3"><li>a</li></ol>'),
        ("[a](/b/)", '<p><a href="/b/">a</a></p>'),
        ("[a](#b) [c](?d=e:f)", '<p><a href="#b">a</a> <a href="?d=e:f">c</a></p>'),
        ("[a](HTTP://b.c)", '<p><a href="HTTP://b.c" rel="noopener nofollow">a</a></p>'),
        ("[a](//b.c)", '<p><a href="//b.c" rel="noopener nofollow">a</a></p>'),
        (
            "<mailto:a@b.c>",
            '<p><a href="mailto:a@b.c" rel="noopener nofollow">mailto:a@b.c</a></p>',
        ),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("![a *b*](/c.png 'd')", '<p><a href="/c.png" title="d">a b</a></p>'),
        ("![](/a.png)", '<p><a href="/a.png">/a.png</a></p>'),
        ("[![a](/b.png)](/c/)", '<p><a href="/c/">a</a></p>'),
        ("![a ![b](/c.png) [d](/e/)](/f.png)", '<p><a href="/f.png">a b d</a></p>'),
        (r"\![a](/b/) !a", '<p>!<a href="/b/">a</a> !a</p>'),
        ("www.example.org", "<p>www.example.org</p>"),
        ("", ""),
    ],
)
def test_it_renders(source: str, html: str) -> None:
    assert render_markdown(source).replace("\n", "") == html


def test_a_table_wider_than_the_screen_can_be_scrolled_by_keyboard() -> None:
    assert render_markdown("| a |\n|---|\n| 1 |").startswith('<table tabindex="0">')


def test_tables_keep_their_alignment_without_a_style() -> None:
    table = parse(render_markdown("| a | b | c |\n|---|--:|:-:|\n| 1 | 2 | 3 |"))
    assert [cell.text for cell in table.all("th", "td")] == ["a", "b", "c", "1", "2", "3"]
    assert [cell.attributes for cell in table.all("td")] == [
        {},
        {"align": "right"},
        {"align": "center"},
    ]


@pytest.mark.parametrize(
    ("source", "top", "levels"),
    [
        ("# a\n## b", 3, ["h3", "h4"]),
        ("### a\n#### b", 3, ["h3", "h4"]),
        ("## a\n# b", 2, ["h3", "h2"]),
        ("# a\n###### b", 3, ["h3", "h6"]),
        ("a\n===", 4, ["h4"]),
    ],
)
def test_headings_move_under_the_heading_they_stand_under(
    source: str, top: int, levels: list[str]
) -> None:
    assert [
        heading.name
        for heading in parse(render_markdown(source, top)).all("h2", "h3", "h4", "h5", "h6")
    ] == levels


def test_plain_text_has_the_words_without_the_marks() -> None:
    source = "# A *title*\n\nOne\ntwo [three](/x) `four`\n\n- five\n\n```\nsix\n```\n\n<b>seven</b>"
    assert (
        " ".join(plain_text(source).split()) == "A title One two three four five six <b>seven</b>"
    )
    assert plain_text("") == ""
