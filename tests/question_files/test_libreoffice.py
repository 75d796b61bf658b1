"""Files saved by LibreOffice are unchanged: completed scorecards, edited sets."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from file_formats.csv_reading import read_sheet
from hiring.filled_scorecards import read_scorecard
from interviews.models import QuestionSet
from question_files.importer import ImportOptions, import_questions
from tests.factories import EditorFactory
from tests.hiring.loops import make_hiring
from tests.question_files.spreadsheets import exported, phone_screen

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.thorough]

#: Commas, quotes, UTF-8, from the first line, quotes around text alone.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"


@pytest.fixture
def office() -> str:
    """The program, where it is installed."""
    found = shutil.which("soffice")
    if not found:
        pytest.skip("no LibreOffice found")
    return found


def converted(office: str, content: bytes, name: str, form: str, folder: Path) -> bytes:
    """The file, opened and saved in another form."""
    source = folder / name
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    opened_as = ["--infilter=CSV:44,34,76,1"] if name.endswith(".csv") else []
    command = [
        office,
        profile,
        "--headless",
        *opened_as,
        "--convert-to",
        form,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / name).with_suffix(f".{form.partition(':')[0]}").read_bytes()


@pytest.mark.drawn(1)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_scorecard_that_was_opened_and_saved_is_read(
    office: str, form: str, tmp_path: Path
) -> None:
    hiring = make_hiring()
    url = (
        f"/interviews/builder/scorecard.{form}?level=tpm/senior&"
        f"loop={hiring.loop('Outage', 'Numbers')}"
    )
    answer = Client().get(url)
    sent = answer.getvalue() if answer.streaming else answer.content  # type: ignore[attr-defined]
    saved = converted(office, sent, f"card.{form}", AS_CSV, tmp_path)
    rows = list(csv.DictReader(io.StringIO(saved.decode("utf-8-sig"), newline="")))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows([row | {"rating": "3", "evidence": "=Said so; “twice”"} for row in rows])
    card = read_scorecard(text.getvalue().encode(), "card.csv")
    assert [(rating.skill, rating.counted) for rating in card.ratings.values()] == [
        ("risk", 3),
        ("data", 3),
    ]
    assert card.problems == []


def test_a_set_that_was_opened_and_saved_changes_nothing(office: str, tmp_path: Path) -> None:
    question_set = phone_screen()
    book = converted(office, exported(question_set), "set.csv", "xlsx", tmp_path)
    saved = converted(office, book, "set.xlsx", AS_CSV, tmp_path)
    sheet = read_sheet(saved, "set.csv")
    report = import_questions(
        QuestionSet.objects.get(),
        sheet,
        ImportOptions(dry_run=True, remove=True),
        EditorFactory(),
        "",
    )
    assert len(sheet.rows) == 3
    assert (report.refusals, report.changed, report.unchanged) == ([], [], 3)
