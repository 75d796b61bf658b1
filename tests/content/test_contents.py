"""The table of contents of a long page, made from its headings, and the anchors of the sections."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template

from tests.markup import Element, parse


def shown(*headings: str) -> str:
    body = "".join(headings)
    return Template("{% load content %}{% toc %}" + body + "{% endtoc %}").render(Context({}))


def links(html: str) -> list[tuple[str, str]]:
    return [
        (str(link.attributes["href"]), link.text)
        for nav in parse(html).all("nav")
        for link in nav.all("a")
    ]


def ids(element: Element) -> list[str]:
    return [str(each.attributes["id"]) for each in element.all("h2", "span")]


def part_at(html: str, anchor: str) -> str:
    """The id of the heading that an anchor leads to."""
    for heading in parse(html).all("h2"):
        own = str(heading.attributes["id"])
        if anchor in [own, *ids(heading)]:
            return own
    return ""


def headed(*titles: str) -> str:
    return shown(*[f"<h2>{title}</h2>" for title in titles])


def test_a_long_page_begins_with_links_to_its_parts() -> None:
    html = shown(
        '<h2 id="a">One</h2>',
        "<h2>Two &amp; <em>three</em></h2>",
        "<h2>日本</h2>",
        '<h2 id="d">Four</h2>',
    )
    assert links(html) == [
        ("#a", "One"),
        ("#section-two-three", "Two & three"),
        ("#section-日本", "日本"),
        ("#d", "Four"),
    ]
    assert (
        '<h2 id="section-two-three"><span id="two-three-2"></span>Two &amp; <em>three</em></h2>'
        in html
    )


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_short_page_shows_no_links_but_its_parts_have_addresses(number: int) -> None:
    html = headed(*["Risks", "Costs", "Dates"][:number])
    assert links(html) == []
    assert [heading.attributes["id"] for heading in parse(html).all("h2")] == [
        "section-risks",
        "section-costs",
        "section-dates",
    ][:number]


def test_a_new_part_changes_no_address() -> None:
    before, after = (
        headed("A", "B", "C", "日本", "…"),
        headed("New", "A", "Also new", "B", "C", "日本", "…"),
    )
    anchors = dict(links(before))
    assert len(anchors) == 5
    assert anchors.items() <= dict(links(after)).items()


@pytest.mark.parametrize(
    ("anchor", "part"),
    [
        ("risks-2", "section-risks"),
        ("part-3", "section-日本"),
        ("risks-4", "section-risks--2"),
        ("risks-3", ""),
    ],
)
def test_the_numbered_address_of_the_first_version_leads_to_its_part(
    anchor: str, part: str
) -> None:
    assert part_at(headed("Costs", "Risks", "日本", "Risks"), anchor) == part


def test_headings_alike_have_addresses_of_their_own() -> None:
    html = headed("Risks", "Risks", "Risks 2", "Risks", "—", "…")
    anchors = [address for address, _ in links(html)]
    assert anchors == [
        "#section-risks",
        "#section-risks--2",
        "#section-risks-2",
        "#section-risks--3",
        "#section",
        "#section--2",
    ]
    every = ids(parse(html))
    assert len(every) == len(set(every)) == 2 * len(anchors)


def test_the_address_of_a_heading_does_not_depend_on_what_the_template_adds() -> None:
    with_part = shown("<h2>Related</h2>", '<h2 id="related">Related</h2>')
    assert ids(parse(with_part)) == ["section-related", "related-1", "related"]
    assert ids(parse(shown("<h2>Related</h2>"))) == ["section-related", "related-1"]


def test_no_heading_becomes_markup() -> None:
    html = shown(*["<h2>&lt;script&gt;x&lt;/script&gt;</h2>"] * 4)
    assert "<script>" not in html
    assert links(html)[0][1] == "<script>x</script>"


def test_no_template_makes_an_address_from_a_position_but_the_former_ones_of_letters() -> None:
    from_position = re.compile(r'(?<=\sid=")[^"]*\{\{ forloop[^"]*(?=")')
    found = {
        (path.name, name)
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for name in from_position.findall(path.read_text())
    }
    assert found == {("skill_index.html", "letter-{{ forloop.counter }}")}
