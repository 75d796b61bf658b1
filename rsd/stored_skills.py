"""Recognizes the descriptors of skills that a collection has already.

An export that is imported again finds its skills by the addresses that it gave them, and states
only what it says of them.
"""

from dataclasses import dataclass, field

from content.models import Collection
from interchange.files import Object, one_line
from interchange.packs import ExportRow, ExportRows
from rsd.columns import URL
from rsd.writer import category_of, has_publisher_address, skill_cells, url_of
from skills.packs import SKILL_GROUPS, SKILLS


@dataclass(frozen=True)
class Group:
    """The id and the title of a skill group."""

    slug: str
    title: str


@dataclass(frozen=True)
class StoredSkill:
    """A stored skill as an export writes it."""

    row: ExportRow
    group: Group | None
    #: Its cells in an export, without its address.
    cells: dict[str, str]

    @property
    def slug(self) -> str:
        return str(self.row.row.slug)

    @property
    def external_id(self) -> str:
        return str(self.row.row.external_id)

    def changes(self, cells: dict[str, str]) -> dict[str, str]:
        """The cells of a descriptor of this skill that an export would write differently."""
        changed = {}
        for name, cell in cells.items():
            if name != URL and cell != self.cells.get(name, "").strip():
                changed[name] = cell
        return changed

    def extra_with(self, changes: dict[str, str]) -> Object:
        """What no column of the skill holds, with these changes; nothing if there are none."""
        stored = self.row.row.extra
        # An empty cell replaces a stored one, but is not stored where there was none.
        changes = {name: cell for name, cell in changes.items() if cell or name in stored}
        return {**stored, **changes} if changes else {}


@dataclass
class StoredSkills:
    """The skills and skill groups of a collection; none if the collection is new."""

    collection: Collection | None
    #: By category in an export.
    groups: dict[str, Group] = field(default_factory=dict)
    _by_address: dict[str, StoredSkill] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.collection is None:
            return
        rows = ExportRows(self.collection, drafts=True)
        groups = {}
        for row in rows.in_table(SKILL_GROUPS):
            group = groups[row.key] = Group(row.key, row.values["title"])
            self.groups.setdefault(one_line(category_of(group.title)), group)
        for row in rows.in_table(SKILLS):
            own_group = groups.get(row.values.get("group", ""))
            cells = skill_cells(row, own_group.title if own_group else "")
            skill = StoredSkill(row, own_group, cells)
            self._by_address[url_of(row, rows.first_slug, "")] = skill
            if not has_publisher_address(row):
                self._by_address[row.row.get_absolute_url()] = skill

    def find(self, url: str) -> StoredSkill | None:
        """The skill with this address, or whose page has its path on this or another portal."""
        host_and_path = url.partition("://")[2]
        path = f"/{host_and_path.partition('/')[2]}"
        return self._by_address.get(url) or self._by_address.get(path)
