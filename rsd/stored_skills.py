"""Recognizes the descriptors of skills that a collection has already.

An export that is imported again finds its skills by the addresses that it gave them, and states
only what it says of them.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from content.models import Collection
from interchange.files import Object, without_empty
from interchange.packs import ExportRow, ExportRows
from rsd.writer import URI_PREFIXES, category_of, skill_cells, url_of
from skills.packs import SKILL_GROUPS, SKILLS


@dataclass(frozen=True)
class StoredSkill:
    """A stored skill as an export writes it."""

    row: ExportRow
    #: Its cells in an export, without its address.
    cells: dict[str, str]

    @property
    def slug(self) -> str:
        return str(self.row.row.slug)

    @property
    def external_id(self) -> str:
        return str(self.row.row.external_id)

    def extra_with(self, changes: dict[str, str]) -> Object:
        """What no column of the skill holds, with these changes; nothing if there are none."""
        return without_empty({**self.row.row.extra, **changes}) if changes else {}


@dataclass
class StoredSkills:
    """The skills and skill groups of a collection; none if the collection is new."""

    collection: Collection | None
    #: The id and the title of each group by its category in an export.
    groups: dict[str, tuple[str, str]] = field(default_factory=dict)
    _by_address: dict[str, StoredSkill] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.collection is None:
            return
        rows = ExportRows(self.collection, drafts=True)
        titles = {}
        for group in rows.in_table(SKILL_GROUPS):
            titles[group.key] = group.values["title"]
            self.groups.setdefault(category_of(titles[group.key]), (group.key, titles[group.key]))
        for row in rows.in_table(SKILLS):
            skill = StoredSkill(row, skill_cells(row, titles.get(row.values.get("group", ""), "")))
            self._by_address[url_of(row, rows.first_slug, "")] = skill
            if not skill.external_id.startswith(URI_PREFIXES):
                self._by_address[row.row.get_absolute_url()] = skill

    def find(self, url: str) -> StoredSkill | None:
        """The skill with this address, or whose page has its path on this or another portal."""
        return self._by_address.get(url) or self._by_address.get(urlsplit(url).path)
