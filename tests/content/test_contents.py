"""Links to the parts of a long page, made from its headings."""

import pytest
from django.template import Context, Template

from tests.markup import parse


def shown(*headings: str) -> str:
    body = "".join(headings)
    return Template("{% load contents %}{% contents %}" + body + "{% endcontents %}").render(Context({}))


def links(html: str) -> list[tuple[str, str]]:
    return [(str(link.attributes["href"]), link.text) for nav in parse(html).all("nav") for link in nav.all("a")]


def test_a_long_page_begins_with_links_to_its_parts() -> None:
    html = shown('<h2 id="a">One</h2>', "<h2>Two &amp; <em>three</em></h2>", "<h2>日本</h2>", '<h2 id="d">Four</h2>')
    assert links(html) == [("#a", "One"), ("#two-three-2", "Two & three"), ("#part-3", "日本"), ("#d", "Four")]
    assert '<h2 id="two-three-2">Two &amp; <em>three</em></h2>' in html


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_short_page_stays_as_it_is(number: int) -> None:
    assert shown(*["<h2>Part</h2>"] * number) == "<h2>Part</h2>" * number


def test_headings_alike_have_addresses_of_their_own() -> None:
    found = links(shown(*["<h2>Part</h2>"] * 4))
    assert len({address for address, _ in found}) == 4


def test_no_heading_becomes_markup() -> None:
    html = shown(*["<h2>&lt;script&gt;x&lt;/script&gt;</h2>"] * 4)
    assert "<script>" not in html
    assert links(html)[0][1] == "<script>x</script>"
