"""The definitions of a package: its licence, and the item types and groupings of its objects."""

from interchange.case.identifiers import Addresses
from interchange.case.objects import DATE, Object, link
from interchange.case.schema import ITEMS

LISTS = ["CFConcepts", "CFSubjects", "CFLicenses", "CFItemTypes", "CFAssociationGroupings"]


class Definitions:
    """What is defined; a type or grouping is, as soon as an object names it."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._types: dict[str, Object] = {}
        self._groupings: dict[str, Object] = {}
        self._licences: list[Object] = []

    def item_type(self, kind: str) -> Object:
        """The type of an item, as an item has it."""
        if kind not in self._types:
            code = str([home.kind for home in ITEMS].index(kind) + 1)
            made = self._addresses.made("CFItemType", kind)
            self._types[kind] = made | {
                "title": kind,
                "description": kind,
                "hierarchyCode": code,
            }
        return {"CFItemType": kind, "CFItemTypeURI": link(self._types[kind])}

    def grouping(self, name: str) -> Object:
        """The grouping of an association, as an association has it."""
        if name not in self._groupings:
            self._groupings[name] = self._addresses.made("CFAssociationGrouping", name) | {
                "title": name
            }
        return {"CFAssociationGroupingURI": link(self._groupings[name])}

    def licence(self, title: str, text: str) -> Object:
        """The licence, as the document has it."""
        made = self._addresses.made("CFLicense", "") | {"title": title, "licenseText": text}
        self._licences.append(made)
        return {"licenseURI": link(made)}

    def written(self, date: str, told: Object) -> Object:
        """All of them with this date, after those that an import kept."""
        made = {
            "CFLicenses": self._licences,
            "CFItemTypes": sorted(
                self._types.values(), key=lambda found: int(found["hierarchyCode"])
            ),
            "CFAssociationGroupings": sorted(
                self._groupings.values(), key=lambda found: found["title"]
            ),
        }
        new = {name: [found | {DATE: date} for found in made.get(name, [])] for name in LISTS}
        came = {name: found for name, found in told.items() if isinstance(found, list)}
        return came | {name: [*came.get(name, []), *found] for name, found in new.items()}
