"""Base classes of the admin of content.

The admin of collections and of what the site keeps for itself is here too.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

import reversion
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from reversion.models import Version

from content.base_models import Positioned
from content.change_tracking import without_edit_date
from content.models import (
    Collection,
    CollectionItem,
    ContentImport,
    LoadedRow,
    SiteVersion,
    SlugRedirect,
)
from editing.actions import archive, publish, unpublish
from editing.content_admin import ContentAdmin, StrictLookups
from editing.row_locks import lock_rows
from editing.write_lock import save
from search.models import SearchEntry, SearchWord

FULL_COLLECTION = (
    "“{}” has content and was not deleted. Archive it, which hides it all, or delete its content "
    "first."
)

Fieldset = tuple[str | None, dict[str, Any]]

IMPORTED: Fieldset = (
    "Import",
    {
        "classes": ["collapse"],
        "fields": ["external_id", "extra"],
        "description": (
            "Set by imports, so that the next version of the same framework finds its rows again."
        ),
    },
)


class CollectionItemAdmin(ContentAdmin):
    """Base of the admin of rows of a collection.

    Vocabulary, which has no publishing state, uses it as it is.
    """

    choice_related = ("collection",)
    list_display: ClassVar[Any] = ("title", "collection", "updated_at")
    list_filter: ClassVar[Any] = ("collection",)
    list_select_related: ClassVar[Any] = ("collection",)
    search_fields: ClassVar[Any] = ("title", "slug")
    head: tuple[str, ...] = ("title", "slug", "collection", "summary")
    content_fieldsets: tuple[Fieldset, ...] = ()

    def choice_label(self, row: CollectionItem) -> str:
        return row.title if row.collection.is_home else f"{row.title} · {row.collection}"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        home = Collection.objects.filter(is_home=True).values_list("pk", flat=True).first()
        return {"collection": home} | super().get_changeform_initial_data(request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Fieldset]:
        head: Fieldset = (None, {"fields": self.head})
        return [head, *self.content_fieldsets, *self.tail(), IMPORTED]

    def tail(self) -> list[Fieldset]:
        """Fieldsets after those of the subclass."""
        if not issubclass(self.model, Positioned):
            return []
        return [("Order", {"fields": ["position"]})]


class PublishableAdmin(CollectionItemAdmin):
    """Base of the admin of what is published: status and a frozen address."""

    list_display: ClassVar[Any] = (
        "title",
        "status",
        "visible",
        "collection",
        "reviewed_on",
        "updated_at",
    )
    list_filter: ClassVar[Any] = ("status", "collection", "featured")
    actions: ClassVar[Any] = (publish, unpublish, archive)
    show_facets = admin.ShowFacets.ALWAYS

    @admin.display(boolean=True, description="visible")
    def visible(self, row: Any) -> bool:
        """Whether visitors see it: it and all it belongs to is published."""
        return row.is_live

    def frozen(self, request: HttpRequest, obj: Any) -> list[str]:
        fields = super().frozen(request, obj)
        return [*fields, "collection"] if fields else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "published_at", "updated_at"]

    def tail(self) -> list[Fieldset]:
        order = ["position"] if issubclass(self.model, Positioned) else []
        fields = [
            "sources",
            "reviewed_on",
            "change_note",
            "noted_on",
            "status",
            "featured",
            *order,
            "former_titles",
            ("published_at", "updated_at"),
        ]
        description = (
            "Visitors see what is published, at once. While it is a draft, “View on site” shows it "
            "to editors alone. The address is fixed on the first publication; whoever runs the "
            "portal can still give the page another slug in the shell, and the old address then "
            "leads to the new one."
        )
        return [("Sources and publishing", {"fields": fields, "description": description})]

    def view_on_site(self, row: Any) -> str | None:
        """The page itself, without a detour.

        Some kinds only have a place on the pages of others.
        """
        return row.get_absolute_url() if hasattr(row, "get_absolute_url") else None


class ReadOnlyAdmin(StrictLookups):
    """What the site keeps for itself: superusers may look at it, nobody may change it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)


def has_content(collection: Collection) -> bool:
    """Whether any row belongs to this collection."""
    owned = [model for model in apps.get_models() if issubclass(model, CollectionItem)]
    return any(model._base_manager.filter(collection=collection).exists() for model in owned)


@admin.register(Collection)
class CollectionAdmin(ContentAdmin):
    """Collections: everybody may edit them, superusers alone decide which is the portal's own."""

    list_display = ("title", "publisher", "version", "licence", "status", "is_home", "updated_at")
    list_filter = ("status", "language")
    search_fields = ("title", "slug", "publisher")
    readonly_fields = ("published_at", "updated_at")
    actions = (publish, unpublish, archive, "delete_selected")
    hints = {
        "slug": (
            "The last part of its address, and the first part of the addresses of all its pages."
        ),
        "licence_url": "Where the licence can be read.",
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
            "Licence",
            {
                "fields": ("licence", "licence_url", "attribution", "modified", "notices"),
                "description": (
                    "Named on every page and in every export of this collection, as its "
                    "publisher asks for."
                ),
            },
        ),
        (
            "Publishing",
            {
                "fields": ("status", "position", "is_home", ("published_at", "updated_at")),
                "description": (
                    "Nothing of a collection is visible until the collection itself is published."
                ),
            },
        ),
    )

    def frozen(self, request: HttpRequest, obj: Any) -> list[str]:
        """All short addresses hang on which collection is the portal's own."""
        own = [] if request.user.is_superuser else ["is_home"]
        return [*super().frozen(request, obj), *own]

    def view_on_site(self, row: Collection) -> str:
        return row.get_absolute_url()

    def reversion_register(self, model: type[Model], **options: Any) -> None:
        """Keep the history of a collection that has no content, with what the site keeps of it.

        It leaves out what is decided on its form alone.
        """
        super().reversion_register(model, **options, exclude=["is_home"])
        for kept in (ContentImport, SlugRedirect):
            reversion.register(kept)

    def bring_back(self, version: Version) -> None:
        """Which collection is the portal's own stays as it is: superusers alone decide that."""
        rows = self.model.objects.filter(pk=version.object_id)
        is_home = rows.filter(is_home=True).exists()
        super().bring_back(version)
        with without_edit_date():
            rows.update(is_home=is_home)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = partial(super().delete_view, request, object_id, extra_context)

        def answer() -> HttpResponse:
            row: Any = self.get_object(request, unquote(object_id))
            if (
                row
                and self.has_delete_permission(request, row)
                and self._refuse_full(request, [row])
            ):
                return HttpResponseRedirect(
                    reverse("admin:content_collection_change", args=[row.pk])
                )
            return view()

        return save(request, answer) if request.method == "POST" else answer()

    @admin.action(description=delete_selected.short_description, permissions=["delete"])
    def delete_selected(
        self, request: HttpRequest, queryset: QuerySet[Collection]
    ) -> HttpResponse | None:
        """In place of the action of this name that deletes rows of any kind."""
        lock_rows([queryset])
        return (
            None
            if self._refuse_full(request, queryset)
            else delete_selected(self, request, queryset)
        )

    def _refuse_full(self, request: HttpRequest, collections: Iterable[Collection]) -> bool:
        """Tell which of these are not deleted because of their content; whether there is any.

        A deletion would take thousands of rows along: too many to keep with it, and to bring back
        in one request.
        """
        full = [collection for collection in collections if has_content(collection)]
        for collection in full:
            self.message_user(request, FULL_COLLECTION.format(collection), messages.ERROR)
        return bool(full)

    def get_deleted_objects(
        self, objs: Iterable[Collection], request: HttpRequest
    ) -> tuple[list[Any], dict[Any, int], set[Any], list[Any]]:
        """What the site keeps of a collection goes along.

        Nobody has, or needs, the right to delete it alone.
        """
        deleted, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        kept = {model._meta.verbose_name for model in (SearchEntry, LoadedRow, ContentImport)}
        return deleted, counts, forbidden - kept, protected


@admin.register(SlugRedirect)
class SlugRedirectAdmin(StrictLookups):
    """Former addresses, made by renaming; one that is no longer wanted can be deleted."""

    list_display = ("slug", "kind", "collection", "object_id")
    list_filter = ("kind", "collection")
    list_select_related = ("collection",)
    search_fields = ("slug",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin):
    """What the search sees."""

    list_display = ("title", "kind", "collection", "url")
    list_filter = ("kind", "collection")
    list_select_related = ("collection",)
    search_fields = ("title", "aliases")


@admin.register(SearchWord)
class SearchWordAdmin(ReadOnlyAdmin):
    """The words by which the search completes an unfinished one."""

    search_fields = ("word",)
    show_full_result_count = False


@admin.register(LoadedRow)
class LoadedRowAdmin(ReadOnlyAdmin):
    """What the last load of a pack left, by which the next one knows what was edited here."""

    list_display = ("table", "key", "collection", "object_id")
    list_filter = ("table", "collection")
    list_select_related = ("collection",)
    search_fields = ("key",)


@admin.register(ContentImport)
class ContentImportAdmin(ReadOnlyAdmin):
    """What was loaded when, from where, and how many rows of which table it wrote."""

    list_display = ("collection", "version", "imported_at", "origin", "note")
    list_filter = ("collection",)
    list_select_related = ("collection",)
    search_fields = ("origin",)


@admin.register(SiteVersion)
class SiteVersionAdmin(ReadOnlyAdmin):
    """How often content has changed."""
