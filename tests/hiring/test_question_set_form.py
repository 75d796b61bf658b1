"""A new set can begin with a loop from the builder."""

import pytest
from django.test import Client
from reversion.models import Version

from hiring.loop_plan import OPENING
from interviews.models import QuestionSet
from tests import factories
from tests.admin_forms import admin_url, opened, with_new_part
from tests.hiring.loops import Hiring, make_hiring

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def hiring() -> Hiring:
    """A level with skills, and questions that test them."""
    return make_hiring()


def add(editor: Client, loop: str, **changes: object) -> object:
    """Save a new set that begins with this loop."""
    url = admin_url(QuestionSet, "add")
    data = (
        opened(editor, url)
        | {"title": "Senior loop", "slug": "senior-loop", "loop": loop}
        | changes
    )
    return editor.post(url, data)


def test_a_loop_becomes_a_draft_with_a_section_for_each_interview(
    editor: Client, hiring: Hiring
) -> None:
    loop = hiring.loop("Outage Numbers", "Team")
    add(
        editor,
        f"https://portal.example/interviews/builder/?level=tpm%2Fsenior&minutes=60&loop={loop}",
        outro="Thank them.",
    )
    question_set = QuestionSet.objects.get(slug="senior-loop")
    assert question_set.status == "draft"
    assert question_set.level == hiring.level
    assert (question_set.intro, question_set.outro) == (OPENING, "Thank them.")
    sections = list(question_set.sections.all())
    assert [(section.title, section.minutes) for section in sections] == [
        ("Interview 1", 50),
        ("Interview 2", 50),
    ]
    asked = [[item.question.title for item in section.items.all()] for section in sections]
    assert asked == [["Outage", "Numbers"], ["Team"]]
    revision = Version.objects.get_for_object(question_set).get().revision
    assert revision.version_set.count() >= 1 + 2 + 3


@pytest.mark.parametrize(
    "address", ["nonsense", "https://portal.example/", "?level=tpm/senior&loop=zzz"]
)
def test_an_address_without_a_loop_is_refused_and_nothing_is_saved(
    editor: Client, hiring: Hiring, address: str
) -> None:
    answer = add(editor, address)
    assert "This address contains no published questions." in answer.content.decode()  # type: ignore[attr-defined]
    assert not QuestionSet.objects.exists()
    add(editor, f"?loop={hiring.loop('Outage')}")
    assert QuestionSet.objects.get().level is None


@pytest.mark.usefixtures("hiring")
def test_without_a_loop_a_set_is_empty_as_ever(editor: Client) -> None:
    add(editor, "")
    assert not QuestionSet.objects.get().sections.exists()
    assert (
        'name="loop"'
        not in editor.get(admin_url(QuestionSet.objects.get(), "change")).content.decode()
    )


def test_the_address_can_come_with_the_link_to_the_form(editor: Client) -> None:
    page = editor.get(admin_url(QuestionSet, "add"), {"loop": "?loop=abc"}).content.decode()
    assert 'value="?loop=abc"' in page


def test_a_new_set_is_saved_with_several_new_sections(editor: Client) -> None:
    factories.home_collection()
    url = admin_url(QuestionSet, "add")
    data = opened(editor, url) | {"title": "On-site", "slug": "on-site"}
    for title in ("Part 1", "Part 2", "Part 2"):
        data = with_new_part(data, "sections", title=title)
    assert editor.post(url, data).status_code == 302
    assert sections(QuestionSet.objects.get()) == [
        ("Part 1", "part-1"),
        ("Part 2", "part-2"),
        ("Part 2", "part-2-2"),
    ]


def test_several_sections_are_added_to_a_set_that_has_some(editor: Client) -> None:
    question_set = factories.SetSectionFactory(title="Opening", slug="part").question_set
    url = admin_url(question_set, "change")
    data = opened(editor, url)
    for title in ("Part", "Closing"):
        data = with_new_part(data, "sections", title=title)
    assert editor.post(url, data).status_code == 302
    assert sections(question_set) == [
        ("Opening", "part"),
        ("Part", "part-2"),
        ("Closing", "closing"),
    ]


def sections(question_set: QuestionSet) -> list[tuple[str, str]]:
    return [(section.title, section.slug) for section in question_set.sections.all()]
