"""The command `rebuild_search`."""

import pytest
from django.core.management import call_command

from search.models import SearchEntry
from search.results import find_entries
from tests.factories import SkillFactory


@pytest.mark.django_db
def test_what_was_lost_is_found_again(capsys: pytest.CaptureFixture[str]) -> None:
    SkillFactory(title="Zebra")
    SearchEntry.objects.all().delete()
    assert not find_entries("zebra").ranking
    call_command("rebuild_search")
    assert find_entries("zebra").ranking
    assert capsys.readouterr().out == "Wrote 1 entry.\n"
