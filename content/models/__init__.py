"""The models of the content app, each noun in its own module."""

from content.models.collections import Collection
from content.models.former_names import Renamable, SlugRedirect, Titled
from content.models.imports import ContentImport
from content.models.loaded_rows import LoadedRow
from content.models.lost_links import LostLink
from content.models.publishing import Owned, Publishable
from content.models.site_version import SiteVersion

__all__ = [
    "Collection",
    "ContentImport",
    "LoadedRow",
    "LostLink",
    "Owned",
    "Publishable",
    "Renamable",
    "SiteVersion",
    "SlugRedirect",
    "Titled",
]
