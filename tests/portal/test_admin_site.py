"""The admin site: name, style and order. Superusers also see internal records."""

import pytest
from django.contrib import admin
from django.http import QueryDict
from django.test import Client

from content.models import SiteVersion, SlugRedirect
from search.models import SearchEntry, SearchWord
from skills.models import Skill
from tests import factories
from tests.admin_forms import admin_url, saved
from tpm_portal.admin_site import PortalAdminSite, readable_query

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def superuser(client: Client) -> Client:
    client.force_login(factories.SuperuserFactory())
    return client


def test_every_page_is_in_the_voice_of_the_portal(superuser: Client) -> None:
    assert isinstance(admin.site._wrapped, PortalAdminSite)  # type: ignore[attr-defined]
    skill = factories.SkillFactory()
    for url in (
        "/admin/",
        admin_url(Skill, "changelist"),
        admin_url(skill, "change"),
        "/admin/auth/user/",
    ):
        page = superuser.get(url).text
        assert ">TPM Portal<" in page
        assert "css/admin.css" in page
    assert "css/admin.css" in Client().get("/admin/login/").text


def test_no_page_holds_scripts_or_styles_that_the_policy_forbids(superuser: Client) -> None:
    level = factories.LevelFactory()
    factories.ExpectationFactory(level=level)
    for url in (
        "/admin/",
        admin_url(Skill, "changelist"),
        admin_url(level, "change"),
        admin_url(level, "history"),
    ):
        response = superuser.get(url)
        assert "script-src 'self'" in response["Content-Security-Policy"]
        page = response.text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count("<script src=") + page.count('<script id="')


def test_what_the_site_keeps_for_itself_is_seen_and_not_touched(superuser: Client) -> None:
    skill = factories.SkillFactory()
    for row in (SearchEntry.objects.get(), SearchWord.objects.first(), SiteVersion.objects.get()):
        assert superuser.get(admin_url(type(row), "changelist")).status_code == 200
        assert superuser.get(admin_url(row, "change")).status_code == 200
        assert superuser.post(admin_url(row, "change"), {"title": "x"}).status_code == 403
        assert superuser.post(admin_url(row, "delete"), {"post": "yes"}).status_code == 403
        assert superuser.get(admin_url(type(row), "add")).status_code == 403
    SlugRedirect.objects.add_redirect(skill, "old")
    redirect = SlugRedirect.objects.get()
    assert superuser.get(admin_url(redirect, "change")).status_code == 200
    assert superuser.post(admin_url(redirect, "change"), {"slug": "new"}).status_code == 403
    assert superuser.post(admin_url(redirect, "delete"), {"post": "yes"}).status_code == 302
    assert not SlugRedirect.objects.exists()


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (
            "q=risk&kind__exact=skill&kind__exact=value",
            "q=risk&kind__exact=skill&kind__exact=value",
        ),
        ("q=a%00b", ""),
        ("a%00b=1&o=1", "o=1"),
        ("id__exact=1234567890123456789", ""),
        ("id__exact=123456789012345678", "id__exact=123456789012345678"),
        ("q=1234567890123456789", "q=1234567890123456789"),
        ("q=" + "x" * 300, "q=" + "x" * 200),
        ("term=" + "a+" * 30, "term=" + "+".join("a" * 16)),
    ],
)
def test_the_admin_sees_of_an_address_what_can_be_looked_up(asked: str, kept: str) -> None:
    assert readable_query(QueryDict(asked)).urlencode() == kept


@pytest.mark.parametrize(
    "page", ["/admin/auth/user/", "/admin/auth/group/", "/admin/axes/accesslog/"]
)
def test_lists_that_are_not_ours_hold_too(superuser: Client, page: str) -> None:
    for query in ("q=%00", "q=" + "a+" * 5_000, "q=" + "x" * 10_000, "id__exact=" + "9" * 30):
        assert superuser.get(f"{page}?{query}").status_code in {200, 302, 400}


@pytest.mark.parametrize(
    "page", ["/admin/auth/user/", "/admin/auth/group/", "/admin/axes/accesslog/"]
)
@pytest.mark.parametrize("value", ["null", "\0", "9" * 30])
def test_no_chosen_row_of_a_list_that_is_not_ours_breaks_it(
    superuser: Client, page: str, value: str
) -> None:
    data = {"action": "delete_selected", "_selected_action": [value], "index": "0"}
    assert superuser.post(page, data).status_code in {200, 302, 400}


def test_a_button_that_no_form_has_is_not_pressed(superuser: Client) -> None:
    assert (
        superuser.post(
            "/admin/content/collection/add/", {"title": "New", "_saveasnew": "1"}
        ).status_code
        == 200
    )
    skill = factories.SkillFactory()
    saved(superuser, admin_url(skill, "change"), _saveasnew="1")
    assert Skill.objects.count() == 1
