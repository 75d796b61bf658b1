"""Lines joined by the database: in order, for each owner, the same on both databases."""

import pytest
from django.db.models import F, Q, Value

from content.joined_lines import joined_lines, phrase
from interviews.models import Anchor, Probe
from tests.factories import AnchorFactory, BandFactory, ProbeFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def test_lines_stand_in_order_however_they_were_written() -> None:
    first, second = QuestionFactory.create_batch(2)
    for position in (3, 1, 2):
        ProbeFactory(question=first, text=f"Probe {position}", position=position)
    ProbeFactory(question=second, text="Another")
    joined = joined_lines(Probe.objects.all(), F("text"), by="question_id", order=("position", "id"))
    assert dict(joined) == {first.pk: "Probe 1\nProbe 2\nProbe 3", second.pk: "Another"}


def test_the_order_holds_for_many() -> None:
    """Where the database joins in groups, or sorts on disk, it would show."""
    questions = QuestionFactory.create_batch(3)
    rows = [Probe(question=questions[n % 3], text=str(n), position=999 - n) for n in range(999)]
    Probe.objects.bulk_create(rows)
    joined = dict(joined_lines(Probe.objects.all(), F("text"), by="question_id", order=("position",)))
    for place, question in enumerate(questions):
        assert joined[question.pk].split("\n") == [str(n) for n in range(996 + place, -1, -3)]


def test_one_column_can_set_texts_apart() -> None:
    question, band = QuestionFactory(), BandFactory(title="Staff")
    AnchorFactory(question=question, rating=1, text="Poor")
    AnchorFactory(question=question, rating=4, text="Best")
    AnchorFactory(question=question, rating=4, text="Better", band=band)
    line = phrase(phrase("band__title", Value(": "), when=Q(band__isnull=False)), "text")
    joined = joined_lines(
        Anchor.objects.all(), line, by="question_id", order=("-band__position", "id"), apart=("rating", [1, 2, 4])
    )
    poor, mixed, best = joined[0][1:]
    assert (poor, mixed) == ("Poor", None)
    assert sorted(best.split("\n")) == ["Best", "Staff: Better"]


def test_percent_signs_and_quotes_are_text() -> None:
    question = QuestionFactory()
    ProbeFactory(question=question, text="100 % 'sure' %s")
    joined = joined_lines(Probe.objects.all(), phrase("text", Value(" %d ")), by="question_id", order=("id",))
    assert joined == [(question.pk, "100 % 'sure' %s %d ")]
