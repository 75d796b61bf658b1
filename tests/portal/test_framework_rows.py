"""The included mappings make the right number of rows, counted without a database.

Three frameworks are also loaded, exported and loaded again in every run (`ROUND_TRIPS`), and all of
them in a full run.
"""

import pytest

from interchange.packs import TABLES
from mapping.converter import convert
from mapping.parser import read_mapping
from tests.frameworks import folder
from tpm_portal.forms import MAPPINGS

pytestmark = pytest.mark.frameworks

#: Rows of each table, and rows that are refused with their place.
ROWS: dict[str, tuple[dict[str, int], int]] = {
    "18f-engineering-interview-guides": (
        {
            "questions": 88,
            "probes": 27,
            "question_sets": 5,
            "set_sections": 39,
            "set_items": 92,
            "guides": 14,
        },
        0,
    ),
    "codecademy-engineering-competencies": (
        {
            "skill_groups": 5,
            "ladders": 2,
            "levels": 9,
            "expectations": 229,
            "questions": 8,
            "anchors": 30,
            "question_sets": 2,
            "set_sections": 2,
            "set_items": 8,
            "guides": 2,
        },
        0,
    ),
    "direct-digital-research-competencies": (
        {
            "scales": 1,
            "proficiencies": 5,
            "skill_groups": 27,
            "skills": 164,
            "learning_resources": 756,
        },
        0,
    ),
    "dropbox-dbx-career-framework": (
        {
            "skill_groups": 9,
            "skills": 41,
            "roles": 9,
            "ladders": 9,
            "levels": 48,
            "expectations": 2962,
            "guides": 15,
        },
        0,
    ),
    "h5bp-front-end-interview-questions": (
        {
            "learning_resources": 1,
            "questions": 157,
            "probes": 19,
            "question_sets": 9,
            "set_sections": 10,
            "set_items": 157,
        },
        0,
    ),
    "medium-snowflake": (
        {
            "scales": 1,
            "proficiencies": 6,
            "skill_groups": 4,
            "skills": 16,
            "skill_descriptors": 80,
            "indicators": 480,
            "ladders": 2,
            "levels": 23,
        },
        0,
    ),
    "monzo-progression-framework": (
        {
            "skill_groups": 13,
            "skills": 65,
            "ladders": 13,
            "levels": 66,
            "expectations": 1240,
            "guides": 3,
        },
        1,
    ),
    "onet-29.3-subset": (
        {
            "scales": 1,
            "proficiencies": 8,
            "skill_groups": 9,
            "skills": 35,
            "skill_descriptors": 105,
            "roles": 41,
            "skill_requirements": 1155,
            "role_moves": 456,
        },
        0,
    ),
    "tech-interview-handbook-behavioral": (
        {
            "scales": 2,
            "proficiencies": 7,
            "skill_groups": 2,
            "skills": 11,
            "skill_descriptors": 34,
            "questions": 183,
            "question_skills": 14,
            "probes": 1,
            "question_sets": 14,
            "set_sections": 24,
            "set_items": 187,
            "guides": 6,
        },
        0,
    ),
    "uk-government-digital-and-data": (
        {
            "scales": 1,
            "proficiencies": 4,
            "skills": 188,
            "skill_descriptors": 664,
            "role_families": 8,
            "roles": 52,
            "skill_requirements": 28,
            "ladders": 52,
            "levels": 201,
            "level_requirements": 1797,
        },
        0,
    ),
    "usds-sme-qa": (
        {
            "scales": 3,
            "proficiencies": 9,
            "skill_groups": 5,
            "skills": 38,
            "skill_descriptors": 104,
            "roles": 4,
            "skill_requirements": 26,
            "questions": 6,
            "question_skills": 2,
            "probes": 31,
            "question_sets": 2,
            "set_sections": 8,
            "set_items": 6,
            "guides": 10,
        },
        0,
    ),
}


def test_every_mapping_for_a_whole_framework_is_among_these() -> None:
    assert ROWS.keys() == {
        path.stem for path in MAPPINGS.glob("*.yml") if not path.stem.endswith("-translation")
    }


@pytest.mark.drawn(6)
@pytest.mark.parametrize("name", ROWS)
def test_a_mapping_makes_the_rows_of_its_framework(name: str) -> None:
    expected, refused = ROWS[name]
    pack = convert(read_mapping(MAPPINGS / f"{name}.yml", TABLES), folder(name))
    rows = {table.name: list(pack.rows(table)) for table in TABLES}
    sound = {table: [row for row in made if hasattr(row, "values")] for table, made in rows.items()}
    assert {table: len(made) for table, made in sound.items() if made} == expected
    assert sum(map(len, rows.values())) - sum(map(len, sound.values())) == refused
