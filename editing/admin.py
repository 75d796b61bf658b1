"""Base classes of the admin of rows of collections, and the admin of the tables of `content`.

The latter are collections, and the records that the site itself writes.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar, TypeAlias

import reversion
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from reversion.models import Version

from content import Row, Untyped
from content.base_models import ContentModel, Positioned
from content.change_tracking import without_edit_date
from content.models import (
    Collection,
    CollectionItem,
    ContentImport,
    LoadedRow,
    SiteVersion,
    SlugRedirect,
)
from editing.content_admin import ContentAdmin, StrictLookups, archive, publish, unpublish
from editing.history import NestedTexts
from search.models import SearchEntry, SearchWord
from transactions.row_locks import lock_rows
from transactions.write_lock import respond_in_transaction

COLLECTION_WITH_CONTENT = (
    "“{}” was not deleted because it has content. Archive it to hide all of its content, or "
    "delete the content first."
)

#: The heading and the options of a group of fields on a form. The stubs keep its type private.
Fieldset: TypeAlias = Untyped
IMPORTED: Fieldset = (
    "Import",
    {
        "classes": ["collapse"],
        "fields": ["external_id", "extra"],
        "description": (
            "Set by imports, which use it to match the rows of the next version of the same "
            "framework."
        ),
    },
)
PUBLISHING_DESCRIPTION = (
    "What you publish is visible immediately. While it is a draft, only editors can open it with "
    "“View on site.” The address is fixed once it has been published. After that, only an "
    "administrator can change the slug, in the shell; the old address then redirects to the new "
    "one."
)


class CollectionItemAdmin(ContentAdmin):
    """The base class of the admin of rows that belong to a collection.

    The vocabulary, which is not published by itself, uses it directly.
    """

    choice_related = ("collection",)
    list_display: tuple[str, ...] = ("title", "collection", "updated_at")
    list_filter: ClassVar[tuple[str, ...]] = ("collection",)
    list_select_related: ClassVar[tuple[str, ...]] = ("collection",)
    search_fields: ClassVar[tuple[str, ...]] = ("title", "slug")
    main_fields: tuple[str, ...] = ("title", "slug", "collection", "summary")
    content_fieldsets: tuple[Fieldset, ...] = ()

    def choice_label(self, row: CollectionItem) -> str:
        return row.title if row.collection.is_home else f"{row.title} · {row.collection}"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Untyped]:
        """Offers the portal's own collection for a new row."""
        home_keys = Collection.objects.filter(is_home=True).values_list("pk", flat=True)
        return {"collection": home_keys.first()} | super().get_changeform_initial_data(request)

    def get_fieldsets(self, request: HttpRequest, obj: Row | None = None) -> list[Fieldset]:
        main: Fieldset = (None, {"fields": self.main_fields})
        return [main, *self.content_fieldsets, *self.last_fieldsets(), IMPORTED]

    def last_fieldsets(self) -> list[Fieldset]:
        """The fieldsets after `content_fieldsets`."""
        if not issubclass(self.model, Positioned):
            return []
        return [("Order", {"fields": ["position"]})]


class PublishableAdmin(CollectionItemAdmin):
    """The base class of the admin of rows with a publishing state."""

    list_display: tuple[str, ...] = (
        "title",
        "status",
        "visible",
        "collection",
        "reviewed_on",
        "updated_at",
    )
    list_filter: ClassVar[tuple[str, ...]] = ("status", "collection", "featured")
    actions: tuple[Callable[..., HttpResponseBase | None], ...] = (publish, unpublish, archive)
    show_facets = admin.ShowFacets.ALWAYS

    @admin.display(boolean=True, description="visible")
    def visible(self, row: ContentModel) -> bool:
        """Whether visitors see the row, which needs all its ancestors to be published."""
        return row.is_live

    def get_frozen_fields(self, request: HttpRequest, obj: Model | None) -> list[str]:
        fields = super().get_frozen_fields(request, obj)
        return [*fields, "collection"] if fields else []

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "published_at", "updated_at"]

    def last_fieldsets(self) -> list[Fieldset]:
        fields: list[str | tuple[str, ...]] = [
            "sources",
            "reviewed_on",
            "change_note",
            "noted_on",
            "status",
            "featured",
        ]
        if issubclass(self.model, Positioned):
            fields.append("position")
        fields += ["former_titles", ("published_at", "updated_at")]
        options = {"fields": fields, "description": PUBLISHING_DESCRIPTION}
        return [("Sources and publishing", options)]

    def view_on_site(self, row: Model) -> str | None:
        """The URL of the page itself, without a redirect; some rows have no page of their own."""
        return row.get_absolute_url() if hasattr(row, "get_absolute_url") else None


class RecordAdmin(StrictLookups):
    """Records that the site writes: no one may add or change them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyAdmin(RecordAdmin):
    """Records that superusers may see, and that no one may delete."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)


def has_content(collection: Collection) -> bool:
    """Whether any row belongs to this collection."""
    for model in apps.get_models():
        if not issubclass(model, CollectionItem):
            continue
        if model._base_manager.filter(collection=collection).exists():
            return True
    return False


@admin.register(Collection)
class CollectionAdmin(ContentAdmin):
    """Collections; only superusers may change which one is the portal's own (`is_home`)."""

    list_display = ("title", "publisher", "version", "license", "status", "is_home", "updated_at")
    list_filter = ("status", "language")
    search_fields = ("title", "slug", "publisher")
    readonly_fields = ("published_at", "updated_at")
    actions = (publish, unpublish, archive, "delete_selected")
    hints = {
        "slug": (
            "The last part of its address, and the first part of the addresses of all its pages."
        ),
        "license_url": "Where the license can be read.",
        "source_url": "Where the publisher offers it.",
    }
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "slug",
                    "summary",
                    "publisher",
                    "version",
                    "source_url",
                    "language",
                )
            },
        ),
        (
            "License",
            {
                "fields": ("license", "license_url", "attribution", "modified", "notices"),
                "description": (
                    "Shown on every page and in every export of this collection, as its "
                    "publisher requires."
                ),
            },
        ),
        (
            "Publishing",
            {
                "fields": ("status", "position", "is_home", ("published_at", "updated_at")),
                "description": (
                    "No content of a collection is visible until the collection itself is "
                    "published."
                ),
            },
        ),
    )

    def get_frozen_fields(self, request: HttpRequest, obj: Model | None) -> list[str]:
        """Only superusers may change `is_home`, which changes all short URLs."""
        fields = super().get_frozen_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_home"]

    def view_on_site(self, row: Collection) -> str:
        return row.get_absolute_url()

    def reversion_register(self, model: type[Model], **options: object) -> None:
        """Also stores versions of the imports and redirects that are deleted with a collection.

        Versions leave out `is_home`, so that reverting does not change it.
        """
        super().reversion_register(model, **options, exclude=["is_home"])
        for record_model in (ContentImport, SlugRedirect):
            reversion.register(record_model)

    def revert_to(self, version: Version) -> None:
        """Leaves `is_home` as it is stored, because only superusers may change it."""
        rows = self.model.objects.filter(pk=version.object_id)
        is_home = rows.filter(is_home=True).exists()
        super().revert_to(version)
        with without_edit_date():
            rows.update(is_home=is_home)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Redirects to the form of a collection that has content, with the reason."""
        view = partial(super().delete_view, request, object_id, extra_context)

        def respond() -> HttpResponse:
            collection = self.get_object(request, unquote(object_id))
            if (
                isinstance(collection, Collection)
                and self.has_delete_permission(request, collection)
                and self._refuse_deletion(request, [collection])
            ):
                return HttpResponseRedirect(self.page_url("change", collection.pk))
            return view()

        return respond_in_transaction(request, respond)

    @admin.action(description="Delete selected %(verbose_name_plural)s", permissions=["delete"])
    def delete_selected(
        self, request: HttpRequest, queryset: QuerySet[Collection]
    ) -> HttpResponse | None:
        """Replaces Django's action of this name."""
        lock_rows([queryset])
        if self._refuse_deletion(request, queryset):
            return None
        return delete_selected(self, request, queryset)

    def _refuse_deletion(self, request: HttpRequest, collections: Iterable[Collection]) -> bool:
        """Report those of these collections that have content, and so cannot be deleted.

        Thousands of rows would be deleted with them: too many to store their versions, and to
        recover them in one request.

        :returns: whether there are any.
        """
        is_refused = False
        for collection in collections:
            if has_content(collection):
                message = COLLECTION_WITH_CONTENT.format(collection)
                self.message_user(request, message, messages.ERROR)
                is_refused = True
        return is_refused

    def get_deleted_objects(
        self, objs: Sequence[Model] | QuerySet, request: HttpRequest
    ) -> tuple[NestedTexts, dict[str, int], set[str], NestedTexts]:
        """Needs no permission for the records of the site, which no one may delete alone."""
        deleted, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        records = {model._meta.verbose_name for model in (SearchEntry, LoadedRow, ContentImport)}
        return deleted, counts, forbidden - records, protected


@admin.register(SlugRedirect)
class SlugRedirectAdmin(RecordAdmin):
    """Redirects from former URLs, which renaming a row creates; they can be deleted."""

    list_display = ("slug", "kind", "collection", "object_id")
    list_filter = ("kind", "collection")
    list_select_related = ("collection",)
    search_fields = ("slug",)


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin):
    """The entries of the search index."""

    list_display = ("title", "kind", "collection", "url")
    list_filter = ("kind", "collection")
    list_select_related = ("collection",)
    search_fields = ("title", "aliases")


@admin.register(SearchWord)
class SearchWordAdmin(ReadOnlyAdmin):
    """The words by which the search completes the beginning of a word."""

    search_fields = ("word",)
    show_full_result_count = False


@admin.register(LoadedRow)
class LoadedRowAdmin(ReadOnlyAdmin):
    """The rows of the last load of a pack; the next load compares them to find edits."""

    list_display = ("table", "key", "collection", "object_id")
    list_filter = ("table", "collection")
    list_select_related = ("collection",)
    search_fields = ("key",)


@admin.register(ContentImport)
class ContentImportAdmin(ReadOnlyAdmin):
    """Loads: when, from where, and how many rows of each table they wrote."""

    list_display = ("collection", "version", "imported_at", "origin", "note")
    list_filter = ("collection",)
    list_select_related = ("collection",)
    search_fields = ("origin",)


@admin.register(SiteVersion)
class SiteVersionAdmin(ReadOnlyAdmin):
    """The number of changes of content."""
