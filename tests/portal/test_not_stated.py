"""What a source does not state is stored empty, and not attributed to the publisher."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from guides.models import Guide
from interviews.models import Question, QuestionSet, SetItem
from ladders.models import Expectation, Ladder, Level, LevelMove, LevelRequirement
from roles.models import Role, RoleMove, SkillRequirement
from skills.models import LearningResource, Skill
from tests.admin_forms import admin_url, opened, saved
from tests.factories import (
    BandFactory,
    LevelFactory,
    LevelRequirementFactory,
    RoleFactory,
    SkillRequirementFactory,
)
from tests.markup import Page
from tests.pack_files import MANIFEST, Pack
from tpm_portal.environment import BASE_DIR

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

#: The files of a pack whose publisher states no more than titles and texts.
FILES = {
    "pack.yml": MANIFEST,
    "skills.csv": "id,title\nrisk,Risk\n",
    "roles.csv": "id,title\nlead,Lead\n",
    "skill_requirements.csv": "role,skill\nlead,risk\n",
    "bands.csv": "id,title\nsenior,Senior\n",
    "ladders.csv": "id,title,organization\neng,Engineering,Raven Works\n",
    "levels.csv": "ladder,id,title,band\neng,one,One,senior\neng,two,Two,\n",
    "level_requirements.csv": "level,skill\neng/one,risk\n",
    "questions.csv": "id,title,prompt\nasked,Asked,What did you do?\n",
    "question_sets.csv": "id,title\nset,Set\n",
    "set_sections.csv": "question_set,id,title\nset,part,Part\n",
    "set_items.csv": "section,question\nset/part,asked\n",
    "learning_resources.csv": "id,title,skills\nwork,Work,risk\n",
    "guides.csv": "id,title,body\nread,Read,Text.\n",
}
STATED: dict[type[Model], list[str]] = {
    Skill: ["kind"],
    SkillRequirement: ["importance"],
    LevelRequirement: ["importance"],
    Level: ["track", "band_relation", "band_confidence"],
    Ladder: ["confidence", "rule"],
    Question: ["kind", "audience"],
    QuestionSet: ["stage", "audience"],
    SetItem: ["required"],
    LearningResource: ["kind"],
    Guide: ["audience"],
}
WORDS = [
    "ssential",
    "esirable",
    "xpected skill",
    "elpful",
    "ndividual",
    "onfidence",
    "verlaps",
    "Every skill at",
    "ehavioural",
    "On-site",
    "Book",
]
WORDS += ["Newcomers", "Must ask", "If there is time", "nterviewer"]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path)
    for path, content in FILES.items():
        pack.write(path, content)
    return pack


def values() -> set[Any]:
    rows = [
        row for model, names in STATED.items() for row in model._default_manager.values_list(*names)
    ]
    assert len(rows) == 11
    return {value for row in rows for value in row}


@pytest.mark.parametrize("cells", ["absent", "empty"])
def test_what_a_pack_does_not_state_is_stored_empty(pack: Pack, cells: str) -> None:
    if cells == "empty":
        for model, names in STATED.items():
            path = _file_of(model)
            head, *rows = FILES[path].splitlines()
            pack.write(
                path,
                "\n".join(
                    [",".join([head, *names]), *(row + "," * len(names) for row in rows), ""]
                ),
            )
    assert pack.refusals() == []
    assert values() == {"", None}


def _file_of(model: type[Model]) -> str:
    return f"{str(model._meta.verbose_name_plural).replace(' ', '_')}.csv"


def test_what_a_pack_states_is_stored(pack: Pack) -> None:
    pack.write(
        "levels.csv", "ladder,id,title,band,track\neng,one,One,senior,manager\neng,two,Two,,\n"
    )
    assert pack.refusals() == []
    assert list(Level.objects.values_list("track", flat=True)) == ["manager", ""]


@pytest.mark.parametrize(
    ("path", "sheet", "model", "kind"),
    [
        ("level_moves.csv", "from_level,to_level\neng/one,eng/two\n", LevelMove, "promotion"),
        ("role_moves.csv", "to_role,origin\nlead,Student\n", RoleMove, "lateral"),
        ("expectations.csv", "level,position,text\neng/one,1,Plans.\n", Expectation, "expectation"),
    ],
)
def test_kinds_that_the_format_gives_a_meaning_are_those_it_documents(
    pack: Pack, path: str, sheet: str, model: Any, kind: str
) -> None:
    pack.write(path, sheet).load()
    assert model.objects.get().kind == kind
    documented = (
        (BASE_DIR / "docs" / "packs.md")
        .read_text("utf-8")
        .partition("\n- Kinds that every row needs")[2]
        .partition("\n- ")[0]
    )
    assert f"`{kind}`" in documented


def test_no_page_states_it(pack: Pack) -> None:
    pack.load()
    rows = [
        model.objects.first()
        for model in (Skill, Role, Ladder, Level, Question, QuestionSet, Guide)
    ]
    for row in rows:
        page = Page.read(Client(), row.get_absolute_url())  # type: ignore[union-attr]
        assert [word for word in WORDS if word in page] == [], row
    bands = Page.read(Client(), "/ladders/bands/").part("mappings").one("li")
    assert bands.text == "One: Senior"


def test_pages_state_what_is_stated() -> None:
    requirement = SkillRequirementFactory()
    level = LevelRequirementFactory(
        level__band=BandFactory(title="Senior"), level__ladder__organization="A"
    ).level
    assert "Essential skills decide" in Page.read(Client(), requirement.role.get_absolute_url())
    page = Page.read(Client(), level.get_absolute_url())
    assert "Expected skills are part of the job." in page
    assert "Overlaps the band; confidence medium" in page
    assert "Every skill at its proficiency" in Page.read(Client(), level.ladder.get_absolute_url())


@pytest.mark.parametrize(
    ("importances", "words"),
    [
        (["essential", "helpful"], "Essential skills decide whether someone can do the job. "),
        (["", "helpful"], ""),
        (["", "expected", "helpful"], "Expected skills are part of the job. "),
    ],
)
def test_a_level_explains_the_importance_that_is_stated(importances: list[str], words: str) -> None:
    level = LevelFactory()
    for importance in importances:
        LevelRequirementFactory(level=level, importance=importance)
    notes = [
        note.text
        for note in Page.read(Client(), level.get_absolute_url()).part("skills").marked("note")
    ]
    assert f"{words}Helpful skills can be learned on the job." in notes
    level.requirements.update(importance="")
    assert "on the way" not in Page.read(Client(), level.get_absolute_url())


def test_a_skill_whose_importance_is_not_stated_counts_as_required(pack: Pack) -> None:
    pack.load()
    address = "/interviews/builder/?level=other:eng/one"
    page = Page.read(Client(), address)
    assert "1 required skill is not tested" in page
    LevelRequirement.objects.update(importance="essential")
    assert "1 essential skill is not tested" in Page.read(Client(), address)
    LevelRequirement.objects.update(importance="helpful")
    assert "is not tested at the required" not in Page.read(Client(), address)


def test_the_admin_leaves_it_open(editor: Client) -> None:
    role = RoleFactory()
    requirement = SkillRequirementFactory(role=role)
    url = admin_url(role, "change")
    assert "Not stated" in editor.get(url).text
    assert opened(editor, url)["skill_requirements-0-importance"] == "essential"
    assert saved(editor, url, **{"skill_requirements-0-importance": ""}).status_code == 302
    requirement.refresh_from_db()
    assert requirement.importance == ""
