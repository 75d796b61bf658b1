"""Items that are refused because of other refused items, so that nothing is half-imported.

Without its group a skill would be imported outside of it, without its skill a level would become a
skill itself, and without one of its levels a skill would get a scale that lacks a proficiency.
"""

from collections.abc import Iterable, Mapping

from interchange.case.objects import Link
from interchange.files import fold

#: An item above another one, and the one below it, as an association names them.
Ends = tuple[Link, Link]
#: Names by which links refer to an item.
LINKED_KEYS = ("identifier", "uri")


class RefusedItems:
    """The locations of refused items by the identifiers and URIs that links to them have."""

    def __init__(self) -> None:
        self._locations: dict[str, str] = {}

    def add(self, raw: object, location: str) -> None:
        """
        :param raw: the item as it was written, of which nothing was checked.
        """
        if isinstance(raw, Mapping):
            values = {fold(str(key)): value for key, value in raw.items()}
            for key in LINKED_KEYS:
                name = values.get(key)
                if name and isinstance(name, str):
                    self._locations.setdefault(name, location)

    def location_of(self, link: Link) -> str:
        """The location of the item to which a link leads; empty if no such item was refused."""
        identifier = link["identifier"]
        uri = link.get("uri") or identifier
        return self._locations.get(identifier) or self._locations.get(uri) or ""

    def items_below(self, all_ends: Iterable[Ends]) -> list[tuple[Link, str]]:
        """The items directly below refused ones, each with the reason to refuse it too."""
        dependent = []
        for upper, lower in all_ends:
            location = self.location_of(upper)
            if location:
                dependent.append((lower, f"{location}, the item above it, is refused"))
        return dependent

    def other_levels(self, all_ends: Iterable[Ends]) -> list[tuple[Link, str]]:
        """The levels of skills with a refused level, each with the reason to refuse it too."""
        all_ends = list(all_ends)
        locations = {}
        for upper, lower in all_ends:
            location = self.location_of(lower)
            if location:
                locations[upper["identifier"]] = location
        dependent = []
        for upper, lower in all_ends:
            if upper["identifier"] in locations:
                location = locations[upper["identifier"]]
                dependent.append((lower, f"{location}, another level of its skill, is refused"))
        return dependent
