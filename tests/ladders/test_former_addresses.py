"""Former addresses work after a level, its ladder or its collection was renamed."""

import pytest
from django.test import Client

from content.base_models import Status
from ladders.models import Level
from tests.factories import LadderFactory, LevelFactory
from tests.showing import set_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def level() -> Level:
    return LevelFactory(
        ladder=LadderFactory(title="Reference", slug="tpm"), title="Senior TPM", slug="senior"
    )


def test_a_renamed_level_is_found_at_its_former_address(level: Level, client: Client) -> None:
    elsewhere = LevelFactory(slug="senior")
    former = level.get_absolute_url()
    for row, slug in ((level, "senior-tpm"), (elsewhere, "staff")):
        row.slug = slug
        row.save()
    assert (
        client.get(f"{former}?page=2")["Location"] == f"{level.get_absolute_url()}?page=2" != former
    )
    level.ladder.slug = "reference"
    level.ladder.save()
    assert client.get(former, follow=True).redirect_chain[-1] == (
        "/ladders/reference/senior-tpm/",
        301,
    )
    assert (
        client.get(f"{elsewhere.ladder.get_absolute_url()}senior/")["Location"]
        == elsewhere.get_absolute_url()
    )


def test_a_level_that_visitors_never_knew_has_no_former_address(
    level: Level, client: Client
) -> None:
    draft = LevelFactory(slug="principal", ladder=LadderFactory(status=Status.DRAFT))
    draft.slug = "distinguished"
    draft.save()
    draft.ladder.status = Status.PUBLISHED
    draft.ladder.save()
    assert client.get(f"{draft.ladder.get_absolute_url()}principal/").status_code == 404
    level.slug = "senior-tpm"
    level.save()
    set_status(level.ladder, Status.ARCHIVED)
    assert client.get(f"{level.ladder.get_absolute_url()}senior/").status_code == 404
