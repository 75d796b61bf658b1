"""The page of a question set: its sections and questions in order, with their minutes."""

from typing import Any

import pytest
from django.test import Client

from content.base_models import Status
from interviews.models import Question, QuestionSet
from tests.factories import (
    CollectionFactory,
    LevelFactory,
    LevelRequirementFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionSkillFactory,
    RoleFactory,
    SetItemFactory,
    SetSectionFactory,
)
from tests.hiring.loops import make_hiring
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
def question_set() -> QuestionSet:
    return QuestionSetFactory(
        title="Screen", slug="screen", stage="phone_screen", minutes=None, intro=""
    )


def page_of(question_set: QuestionSet) -> Page:
    return Page.read(Client(), question_set.get_absolute_url())


def facts(page: Page) -> dict[str, str]:
    """The facts beneath the title."""
    return {row.one("dt").text: row.one("dd").text for row in page.marked("facts")[0].all("div")}


@pytest.mark.parametrize(
    ("audience", "heading"),
    [
        ("interviewer", "Interviewer instructions"),
        ("candidate", "Instructions"),
        ("", "Instructions"),
    ],
)
def test_the_introduction_is_called_instructions_for_those_who_use_the_set(
    question_set: QuestionSet, audience: str, heading: str
) -> None:
    QuestionSet.objects.update(audience=audience, intro="Say *hello*.")
    kit = Page.read(Client(), f"{question_set.get_absolute_url()}kit/")
    for page in (page_of(question_set), kit):
        assert heading in [title.text for title in page.all("h2")]


def test_it_says_what_it_is_for(question_set: QuestionSet) -> None:
    level = LevelFactory(title="Senior", code="R4", slug="senior", ladder__slug="tpm")
    QuestionSet.objects.update(
        role=RoleFactory(title="Lead"),
        level=level,
        minutes=45,
        intro="Say *hello*.",
        outro="Thank **them**.",
        sources="- X",
    )
    page = page_of(question_set)
    assert page.one("h1").text == "Screen"
    assert question_set.summary in page
    assert facts(page) == {
        "Stage": "Phone screen",
        "Time": "45 minutes",
        "Role": "Lead",
        "Level": "Senior (R4)",
    }
    assert page.marked("facts")[0].links == ["/roles/lead/", "/ladders/tpm/senior/"]
    assert page.part("intro").one("em").text == "hello"
    assert page.part("outro").one("strong").text == "them"
    assert page.marked("acts")[0].links == [
        "/interviews/sets/screen/kit/",
        "/interviews/sets/screen/scorecard/",
        *(f"/interviews/sets/screen/questions.{form}" for form in ("csv", "xlsx", "md", "json")),
    ]


def test_a_set_for_candidates_leads_to_practice_instead_of_a_kit(question_set: QuestionSet) -> None:
    kit = f"{question_set.get_absolute_url()}kit/"
    for audience, is_offered in (("interviewer", True), ("", True), ("candidate", False)):
        QuestionSet.objects.update(audience=audience)
        links = page_of(question_set).marked("acts")[0].links
        assert (kit in links) is is_offered
        assert ("/interviews/practice/" in links) is not is_offered


def test_it_asks_its_questions_section_by_section(question_set: QuestionSet) -> None:
    late, early = (
        SetSectionFactory(
            question_set=question_set,
            title=title,
            position=position,
            minutes=minutes,
            script=script,
        )
        for title, position, minutes, script in [
            ("Second", 2, None, ""),
            ("First", 1, 20, "Say *what* comes."),
        ]
    )
    for section, prompt, position, required, minutes in [
        (early, "Two?", 2, False, 12),
        (early, "One?", 1, True, 10),
        (late, "Three?", 1, True, None),
    ]:
        question = QuestionFactory(prompt=prompt, title=prompt.strip("?"), minutes=10)
        SetItemFactory(
            section=section,
            question=question,
            position=position,
            required=required,
            minutes=minutes,
        )
    sections = page_of(question_set).marked("setsection")
    assert [section.one("h2").text for section in sections] == ["First 20 minutes", "Second"]
    assert [section.text for section in sections[0].marked("script")] == ["Say what comes."]
    shown = [
        (item.all("a")[0].text, item.marked("items__facts")[0].text)
        for item in sections[0].one("ol").all("li")
    ]
    assert shown == [("One", "Must ask"), ("Two", "If there is time · 12 minutes")]
    assert sections[0].links == ["/interviews/questions/one/", "/interviews/questions/two/"]
    assert [item.all("a")[0].text for item in sections[1].all("article")] == ["Three"]


def test_a_section_asks_for_no_more_questions_than_it_shows(question_set: QuestionSet) -> None:
    section = SetSectionFactory(question_set=question_set, choose=2)
    items = SetItemFactory.create_batch(3, section=section)
    assert "Ask at least 2 of these." in page_of(question_set)
    items[0].question.status = Status.DRAFT
    items[0].question.save()
    page = page_of(question_set)
    assert "Ask at least" not in page
    assert "Ask all of these." in page


def test_an_empty_set_says_what_to_do_next(question_set: QuestionSet) -> None:
    page = page_of(question_set)
    assert page.headings == []
    assert facts(page) == {"Stage": "Phone screen"}
    assert page.marked("empty")[0].text == "This set has no questions yet. Find some."
    SetSectionFactory(question_set=question_set)
    assert page_of(question_set).marked("empty") == []


def question(question_set: QuestionSet) -> Any:
    return SetItemFactory(section__question_set=question_set).question


def skill(question_set: QuestionSet) -> Any:
    return QuestionSkillFactory(question=question(question_set), skill__title="ravens").skill


def role(question_set: QuestionSet) -> Any:
    question_set.role = RoleFactory()
    question_set.save()
    return question_set.role


def ladder(question_set: QuestionSet) -> Any:
    question_set.level = LevelFactory(ladder__title="Ravens", title="Ravens")
    question_set.save()
    LevelRequirementFactory(level=question_set.level)
    return question_set.level.ladder


@pytest.mark.parametrize("relate", [question, skill, role, ladder])
def test_what_is_related_shows_while_it_and_its_collection_are_published(
    question_set: QuestionSet, relate: Any
) -> None:
    row = relate(question_set)
    row.collection = CollectionFactory()
    row.save()
    for hidden in (row, row.collection):
        assert_shown_while_published(question_set.get_absolute_url(), hidden, row.title)


def test_a_hidden_set_is_for_its_editors(question_set: QuestionSet) -> None:
    assert_hidden_is_for_editors(question_set)


def test_the_editor_of_a_draft_sees_its_questions_and_no_other_drafts(
    admin_client: Client, question_set: QuestionSet
) -> None:
    shown, hidden = question(question_set), question(question_set)
    for row in (question_set, hidden):
        set_status(row, HIDDEN[0])
    page = Page.read(admin_client, question_set.get_absolute_url())
    assert [item.all("a")[0].text for item in page.all("article")] == [shown.title]


def test_a_renamed_set_is_found_at_its_former_address(
    client: Client, question_set: QuestionSet
) -> None:
    question_set.slug = "first-talk"
    question_set.save()
    assert client.get("/interviews/sets/screen/")["Location"] == "/interviews/sets/first-talk/"
    assert Page.read(client, "/interviews/sets/first-talk/").one("h1").text == "Screen"


def test_a_set_of_another_collection_names_its_publisher(
    client: Client, question_set: QuestionSet
) -> None:
    other = CollectionFactory(slug="other", attribution="By Somebody Else.")
    QuestionSetFactory(slug="screen", title="Theirs", collection=other)
    page = Page.read(client, "/interviews/sets/other:screen/")
    assert page.one("h1").text == "Theirs"
    assert "By Somebody Else." in page.marked("provenance")[0]
    assert page.marked("acts")[0].links == [
        "/interviews/sets/other:screen/kit/",
        "/interviews/sets/other:screen/scorecard/",
        *(
            f"/interviews/sets/other:screen/questions.{form}"
            for form in ("csv", "xlsx", "md", "json")
        ),
    ]
    assert page_of(question_set).one("h1").text == "Screen"


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many(question_set: QuestionSet) -> None:
    role(question_set)
    ladder(question_set)

    def grow() -> None:
        for number in range(2):
            QuestionSkillFactory(question=question(question_set), position=number)

    assert_queries_do_not_grow(question_set.get_absolute_url(), grow)


def test_it_says_which_essential_skills_of_its_level_it_does_not_test() -> None:
    hiring = make_hiring()
    question_set = QuestionSetFactory(title="Loop", level=hiring.level)
    section = SetSectionFactory(question_set=question_set, title="Technical")
    SetItemFactory(section=section, question=hiring.questions["Outage"])
    page = page_of(question_set)
    assert "does not test at the required level: data." in page.marked("warning")[0]
    rows = [row.text for row in page.all("tr")]
    assert rows == [
        "Skill Technical Total",
        "Risk essential 12 min Tested once 12 min",
        "Data essential not here Not tested",
        "People helpful not here Not tested",
    ]
    SetItemFactory(section=section, question=hiring.questions["Charts"])
    assert "Every essential skill of Senior is tested" in page_of(question_set)


@pytest.mark.parametrize(
    ("title", "language"), [("SQL", "en"), ("APIs and SQL", "en"), ("Risiken", "de")]
)
def test_titles_in_sentences_are_spelled_as_their_language_has_them(
    question_set: QuestionSet, title: str, language: str
) -> None:
    collection = CollectionFactory(language=language)
    required = LevelRequirementFactory(
        importance="essential", skill__title=title, skill__collection=collection
    )
    question_set.level = required.level
    question_set.save()
    tested = QuestionSkillFactory(question=question(question_set), skill__title=f"{title} 2")
    tested.skill.collection.language = language
    tested.skill.collection.save()
    page = page_of(question_set)
    assert f"does not test at the required level: {title}." in page.marked("warning")[0]
    assert f"· {title} 2" in page.marked("q__facts")[0]


@pytest.mark.parametrize("row", ["requirements", "question_skills"])
def test_how_high_a_set_tests_is_said_only_where_both_sides_state_it(row: str) -> None:
    hiring = make_hiring()
    section = SetSectionFactory(question_set__level=hiring.level)
    for title in ("Outage", "Charts"):
        SetItemFactory(section=section, question=hiring.questions[title])
    sentence = "Every essential skill of Senior is tested"
    assert f"{sentence} at the required proficiency." in page_of(section.question_set)
    if row == "requirements":
        hiring.level.requirements.filter(skill=hiring.skills["Risk"]).update(proficiency=None)
    else:
        hiring.questions["Outage"].question_skills.update(proficiency=None)
    assert f"{sentence}." in page_of(section.question_set)


@pytest.mark.parametrize(
    ("choose", "required", "is_optional"),
    [(1, None, True), (2, None, False), (None, False, True), (None, None, False)],
)
def test_questions_that_may_be_left_out_test_skills_only_if_they_are_asked(
    choose: int | None, required: bool | None, is_optional: bool
) -> None:
    hiring = make_hiring()
    section = SetSectionFactory(question_set__level=hiring.level, choose=choose)
    for title in ("Outage", "Charts"):
        SetItemFactory(section=section, question=hiring.questions[title], required=required)
    page = page_of(section.question_set)
    assert "Every essential skill of Senior is tested" in page
    assert ("if all questions are asked." in page) == is_optional


@pytest.mark.parametrize(("importance", "word"), [("essential", "essential"), ("", "required")])
def test_tested_skills_are_called_essential_only_where_that_is_stated(
    importance: str, word: str
) -> None:
    hiring = make_hiring()
    hiring.level.requirements.filter(skill=hiring.skills["Risk"]).update(importance=importance)
    section = SetSectionFactory(question_set__level=hiring.level)
    for title in ("Outage", "Charts"):
        SetItemFactory(section=section, question=hiring.questions[title])
    assert f"Every {word} skill of Senior is tested" in page_of(section.question_set)
    hiring.level.requirements.update(importance="helpful")
    assert "skill of Senior is tested" not in page_of(section.question_set)


def test_time_that_a_question_does_not_state_is_not_added_up() -> None:
    hiring = make_hiring()
    section = SetSectionFactory(question_set__level=hiring.level, title="Technical")
    for title in ("Outage", "Launch"):
        SetItemFactory(section=section, question=hiring.questions[title])
    (row,) = (row.text for row in page_of(section.question_set).all("tr") if "Risk" in row.text)
    assert row == "Risk essential 12 min, 10 min Tested twice 22 min"
    Question.objects.filter(title="Launch").update(minutes=None)
    (row,) = (row.text for row in page_of(section.question_set).all("tr") if "Risk" in row.text)
    assert row == "Risk essential 12 min, ? min Tested twice ? min"


def test_it_leads_to_the_sets_before_and_after_it(question_set: QuestionSet) -> None:
    QuestionSet.objects.update(position=2)
    assert page_of(question_set).marked("nextprev") == []
    QuestionSetFactory(slug="first", position=1)
    QuestionSetFactory(slug="hidden", position=2, title="Z", status=HIDDEN[0])
    QuestionSetFactory(slug="last", position=3)
    assert page_of(question_set).marked("nextprev")[0].links == [
        "/interviews/sets/first/",
        "/interviews/sets/last/",
    ]
