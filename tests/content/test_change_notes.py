"""A change note has its own date, which later saves do not change."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate

from skills.models import Skill
from tests.admin_forms import admin_url, saved
from tests.factories import LevelFactory, SkillFactory
from tests.markup import Page
from tests.pack_files import SKILL, Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOTE = "Two descriptors more."
DAY = date(2026, 3, 2)


def noted(skill: Skill) -> tuple[str, date | None]:
    skill.refresh_from_db()
    return skill.change_note, skill.noted_on


@pytest.mark.parametrize(("note", "day"), [(NOTE, None), ("", DAY)])
def test_a_note_without_its_day_and_a_day_without_a_note_are_refused(
    note: str, day: date | None
) -> None:
    SkillFactory(change_note=NOTE, noted_on=DAY).full_clean()
    skill = SkillFactory()
    skill.change_note, skill.noted_on = note, day
    with pytest.raises(ValidationError, match="needs a date"):
        skill.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        skill.save()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"change_note": "Reworded."}, ("Reworded.", "today")),
        ({"change_note": "Reworded.", "noted_on": "2026-04-05"}, ("Reworded.", date(2026, 4, 5))),
        ({"change_note": ""}, ("", None)),
        ({"summary": "Another summary."}, (NOTE, DAY)),
    ],
)
def test_an_editor_who_writes_a_note_need_not_say_that_it_is_today(
    editor: Client, changes: dict[str, str], expected: tuple[str, Any]
) -> None:
    skill = SkillFactory(change_note=NOTE, noted_on=DAY)
    before = localdate()
    assert saved(editor, admin_url(skill, "change"), **changes).status_code == 302
    note, day = noted(skill)
    assert note == expected[0]
    if expected[1] == "today":
        # Midnight may have passed in the meantime.
        assert before <= day <= before + timedelta(days=1)
    else:
        assert day == expected[1]


def test_a_page_tells_the_note_with_its_day_and_a_level_that_of_its_ladder() -> None:
    skill = SkillFactory(change_note=NOTE, noted_on=DAY)
    level = LevelFactory(ladder__change_note=NOTE, ladder__noted_on=DAY)
    for address in (
        skill.get_absolute_url(),
        level.ladder.get_absolute_url(),
        level.get_absolute_url(),
    ):
        assert f"What changed, March 2, 2026: {NOTE}" in Page.read(Client(), address), address
    assert "What changed" not in Page.read(Client(), SkillFactory().get_absolute_url())


def test_a_pack_brings_both_or_neither(tmp_path: Path) -> None:
    with_note = SKILL.replace("title: Risk", f"title: Risk\nchange_note: {NOTE}")
    pack = Pack(tmp_path / "ours").with_skill().write("skills/risk.md", with_note)
    assert "needs a date" in str(pack.refusals())
    pack.write("skills/risk.md", with_note.replace("title: Risk", f"title: Risk\nnoted_on: {DAY}"))
    assert pack.refusals() == []
    assert noted(Skill.objects.get()) == (NOTE, DAY)
