"""The tables of ladders as CSV, for spreadsheets: levels and skills, and ladders on the bands."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from content.pages import get_visible, public_page
from ladders.bands import BandRow, band_rows
from ladders.coverage import CoverageRow, Told, coverage_of
from ladders.matrix import Look, Matrix
from ladders.models import Band, Ladder
from ladders.needed_skills import needed_skills
from ladders.standing import levels_of, moves_between
from packs.tables.csv_cells import csv_response

BAND_COLUMNS = (
    "ladder", "organisation", "level", "code", "band", "band_to", "relation", "confidence",
    "source", "observed_on",
)  # fmt: skip

CsvRows = Iterator[Sequence[str]]


@public_page()
def ladder_matrix_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    ladder = get_visible(Ladder.objects.all(), request, key)
    levels = levels_of(ladder)
    matrix = Matrix(levels, moves_between(levels), needed_skills(levels))
    rows = _needs(matrix) if matrix.has_needs else _told(matrix, coverage_of(matrix))
    return csv_response(rows, f"{ladder.slug}-matrix.csv")


@public_page()
def band_map_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(_mappings(band_rows(list(Band.objects.all()))), "bands.csv")


def _needs(matrix: Matrix) -> CsvRows:
    """A row for each skill, a column for each level."""
    yield ["group", "skill", *map(str, matrix.levels)]
    for section in matrix.sections:
        for row in section.rows:
            group = section.group.title if section.group else ""
            yield [group, row.skill.title, *(_words(cell.look) for cell in row.cells)]


def _words(look: Look) -> str:
    notes = [
        word
        for word, holds in (("desirable", look.is_desirable), ("inherited", look.is_inherited))
        if holds
    ]
    return f"{look.words} ({', '.join(notes)})" if notes else look.words


def _told(matrix: Matrix, coverage: Sequence[CoverageRow]) -> CsvRows:
    """A row for each heading, with the number of expectations under it at each level.

    Inherited ones are counted apart.
    """
    yield ["group", "under", *map(str, matrix.levels)]
    for row in coverage:
        yield [row.heading, row.subject.title, *map(_numbers, row.cells)]


def _numbers(told: Told) -> str:
    return f"{told.number} + {told.inherited} inherited" if told.inherited else str(told.number)


def _mappings(rows: Sequence[BandRow]) -> CsvRows:
    yield BAND_COLUMNS
    for row in rows:
        ladder = row.ladder
        seen = ladder.observed_on.isoformat() if ladder.observed_on else ""
        for level in row.levels:
            spans = [band.title if band else "" for band in (level.band, level.band_to)]
            relation = "defines" if level.defines_band else level.band_relation
            sure = [relation, level.confidence or ""]
            yield [
                ladder.title,
                ladder.organisation,
                level.title,
                level.code,
                *spans,
                *sure,
                ladder.source_url,
                seen,
            ]
