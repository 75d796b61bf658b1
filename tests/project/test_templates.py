"""Every template compiles, is used somewhere, and gets the variables it needs."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client

from content.base_models import Status
from content.models import Collection
from interviews.models import Question, QuestionSet
from ladders.models import Ladder, Level
from skills.models import Skill, SkillDescriptor
from tests.admin_forms import admin_url, opened
from tests.factories import EditorFactory, SkillFactory
from tests.portal.packs_sent import FILES, PACK, next_step, sent, zipped
from tests.project.conftest import Visit
from tests.project.walk import Walk
from tests.project.watching import OURS, rendered_templates, unknown_variables
from tests.project.world import World
from tpm_portal.environment import BASE_DIR

pytestmark = [pytest.mark.one_database, pytest.mark.xdist_group("walk"), pytest.mark.thorough]


@pytest.mark.parametrize("name", OURS)
def test_a_template_compiles(name: str) -> None:
    assert get_template(name).template.nodelist


def test_the_page_of_a_fault_looks_like_all_others_and_looks_no_address_up() -> None:
    """Looking up static files may be what failed, so the page uses names that never change.

    It does not need the print style sheet, web fonts, suggestions, or the script for submitted
    forms.
    """
    fault, others = (
        (BASE_DIR / "templates" / name).read_text() for name in ("500.html", "base.html")
    )
    linked = set(re.findall(r'"/static/([^"]+)"', fault))
    assert linked == set(re.findall(r"{% static '([^']+)' %}", others)) - {
        "css/print.css",
        "fonts/fonts.css",
        "fonts/sans-400.woff2",
        "fonts/serif-600.woff2",
        "js/suggestions.js",
        "js/answered-form.js",
    }
    assert "{%" not in fault


def go_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Meet every error that a visitor can meet."""
    assert Client(headers={"host": "evil.test"}).get("/").status_code == 400
    assert Client(enforce_csrf_checks=True).post("/admin/login/").status_code == 403
    guesses = [
        Client().post("/admin/login/", {"username": "ada", "password": "?"}) for _ in range(5)
    ]
    assert guesses[-1].status_code == 429
    with monkeypatch.context() as patch:
        patch.setattr("content.pages.allowed_query", lambda *args: 1 / 0)
        caches["pages"].clear()
        assert Client(raise_request_exception=False).get("/").status_code == 500


def assess(world: dict[type[Model], Any]) -> None:
    """Answer to what a level asks, and fall short of it."""
    address, name = world[Level].get_assessment_url(), f"r-{world[Skill].key}"
    assert b"Focus areas" in Client().post(address, {name: "none_yet", "n-x": "1"}).content
    assert (
        b"no longer a proficiency of this skill"
        in Client().post(address, {name: "gone", "as": "carry"}).content
    )


def calibrate(world: dict[type[Model], Any]) -> None:
    """Compare the blank scorecard of a set with itself."""
    blank = Client().get(f"/interviews/sets/{world[QuestionSet].key}/scorecard.csv").getvalue()  # type: ignore[attr-defined]
    files = [SimpleUploadedFile(name, blank) for name in ("a.csv", "b.csv")]
    assert (
        b"No one assessed"
        in Client().post("/interviews/calibration/", {"scorecards": files}).content
    )


def edit(world: dict[type[Model], Any]) -> None:
    """Open forms of the admin, and save over what someone else has saved."""
    client = Client()
    assert client.get("/admin/login/").status_code == 200
    client.force_login(EditorFactory())
    for row in (world[Ladder], world[Question]):
        assert client.get(admin_url(row, "change")).status_code == 200
    assert client.get(SkillFactory(status=Status.DRAFT).get_absolute_url()).status_code == 200
    address = admin_url(world[Skill], "change")
    stale = opened(client, address)
    assert client.post(address, stale | {"title": "Hazards"}).status_code == 302
    assert client.post(address, stale | {"title": "Dangers"}).context["conflict"]
    assert client.get("/admin/auth/user/").status_code == 403
    bring_in(client, world)


def bring_in(client: Client, world: dict[type[Model], Any]) -> None:
    """Open the import and export pages. The files that are sent differ from what is stored."""
    for address in ("/admin/", "/admin/tables/", admin_url(world[Collection], "change")):
        assert client.get(address).status_code == 200
    question_set = world[QuestionSet]
    assert client.get(admin_url(question_set, "change")).status_code == 200
    content = client.get(admin_url(question_set, "csv")).getvalue()  # type: ignore[attr-defined]
    edited = (
        content.replace(b'"yes"', b'"no"')
        + b'"",' * (content.partition(b"\r\n")[0].count(b","))
        + b'"x"'
    )
    assert sent(client, admin_url(question_set, "import_csv"), edited, "set.csv").status_code == 200
    assert sent(client, PACK, zipped(FILES | {"skills.csv": "id,title\nx,\n"})).status_code == 200
    next_step(client, sent(client, PACK, zipped(FILES)), "load")
    SkillDescriptor.objects.filter(skill__slug="risk", skill__collection__slug="other").update(
        text="Edited."
    )
    assert sent(client, PACK, zipped(FILES)).status_code == 200


@pytest.mark.django_db
def test_every_template_is_shown_somewhere_and_asks_only_for_what_it_is_given(
    visit: Visit, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rendered_templates() as templates:
        with unknown_variables() as unknown:
            go_wrong(monkeypatch)
            assess(world)
        public = visit.templates | templates
        calibrate(world)
        edit(world)
    assert set(OURS) - visit.templates - templates == set()
    assert len(OURS) > 40
    assert len(public & set(OURS)) > 35
    assert visit.unknown | unknown == set()


def test_an_unknown_variable_is_seen() -> None:
    text = (
        "{{ role.title }}{{ role.titel }}{% if rolle %}{% endif %}{{ none.title }}{% for x in all "
        "%}{% endfor %}"
    )
    with unknown_variables() as unknown:
        Template(text).render(Context({"role": Skill(title="Risk"), "none": None}))
    assert {name for _, name in unknown} == {"role.titel", "rolle", "all"}


@pytest.mark.drawn(2, of="long round trips")
@pytest.mark.django_db
def test_an_empty_portal_has_whole_pages_too(client: Client) -> None:
    with unknown_variables() as unknown:
        walk = Walk(client, ["/search/?q=risk"])
    assert walk.statuses == {200}
    assert len(walk.pages()) > 10
    assert unknown == set()
