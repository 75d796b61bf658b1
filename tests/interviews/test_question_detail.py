"""The page of a question: prompt, follow-ups by step, rating anchors, and what to avoid."""

from typing import Any

import pytest
from django.test import Client

from interviews.models import Question
from tests.factories import (
    AnchorFactory,
    AnswerStepFactory,
    BandFactory,
    CollectionFactory,
    ProbeFactory,
    QuestionFactory,
    QuestionSkillFactory,
    RoleFactory,
    SetItemFactory,
    SkillFactory,
    step_of,
)
from tests.markup import Page
from tests.showing import (
    HIDDEN,
    assert_hidden_is_for_editors,
    assert_queries_do_not_grow,
    assert_shown_while_published,
    set_status,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def question() -> Question:
    return QuestionFactory(
        title="The slip", slug="slip", prompt="What *slipped*?", guidance="", avoid="", minutes=None
    )


def page_of(question: Question) -> Page:
    return Page.read(Client(), question.get_absolute_url())


def facts(page: Page) -> dict[str, str]:
    """The facts beneath the prompt."""
    lists = page.marked("key-facts")
    return {row.one("dt").text: row.one("dd").text for each in lists for row in each.all("div")}


def test_it_shows_the_prompt_and_how_to_ask_it(question: Question) -> None:
    Question.objects.update(
        guidance="Listen for *numbers*.",
        avoid="Do not reward **names**.",
        minutes=15,
        sources="- X",
    )
    page = page_of(question)
    assert page.one("h1").text == "The slip"
    assert page.marked("kind")[0].text == "Behavioral question"
    assert page.marked("prompt")[0].text == "What slipped?"
    assert page.marked("prompt")[0].one("em").text == "slipped"
    assert page.part("guidance").one("em").text == "numbers"
    assert page.part("avoid").one("strong").text == "names"
    assert facts(page) == {"Time": "15 minutes"}
    assert "X" in page.marked("sources")[0]


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("What *slipped*?", "What slipped?"),
        ("Tell me about a plan. What came of it?", "Tell me about a plan"),
        (
            "Tell me about a time when you had to move a date that other people had promised.",
            "Tell me about a time when you had to move a date that other…",
        ),
    ],
)
def test_the_title_of_the_page_is_what_is_asked(
    question: Question, prompt: str, title: str
) -> None:
    Question.objects.update(prompt=prompt)
    document = page_of(question).document
    assert document.one("title").text == f"{title} | TPM interview question"
    og_titles = [
        meta.attributes["content"]
        for meta in document.all("meta")
        if meta.attributes.get("property") == "og:title"
    ]
    assert og_titles == [f"{title} | TPM interview question"]


def test_the_title_of_the_page_of_another_collection_names_no_trade() -> None:
    question = QuestionFactory(prompt="What slipped?", collection=CollectionFactory())
    title = page_of(question).document.one("title").text
    assert title == "What slipped? | interview question"


def test_it_says_for_whom_it_is(question: Question) -> None:
    question.roles.set([RoleFactory(title="Lead"), RoleFactory(title="Head")])
    Question.objects.update(
        audience="candidate", band_from=BandFactory(title="Mid"), band_to=BandFactory(title="Staff")
    )
    page = page_of(question)
    assert page.marked("kind")[0].text == "Behavioral question, asked by the candidate"
    assert facts(page) == {"Bands": "Mid to Staff", "Roles": "Head, Lead"}
    assert page.marked("key-facts")[0].links == ["/roles/head/", "/roles/lead/"]


def test_it_leads_to_similar_questions_and_to_tools(question: Question) -> None:
    skill = SkillFactory(title="Risk")
    others = [QuestionFactory(title="B", prompt="A *risk*?"), QuestionFactory(title="C")]
    for other in (question, *others):
        QuestionSkillFactory(question=other, skill=skill)
    QuestionFactory(title="Elsewhere", prompt="About something else?")
    page = page_of(question)
    assert [row.one("b").text for row in page.part("similar").all("li")][0] == "A risk?"
    assert len(page.part("similar").all("li")) == 2
    side = page.marked("side")[0].links
    assert {"/interviews/practice/", "/interviews/builder/"} <= set(side)
    assert "/interviews/questions/?skill=risk" in side
    Question.objects.filter(pk=question.pk).update(audience="candidate")
    assert "/interviews/builder/" not in page_of(question).marked("side")[0].links


def test_a_bare_question_shows_no_empty_parts(question: Question) -> None:
    page = page_of(question)
    assert page.headings == []
    assert facts(page) == {}


def test_it_shows_the_skills_it_tests_in_the_editors_order(question: Question) -> None:
    for title, step, position in [("Risk", 3, 2), ("Candour", None, 1)]:
        skill = SkillFactory(title=title)
        proficiency = None if step is None else step_of(skill, step)
        QuestionSkillFactory(
            question=question, skill=skill, proficiency=proficiency, position=position
        )
    part = page_of(question).part("skills")
    assert [row.text for row in part.all("li")] == [
        "Candour Not graded",
        "Risk Expert, level 4 of 4",
    ]
    assert part.links == ["/skills/candour/", "/skills/risk/"]
    assert question.summary in part


def test_it_shows_follow_ups_by_step_in_order(question: Question) -> None:
    step = AnswerStepFactory(framework__title="STAR", framework__slug="star", title="Result")
    ProbeFactory(
        question=question,
        step=step,
        position=2,
        condition="if it stays vague",
        text="By *how much*?",
    )
    ProbeFactory(question=question, position=1, text="And then?")
    part = page_of(question).part("probes")
    shown = [
        (row.marked("probes__step")[0].text, row.marked("prose")[0].text) for row in part.all("li")
    ]
    assert shown == [("", "And then?"), ("STAR: Result if it stays vague", "By how much?")]
    assert part.links == ["/interviews/frameworks/star/"]


def test_it_shows_what_answers_at_each_rating_show(question: Question) -> None:
    senior = BandFactory(title="Senior")
    AnchorFactory(question=question, rating=4, band=senior, text="Changes *how*.")
    for rating in (4, 2, 3, 1):
        AnchorFactory(question=question, rating=rating, text=f"Evidence {rating}.")
    part = page_of(question).part("anchors")
    assert [anchor.text for anchor in part.marked("anchor")] == [
        "1 Poor Evidence 1.",
        "2 Mixed Evidence 2.",
        "3 Good Evidence 3.",
        "4 Outstanding Evidence 4.",
        "4 Outstanding Senior Changes how.",
    ]


def test_it_shows_the_sets_that_ask_it_once_each(question: Question) -> None:
    item = SetItemFactory(question=question, section__question_set__title="Screen")
    SetItemFactory(question=question, section__question_set=item.section.question_set)
    part = page_of(question).part("question-sets")
    assert part.links == ["/interviews/sets/screen/"]


def skill(question: Question) -> Any:
    return QuestionSkillFactory(question=question).skill


def framework(question: Question) -> Any:
    return ProbeFactory(question=question, step=AnswerStepFactory()).step.framework


def role(question: Question) -> Any:
    question.roles.add(row := RoleFactory())
    return row


def question_set(question: Question) -> Any:
    return SetItemFactory(question=question).section.question_set


RELATED = [skill, framework, role, question_set]


@pytest.mark.parametrize("relate", RELATED)
def test_what_is_related_shows_while_it_and_its_collection_are_published(
    question: Question, relate: Any
) -> None:
    row = relate(question)
    row.collection = CollectionFactory()
    row.save()
    for hidden in (row, row.collection):
        assert_shown_while_published(question.get_absolute_url(), hidden, row.title)


def test_a_follow_up_stays_without_its_step_where_the_framework_is_hidden(
    question: Question,
) -> None:
    probe = ProbeFactory(
        question=question, step=AnswerStepFactory(framework__title="STAR"), text="And then?"
    )
    set_status(probe.step.framework, HIDDEN[0])
    assert page_of(question).part("probes").all("li")[0].text == "And then?"


def test_a_hidden_question_is_for_its_editors(question: Question) -> None:
    assert_hidden_is_for_editors(question)


def test_the_editor_of_a_draft_sees_its_parts(admin_client: Client, question: Question) -> None:
    ProbeFactory(question=question, text="And then?")
    AnchorFactory(question=question, text="Evidence.")
    shown = skill(question)
    set_status(question, HIDDEN[0])
    page = Page.read(admin_client, question.get_absolute_url())
    assert page.headings == ["skills", "probes", "anchors"]
    assert shown.title in page.part("skills")


def test_a_renamed_question_is_found_at_its_former_address(
    client: Client, question: Question
) -> None:
    question.slug = "slipped"
    question.save()
    assert client.get("/interviews/questions/slip/")["Location"] == "/interviews/questions/slipped/"
    assert Page.read(client, "/interviews/questions/slipped/").one("h1").text == "The slip"


def test_a_question_of_another_collection_names_its_publisher(
    client: Client, question: Question
) -> None:
    other = CollectionFactory(slug="other", attribution="By Somebody Else.")
    QuestionFactory(slug="slip", title="Theirs", collection=other)
    page = Page.read(client, "/interviews/questions/other:slip/")
    assert page.one("h1").text == "Theirs"
    assert "By Somebody Else." in page.marked("provenance")[0]
    assert page.marked("provenance")[0].links[0] == "/collections/other/"
    assert page_of(question).one("h1").text == "The slip"


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many(question: Question) -> None:
    def grow() -> None:
        for relate in RELATED:
            relate(question)
        AnchorFactory(question=question, band=BandFactory())

    assert_queries_do_not_grow(question.get_absolute_url(), grow)


def test_it_leads_to_the_questions_before_and_after_it(question: Question) -> None:
    QuestionFactory(title="The vendor", slug="vendor")
    between = QuestionFactory(title="The trade-off", slug="trade-off")
    QuestionFactory(title="The team", slug="team", collection=CollectionFactory())
    assert page_of(question).marked("nextprev")[0].links == ["/interviews/questions/trade-off/"]
    assert page_of(between).marked("nextprev")[0].links == [
        "/interviews/questions/slip/",
        "/interviews/questions/vendor/",
    ]
    set_status(between, "draft")
    assert page_of(question).marked("nextprev")[0].links == ["/interviews/questions/vendor/"]


def test_a_question_for_roles_that_are_hidden_is_not_said_to_be_for_any(question: Question) -> None:
    role = RoleFactory(title="Lead")
    question.roles.add(role)
    assert facts(page_of(question)) == {"Roles": "Lead"}
    set_status(role, HIDDEN[0])
    assert facts(page_of(question)) == {}
