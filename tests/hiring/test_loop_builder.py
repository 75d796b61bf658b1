"""The loop builder: proposes a loop for a level, changes it by links, and shows gaps."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interviews.models import Question
from ladders.models import LevelRequirement
from tests.factories import LevelFactory, QuestionFactory, QuestionSkillFactory, RoleFactory
from tests.hiring.loops import Hiring, make_hiring
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/interviews/builder/"


@pytest.fixture
def hiring() -> Hiring:
    """A level with skills, and questions that test them."""
    return make_hiring()


def read(query: str = "", **params: object) -> Page:
    words = [query, *(f"{name}={value}" for name, value in params.items())]
    return Page.read(Client(), f"{URL}?{'&'.join(filter(None, words))}")


def built(**params: object) -> Page:
    """The page of a loop for the level."""
    return read(level="tpm/senior", **params)


def asked(page: Page) -> list[list[str]]:
    """Titles of the questions in each round."""
    return [
        [title.one("a").text for title in part.marked("q__prompt")]
        for part in page.marked("loop__round")
    ]


def levels(page: Page) -> list[str]:
    """The levels that can be chosen."""
    choice = next(each for each in page.all("select") if each.attributes["name"] == "level")
    return [option.text for option in choice.all("option")]


def follow(page: Page, words: str) -> Page:
    """The page that a link leads to."""
    href = next(link.attributes["href"] for link in page.all("a") if link.text == words)
    return Page.read(Client(), URL + href.partition("#")[0])


def standings(page: Page) -> dict[str, str]:
    """What the last column says of every skill."""
    rows = [row for row in page.all("tr") if row.all("td")]
    return {row.one("th").text: row.all("td")[-1].text.partition(" ·")[0] for row in rows}


@pytest.mark.usefixtures("hiring")
def test_without_a_level_one_is_chosen() -> None:
    page = read()
    assert page.one("h1").text == "Build an interview loop"
    assert levels(page) == ["Choose", "Senior"]
    assert not page.marked("loop__round")


@pytest.mark.usefixtures("hiring")
def test_a_proposal_tests_every_essential_skill_high_enough_within_the_time() -> None:
    page = built(rounds=1, minutes=45)
    assert sorted(asked(page)[0])[0] == "Charts"
    assert "Every essential skill of this level is tested." in page
    assert not page.marked("warning")
    assert standings(page)["Data essential"].startswith("Tested once")


def test_a_level_that_calls_all_skills_helpful_is_not_said_to_be_tested(hiring: Hiring) -> None:
    hiring.level.requirements.update(importance="helpful")
    page = built(rounds=1, minutes=45)
    assert asked(page)[0]
    assert "skill of this level is tested" not in page


def test_time_that_is_only_planned_is_said_to_be(hiring: Hiring) -> None:
    loop = f"loop={hiring.loop('Outage')}"
    assert "planned" not in read(loop, level="tpm/senior").marked("loop__round")[0]
    Question.objects.filter(title="Outage").update(minutes=None)
    part = read(loop, level="tpm/senior").marked("loop__round")[0]
    assert "10 min planned; the question does not state a time" in part


def test_others_are_offered_only_for_what_is_asked_or_needed(hiring: Hiring) -> None:
    hiring.questions["Charts"].delete()
    loop = hiring.loop("Numbers")
    code = loop.rounds[0][0]
    none = "No other question that suits this level tests this."
    assert none in read(f"loop={loop}&swap={code}", level="tpm/senior").marked("others")[0]
    assert "Outage" in read(f"loop={loop}&skill=risk", level="tpm/senior").marked("others")[0]
    for query in ("swap=zzz", "skill=elsewhere"):
        assert not read(f"loop={loop}&{query}", level="tpm/senior").marked("others")


@pytest.mark.usefixtures("hiring")
def test_a_proposal_says_what_did_not_fit() -> None:
    page = built(rounds=1, minutes=22)
    assert asked(page) in ([["Outage"]], [["Launch"]])
    assert (
        "1 essential skill is not tested at the required proficiency: Data"
        in page.marked("warning")[0]
    )
    assert standings(page)["Data essential"].startswith("Not tested")


def test_skills_that_do_not_fit_say_what_level_they_are_inherited_from(hiring: Hiring) -> None:
    page = built(rounds=1, minutes=22)
    assert "inherited from" not in page.marked("warning")[0]
    senior = hiring.level
    lead = LevelFactory(ladder=senior.ladder, position=senior.position + 1, cumulative=True)
    page = read("rounds=1&minutes=22", level=lead.key)
    assert "required proficiency: Data (inherited from Senior)." in page.marked("warning")[0]


def test_for_a_role_its_questions_are_asked_and_those_for_any(hiring: Hiring) -> None:
    mine, other = RoleFactory(title="Engineering TPM", slug="mine"), RoleFactory(slug="other")
    hiring.questions["Charts"].roles.add(other)
    hiring.questions["Outage"].roles.add(mine)
    hiring.questions["Launch"].roles.add(other)
    assert "Charts" in asked(built(rounds=1, minutes=60))[0]
    page = built(rounds=1, minutes=60, role="mine")
    assert sorted(asked(page)[0]) == ["Numbers", "Outage", "Team"]
    assert page.marked("kind")[0].text == "Interview loop · Engineering TPM"
    kit = next(link.attributes["href"] for link in page.all("a") if link.text == "Interview kit")
    assert "Senior, Engineering TPM" in Page.read(Client(), kit).marked("kind")[0]


def test_a_loop_is_changed_link_by_link(hiring: Hiring) -> None:
    page = built(loop=hiring.loop("Outage Numbers", "Team"))
    assert asked(page) == [["Outage", "Numbers"], ["Team"]]
    assert asked(follow(page, "Remove Numbers")) == [["Outage"], ["Team"]]
    assert asked(follow(page, "Earlier: Numbers")) == [["Numbers", "Outage"], ["Team"]]
    assert asked(follow(page, "To interview 2: Outage")) == [["Numbers"], ["Team", "Outage"]]
    swapping = follow(page, "Swap Numbers")
    assert [part.all("a")[0].text for part in swapping.marked("others")[0].all("li")] == ["Charts"]
    assert asked(follow(swapping, "Use this question: Charts")) == [["Outage", "Charts"], ["Team"]]
    adding = follow(page, "Add a question for Risk")
    assert asked(follow(adding, "Add: Launch")) == [["Outage", "Numbers"], ["Team", "Launch"]]
    assert asked(follow(adding, "Cancel")) == asked(page)


def test_alternatives_are_listed_by_title(hiring: Hiring) -> None:
    Question.objects.filter(title="Launch").update(featured=True)
    alarm = QuestionFactory(title="Alarm")
    QuestionSkillFactory(question=alarm, skill=hiring.skills["Risk"])
    adding = follow(built(loop=hiring.loop("Outage Numbers", "Team")), "Add a question for Risk")
    titles = [row.all("a")[0].text for row in adding.marked("others")[0].all("li")]
    assert titles == ["Alarm", "Launch"]


def test_the_table_says_where_each_skill_is_tested_and_how_high(hiring: Hiring) -> None:
    page = built(loop=hiring.loop("Outage Numbers", "Launch"))
    assert standings(page) == {
        "Risk essential": "Tested twice 22 min",
        "Data essential": "Tested too low 15 min",
        "People helpful": "Not tested Add a question for People",
    }
    assert "15 min, too low" in page
    assert "Data" in page.marked("warning")[0]


def test_only_essential_skills_have_to_be_tested(hiring: Hiring) -> None:
    assert "Data" in built(loop=hiring.loop("Outage", "Launch")).marked("warning")[0]
    hiring.level.requirements.filter(skill=hiring.skills["Data"]).update(importance="expected")
    page = built(loop=hiring.loop("Outage", "Launch"))
    assert list(standings(page)) == ["Risk essential", "Data expected", "People helpful"]
    assert "Every essential skill" in page
    hiring.level.requirements.update(importance="expected")
    page = built(loop=hiring.loop("Outage", "Launch"))
    assert "is tested" not in page
    assert "not tested at the required" not in page


def test_a_question_says_why_it_is_there(hiring: Hiring) -> None:
    page = built(loop=hiring.loop("Outage Launch", "Team Numbers"))
    reasons = [reason.text for reason in page.marked("q__facts")]
    assert reasons == [
        "Also tests risk.",
        "Also tests risk.",
        "Tested only here: people.",
        "Tested only here: data.",
    ]
    Question.objects.get(slug="team").question_skills.all().delete()
    page = built(loop=hiring.loop("Team"))
    assert page.marked("q__facts")[0].text == "Tests no skill that this level requires."


def test_a_round_that_lasts_too_long_says_by_how_much(hiring: Hiring) -> None:
    page = built(minutes=30, loop=hiring.loop("Outage Charts", ""))
    assert "32 of 20 minutes: 12 too many" in page.marked("loop__round")[0]
    assert "No questions yet." in page.marked("loop__round")[1]


def test_a_question_that_is_gone_is_said_and_the_rest_stays(hiring: Hiring) -> None:
    loop = hiring.loop("Outage Numbers", "Team")
    assert "no longer published" not in built(loop=loop)
    Question.objects.filter(slug="numbers").update(status="archived")
    page = built(loop=loop)
    assert asked(page) == [["Outage"], ["Team"]]
    assert "1 question of this loop is no longer published. The rest is below." in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("level=tpm/junior", "There is no level “tpm/junior” with required skills."),
        ("level=tpm/senior&minutes=0", "Ensure this value is greater than or equal to 15."),
        ("level=tpm/senior&rounds=99", "Ensure this value is less than or equal to 8."),
        ("level=tpm/senior&rounds=x", "Enter a whole number."),
        ("level=tpm/senior&loop=!!!", "1 part of the address could not be read"),
        (
            "level=tpm/senior&loop=" + "-".join(f"{number:03}" for number in range(500)),
            "440 parts of the address",
        ),
    ],
)
@pytest.mark.usefixtures("hiring")
def test_what_is_wrong_with_an_address_is_said(query: str, words: str) -> None:
    assert words in read(query)


@pytest.mark.parametrize(
    "loop", ["z" * 14, "z" * 15, "...", "." * 400, "-", "abc." * 9, "%F0%9F%98%80", "a%00b"]
)
@pytest.mark.parametrize("rest", ["", "&swap=zzz", "&skill=none", "&swap=%00&part=%00"])
@pytest.mark.usefixtures("hiring")
@pytest.mark.drawn(10)
def test_no_address_breaks_a_page_or_a_file(loop: str, rest: str) -> None:
    for place in ("", "kit/", "scorecard/", "questions.csv", "scorecard.csv"):
        answer = Client().get(f"{URL}{place}?level=tpm/senior&loop={loop}{rest}")
        assert answer.status_code == 200
        assert b"".join(answer)


def test_a_level_that_needs_nothing_is_not_offered(hiring: Hiring) -> None:
    LevelRequirement.objects.all().delete()
    assert levels(read()) == ["Choose"]
    page = built(loop=hiring.loop("Outage"))
    assert "does not state which skills it requires." in page
    assert not page.marked("loop__round")


def test_documents_are_linked_with_the_loop_that_is_shown(hiring: Hiring) -> None:
    page = built(rounds=2)
    kit = next(link.attributes["href"] for link in page.all("a") if link.text == "Interview kit")
    query = parse_qs(urlsplit(kit).query)
    assert query["level"] == ["tpm/senior"]
    numbers = [hiring.questions[title].pk for titles in asked(page) for title in titles]
    from_link = built(loop=query["loop"][0])
    assert [
        hiring.questions[title].pk for titles in asked(from_link) for title in titles
    ] == numbers


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_ten_queries_however_much_there_is(hiring: Hiring) -> None:
    loop = hiring.loop("Outage Numbers", "Team")
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        built(loop=loop, swap="zzz")
    assert len(asked_for) <= 10
    assert_queries_do_not_grow(f"{URL}?level=tpm/senior", make_more)


def make_more() -> None:
    """A question of another title that tests what the level needs."""
    LevelRequirement.objects.get(skill__slug="risk").skill.question_skills.create(
        question=Question.objects.create(
            title=f"Q{Question.objects.count()}",
            slug=f"q{Question.objects.count()}",
            status="published",
            collection=Question.objects.get(slug="team").collection,
        )
    )
