"""What a level inherits from the levels it includes is marked as inherited everywhere."""

import csv
import io
import json
from urllib.parse import urlencode

import pytest
from django.test import Client

from ladders.models import Expectation, Ladder, Level
from skills.models import Skill
from tests.factories import (
    CollectionFactory,
    ExpectationFactory,
    LadderFactory,
    LevelFactory,
    LevelRequirementFactory,
    QuestionSetFactory,
    QuestionSkillFactory,
    SetItemFactory,
    SetSectionFactory,
    SkillFactory,
    step_of,
)
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def ladder() -> Ladder:
    """Three levels; the second includes the first, the third includes none."""
    ladder = LadderFactory(slug="tpm", title="Ladder")
    for position, title in enumerate(["First", "Second", "Third"], start=1):
        LevelFactory(
            ladder=ladder,
            title=title,
            slug=title.lower(),
            code="",
            position=position,
            cumulative=position == 2,
        )
    return ladder


@pytest.fixture
def skill() -> Skill:
    return SkillFactory(title="Risk", slug="risk")


def level(ladder: Ladder, title: str) -> Level:
    return ladder.levels.get(title=title)


def page_of(row: Ladder | Level | Skill) -> Page:
    return Page.read(Client(), row.get_absolute_url())


def cells(page: Page, part: str) -> list[str]:
    return [cell.text for cell in page.part(part).one("table").all("td")]


def exported() -> list[list[str]]:
    answer = Client().get("/ladders/tpm/matrix.csv")
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))  # type: ignore[attr-defined]


def test_a_requirement_is_inherited_in_the_matrix_and_its_file(
    ladder: Ladder, skill: Skill
) -> None:
    LevelRequirementFactory(level=level(ladder, "First"), skill=skill)
    assert cells(page_of(ladder), "matrix") == ["2Working", "2Working, inherited", "?not stated"]
    assert exported()[1][1:] == [
        "Risk",
        "Working (expected)",
        "Working (expected, inherited)",
        "not stated",
    ]
    LevelRequirementFactory(level=level(ladder, "Second"), skill=skill, importance="helpful")
    assert cells(page_of(ladder), "matrix")[1] == "2Working, helpful"


def test_a_requirement_is_inherited_on_the_pages_of_level_and_skill(
    ladder: Ladder, skill: Skill
) -> None:
    LevelRequirementFactory(level=level(ladder, "First"), skill=skill)
    assert "Inherited from First" in page_of(level(ladder, "Second")).part("skills")
    assert "Inherited" not in page_of(level(ladder, "First"))
    rows = [row.text for row in page_of(skill).part("levels").all("li")]
    assert [("inherited" in row) for row in rows] == [False, True]


def test_expectations_are_inherited_on_the_page_of_a_level(ladder: Ladder, skill: Skill) -> None:
    ExpectationFactory(level=level(ladder, "First"), skill=skill, text="Names risks.")
    ExpectationFactory(
        level=level(ladder, "First"), skill=skill, text="Like this.", kind=Expectation.Kind.EXAMPLE
    )
    ExpectationFactory(
        level=level(ladder, "First"), skill=SkillFactory(title="Code"), text="Reads code."
    )
    ExpectationFactory(level=level(ladder, "Second"), skill=skill, text="Treats risks.")
    part = page_of(level(ladder, "Second")).part("expectations")
    assert [section.text for section in part.marked("expectations")] == [
        "Risk Treats risks. Inherited: 1 From First Names risks.",
        "Code Inherited: 1 From First Reads code.",
    ]
    assert page_of(level(ladder, "Third")).marked("expectations") == []
    assert "Inherited" not in page_of(level(ladder, "First"))


def test_what_a_level_repeats_is_its_own(ladder: Ladder, skill: Skill) -> None:
    for title in ("First", "Second"):
        ExpectationFactory(level=level(ladder, title), skill=skill, text="Names risks.")
    assert "Inherited" not in page_of(level(ladder, "Second"))
    Expectation.objects.filter(level__title="Second").update(text="Treats risks.")
    assert "Inherited" in page_of(level(ladder, "Second"))


def test_expectations_are_inherited_in_the_table_and_its_file(ladder: Ladder, skill: Skill) -> None:
    ExpectationFactory.create_batch(2, level=level(ladder, "First"), skill=skill)
    other = SkillFactory(title="Code", slug="code")
    ExpectationFactory(level=level(ladder, "Second"), skill=other)
    assert cells(page_of(ladder), "coverage") == [
        "2 on Risk at First", "0 on Risk at Second + 2 inherited", "–nothing",
        "–nothing", "1 on Code at Second", "–nothing",
    ]  # fmt: skip
    assert [row[2:] for row in exported()[1:]] == [["2", "0 + 2 inherited", "0"], ["0", "1", "0"]]


def test_a_comparison_says_what_is_inherited(ladder: Ladder, skill: Skill) -> None:
    LevelRequirementFactory(level=level(ladder, "First"), skill=skill)
    LevelRequirementFactory(level=level(ladder, "Third"), skill=SkillFactory())
    for title in ("First", "Third"):
        ExpectationFactory(level=level(ladder, title), skill=skill, text=f"Does as {title}.")
    query = urlencode({"from": "tpm/third", "to": "tpm/second"})
    page = Page.read(Client(), f"/ladders/compare/?{query}")
    assert page.part("skills").text.count("Inherited from First") == 1
    assert "Risk · inherited from First Does as First." in page.part("expectations")
    assert "inherited from Third" not in page


def test_a_case_rubric_says_needed_where_nothing_more_is_stated() -> None:
    collection = CollectionFactory(slug="other")
    skill = SkillFactory(collection=collection)
    level = LevelFactory(ladder=LadderFactory(collection=collection))
    LevelRequirementFactory(level=level, skill=skill, proficiency=None, importance="")
    answer = Client().get(f"{collection.get_absolute_url()}case.json")
    (rubric,) = json.loads(answer.getvalue())["CFRubrics"]  # type: ignore[attr-defined]
    assert (
        rubric["CFRubricCriteria"][0]["CFRubricCriterionLevels"][0]["description"] == "**needed**"
    )


def test_a_case_rubric_says_what_is_inherited(ladder: Ladder, skill: Skill) -> None:
    collection = CollectionFactory(slug="other")
    risk = SkillFactory(title="Risk", collection=collection)
    first = LevelFactory(
        ladder=LadderFactory(slug="x", collection=collection), title="First", position=1
    )
    LevelFactory(ladder=first.ladder, title="Second", position=2, cumulative=True)
    LevelRequirementFactory(level=first, skill=risk)
    ExpectationFactory(level=first, skill=risk, text="Names risks.")
    ExpectationFactory(level=first, skill=risk, text="Like this.", kind=Expectation.Kind.EXAMPLE)
    answer = Client().get(f"{collection.get_absolute_url()}case.json")
    (rubric,) = json.loads(answer.getvalue())["CFRubrics"]  # type: ignore[attr-defined]
    own, inherited = rubric["CFRubricCriteria"][0]["CFRubricCriterionLevels"]
    assert own["description"] == "**Working · expected**\n- Names risks.\n- Like this."
    assert inherited["description"] == (
        "**Working · expected** (inherited from First)\n- Names risks. (inherited from First)"
    )


def assess(level: Level, **sent: str) -> str:
    """The page that answers these answers, or none."""
    url = level.get_assessment_url()
    return (Client().post(url, sent) if sent else Client().get(url)).text


def test_a_requirement_is_inherited_in_the_assessment_and_its_report(
    ladder: Ladder, skill: Skill
) -> None:
    first, second = level(ladder, "First"), level(ladder, "Second")
    LevelRequirementFactory(level=first, skill=skill, proficiency=step_of(skill, 1))
    LevelRequirementFactory(level=second, skill=SkillFactory(title="Code", slug="code"))
    assert "Inherited" not in assess(first)
    legends = [each.one("legend").text for each in Page(assess(second)).all("fieldset")]
    assert legends == ["Risk Inherited from First", "Code"]
    lowest = step_of(skill, 0).slug
    report = Page(assess(second, **{"r-risk": lowest, "as": "result"}))
    assert "Inherited from First" in report.part("picture")
    assert report.marked("req")[0].one("h4").text == "Risk Inherited from First"
    file = assess(second, **{"r-risk": lowest, "as": "markdown"})
    assert file.count("Inherited from First") == 2
    met = assess(second, **{"r-risk": step_of(skill, 1).slug, "as": "result"})
    assert "Inherited from First" in Page(met).part("met")


def test_a_requirement_is_inherited_where_interviews_are_planned(
    ladder: Ladder, skill: Skill
) -> None:
    LevelRequirementFactory(level=level(ladder, "First"), skill=skill, importance="essential")
    untested = Page.read(Client(), f"/interviews/builder/?level={level(ladder, 'Second').key}")
    assert "Risk (inherited from First)" in untested.marked("warning")[0]
    question = QuestionSkillFactory(skill=skill, proficiency=None).question
    for title, expected in (("First", 0), ("Second", 1)):
        key = level(ladder, title).key
        loop = Page.read(Client(), f"/interviews/builder/?level={key}")
        assert loop.part("coverage").text.count("Inherited from First") == expected
        practice = Page.read(Client(), f"/interviews/practice/?level={key}")
        assert practice.part("stories").text.count("Inherited from First") == expected
        question_set = QuestionSetFactory(level=level(ladder, title))
        page = Page.read(Client(), question_set.get_absolute_url())
        assert page.marked("warning")[0].text.count("(inherited from First)") == expected
        section = SetSectionFactory(question_set=question_set)
        SetItemFactory(section=section, question=question)
        page = Page.read(Client(), question_set.get_absolute_url())
        assert page.part("coverage").text.count("Inherited from First") == expected


def test_a_comparison_says_what_is_inherited_of_skills_that_are_only_named(
    ladder: Ladder, skill: Skill
) -> None:
    LevelRequirementFactory(level=level(ladder, "First"), skill=skill)
    for other in ("first", "third"):
        query = urlencode({"from": f"tpm/{other}", "to": "tpm/second"})
        page = Page.read(Client(), f"/ladders/compare/?{query}")
        assert "Risk (inherited from First)" in page.part("skills")


def test_what_a_level_repeats_is_counted_and_listed_once(ladder: Ladder, skill: Skill) -> None:
    third = level(ladder, "Third")
    third.cumulative = True
    third.save()
    for title in ("First", "Second"):
        ExpectationFactory(level=level(ladder, title), skill=skill, text="Names risks.")
    ExpectationFactory(level=level(ladder, "First"), skill=skill, text="Lists risks.")
    assert cells(page_of(ladder), "coverage") == [
        "2 on Risk at First", "1 on Risk at Second + 1 inherited",
        "0 on Risk at Third + 2 inherited",
    ]  # fmt: skip
    (section,) = page_of(third).marked("expectations")
    assert section.text == "Risk Inherited: 2 From Second Names risks. From First Lists risks."
    query = urlencode({"from": "tpm/first", "to": "tpm/third"})
    known = Page.read(Client(), f"/ladders/compare/?{query}").part("known")
    assert known.text.count("no skills, 2 expectations") == 2


def test_a_case_rubric_says_once_what_a_level_repeats() -> None:
    collection = CollectionFactory(slug="other")
    risk = SkillFactory(title="Risk", collection=collection)
    first = LevelFactory(
        ladder=LadderFactory(slug="x", collection=collection), title="First", position=1
    )
    second = LevelFactory(ladder=first.ladder, title="Second", position=2, cumulative=True)
    for each in (first, second):
        ExpectationFactory(level=each, skill=risk, text="Names risks.")
    ExpectationFactory(level=first, skill=risk, text="Lists risks.")
    answer = Client().get(f"{collection.get_absolute_url()}case.json")
    (rubric,) = json.loads(answer.getvalue())["CFRubrics"]  # type: ignore[attr-defined]
    _, inherited = rubric["CFRubricCriteria"][0]["CFRubricCriterionLevels"]
    assert inherited["description"] == "- Names risks.\n- Lists risks. (inherited from First)"
