"""The CSV of very many questions: rows per second compared with the plainest writer, and memory"""

import csv
import io
import os
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from interviews.models import Anchor, Probe, Question, QuestionSkill
from question_files.export import questions_response
from tests.benchmarks.report import QUICK, Row

MANY = 10_000 if QUICK else 100_000
AT_ONCE = 5_000
ROUNDS = 3
LEAST_RATIO = 0.5
#: Megabytes that may come on top while the file is written; the file has some 300.
MOST_MEMORY = 16
#: Pieces of the file after which memory has settled.
SETTLED = 20

PARTS = [
    (QuestionSkill, ["question_id", "skill_id", "proficiency_id", "position"]),
    (Probe, ["question_id", "step_id", "condition", "text", "position"]),
    (Anchor, ["question_id", "rating", "band_id", "text"]),
]
COPY = """
    COPY (
        SELECT '' AS set, row_number() OVER (ORDER BY q.id) AS position, '' AS section, q.slug, \
q.prompt, q.kind,
               s.skills, concat_ws(' to ', f.title, t.title), q.minutes, '' AS required, p.probes,
               a.anchor_1, a.anchor_2, a.anchor_3, a.anchor_4, '' AS score, '' AS notes,
               'http://localhost/interviews/questions/' || q.slug || '/', c.title, c.license
        FROM interviews_question q
        JOIN content_collection c ON c.id = q.collection_id AND c.status = 'published'
        LEFT JOIN ladders_band f ON f.id = q.band_from_id
        LEFT JOIN ladders_band t ON t.id = q.band_to_id
        LEFT JOIN (
            SELECT question_id,
                   string_agg(k.title || concat(' (', n.title, ')'), chr(10) ORDER BY x.position, \
x.id) skills
            FROM interviews_questionskill x
            JOIN skills_skill k ON k.id = x.skill_id AND k.status = 'published'
            LEFT JOIN skills_proficiency n ON n.id = x.proficiency_id
            GROUP BY question_id
        ) s ON s.question_id = q.id
        LEFT JOIN (
            SELECT question_id,
                   string_agg(concat_ws(': ', e.title, x.condition, x.text), chr(10) ORDER BY \
x.position, x.id) probes
            FROM interviews_probe x LEFT JOIN interviews_answerstep e ON e.id = x.step_id
            GROUP BY question_id
        ) p ON p.question_id = q.id
        LEFT JOIN (
            SELECT question_id,
                   string_agg(text, chr(10)) FILTER (WHERE rating = 1) anchor_1,
                   string_agg(text, chr(10)) FILTER (WHERE rating = 2) anchor_2,
                   string_agg(text, chr(10)) FILTER (WHERE rating = 3) anchor_3,
                   string_agg(text, chr(10)) FILTER (WHERE rating = 4) anchor_4
            FROM interviews_anchor GROUP BY question_id
        ) a ON a.question_id = q.id
        WHERE q.status = 'published'
        ORDER BY q.id
    ) TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE *)
"""


def multiply(count: int) -> None:
    """Copies of the starter pack's questions with all their parts.

    They are made past the change record, which is not measured.
    """
    models = list(Question.objects.all())
    parts = {model: list(model.objects.values("question_id", *fields)) for model, fields in PARTS}
    for start in range(Question.objects.count(), count, AT_ONCE):
        add(models, parts, range(start, min(start + AT_ONCE, count)))
    for model in (Question, *parts):
        plain(model).filter(model.is_live_q()).update(is_live=True)
    assert Question.objects.published().count() == count
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def add(originals: list[Question], parts: dict[Any, list[dict[str, Any]]], numbers: range) -> None:
    """A copy for each number."""
    chosen = [originals[number % len(originals)] for number in numbers]
    skip = {"id", "slug", "roles"}
    names = [field.attname for field in Question._meta.concrete_fields if field.name not in skip]
    copies = plain(Question).bulk_create(
        Question(slug=f"copy-{number}", **{name: getattr(original, name) for name in names})
        for number, original in zip(numbers, chosen, strict=True)
    )
    for model, rows in parts.items():
        of: dict[int, list[dict[str, Any]]] = {}
        for row in rows:
            of.setdefault(row["question_id"], []).append(row)
        plain(model).bulk_create(
            model(**row | {"question_id": copy.pk})
            for copy, original in zip(copies, chosen, strict=True)
            for row in of.get(original.pk, [])
        )


def plain(model: type[Model]) -> QuerySet[Any]:
    """Rows of the model, without what content adds to writing them."""
    return QuerySet(model)


def portal() -> None:
    """The portal's file."""
    for _ in questions_response(Question.objects.published(), site="http://localhost"):
        pass


def copy() -> None:
    """The same columns by the database alone."""
    with connection.cursor() as cursor:
        cursor.copy_expert(COPY, Nowhere())


def by_csv_writer() -> None:
    """The same cells without any meaning: every table read plainly and written plainly."""
    columns = ["slug", "prompt", "kind", "minutes", "band_from", "band_to", "collection", "title"]
    tables: list[tuple[Any, list[str]]] = [(Question, columns), *PARTS]
    for model, fields in tables:
        csv.writer(Nowhere(), quoting=csv.QUOTE_ALL).writerows(
            plain(model).values_list(*fields).iterator()
        )


class Nowhere(io.StringIO):
    """A file that discards everything."""

    def write(self, text: Any) -> int:
        return len(text)


YARDSTICKS = {
    "postgresql": ("COPY … TO STDOUT", copy),
    "sqlite": ("csv.writer over values_list", by_csv_writer),
}


def rows_a_second(write: Callable[[], None]) -> float:
    """The best of a few rounds."""

    def seconds() -> float:
        begin = time.perf_counter()
        write()
        return time.perf_counter() - begin

    return MANY / min(seconds() for _ in range(ROUNDS))


def megabytes_held() -> float:
    """The memory that this process uses."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def growth_in_megabytes() -> float:
    """The peak memory while the file is written, beyond that of the first chunks."""
    pieces = iter(questions_response(Question.objects.published()))
    for _ in islice(pieces, SETTLED):
        pass
    before = megabytes_held()
    return max(megabytes_held() for _ in pieces) - before


def rows(vendor: str) -> Iterator[Row]:
    """Speed, as part of the plainest way, and memory."""
    multiply(MANY)
    grown = growth_in_megabytes()
    yield Row(
        f"memory for {MANY:,} questions",
        f"+ {grown:.1f} MB",
        f"≤ {MOST_MEMORY} MB",
        grown <= MOST_MEMORY,
    )
    name, yardstick = YARDSTICKS[vendor]
    ours, plainest = rows_a_second(portal), rows_a_second(yardstick)
    measured = f"{ours / plainest:.0%} ({ours:,.0f} of {plainest:,.0f} rows/s)"
    yield Row(
        f"rows a second, beside {name}",
        measured,
        f"≥ {LEAST_RATIO:.0%}",
        ours / plainest >= LEAST_RATIO,
    )
