"""The comparison of roles as CSV, for spreadsheets."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from content.pages import public_page
from packs.tables.csv_cells import csv_response
from roles.comparison import Cell, Comparison
from roles.forms import RoleComparisonForm

#: Stands where a role names no skills at all; an empty cell means that a role does not need the
#: skill.
NOT_STATED = "not stated"


@public_page(params=tuple(RoleComparisonForm.labels))
def role_compare_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(
        _rows(Comparison(RoleComparisonForm(request.GET, request.user).chosen_rows)), "roles.csv"
    )


def _rows(comparison: Comparison) -> Iterator[Sequence[str]]:
    """A row for each skill, what separates most at the top; a column for each role."""
    yield ["skill", *(role.title for role in comparison.roles)]
    for row in [*comparison.separating, *comparison.shared]:
        words = {cell.role: _words(cell) for cell in row.cells}
        yield [row.skill.title, *(words.get(role, NOT_STATED) for role in comparison.roles)]


def _words(cell: Cell) -> str:
    if cell.requirement is None:
        return ""
    proficiency = cell.requirement.proficiency
    desirable = " (desirable)" if cell.requirement.importance == "desirable" else ""
    return f"{proficiency.title if proficiency else 'Needed'}{desirable}"
