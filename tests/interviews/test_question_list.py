"""The list of questions, filtered by skill, role, band and time."""

import csv
from typing import Any

import pytest
from django.test import Client

from content.base_models import Status
from interviews.models import Question
from interviews.question_filters import QuestionFilterForm
from ladders.models import Band
from tests.factories import (
    AnswerStepFactory,
    BandFactory,
    CollectionFactory,
    ProbeFactory,
    QuestionFactory,
    QuestionSkillFactory,
    RoleFactory,
    SkillFactory,
)
from tests.markup import Page
from tests.showing import (
    assert_pages_hold,
    assert_queries_do_not_grow,
    assert_shown_while_published,
    set_status,
)

pytestmark = pytest.mark.django_db

URL = "/interviews/questions/"
ALL = ["Any", "Plan", "Slip"]


def read(query: str = "") -> Page:
    return Page.read(Client(), f"{URL}?{query}" if query else URL)


def prompts(query: str = "") -> list[str]:
    """The questions that match a query, as listed."""
    return [question.all("p")[0].text for question in read(query).all("article")]


@pytest.fixture
def content() -> None:
    low, middle, high = (
        BandFactory(title=t, slug=t.lower(), position=n)
        for n, t in enumerate(["Low", "Middle", "High"])
    )
    tpm = RoleFactory(slug="tpm", title="TPM")
    RoleFactory(slug="other", title="Other")
    risk = SkillFactory(slug="risk", title="Risk")
    SkillFactory(slug="cost")
    slip = QuestionFactory(
        title="Slip", slug="slip", prompt="*Slip*", summary="Tests honesty.", kind="behavioral",
        minutes=10, band_from=low, band_to=middle, roles=[tpm],
    )  # fmt: skip
    plan = QuestionFactory(
        title="Plan", prompt="Plan", kind="case", audience="candidate", minutes=30, band_from=high
    )
    QuestionFactory(title="Any", prompt="Any", kind="technical", minutes=None)
    QuestionSkillFactory(question=slip, skill=risk, position=1)
    QuestionSkillFactory(question=slip, skill=SkillFactory(title="Candour"), position=2)
    QuestionSkillFactory(question=plan)


@pytest.mark.usefixtures("content")
def test_a_question_is_listed_with_its_facts() -> None:
    page = read()
    assert prompts() == ALL
    assert page.marked("listhead")[0].text == "3 questions Download: CSV XLSX Markdown JSON"
    slip = page.all("article")[-1]
    assert slip.marked("q__facts")[0].text == "Behavioral · risk, candour · low to middle · 10 min"
    assert slip.one("h3").text == "Slip"
    assert slip.links == ["/interviews/questions/slip/"]
    assert page.all("article")[0].marked("q__facts")[0].text == "Technical"


def test_a_question_is_listed_while_it_and_its_collection_are_published() -> None:
    question = QuestionFactory(
        prompt="Ravens?", collection=CollectionFactory(title="Their framework")
    )
    QuestionFactory()
    for hidden in (question, question.collection):
        assert_shown_while_published(URL, hidden, "Ravens?")
    assert "From Their framework" in read()


def test_a_hidden_skill_is_not_named() -> None:
    skill = QuestionSkillFactory(skill__title="Ravens", question__prompt="Tell me.").skill
    assert_shown_while_published(URL, skill, "ravens")


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=honesty", ["Slip"]),
        ("q=slip", ["Slip"]),
        ("q=none", []),
        ("skill=risk", ["Slip"]),
        ("skill=cost", []),
        ("skill=none", ALL),
        ("role=tpm", ["Slip", "Any", "Plan"]),
        ("role=other", ["Any", "Plan"]),
        ("role=none", ALL),
        ("band=low", ["Any", "Slip"]),
        ("band=middle", ["Any", "Slip"]),
        ("band=high", ["Any", "Plan"]),
        ("band=none", ALL),
        ("kind=case", ["Plan"]),
        ("kind=estimation", []),
        ("kind=none", ALL),
        ("audience=candidate", ["Plan"]),
        ("audience=none", ALL),
        ("minutes=10", ["Slip"]),
        ("minutes=9", []),
        ("minutes=30", ["Plan", "Slip"]),
        ("minutes=0", ALL),
        ("minutes=-5", ALL),
        ("minutes=many", ALL),
        ("minutes=99999999999999999999", ALL),
        (
            "skill=risk&band=low&kind=behavioral&role=tpm&minutes=10&audience=interviewer&q=slip",
            ["Slip"],
        ),
        ("skill=risk&band=high", []),
        ("minutes=many&kind=case", ["Plan"]),
        ("utm_source=x", ALL),
    ],
)
def test_filters_leave_what_fits(query: str, found: list[str]) -> None:
    assert prompts(query) == found


def test_what_is_hidden_is_no_filter() -> None:
    probed = QuestionSkillFactory(question__prompt="Ravens?", skill__slug="risk")
    QuestionFactory(prompt="Other")
    assert prompts("skill=risk") == ["Ravens?"]
    set_status(probed.skill, Status.DRAFT)
    assert sorted(prompts("skill=risk")) == ["Other", "Ravens?"]


def files_of(query: str) -> list[str]:
    """Addresses of the list as a file."""
    return [f"/interviews/questions.{form}{query}" for form in ("csv", "xlsx", "md", "json")]


@pytest.mark.usefixtures("content")
def test_the_file_has_the_same_filters_and_no_page() -> None:
    assert read("kind=case&page=3").marked("listhead")[0].links == files_of("?kind=case")
    assert read().marked("listhead")[0].links == files_of("")
    assert (
        read("kind=case").marked("listhead")[0].text
        == "1 question Download: CSV XLSX Markdown JSON"
    )


@pytest.mark.parametrize("query", ["", "q=none"])
def test_an_empty_list_says_what_to_do_next(query: str) -> None:
    empty = read(query).marked("empty")[0]
    assert empty.text == "No question fits these filters. Show all questions."
    assert empty.links == [URL]


def test_a_question_for_several_roles_is_listed_once() -> None:
    roles = [RoleFactory(slug="a"), RoleFactory(slug="b")]
    QuestionFactory(prompt="Ravens?", roles=roles)
    assert prompts("role=a") == ["Ravens?"]
    assert read("role=a").marked("listhead")[0].text.startswith("1 question ")


def test_pages_keep_the_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuestionFilterForm, "page_size", 2)
    names = [f"Q{number} question" for number in range(5)]
    for name in names:
        QuestionFactory(title=name, prompt=name, kind="case")
    QuestionFactory(title="Q6 question", prompt="Q6 question")
    assert_pages_hold(URL, "q=question&kind=case", names)


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many() -> None:
    def grow() -> None:
        QuestionSkillFactory(
            question__collection=CollectionFactory(), question__band_to=BandFactory()
        )

    assert_queries_do_not_grow(URL, grow)


def choices(field: str, query: str = "") -> dict[str, int]:
    """The number of questions that is shown for each choice of a filter."""
    (select,) = [each for each in read(query).all("select") if each.attributes["name"] == field]
    told = [option.text.removesuffix(")").rsplit(" (", 1) for option in select.all("option")[1:]]
    return {title: int(number) for title, number in told}


@pytest.mark.usefixtures("content")
def test_beside_each_choice_stands_how_many_it_leaves_whatever_is_chosen_there() -> None:
    for query in ("", "kind=case", "kind=technical&band=low"):
        assert choices("kind", query)["Case"] == (0 if "band" in query else 1)
    assert choices("skill").items() >= {"Candour": 1, "Risk": 1}.items()
    assert choices("skill", "kind=technical").items() >= {"Candour": 0, "Risk": 0}.items()
    assert choices("band") == {"Low": 2, "Middle": 2, "High": 2}
    assert choices("band", "minutes=20&audience=interviewer") == {"Low": 1, "Middle": 1, "High": 0}


@pytest.mark.usefixtures("content")
def test_bands_without_positions_have_questions_of_their_own() -> None:
    Band.objects.update(position=0)
    for slug, title in {"low": "Low", "middle": "Middle", "high": "High"}.items():
        assert choices("band")[title] == len(prompts(f"band={slug}")) == 2
    assert prompts("band=high") == ["Any", "Plan"]


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("minutes", ["Slip", "Plan", "Any"]),
        ("band", ["Any", "Slip", "Plan"]),
        ("new", ["Any", "Plan", "Slip"]),
        ("nonsense", ALL),
    ],
)
def test_the_order_can_be_chosen_and_is_that_of_the_csv(order: str, expected: list[str]) -> None:
    assert prompts(f"sort={order}") == expected
    answer: Any = Client().get(f"{URL[:-1]}.csv?bom=0&sort={order}")
    lines = csv.DictReader(answer.getvalue().decode().splitlines())
    made = ["Slip", "Plan", "Any"]
    assert [line["prompt"].strip("*") for line in lines] == (
        made if order == "nonsense" else expected
    )


@pytest.mark.usefixtures("content")
def test_questions_can_be_those_that_an_answer_framework_probes() -> None:
    step = AnswerStepFactory(framework__title="STAR", framework__slug="star")
    for _ in range(2):
        ProbeFactory(question=Question.objects.get(title="Plan"), step=step)
    assert choices("framework") == {"STAR": 1}
    assert prompts("framework=star") == ["Plan"]
    set_status(step.framework, Status.DRAFT)
    assert prompts("framework=star") == ALL


@pytest.mark.sqlite
def test_one_page_of_very_many_questions_is_read_without_sorting_all_of_them() -> None:
    page = Question.objects.published().for_list()[:30]
    assert "interviews_questions_in_order" in page.explain()
    assert "TEMP B-TREE" not in page.explain()
    assert "TEMP B-TREE" in page.model.objects.published().order_by("minutes")[:30].explain()
