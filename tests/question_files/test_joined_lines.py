"""Lines joined by the database: in order, for each parent, and the same on both databases."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Q, Value

from interviews.models import Anchor, Probe, Question
from question_files.joined_lines import JoinedLines, concat, concat_if, select_with_lines
from tests.factories import AnchorFactory, BandFactory, ProbeFactory, QuestionFactory

pytestmark = pytest.mark.django_db

TEXT = F("text")


def joined(*lines: JoinedLines) -> list[tuple[Any, ...]]:
    """All questions by title, with these lines."""
    sql, params = select_with_lines(
        Question.objects.order_by().values_list("pk", "title"), "pk", lines
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return sorted(row[1:] for row in cursor.fetchall())


def probes(line: Any = TEXT, order: tuple[str, ...] = ("position", "id")) -> JoinedLines:
    return JoinedLines(Probe.objects.all(), line, "question_id", order)


def test_lines_stand_in_order_however_they_were_written() -> None:
    question = QuestionFactory(title="A")
    QuestionFactory(title="Without")
    for position in (3, 1, 2):
        ProbeFactory(question=question, text=f"Probe {position}", position=position)
    ProbeFactory(question=QuestionFactory(title="B"), text="Another")
    assert joined(probes()) == [
        ("A", "Probe 1\nProbe 2\nProbe 3"),
        ("B", "Another"),
        ("Without", None),
    ]


def test_the_order_holds_for_many() -> None:
    """Where the database joins in groups, or sorts on disk, it would show."""
    questions = [QuestionFactory(title=title) for title in "ABC"]
    rows = [Probe(question=questions[n % 3], text=str(n), position=999 - n) for n in range(999)]
    Probe.objects.bulk_create(rows)
    for place, (_, text) in enumerate(joined(probes(order=("position",)))):
        assert text.split("\n") == [str(n) for n in range(996 + place, -1, -3)]


def test_one_column_can_set_texts_apart() -> None:
    question, band = QuestionFactory(title="A"), BandFactory(title="Staff")
    AnchorFactory(question=question, rating=1, text="Poor")
    AnchorFactory(question=question, rating=4, text="Best")
    AnchorFactory(question=question, rating=4, text="Better", band=band)
    line = concat(concat_if(Q(band__isnull=False), "band__title", Value(": ")), "text")
    anchors = JoinedLines(
        Anchor.objects.all(), line, "question_id", ("-band", "id"), "rating", [1, 2, 4]
    )
    ((_, poor, mixed, best),) = joined(anchors)
    assert (poor, mixed) == ("Poor", None)
    assert sorted(best.split("\n")) == ["Best", "Staff: Better"]


def test_several_kinds_of_lines_do_not_mix() -> None:
    question = QuestionFactory(title="A")
    for number in range(3):
        ProbeFactory(question=question, text=f"Probe {number}")
        AnchorFactory(question=question, rating=number + 1, text=f"Anchor {number}")
    anchors = JoinedLines(Anchor.objects.all(), TEXT, "question_id", ("rating",))
    assert joined(probes(), anchors) == [
        ("A", "Probe 0\nProbe 1\nProbe 2", "Anchor 0\nAnchor 1\nAnchor 2")
    ]


def test_percent_signs_and_quotes_are_text() -> None:
    ProbeFactory(question=QuestionFactory(title="100 %s"), text="100 % 'sure' %s")
    assert joined(probes(concat("text", Value(" %d ")))) == [("100 %s", "100 % 'sure' %s %d ")]
