"""“Desirable” in version 0.2.0 is “helpful” now: in the database, in files and in histories."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers

from ladders.models import LevelRequirement
from packs.import_records import preserved_import_records
from roles.models import SkillRequirement
from tests.factories import SkillRequirementFactory
from tests.pack_files import Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FILES = {
    "skills.csv": "id,title\nrisk,Risk\nplan,Plan\n",
    "roles.csv": "id,title\nlead,Lead\n",
    "skill_requirements.csv": "role,skill,importance\nlead,risk,helpful\nlead,plan,essential\n",
    "ladders.csv": "id,title\neng,Engineering\n",
    "levels.csv": "ladder,id,title\neng,one,One\n",
    "level_requirements.csv": "level,skill,importance\neng/one,risk,helpful\neng/one,plan,\n",
}
MIGRATIONS = {
    "roles.migrations.0005_three_importances": (SkillRequirement, "skill_requirements"),
    "ladders.migrations.0007_three_importances": (LevelRequirement, "level_requirements"),
}


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A pack that a portal of version 0.2.0 has loaded."""
    pack = Pack(tmp_path)
    for name, content in FILES.items():
        pack.write(name, content)
    pack.load()
    for model, table in MIGRATIONS.values():
        with preserved_import_records(apps, table, model, "importance"):
            model.objects.filter(importance="helpful").update(importance="desirable")
    return pack


@pytest.mark.parametrize("name", MIGRATIONS)
def test_a_migration_renames_the_importance_without_making_it_look_edited(
    pack: Pack, name: str
) -> None:
    model, table = MIGRATIONS[name]
    migration = import_module(name)
    migration.rename_desirable(apps, None)
    importances = model.objects.order_by("skill__slug").values_list("importance", flat=True)
    assert importances[1] == "helpful"
    assert importances[0] in {"essential", ""}
    path = f"{table}.csv"
    report = pack.write(path, FILES[path].replace("helpful", "expected")).load()
    assert report.conflicts == []
    assert model.objects.get(skill__slug="risk").importance == "expected"


def test_a_pack_of_version_0_2_0_changes_nothing(pack: Pack) -> None:
    for name in MIGRATIONS:
        import_module(name).rename_desirable(apps, None)
    for path in ("skill_requirements.csv", "level_requirements.csv"):
        pack.write(path, FILES[path].replace("helpful", "desirable"))
    report = pack.load()
    assert report.changed.total() == 0
    assert report.unchanged.total() > 6


def test_a_version_in_the_history_is_read_in_the_words_of_today() -> None:
    row = SkillRequirementFactory(importance="helpful")
    stored = serializers.serialize("json", [row])
    assert '"importance": "helpful"' in stored
    former = json.dumps(json.loads(stored.replace("helpful", "desirable")))
    (restored,) = serializers.deserialize("json", former)
    assert restored.object.importance == "helpful"
