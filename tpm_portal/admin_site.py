"""The admin site: Django's own, without requests that no database can look up."""

import re
from collections.abc import Callable
from functools import wraps

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
from django.urls import URLPattern, URLResolver
from django.utils.http import url_has_allowed_host_and_scheme

from editing.fields import FieldsMixin, is_key
from tpm_portal.forms import LoginForm
from tpm_portal.importers import importer_links, url_patterns

View = Callable[..., HttpResponse]
ExtraContext = dict[str, object] | None

#: SQLite cannot look up numbers of 19 digits.
HUGE_NUMBER = re.compile(r"\d{19}")
MAX_SEARCH_LENGTH = 200
MAX_SEARCH_WORDS = 16
SEARCH_PARAMS = (SEARCH_VAR, "term")
#: The name of a button of Django's that no form here has.
SAVE_AS_NEW = "_saveasnew"
#: The apps in the order in which content is built up; other apps follow.
APP_ORDER = ["roles", "skills", "ladders", "interviews", "guides", "search", "content"]
APP_POSITIONS = {label: position for position, label in enumerate(APP_ORDER)}
UNREADABLE_QUERY = "Part of the address was too long or could not be read, and was left out."


class LabeledAutocompleteView(AutocompleteJsonView):
    """The results of search fields, with labels that differ for rows with the same title."""

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        if isinstance(self.model_admin, FieldsMixin) and self.model_admin.choice_related:
            return rows.select_related(*self.model_admin.choice_related)
        return rows

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        if isinstance(self.model_admin, FieldsMixin):
            result["text"] = self.model_admin.choice_label(obj)
        return result


class PortalAdminSite(AdminSite):
    """The admin of TPM Portal."""

    site_header = "TPM Portal"
    site_title = "TPM Portal"
    index_title = "Edit the portal"
    login_form = LoginForm

    def admin_view(  # type: ignore[override]
        self, view: View, cacheable: bool = False
    ) -> View:
        return super().admin_view(_with_readable_query(view), cacheable)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [*url_patterns(self), *super().get_urls()]

    def login(self, request: HttpRequest, extra_context: ExtraContext = None) -> HttpResponse:
        """Redirects a user who has since logged in, in another tab, to the requested page."""
        next_url = request.GET.get(REDIRECT_FIELD_NAME, "")
        is_own_url = url_has_allowed_host_and_scheme(
            next_url, {request.get_host()}, require_https=request.is_secure()
        )
        if request.method == "GET" and is_own_url and self.has_permission(request):
            return HttpResponseRedirect(next_url)
        return super().login(request, extra_context)

    def index(self, request: HttpRequest, extra_context: ExtraContext = None) -> TemplateResponse:
        context = {"importer_links": importer_links(request.user), **(extra_context or {})}
        return super().index(request, context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """The results of all search fields of the admin, as JSON."""
        view = LabeledAutocompleteView.as_view(admin_site=self)
        return view(request)  # type: ignore[return-value]

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, object]]:
        """The apps in the order of `APP_ORDER`."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: APP_POSITIONS.get(app["app_label"], len(apps)))


def _with_readable_query(view: View) -> View:
    """The view, which only sees parameters that can be looked up in either database.

    A message says if others were removed.
    """

    @wraps(view)
    def view_with_readable_query(
        request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        query = readable_query(request.GET)
        if query != request.GET:
            messages.warning(request, UNREADABLE_QUERY)
            request.GET = query  # type: ignore[assignment]
            request.META["QUERY_STRING"] = query.urlencode()
        if request.method == "POST":
            request.POST = known_post_data(request.POST)  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    return view_with_readable_query


def readable_query(query: QueryDict) -> QueryDict:
    """The query without values that no column can have, and with short searches.

    NUL stops PostgreSQL, a number of 19 digits SQLite; in a search such a number is a word like
    any other.
    """
    readable = QueryDict(mutable=True)
    for name, values in query.lists():
        readable_values = [value for value in values if _is_readable(name, value)]
        if name in SEARCH_PARAMS:
            readable_values = list(map(_shorten_search, readable_values))
        if readable_values:
            readable.setlist(name, readable_values)
    return readable


def known_post_data(data: QueryDict) -> QueryDict:
    """The data without what no page of the admin sends.

    These are selected rows that are not primary keys, the button that saves a copy, and an empty
    name of the field by which a row is selected.
    """
    known = data.copy()
    known.pop(SAVE_AS_NEW, None)
    if not known.get(TO_FIELD_VAR):
        known.pop(TO_FIELD_VAR, None)
    if ACTION_CHECKBOX_NAME in known:
        keys = filter(is_key, known.getlist(ACTION_CHECKBOX_NAME))
        known.setlist(ACTION_CHECKBOX_NAME, list(keys))
    return known


def _is_readable(name: str, value: str) -> bool:
    if "\0" in name + value:
        return False
    if name == TO_FIELD_VAR and not value:
        return False  # Django would look for a field without a name
    return name in SEARCH_PARAMS or not HUGE_NUMBER.search(value)


def _shorten_search(search: str) -> str:
    words = search[:MAX_SEARCH_LENGTH].split(" ")
    return " ".join(words[:MAX_SEARCH_WORDS])
