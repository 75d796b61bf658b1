"""The CSV file of the levels of all ladders by band."""

import csv
import io

import pytest
from django.test import Client

from tests.factories import BandFactory, LadderFactory, LevelFactory
from tests.showing import HIDDEN, set_status

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def rows() -> list[dict[str, str]]:
    answer = Client().get("/ladders/bands.csv")
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))  # type: ignore[attr-defined]


def test_every_mapping_has_its_relation_confidence_source_and_date() -> None:
    ladder = LadderFactory(
        title="Acme",
        organization="Acme",
        source_url="https://acme.test/levels",
        observed_on="2026-03-02",
    )
    senior, staff = BandFactory(title="Senior"), BandFactory(title="Staff")
    LevelFactory(
        ladder=ladder, title="Lead", code="L5", band=senior, band_to=staff, band_confidence="low"
    )
    LevelFactory(ladder=ladder, title="Unmapped")
    assert rows() == [
        {
            "ladder": "Acme",
            "organization": "Acme",
            "level": "Lead",
            "code": "L5",
            "band": "Senior",
            "band_to": "Staff",
            "relation": "overlaps",
            "confidence": "low",
            "source": "https://acme.test/levels",
            "observed_on": "2026-03-02",
        }
    ]


def test_a_hidden_ladder_is_not_in_it() -> None:
    level = LevelFactory(band=BandFactory())
    assert len(rows()) == 1
    for status in HIDDEN:
        set_status(level.ladder, status)
        assert rows() == []
