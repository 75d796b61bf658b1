"""The starter pack loads completely, loads again unchanged, and is searchable on each database."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from content.models import SiteVersion
from interchange.packs import TABLES
from packs.loading import load_pack
from packs.report import Report
from packs.sources import FolderPack
from tests.search.search_entries import titles
from tpm_portal.operations.preparation import STARTER_PACK

pytestmark = pytest.mark.django_db

IC4 = ["Dropbox: Technical Program Manager", "Meta: levels of TPMs", "Oracle: levels of TPMs"]


@pytest.fixture(scope="module", autouse=True)
def report(django_db_setup: None, django_db_blocker: Any) -> Iterator[Report]:
    """The pack, loaded once for all tests here and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_pack(FolderPack(STARTER_PACK), TABLES)
        transaction.set_rollback(True)


def test_it_loads_whole_and_into_fields_only(report: Report) -> None:
    assert report.refusals == []
    assert report.extra_columns == {}
    assert report.created.total() > 1000
    assert report.changed.total() == report.unchanged.total() == 0


def test_it_loads_again_without_change(report: Report) -> None:
    before = SiteVersion.objects.get().version
    again = load_pack(FolderPack(STARTER_PACK), TABLES)
    assert (again.refusals, again.created, again.changed) == ([], {}, {})
    assert again.unchanged == report.created
    assert SiteVersion.objects.get().version == before


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("tpm", ["What a technical program manager does"]),
        ("risk", ["Risk management", "Spot a risk before others do"]),
        ("RISKS", ["Risk management", "Spot a risk before others do"]),
        ("star", ["STAR", "STARR"]),
        ("communication", ["Communication", "Executive communication"]),
        ("communicating", ["Communication", "Executive communication"]),
        ("program manager", ["Program manager"]),
        ("senior", ["Senior TPM (R4) · Reference TPM ladder"]),
        ("staff", ["Chief of staff", "Staff TPM (R5) · Reference TPM ladder"]),
        ("IC4", [f"Technical Program Manager (IC4) · {ladder}" for ladder in IC4]),
        ("a", []),
        ("the", []),
    ],
)
def test_the_search_finds_the_same_first_on_every_database(query: str, first: list[str]) -> None:
    assert titles(query)[: len(first) or None] == first
