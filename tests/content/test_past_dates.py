"""The date of a past event is refused if that day has not begun in any time zone."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from content import fields
from content.fields import validate_not_in_future
from content.models import Collection
from ladders.models import Ladder
from skills.models import Skill
from tests.admin_forms import admin_url, again, saved
from tests.factories import LadderFactory, SkillFactory
from tests.interchange.packages import export_text, refusals
from tests.pack_files import SKILL, Pack

pytestmark = [pytest.mark.django_db]

FUTURE = "9998-12-31"
MESSAGE = f"{FUTURE} is in the future."
PAST = "2020-02-29"


@pytest.mark.parametrize(
    ("day", "is_valid"),
    [(date(2026, 3, 2), True), (date(2026, 3, 3), True), (date(2026, 3, 4), False)],
)
def test_a_day_that_has_begun_in_the_latest_time_zone_is_valid(day: date, is_valid: bool) -> None:
    with patch.object(fields, "datetime") as clock:
        clock.now.return_value = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
        if is_valid:
            validate_not_in_future(day)
        else:
            with pytest.raises(ValidationError, match="is in the future"):
                validate_not_in_future(day)


@pytest.mark.parametrize(
    ("factory", "name"),
    [(SkillFactory, "reviewed_on"), (SkillFactory, "noted_on"), (LadderFactory, "observed_on")],
)
def test_a_form_refuses_it(
    editor: Client, factory: type[SkillFactory | LadderFactory], name: str
) -> None:
    row = factory(change_note="Reworded.", noted_on=PAST)
    url = admin_url(row, "change")
    response = saved(editor, url, **{name: FUTURE})
    assert MESSAGE in response.text
    assert again(response)[name] == FUTURE
    assert saved(editor, url, **{name: PAST}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, name) == date.fromisoformat(PAST)


@pytest.mark.parametrize(
    ("factory", "name"),
    [(SkillFactory, "reviewed_on"), (SkillFactory, "noted_on"), (LadderFactory, "observed_on")],
)
def test_a_form_accepts_one_that_was_stored_before_and_is_not_changed(
    editor: Client, factory: type[SkillFactory | LadderFactory], name: str
) -> None:
    row = factory(change_note="Reworded.", **{"noted_on": PAST, name: FUTURE})
    url = admin_url(row, "change")
    assert saved(editor, url, summary="Edited.").status_code == 302
    row.refresh_from_db()
    assert (row.summary, str(getattr(row, name))) == ("Edited.", FUTURE)
    assert "is in the future" in saved(editor, url, **{name: "9998-12-30"}).text


def test_a_load_of_other_columns_leaves_one_that_an_editor_stored_before(tmp_path: Path) -> None:
    pack = Pack(tmp_path).with_skill()
    assert pack.refusals() == []
    Skill.objects.update(reviewed_on=FUTURE)
    assert pack.write("skills/risk.md", SKILL.replace("What it is", "Reworded")).refusals() == []
    skill = Skill.objects.get()
    assert (skill.body, str(skill.reviewed_on)) == ("Reworded.", FUTURE)


def test_a_pack_refuses_it(tmp_path: Path) -> None:
    text = SKILL.replace("title: Risk", "title: Risk\nreviewed_on: DAY")
    pack = Pack(tmp_path).with_skill().write("skills/risk.md", text.replace("DAY", FUTURE))
    assert MESSAGE in str(pack.refusals())
    assert not Skill.objects.exists()
    assert pack.write("skills/risk.md", text.replace("DAY", PAST)).refusals() == []
    assert Skill.objects.get().reviewed_on == date.fromisoformat(PAST)


def test_a_case_package_refuses_it() -> None:
    ladder = LadderFactory(observed_on=PAST)
    written = export_text(ladder.collection)
    assert PAST in written
    Collection.objects.all().delete()
    assert MESSAGE in str(refusals(json.loads(written.replace(PAST, FUTURE))))
    assert not Ladder.objects.exists()
    assert refusals(json.loads(written)) == []
    assert str(Ladder.objects.get().observed_on) == PAST
