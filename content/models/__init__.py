"""The models of the content app, and the base classes of rows of collections."""

from content.models.collections import (
    Collection,
    CollectionItem,
    Publishable,
    refuse_reserved_slug,
)
from content.models.records import ContentImport, LoadedRow, LostLink, SiteVersion
from content.models.redirects import SlugHistoryMixin, SlugRedirect, TitleHistoryMixin

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
    "refuse_reserved_slug",
]
