"""The admin site: Django's own, in the portal's words, deaf to what no database can look up."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme

from editing.fields import FieldsMixin, is_key
from tpm_portal.login_form import LoginForm
from tpm_portal.upload_pages import addresses, doors_for

HUGE_NUMBER = re.compile(r"\d{19}")
SEARCH_LENGTH = 200
SEARCH_WORDS = 16
SEARCHES = (SEARCH_VAR, "term")
#: The name of a button of Django's that no form here has.
SAVE_AS_NEW = "_saveasnew"
ORDER = ["roles", "skills", "ladders", "interviews", "guides", "content"]


class LabelledChoices(AutocompleteJsonView):
    """The answers of search fields, with labels that tell namesakes of collections apart."""

    def get_queryset(self) -> QuerySet[Any]:
        related = (
            self.model_admin.choice_related if isinstance(self.model_admin, FieldsMixin) else ()
        )
        rows = super().get_queryset()
        return rows.select_related(*related) if related else rows

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        return (
            result | {"text": self.model_admin.choice_label(obj)}
            if isinstance(self.model_admin, FieldsMixin)
            else result
        )


class PortalAdminSite(AdminSite):
    """The admin of TPM Portal."""

    site_header = "TPM Portal"
    site_title = "TPM Portal"
    index_title = "Edit the portal"
    login_form = LoginForm

    def admin_view(  # type: ignore[override]
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        return super().admin_view(with_readable_query(view), cacheable)

    def get_urls(self) -> list[Any]:
        return [*addresses(self), *super().get_urls()]

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Whoever has logged in meanwhile, in another tab, goes to the page that asked for it."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        is_ours = url_has_allowed_host_and_scheme(
            wanted, {request.get_host()}, require_https=request.is_secure()
        )
        if request.method == "GET" and is_ours and self.has_permission(request):
            return HttpResponseRedirect(wanted)
        return super().login(request, extra_context)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        return super().index(request, {"doors": doors_for(request.user)} | (extra_context or {}))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return LabelledChoices.as_view(admin_site=self)(request)  # type: ignore[return-value]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """In the order in which the content builds up.

        What belongs to the site itself comes last.
        """
        apps = super().get_app_list(request, app_label)
        return sorted(
            apps,
            key=lambda app: (
                ORDER.index(app["app_label"]) if app["app_label"] in ORDER else len(ORDER)
            ),
        )


def with_readable_query(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view see only what can be looked up in either database.

    Tell if that is less than was asked for.
    """

    @wraps(view)
    def readable_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = readable(request.GET)
        if query != request.GET:
            messages.warning(
                request, "Part of the address was too long or could not be read, and was left out."
            )
            request.GET = query  # type: ignore[assignment]
            request.META["QUERY_STRING"] = query.urlencode()
        if request.method == "POST":
            request.POST = offered(request.POST)  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    return readable_view


def readable(query: QueryDict) -> QueryDict:
    """Without parameters that no column can hold, and without an empty name of a field.

    Searches are cut to a sensible length and number of words.
    """
    kept = QueryDict(mutable=True)
    for key, values in query.lists():
        clean = [
            _cut(value) if key in SEARCHES else value
            for value in values
            if not _is_unreadable(key, value)
        ]
        if clean:
            kept.setlist(key, clean)
    return kept


def offered(data: QueryDict) -> QueryDict:
    """Without what no page of the admin offers.

    That is chosen rows that are no keys, the button that saves a copy, and an empty name of the
    field by which a row is chosen.
    """
    chosen = data.getlist(ACTION_CHECKBOX_NAME)
    unknown = [SAVE_AS_NEW] if SAVE_AS_NEW in data else []
    if data.get(TO_FIELD_VAR) == "":
        unknown.append(TO_FIELD_VAR)
    if not unknown and all(map(is_key, chosen)):
        return data
    kept = data.copy()
    for name in unknown:
        del kept[name]
    kept.setlist(ACTION_CHECKBOX_NAME, [key for key in chosen if is_key(key)])
    return kept


def _is_unreadable(key: str, value: str) -> bool:
    """NUL stops PostgreSQL, a number of 19 digits SQLite.

    In a search such a number is a word like others. Django looks for a field without a name.
    """
    if key == TO_FIELD_VAR and not value:
        return True
    return "\0" in key + value or (key not in SEARCHES and bool(HUGE_NUMBER.search(value)))


def _cut(search: str) -> str:
    words = search[:SEARCH_LENGTH].split(" ")
    return " ".join(words[:SEARCH_WORDS])
