"""Recognizes the rows of a collection in descriptors that the portal has exported from it."""

from content.models import Collection
from interchange.identifiers import row_identifier, uri_of
from interchange.packs import ExportRow, ExportRows
from mapping.slugs import slug
from skills.models import SkillGroup
from skills.packs import SKILLS

URL_PREFIXES = ("http://", "https://")
URI_PREFIXES = (*URL_PREFIXES, "urn:")


def has_publisher_address(skill: ExportRow) -> bool:
    """Whether a skill was imported with an address; an export gives the others one."""
    return str(skill.row.external_id).startswith(URI_PREFIXES)


def urn_of(skill: ExportRow, namespace: str) -> str:
    """The address of a skill in exports that do not know that of the portal."""
    return uri_of(row_identifier(namespace, skill.table.name, skill.stable_key), "")


class OwnRows:
    """The skills and skill groups of a collection, by how its exports name them."""

    def __init__(self, collection: Collection | None) -> None:
        """
        :param collection: None if it is new.
        """
        self._skill_slugs: dict[str, str] = {}
        self._group_slugs: dict[str, str] = {}
        if collection is not None:
            self._add_skills(ExportRows(collection, drafts=True))
            groups = SkillGroup.objects.filter(collection=collection)
            self._group_slugs.update(groups.values_list("title", "slug"))

    def _add_skills(self, rows: ExportRows) -> None:
        for skill in rows.in_table(SKILLS):
            if not has_publisher_address(skill):
                path = skill.row.get_absolute_url()
                for address in (path, urn_of(skill, rows.first_slug)):
                    self._skill_slugs[address] = skill.row.slug

    def skill_slug(self, address: str) -> str:
        """The slug of the skill with this address in an export; empty if there is none."""
        if address.startswith(URL_PREFIXES):
            host_and_path = address.partition("://")[2]
            address = f"/{host_and_path.partition('/')[2]}"
        return self._skill_slugs.get(address, "")

    def group_slug(self, title: str) -> str:
        """The slug of the group with this title; empty if there is none.

        A group that has the slug of the title was imported with it, and may have another title now.
        """
        if slug(title) in self._group_slugs.values():
            return ""
        return self._group_slugs.get(title, "")
