"""The mappings of frameworks state nothing that the frameworks do not state."""

from io import StringIO

import pytest
from django.core.management import call_command

from guides.models import Guide
from interviews.models import Question, QuestionSet
from tests.frameworks import folder

pytestmark = [pytest.mark.django_db, pytest.mark.frameworks, pytest.mark.one_database]


def load(name: str) -> None:
    call_command("import_table", name, str(folder(name)), stdout=StringIO())


def test_kind_and_stage_are_those_that_the_guides_of_18f_state() -> None:
    load("18f-engineering-interview-guides")
    assert set(Question.objects.values_list("kind", flat=True)) == {"", "behavioral"}
    # Its candidates hear that the technical interview is “a behavioral interview” too.
    assert set(kinds_in_set("technical")) == {"behavioral"}
    assert set(kinds_in_set("code-review")) == {""}
    stages = dict(QuestionSet.objects.values_list("slug", "stage"))
    assert {slug for slug, stage in stages.items() if stage} == {"phone-screens"}


@pytest.mark.parametrize(
    "name", ["h5bp-front-end-interview-questions", "codecademy-engineering-competencies"]
)
@pytest.mark.drawn(1)
def test_a_framework_that_states_no_kind_and_no_stage_has_none(name: str) -> None:
    load(name)
    assert set(Question.objects.values_list("kind", flat=True)) == {""}
    assert set(QuestionSet.objects.values_list("stage", flat=True)) == {""}


@pytest.mark.parametrize(
    "name",
    [
        "codecademy-engineering-competencies",
        "dropbox-dbx-career-framework",
        "tech-interview-handbook-behavioral",
    ],
)
@pytest.mark.drawn(1)
def test_guides_for_engineers_are_not_said_to_be_for_program_managers(name: str) -> None:
    load(name)
    assert Guide.objects.exists()
    assert not Guide.objects.filter(audience=Guide.Audience.PRACTITIONER).exists()


def kinds_in_set(slug: str) -> list[str]:
    """The kinds of the questions of a set."""
    return list(
        Question.objects.filter(set_items__section__question_set__slug=slug).values_list(
            "kind", flat=True
        )
    )
