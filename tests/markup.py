"""Reads HTML as a visitor does: a tree of elements with their text and links."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Self

from django.test import Client

INLINE = frozenset("a b bdi code em i mark span strong time".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Element:
    """One element, or with an empty name the whole document."""

    def __init__(
        self,
        name: str = "",
        attributes: dict[str, str] | None = None,
        parent: "Element | None" = None,
    ) -> None:
        self.name = name
        self.attributes = attributes or {}
        self.parent = parent
        self.children: list[Element | str] = []

    def walk(self) -> Iterator["Element"]:
        """This element and all elements in it, in the order of the document."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *names: str) -> list["Element"]:
        """The elements within it that have one of these names."""
        return [element for element in self.walk() if element is not self and element.name in names]

    def marked(self, word: str) -> list["Element"]:
        """The elements within it that have this class."""
        return [
            element
            for element in self.walk()
            if word in element.attributes.get("class", "").split()
        ]

    def one(self, *names: str) -> "Element":
        """The only element within it with one of these names."""
        (found,) = self.all(*names)
        return found

    @property
    def raw(self) -> str:
        """Its source text."""
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    @property
    def text(self) -> str:
        """Its words, with single spaces, also between blocks."""
        return " ".join(self._spaced().split())

    def _spaced(self) -> str:
        inner = "".join(
            child if isinstance(child, str) else child._spaced() for child in self.children
        )
        return inner if self.name in INLINE else f" {inner} "

    @property
    def links(self) -> list[str]:
        """Where it leads to, in order."""
        return [
            element.attributes["href"] for element in self.all("a") if "href" in element.attributes
        ]

    def __contains__(self, words: str) -> bool:
        return words in self.text


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag: str) -> None:
        place: Element | None = self.here
        while place and place.name != tag:
            place = place.parent
        if place and place.parent:
            self.here = place.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parse(html: str) -> Element:
    """The tree of a document or a fragment."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def _begins_another(element: Element) -> bool:
    """Whether this element ends the part of the page before it."""
    return element.name == "h2" or element.attributes.get("class") in {"provenance", "sources"}


class Page(Element):
    """A page that answered 200: the tree of what it says between header and footer."""

    def __init__(self, html: str) -> None:
        self.document = parse(html)
        main = self.document.one("main")
        super().__init__("main", main.attributes)
        self.children = main.children

    @classmethod
    def read(cls, client: Client, url: str) -> Self:
        """Ask for a page."""
        response = client.get(url)
        assert response.status_code == 200, f"{url} answers {response.status_code}"
        return cls(response.text)

    @property
    def headings(self) -> list[str]:
        """The parts of the page, by their ids."""
        return [
            heading.attributes["id"] for heading in self.all("h2") if "id" in heading.attributes
        ]

    def part(self, name: str) -> Element:
        """The elements under the second-level heading with this id."""
        (heading,) = [heading for heading in self.all("h2") if heading.attributes.get("id") == name]
        assert heading.parent
        if heading.parent.attributes.get("aria-labelledby") == name:
            return heading.parent
        if heading.parent.name == "summary":
            assert heading.parent.parent
            return heading.parent.parent
        part = Element()
        siblings = heading.parent.children
        for child in siblings[siblings.index(heading) + 1 :]:
            if isinstance(child, Element) and any(map(_begins_another, child.walk())):
                break
            part.children.append(child)
        return part
