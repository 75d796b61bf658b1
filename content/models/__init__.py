"""The models of the content app, each noun in its own module."""

from content.models.collections import Collection
from content.models.imports import ContentImport
from content.models.loaded_rows import LoadedRow
from content.models.lost_links import LostLink
from content.models.publishing import CollectionItem, Publishable
from content.models.redirects import SlugHistoryMixin, SlugRedirect, TitleHistoryMixin
from content.models.site_version import SiteVersion

__all__ = [
    "Collection",
    "ContentImport",
    "LoadedRow",
    "LostLink",
    "CollectionItem",
    "Publishable",
    "SlugHistoryMixin",
    "SiteVersion",
    "SlugRedirect",
    "TitleHistoryMixin",
]
