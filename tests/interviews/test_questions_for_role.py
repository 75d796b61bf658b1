"""The list of questions for a role: first those made for it, then those for any role."""

import pytest
from django.test import Client

from content import lists
from interviews import questions_for_role
from interviews.question_filters import QuestionFilterForm
from roles.models import Role
from tests.factories import QuestionFactory, QuestionSkillFactory, RoleFactory
from tests.markup import Page
from tests.showing import assert_pages_hold, assert_queries_do_not_grow, queries_of

pytestmark = pytest.mark.django_db

URL = "/interviews/questions/"


@pytest.fixture
def tpm() -> Role:
    return RoleFactory(slug="tpm", title="Product TPM")


@pytest.fixture
def questions(tpm: Role) -> None:
    """Two questions made for the role, three for any role, and one for another role."""
    QuestionFactory(title="Slip", roles=[tpm], minutes=5)
    QuestionFactory(title="Launch", roles=[tpm, RoleFactory()], minutes=20)
    QuestionFactory(title="Plan", minutes=1)
    QuestionFactory(title="Any", kind="case", minutes=9)
    QuestionFactory(title="Risk", minutes=3)
    QuestionFactory(title="Elsewhere", roles=[RoleFactory(slug="other", title="Other")])


def read(query: str) -> Page:
    return Page.read(Client(), f"{URL}?{query}")


def listed(query: str) -> dict[str, list[str]]:
    """The titles of a page of the list under its headings."""
    page = read(query)
    under: dict[str, list[str]] = {}
    for element in page.all("h2", "h3"):
        if element.name == "h2":
            titles = under.setdefault(element.text, [])
        else:
            titles.append(element.text)
    return under


@pytest.mark.usefixtures("questions")
def test_those_made_for_the_role_come_first() -> None:
    assert listed("role=tpm") == {
        "Made for Product TPM (2)": ["Launch", "Slip"],
        "For any role (3)": ["Any", "Plan", "Risk"],
    }
    assert read("role=tpm").marked("listhead")[0].text.startswith("5 questions ")
    assert list(listed("")) == ["Results"]


@pytest.mark.usefixtures("questions")
def test_each_group_is_in_the_chosen_order() -> None:
    assert listed("role=tpm&sort=minutes") == {
        "Made for Product TPM (2)": ["Slip", "Launch"],
        "For any role (3)": ["Plan", "Risk", "Any"],
    }


@pytest.mark.usefixtures("questions")
def test_the_other_filters_hold_for_both_groups() -> None:
    assert listed("role=tpm&kind=case") == {"For any role (1)": ["Any"]}
    assert listed("role=tpm&minutes=5") == {
        "Made for Product TPM (1)": ["Slip"],
        "For any role (2)": ["Plan", "Risk"],
    }
    assert listed("role=tpm&q=slip") == {"Made for Product TPM (1)": ["Slip"]}
    assert listed("role=tpm&q=none") == {}


@pytest.mark.usefixtures("questions")
def test_a_page_may_end_within_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuestionFilterForm, "page_size", 3)
    assert listed("role=tpm") == {
        "Made for Product TPM (2)": ["Launch", "Slip"],
        "For any role (3)": ["Any"],
    }
    assert listed("role=tpm&page=2") == {"For any role (3)": ["Plan", "Risk"]}


@pytest.mark.usefixtures("questions")
def test_a_page_may_end_with_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuestionFilterForm, "page_size", 2)
    assert listed("role=tpm") == {"Made for Product TPM (2)": ["Launch", "Slip"]}
    titles = ["Launch", "Slip", "Any", "Plan", "Risk"]
    assert_pages_hold(URL, "role=tpm", [f"Tell me about {title}." for title in titles])


@pytest.mark.usefixtures("questions")
def test_the_choice_of_the_role_says_how_many_there_are_of_both() -> None:
    for query in ("", "role=tpm"):
        (select,) = [row for row in read(query).all("select") if row.attributes["name"] == "role"]
        labels = [option.text for option in select.all("option")]
        assert "Product TPM (2 + 3 for any role)" in labels
        assert "Other (1 + 3 for any role)" in labels
    (select,) = [
        row for row in read("q=elsewhere").all("select") if row.attributes["name"] == "role"
    ]
    assert "Other (1)" in [option.text for option in select.all("option")]


@pytest.mark.usefixtures("questions")
def test_very_many_questions_are_not_counted_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lists, questions_for_role):
        monkeypatch.setattr(module, "COUNTED", 2)
    assert listed("role=tpm") == {"Made for Product TPM (2)": ["Launch", "Slip"]}
    assert read("role=tpm").marked("listhead")[0].text.startswith("More than 2 questions ")
    assert list(listed("role=other")) == ["Made for Other (1)", "For any role (more than 1)"]


@pytest.mark.one_database
def test_it_takes_as_many_queries_for_few_questions_as_for_many(tpm: Role) -> None:
    def grow() -> None:
        QuestionSkillFactory(question__roles=[tpm])
        QuestionSkillFactory()

    assert_queries_do_not_grow(f"{URL}?role=tpm", grow)
    on_both, of_one = (queries_of(f"{URL}?role=tpm&page={number}") for number in (1, 2))
    assert len(on_both) == len(of_one)
