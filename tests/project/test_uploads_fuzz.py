"""Nearly valid files, uploaded in every way: accepted or refused, and never a server error."""

import json
import logging
import random
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from assessment.assessment_form import FILE_KIND
from interviews.models import QuestionSet
from ladders.models import Level
from tests.admin_forms import admin_url
from tests.factories import EditorFactory, LevelRequirementFactory
from tests.hiring.test_calibration import card
from tests.interchange.packages import DOCUMENT, association, identity, item, package, uuid
from tests.mappings import COLLECTION
from tests.pack_files import MANIFEST, SCALE, SKILL
from tests.portal.packs_sent import next_step, sent
from tests.project.hostile_files import (
    Mutation,
    hostile_json,
    hostile_table,
    hostile_yaml,
    hostile_zip,
    zipped,
)
from tests.question_files.spreadsheets import exported, phone_screen

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

#: Files of each kind in one run; every run makes others. Thousands were tried when this was
#: written.
EACH = 6
PACK = {
    "pack.yml": MANIFEST,
    "scales/standard.md": SCALE,
    "skills/risk.md": SKILL,
    "questions.csv": (
        "id,title,prompt,minutes,kind,reviewed_on,origin\nq,One,Must ask,10,case,2026-01-01,ours\n"
    ),
    "probes.csv": "question,position,text,depth,required\nq,1,Ask,0,true\n",
    "learning_resources.csv": "id,title,url,year,kind\nbook,Book,https://a.example/b,2020,book\n",
    "guides.csv": "id,title,body,status,published_at,noted_on,change_note\n"
    "g,Guide,Body,published,2026-01-01T00:00:00+00:00,2026-01-01,Note\n",
}
MAPPING = f"""{COLLECTION}sources:
  skills: {{file: skills.csv, header: "1", separator: ","}}
tables:
  - table: skills
    from: skills
    where: {{Skill: true}}
    columns:
      id: {{slug: Skill}}
      title: Skill
      summary: {{first: [Text, Skill]}}
"""
TABLE = "Skill,Text\nRisk,Words\nData,More\n"
LICENCE = {"identifier": uuid(9), "uri": "https://a.example/l", "title": "CC"}
LEVELS = [{"identifier": uuid(6), "description": "Does it.", "score": 1.5}]
SKILL_ITEM = {"identifier": uuid(2), "uri": "https://a.example/2", "title": "Skill"}
CRITERIA = [{"identifier": uuid(8), "CFItemURI": SKILL_ITEM, "CFRubricCriterionLevels": LEVELS}]
CASE = package(
    [
        item(1, "Group", CFItemType="Group"),
        item(2, "Skill", humanCodingScheme="A.1", conceptKeywords=["a"]),
    ],
    [
        association(1, uuid(2), "isChildOf", uuid(1), sequenceNumber=5),
        association(2, uuid(1), "isChildOf", DOCUMENT),
    ],
    licenseURI=LICENCE,
) | {
    "CFDefinitions": {
        "CFLicenses": [LICENCE | {"licenseText": "Terms"}],
        "CFItemTypes": [{"title": "Group"}],
    },
    "CFRubrics": [identity(uuid(7), "CFRubrics") | {"CFRubricCriteria": CRITERIA}],
}
CASE_TABLE = (
    "Identifier,fullStatement,Human Coding Scheme,Is Child Of,sequenceNumber,CF Item Type\n"
    ",Group,G,,1,Group\n,Skill,S,G,2,Skill\n"
)
RSD = [
    {
        **{
            "id": "https://a.example/1",
            "skillName": "Access",
            "skillStatement": "Open doors.",
            "category": "Doors",
        },
        **{
            "keywords": ["a"],
            "authors": ["W"],
            "publishDate": "2026-01-01T00:00:00",
            "alignments": [{"id": "x"}],
        },
        "occupations": [{"code": "15-0000", "targetNodeName": "Computers"}],
    }
]
RSD_TABLE = (
    "RSD Name,Skill Statement,Authors,Categories,Keywords\nAccess,Open doors.,WGU,Security; "
    "Doors,Risk\n"
)

Send = Callable[[Client, bytes], Any]


@pytest.fixture
def client(settings: Settings, tmp_path: Path) -> Client:
    """A client of an editor that returns the response instead of raising server errors."""
    settings.VAR_DIR = tmp_path
    client = Client(raise_request_exception=False)
    client.force_login(EditorFactory())
    return client


def by_admin(address: str, name: str, **fields: Any) -> Send:
    """Looked at on this page, and loaded if it can be."""

    def send(client: Client, content: bytes) -> Any:
        page = sent(client, address, content, name, **fields)
        return next_step(client, page, "load") if b'value="load"' in page.content else page

    return send


def with_mapping(client: Client, mapping: bytes, table: bytes = TABLE.encode()) -> Any:
    own = SimpleUploadedFile("own.yml", mapping)
    return by_admin("/admin/load/table/", "skills.csv", own=own)(client, table)


def to_set(client: Client, content: bytes) -> Any:
    return by_admin(admin_url(QuestionSet.objects.get(), "import_csv"), "set.csv")(client, content)


def to_calibration(client: Client, content: bytes) -> Any:
    return client.post(
        "/interviews/calibration/", {"scorecards": [SimpleUploadedFile("1.csv", content)]}
    )


def to_assessment(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("a.json", content)
    return client.post(Level.objects.get().get_assessment_url(), {"as": "load", "file": file})


def set_table() -> str:
    return exported(phone_screen()).decode("utf-8-sig").replace("\r\n", "\n")


def answers() -> str:
    need = LevelRequirementFactory()
    key = need.skill.key
    given = {f"r-{key}": "none_yet", f"n-{key}": "Did it.", "r-elsewhere": "working"}
    return json.dumps({"kind": FILE_KIND, "level": need.level.key, "answers": given})


#: For each upload: what corrupts a file, the valid file, and how it is sent.
WAYS: dict[str, tuple[Mutation, Callable[[], Any], Send]] = {
    "pack": (hostile_zip, lambda: PACK, by_admin("/admin/load/pack/", "pack.zip")),
    "table": (
        hostile_table,
        lambda: TABLE,
        lambda client, table: with_mapping(client, MAPPING.encode(), table),
    ),
    "mapping": (hostile_yaml, lambda: MAPPING, with_mapping),
    "CASE package": (
        hostile_json,
        lambda: json.dumps(CASE),
        by_admin("/admin/load/case/", "case.json"),
    ),
    "CASE table": (hostile_table, lambda: CASE_TABLE, by_admin("/admin/load/case/", "case.csv")),
    "descriptors": (
        hostile_json,
        lambda: json.dumps(RSD),
        by_admin("/admin/load/rsd/", "rsd.json", author="A"),
    ),
    "table of descriptors": (
        hostile_table,
        lambda: RSD_TABLE,
        by_admin("/admin/load/rsd/", "rsd.csv", author="A"),
    ),
    "question set": (hostile_table, set_table, to_set),
    "scorecard": (hostile_table, lambda: card("3 4 2").replace("\r\n", "\n"), to_calibration),
    "assessment": (hostile_json, answers, to_assessment),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.drawn(4)
def test_no_file_makes_an_upload_fail(
    way: str, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    mutate, make_sound, send = WAYS[way]
    sound = make_sound()
    for seed in random.sample(range(1_000_000), EACH):
        answer = send(client, mutate(sound, Random(f"{way} {seed}")))
        faults = [
            record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR
        ]
        assert (answer.status_code, faults) == (200, []), f"{way}, seed {seed}"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.drawn(4)
def test_the_sound_files_are_taken(way: str, client: Client) -> None:
    """Those above are refused for what is wrong with them, and not all for the same reason."""
    _, make_sound, send = WAYS[way]
    sound = make_sound()
    files = {name: text.encode() for name, text in sound.items()} if isinstance(sound, dict) else {}
    answer = send(client, zipped(files) if files else sound.encode())
    assert answer.status_code == 200
    expected = {
        "scorecard": "Risk",
        "assessment": "Did it.",
        "question set": "No changes.",
    }
    assert expected.get(way, "Imported.") in answer.text
