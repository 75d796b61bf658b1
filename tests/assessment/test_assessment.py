"""The private self-assessment: its questions, its results, and how visitors save their answers.

The server stores nothing.
"""

import codecs
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.markdown import render_markdown
from ladders.models import Level
from skills.models import Skill
from tests import factories
from tests.factories import (
    LadderFactory,
    LevelFactory,
    LevelRequirementFactory,
    QuestionFactory,
    SkillFactory,
    step_of,
)
from tests.markup import Page, parse
from tests.showing import (
    assert_hidden_is_for_editors,
    assert_queries_do_not_grow,
    assert_shown_while_published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def send(level: Level, client: Client | None = None, /, **answers: Any) -> HttpResponse:
    """What is answered to `r_risk="working"` and the like."""
    named = {name.replace("_", "-", 1): value for name, value in answers.items()}
    return (client or Client()).post(level.get_assessment_url(), named)


def result(level: Level, /, **answers: Any) -> Page:
    return Page(send(level, **answers).text)


def told(page: Page) -> dict[str, list[str]]:
    """The skills under each heading of a result, other than the gaps."""
    kinds = ["no_opportunity", "not_sure", "beyond", "met", "ungraded", "not_applicable", "open"]
    lists = iter(page.marked("table"))
    shown = [
        each.attributes.get("id") for each in page.all("h2") if each.attributes.get("id") in kinds
    ]
    return {str(kind): [item.one("a").text for item in next(lists).all("li")] for kind in shown}


def gaps(page: Page) -> list[str]:
    return [row.one("h4").text for row in page.marked("req")]


def chosen(page: Page) -> dict[str, str]:
    radios = [each for each in page.all("input") if "checked" in each.attributes]
    return {str(each.attributes["name"]): str(each.attributes["value"]) for each in radios}


def test_every_skill_of_the_level_is_asked_with_its_steps(level: Level) -> None:
    SkillFactory(title="Elsewhere")
    page = Page.read(Client(), level.get_assessment_url())
    assert [each.one("legend").text for each in page.all("fieldset")] == [
        "Risk Essential",
        "Writing Helpful",
    ]
    steps = page.all("fieldset")[0].marked("rating__step")
    assert [step.text for step in steps] == [
        "Aware Risk at step 1.",
        "Working required here Risk at step 2.",
        "Expert Risk at step 3.",
    ]
    otherwise = page.all("fieldset")[0].marked("rating__otherwise")[0]
    assert otherwise.text == "None of these yet No opportunity yet Not applicable Unsure"
    assert chosen(page) == {}


def test_a_long_list_describes_what_is_near_to_what_is_asked(level: Level) -> None:
    risk = Skill.objects.get(slug="risk")
    level.requirements.filter(skill=risk).update(proficiency=step_of(risk, 2))
    described = {}
    for number in (20, 21, 61):
        LevelRequirementFactory.create_batch(number - level.requirements.count(), level=level)
        fieldsets = Page.read(Client(), level.get_assessment_url()).all("fieldset")
        (fieldset,) = (each for each in fieldsets if each.one("legend").text == "Risk Essential")
        described[number] = [each.text for each in fieldset.marked("rating__text")]
    steps = ["Risk at step 1.", "Risk at step 2.", "Risk at step 3."]
    assert described == {20: steps, 21: steps[1:], 61: steps[2:]}


@pytest.mark.parametrize(
    ("value", "heading"),
    [
        ("working", "met"),
        ("expert", "beyond"),
        ("no_opportunity", "no_opportunity"),
        ("not_sure", "not_sure"),
        ("not_applicable", "not_applicable"),
    ],
)
def test_an_answer_stands_under_what_it_means(level: Level, value: str, heading: str) -> None:
    page = result(level, r_risk=value)
    assert told(page) == {heading: ["Risk"], "open": ["Writing"]}
    assert gaps(page) == []


def test_gaps_come_with_the_next_step_and_what_helps_the_essential_first(level: Level) -> None:
    risk = Skill.objects.get(slug="risk")
    factories.LearningResourceFactory(title="A book on risk").skills.add(risk)
    factories.QuestionSkillFactory(question=QuestionFactory(title="A failure"), skill=risk)
    factories.GuideFactory(title="On risk").skills.add(risk)
    page = result(level, r_writing="none_yet", r_risk="aware", n_risk="Kept <the> register.")
    assert gaps(page) == ["Risk Essential", "Writing Helpful"]
    first, second = page.marked("req")
    assert "Next: Working Risk at step 2." in first
    assert "A book on risk" in first
    assert "Kept <the> register." in first
    assert "Next: Aware Writing at step 1." in second
    assert "Then: Working Writing at step 2." in second
    assert {"A failure", "On risk"} <= {each.text for each in page.all("a")}
    assert [row.all("td")[2].text for row in page.part("picture").one("tbody").all("tr")] == [
        "1 proficiency below",
        "2 proficiencies below",
    ]


def test_a_skill_without_a_scale_or_a_step_can_be_answered(level: Level) -> None:
    LevelRequirementFactory(
        level=level, skill=SkillFactory(slug="bare", title="Bare", scale=None), proficiency=None
    )
    LevelRequirementFactory(
        level=level,
        skill=SkillFactory(slug="loose", title="Loose", scale=factories.ScaleFactory()),
        proficiency=None,
    )
    page = result(level, r_bare="shown_it", r_loose="aware")
    assert told(page) == {"met": ["Bare"], "ungraded": ["Loose"], "open": ["Risk", "Writing"]}
    assert gaps(result(level, r_bare="none_yet", r_loose="none_yet")) == ["Bare"]


def test_a_required_step_of_another_scale_is_not_mistaken_for_one_of_the_skill(
    level: Level,
) -> None:
    other = factories.ScaleFactory(slug="other", steps=["Knows", "Uses", "Teaches"])
    Skill.objects.filter(slug="risk").update(scale=other)
    page = Page.read(Client(), level.get_assessment_url())
    assert "required here" not in page.all("fieldset")[0]
    assert "required here" in page.all("fieldset")[1]


def test_the_wheel_shows_what_was_answered_and_what_is_required(level: Level) -> None:
    wheel = result(level, r_risk="aware").marked("wheel")[0]
    assert wheel.attributes["aria-label"] == (
        "Your skills and those required of Senior: 1 of 2 skills answered, 1 below the requirement."
    )
    assert {path.attributes["class"] for path in wheel.all("path")} >= {"missing", "required"}


def test_three_gaps_are_focus_areas_and_the_others_are_folded(level: Level) -> None:
    for number in range(4):
        requirement = LevelRequirementFactory(level=level, skill__slug=f"more-{number}")
        assert requirement.proficiency
    page = result(level, **{f"r_more-{number}": "none_yet" for number in range(4)})
    assert "1 other gap" in [fold.all("summary")[0].text for fold in page.marked("fold")]
    assert len(page.marked("req")) == 4


def test_without_any_answer_it_says_so(level: Level) -> None:
    page = result(level)
    assert "You have not chosen anything yet" in page
    assert page.all("fieldset")


@pytest.mark.parametrize("value", ["gone", "r-risk", "9" * 5000, "\0", "<b>"])
def test_a_step_that_is_gone_is_told_and_the_rest_holds(level: Level, value: str) -> None:
    page = result(level, r_risk=value, r_writing="working")
    assert "is no longer a proficiency of this skill" in page
    assert told(page) == {"met": ["Writing"], "open": ["Risk"]}


def test_answers_are_shown_again_and_those_about_other_skills_kept(level: Level) -> None:
    page = result(level, r_risk="aware", r_other="expert", n_other="Did it.", x_other="no")
    assert chosen(page) == {"r-risk": "aware"}
    hidden = {
        each.attributes["name"]: each.attributes["value"]
        for each in page.all("input")
        if _is_hidden(each)
    }
    assert hidden == {"r-other": "expert", "n-other": "Did it."}


def _is_hidden(element: Any) -> bool:
    return element.attributes.get("type") == "hidden"


def test_nothing_is_written_and_nobody_keeps_the_answer(level: Level) -> None:
    client = Client(enforce_csrf_checks=True)
    with CaptureQueriesContext(connection) as captured:
        answer = send(level, client, r_risk="aware")
    assert (answer.status_code, answer["Cache-Control"], len(answer.cookies)) == (
        200,
        "private, no-store",
        0,
    )
    assert captured.captured_queries
    assert [query["sql"] for query in captured if not query["sql"].startswith("SELECT")] == []
    assert chosen(Page.read(client, level.get_assessment_url())) == {}


def test_a_file_brings_the_answers_back(level: Level) -> None:
    answers = {"r_risk": "aware", "n_risk": "Kept the register: “all” of it.", "r_gone": "expert"}
    file = send(level, **answers, **{"as": "file"})
    assert file["Content-Disposition"] == 'attachment; filename="assessment-senior.json"'
    content = json.loads(file.content)
    assert content["level"] == "tpm/senior"
    assert content["framework_version"] == level.ladder.collection.version
    assert content["date"] == timezone.localdate().isoformat()
    page = result(level, file=SimpleUploadedFile("mine.json", file.content), **{"as": "load"})
    assert chosen(page) == {"r-risk": "aware"}
    assert page.all("textarea")[0].text == "Kept the register: “all” of it."
    assert "1 of 2 skills have an answer already" in page
    marked = SimpleUploadedFile(
        "mine.json", codecs.BOM_UTF8 + file.content
    )  # as some editors save it
    assert chosen(result(level, file=marked, **{"as": "load"})) == {"r-risk": "aware"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "First choose the file"),
        (b"{", "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "not an assessment that was downloaded from this portal"),
        (
            b'{"kind": "TPM Portal assessment", "answers": [1]}',
            "not an assessment that was downloaded from this portal",
        ),
        (
            b'{"kind": "TPM Portal assessment", "answers": {"r-risk": 3}}',
            "something other than text in “r-risk”",
        ),
        (
            b'{"kind": "TPM Portal assessment", "answers": {"r-\\ud800": 3}}',
            "invalid characters",
        ),
        (b" " * 1_000_001, "too large"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words_and_the_answers_stay(
    level: Level, content: bytes | None, words: str
) -> None:
    file = {"file": SimpleUploadedFile("mine.json", content)} if content else {}
    page = result(level, r_risk="aware", **file, **{"as": "load"})
    assert words in page.marked("state")[0]
    assert chosen(page) == {"r-risk": "aware"}


def test_the_report_is_markdown_that_says_what_the_page_says(level: Level) -> None:
    answers = {"r_risk": "aware", "n_risk": "# No *heading*\n| here", "r_writing": "expert"}
    report = send(level, **answers, **{"as": "markdown"})
    assert report["Content-Type"] == "text/markdown; charset=utf-8"
    assert report["Content-Disposition"] == 'attachment; filename="assess-tpm-senior.md"'
    assert report["Cache-Control"] == "private, no-store"
    shown = parse(render_markdown(report.text, 2))
    assert [heading.text for heading in shown.all("h2", "h3", "h4", "h5")] == [
        "Self-assessment: Senior",
        "Focus areas",
        "Risk Essential",
        "Skill by skill",
        "Beyond the requirement",
    ]
    assert [cell.text for cell in shown.all("td")][:3] == ["Risk", "Aware", "Working Essential"]
    for words in (
        "Next: Working",
        "Risk at step 2.",
        "# No *heading*",
        "| here",
        "There is no score",
    ):
        assert words in shown
    assert "Choose what you can show" not in shown
    assert "http://testserver/skills/risk/" in report.text


def test_answers_go_to_another_level(level: Level) -> None:
    staff = LevelFactory(title="Staff", slug="staff", ladder=level.ladder)
    LevelRequirementFactory(level=staff, skill=Skill.objects.get(slug="risk"))
    LevelRequirementFactory(level=staff)
    sent = {"r-risk": "expert", "r-writing": "aware", "as": "carry", "level": staff.key}
    moved = Client().post(level.get_assessment_url(), sent)
    assert (moved.status_code, moved["Location"]) == (307, staff.get_assessment_url())
    page = Page(Client().post(moved["Location"], sent).text)
    assert "1 of 2 skills have an answer already" in page
    assert chosen(page) == {"r-risk": "expert"}


@pytest.mark.parametrize("key", ["", "nowhere", "tpm/nowhere", "a:b:c/d", "tpm/senior"])
def test_a_level_to_go_to_that_is_none_or_this_one_leaves_the_answers_here(
    level: Level, key: str
) -> None:
    page = result(level, r_risk="aware", level=key, **{"as": "carry"})
    assert chosen(page) == {"r-risk": "aware"}


def test_a_level_that_names_no_skills_leads_to_those_that_do(level: Level) -> None:
    bare = LevelFactory(title="Bare", ladder=LadderFactory(title="Prose"))
    page = Page.read(Client(), bare.get_assessment_url())
    assert "lists no required skills" in page
    assert level.get_assessment_url() in page.links
    assert bare.get_assessment_url() not in page.links
    assert not page.all("fieldset")


def test_what_is_not_published_is_not_asked(level: Level) -> None:
    assert_shown_while_published(
        level.get_assessment_url(), Skill.objects.get(slug="risk"), "Risk at step 2."
    )


def test_a_hidden_ladder_hides_it(level: Level) -> None:
    assert_hidden_is_for_editors(level.ladder, level.get_assessment_url(), "Its ladder")


def test_the_level_leads_to_it(level: Level) -> None:
    assert level.get_assessment_url() in Page.read(Client(), level.get_absolute_url()).links


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_skills_as_for_many(level: Level) -> None:
    def grow() -> None:
        requirement = LevelRequirementFactory(level=level)
        factories.SkillDescriptorFactory(
            skill=requirement.skill, proficiency=step_of(requirement.skill, 1)
        )

    assert_queries_do_not_grow(level.get_assessment_url(), grow)


def test_two_hundred_skills_are_a_page_too(level: Level) -> None:
    LevelRequirementFactory.create_batch(198, level=level)
    answers = {f"r_{skill.key}": "none_yet" for skill in Skill.objects.all()}
    assert len(gaps(result(level, **answers))) == 200


def test_what_is_sent_follows_a_level_that_was_renamed(level: Level) -> None:
    former = level.get_assessment_url()
    level.slug = "senior-tpm"
    level.save()
    answer = Client().post(former, {"r-risk": "aware"})
    assert (answer.status_code, answer["Location"]) == (308, level.get_assessment_url())
    assert Client().get(former).status_code == 301


def test_gaps_are_ordered_by_importance_only_where_it_is_stated(level: Level) -> None:
    def order(importance: str) -> str:
        level.requirements.filter(skill__slug="risk").update(importance=importance)
        page = result(level, r_risk="aware", r_writing="aware")
        return page.part("gaps").marked("note")[0].text

    assert order("essential").startswith("Essential skills first")
    assert order("").startswith("Helpful skills last")
    level.requirements.update(importance="")
    assert order("") == "The widest gaps first."


def test_only_levels_that_name_skills_are_offered_instead(level: Level) -> None:
    above = {"ladder": level.ladder, "position": level.position + 1}
    including = LevelFactory(title="Including", slug="including", cumulative=True, **above)
    silent = LevelFactory(title="Silent", slug="silent", **above)
    part = Page.read(Client(), silent.get_assessment_url()).part("others")
    assert including.get_assessment_url() in part.links
    assert silent.get_assessment_url() not in part.links
    level.requirements.all().delete()
    LevelRequirementFactory(level__ladder=level.ladder, skill__status="draft")
    part = Page.read(Client(), silent.get_assessment_url()).part("others")
    assert "There is none yet." in part
