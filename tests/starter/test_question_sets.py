"""Importing the unedited CSV of a starter question set changes nothing."""

import pytest

from interviews.models import QuestionSet
from tests.question_files.spreadsheets import exported, import_file, rows_of
from tests.question_files.test_question_csv_reading import DIALECTS, rows_stored
from tests.samples import sample

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

#: Sets that are tried in one run.
SETS = 2


def test_no_set_is_changed_by_its_own_file() -> None:
    sets = list(QuestionSet.objects.all())
    assert len(sets) >= 4
    for question_set in sample(sets, SETS):
        rows, before = rows_of(question_set), rows_stored()
        assert rows
        for name, save in DIALECTS.items():
            report = import_file(question_set, save(rows))
            assert (report.refusals, report.changed, report.unchanged) == ([], [], len(rows)), name
            assert (report.is_written, report.is_empty, report.absent) == (False, True, []), name
        for raw in (False, True):
            assert import_file(question_set, exported(question_set, raw=raw, bom=not raw)).is_empty
        assert rows_stored() == before
