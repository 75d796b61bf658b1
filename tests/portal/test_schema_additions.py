"""A database of an early version is made to fit with all its rows.

It lacks tables, columns and rules.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from interviews.models import SetSection
from tests.factories import SetSectionFactory
from tests.prepared import copied_portal
from tests.serving import Portal
from tpm_portal.schema_additions import name_sections

EARLIER = """
from django.db import connection
from skills.models import Skill
Skill.objects.filter(slug="risk-management").update(summary="Ours.")
statements = [
    "DROP TABLE skills_skill_related",
    "DROP TABLE skills_indicator",
    "DROP INDEX interviews_anchor_one_general",
    "ALTER TABLE content_collection DROP COLUMN modified",
    "ALTER TABLE content_searchentry DROP COLUMN change_note",
    "ALTER TABLE interviews_probe DROP COLUMN depth",
]
with connection.cursor() as cursor:
    for statement in statements:
        cursor.execute(statement)
"""
DIFFERING = [
    "DROP TABLE skills_indicator",
    "ALTER TABLE guides_guide RENAME COLUMN summary TO about",
]
FOUND = """
from search.results import find
from interviews.models import Probe
from skills.models import Skill
skill = Skill.objects.get(slug="risk-management")
print(skill.summary, skill.related.count(), Probe.objects.filter(depth=0).exists(), \
bool(find("risk").ranking))
"""


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal that was edited, and whose migrations did not make yet what they make now."""
    with copied_portal(tmp_path_factory.mktemp("earlier"), "earlier") as (portal, _):
        shell(portal, EARLIER)
        yield portal


def shell(portal: Portal, code: str) -> str:
    return portal.manage("shell", "--no-imports", "-c", code).strip()


@pytest.mark.thorough
def test_what_an_early_version_did_not_make_is_added_and_no_row_is_lost(earlier: Portal) -> None:
    refusal = earlier.refusal()
    assert "and 5 more differences" in refusal
    assert "run `manage.py add_missing_columns`" in refusal
    assert earlier.manage("add_missing_columns").endswith(
        "\n6 additions. Now start the portal, or run `manage.py migrate`.\n"
    )
    assert "no issues" in earlier.manage("check")
    assert shell(earlier, FOUND) == "Ours. 0 True True"


@pytest.mark.django_db
def test_where_more_differs_than_what_is_missing_nothing_is_added() -> None:
    with connection.cursor() as cursor:
        for statement in DIFFERING:
            cursor.execute(statement)
    with pytest.raises(CommandError, match="go back to the version that made it"):
        call_command("add_missing_columns")
    assert "skills_indicator" not in connection.introspection.table_names()


@pytest.mark.django_db
def test_sections_that_had_no_name_in_packs_get_one_from_their_titles() -> None:
    named = SetSectionFactory(title="Opening")
    unnamed = SetSectionFactory(question_set=named.question_set, title="Opening")
    SetSection.objects.filter(pk=unnamed.pk).update(slug="")
    other = SetSectionFactory(title="?")
    SetSection.objects.filter(pk=other.pk).update(slug="")
    name_sections(apps)
    assert [*SetSection.objects.order_by("pk").values_list("slug", flat=True)] == [
        "opening",
        "opening-2",
        "section",
    ]
