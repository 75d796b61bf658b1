"""Invalid files are refused with row and column, and nothing is written."""

import re

import pytest

from content.base_models import Status
from file_formats.csv_reading import Sheet, SheetRow, read_sheet
from file_formats.errors import UnreadableFile
from interviews.models import AnswerStep, AskedBy, Probe, Question, QuestionSet, SetSection
from question_files.cells import WITHHELD
from question_files.importer import import_questions
from question_files.report import SetReport
from tests import corpora
from tests.factories import (
    AnswerFrameworkFactory,
    AnswerStepFactory,
    BandFactory,
    CollectionFactory,
    SetItemFactory,
    SkillFactory,
)
from tests.question_files.spreadsheets import (
    edited,
    import_file,
    import_twice,
    phone_screen,
    refusals,
    rows_of,
    without,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def question_set() -> QuestionSet:
    return phone_screen()


def test_a_step_is_that_of_the_framework_in_use_or_refused(question_set: QuestionSet) -> None:
    own = AnswerStep.objects.get(title="Situation")
    AnswerStepFactory(title="Action", framework=own.framework)
    other = AnswerFrameworkFactory(title="Other")
    AnswerStepFactory(title="Action", framework=other)
    AnswerStepFactory(title="Situation", framework=other)
    import_twice(
        question_set,
        edited(question_set, 1, probes="Situation: What was late?\nAction: What did you do?"),
    )
    assert Probe.objects.get(text="What did you do?").step.framework == own.framework
    Probe.objects.filter(question__slug="first").delete()
    report = import_file(question_set, edited(question_set, 2, probes="Action: What did you do?"))
    ((_, column, reason),) = refusals(report)
    assert column == "probes"
    assert reason.startswith("“Action” is a step of ")


def test_a_step_that_no_reader_sees_stays(question_set: QuestionSet) -> None:
    framework = AnswerStep.objects.get(title="Situation").framework
    framework.status = Status.DRAFT
    framework.save()
    (hidden, *_) = rows_of(question_set)[0]["probes"].split("\n")
    assert hidden == "What was late?"
    import_twice(question_set, edited(question_set, 1, probes="What was very late?"))
    assert Probe.objects.get(text="What was very late?").step.title == "Situation"


def test_a_namesake_is_the_skill_of_the_same_collection_or_refused(
    question_set: QuestionSet,
) -> None:
    home = question_set.collection
    own = SkillFactory(title="Estimating", collection=home)
    for slug in ("a", "b"):
        SkillFactory(title="Estimating", slug="estimating", collection=CollectionFactory(slug=slug))
        SkillFactory(
            title="Foreign", slug="foreign", collection=home.__class__.objects.get(slug=slug)
        )
    import_twice(question_set, edited(question_set, 2, skills="Estimating"))
    assert Question.objects.get(slug="second").question_skills.get().skill == own
    report = import_file(question_set, edited(question_set, 2, skills="Foreign"))
    assert refusals(report)[0][:2] == ("row 3", "skills")
    assert "2 ways" in refusals(report)[0][2]
    import_twice(question_set, edited(question_set, 2, skills="b:foreign (Working)"))


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("skills", "Estimating\nEstimating", "the skill “Estimating” appears twice"),
        ("anchor_1", "Good.\nEntry: First.\nEntry: Second.", "the band “Entry” appears twice"),
    ],
)
def test_a_cell_names_a_skill_or_a_band_once(
    question_set: QuestionSet, column: str, cell: str, reason: str
) -> None:
    SkillFactory(title="Estimating", collection=question_set.collection)
    BandFactory(title="Entry")
    report = import_file(question_set, edited(question_set, 2, **{column: cell}))
    assert refusals(report) == [("row 3", column, reason)]
    import_twice(question_set, edited(question_set, 2, **{column: cell.rpartition("\n")[0]}))


def test_in_a_set_of_several_sections_each_row_names_one(question_set: QuestionSet) -> None:
    report = import_file(question_set, edited(question_set, 1, section=""))
    assert refusals(report) == [("row 2", "section", "the section is missing")]
    SetSection.objects.filter(title="Opening").update(title="Closing")
    assert {row["section"] for row in rows_of(question_set)} == {"Closing"}
    new_row = {"title": "New", "prompt": "Why?", "kind": "Situational", "section": "Closing"}
    report = import_file(question_set, [*rows_of(question_set), new_row])
    assert refusals(report)[0][1:] == ("section", "2 sections have this title")


def test_a_question_is_known_by_its_words_only_if_no_other_is_asked_so(
    question_set: QuestionSet,
) -> None:
    Question.objects.filter(slug="second").update(prompt=Question.objects.get(slug="first").prompt)
    rows = edited(question_set, 1, question="")
    assert refusals(import_file(question_set, rows))[0][:2] == ("row 2", "question")


@pytest.mark.parametrize(
    ("cell", "condition", "text"),
    [
        ("(only (at least) one team) Who else?", "only (at least) one team", "Who else?"),
        ("(only one team)Who else?", "", "(only one team)Who else?"),
        ("(only one team Who else?", "", "(only one team Who else?"),
    ],
)
def test_a_condition_ends_with_the_bracket_that_closes_it(
    question_set: QuestionSet, cell: str, condition: str, text: str
) -> None:
    import_twice(question_set, edited(question_set, 2, probes=cell))
    probe = Probe.objects.get(question__slug="second")
    assert (probe.condition, probe.text) == (condition, text)


BAD_CELLS = {
    "set": ("Other set", "this row belongs to “Other set”, not to “Phone screen”"),
    "question": ("nothing", "there is no question “nothing”"),
    "kind": ("Nonsense", "“Nonsense” is not one of Behavioral, Situational"),
    "bands": ("Staff to Mid to", "is not a band"),
    "skills": ("Juggling", "is not the title of a skill"),
    "minutes": ("0", "not a number of minutes"),
    "required": ("maybe", "neither yes nor no"),
    "position": ("first", "is not a number"),
    "section": ("x" * 201, "at most 200 characters"),
    "prompt": ("", "cannot be blank"),
    "anchor_1": ("x" * 100_001, "at most 100000 characters"),
}


@pytest.mark.parametrize("minutes", ["00000000199999", f"000000001{'9' * 5_000}", "9" * 5_000])
def test_too_many_minutes_are_refused_however_they_are_written(
    question_set: QuestionSet, minutes: str
) -> None:
    found = refusals(import_file(question_set, edited(question_set, 1, minutes=minutes)))
    assert [each[:2] for each in found] == [("row 2", "minutes")]
    import_twice(question_set, edited(question_set, 1, minutes="0020"))
    assert rows_of(question_set)[0]["minutes"] == "20"


@pytest.mark.parametrize("column", ["minutes", "position"])
@pytest.mark.parametrize("text", ["1_0", "٣", "٣.0", "1e0", "³"])
def test_a_number_is_plain_digits(question_set: QuestionSet, column: str, text: str) -> None:
    found = refusals(import_file(question_set, edited(question_set, 1, **{column: text})))
    assert [each[:2] for each in found] == [("row 2", column)]


@pytest.mark.parametrize("column", BAD_CELLS)
def test_a_bad_cell_is_refused_and_nothing_written(question_set: QuestionSet, column: str) -> None:
    BandFactory(title="Mid")
    cell, reason = BAD_CELLS[column]
    rows = rows_of(question_set)
    rows[0]["anchor_4"] = "A good cell."
    rows[1][column] = cell
    report = import_file(question_set, rows)
    found = refusals(report)
    assert [each[:2] for each in found] == [("row 3", column)]
    assert reason in found[0][2]
    assert not report.is_written
    assert rows_of(question_set)[0]["anchor_4"] != "A good cell."


def test_an_anchor_that_no_file_shows_is_not_replaced(question_set: QuestionSet) -> None:
    question = Question.objects.get(slug="first")
    question.audience = AskedBy.PANEL
    question.save()
    question.anchors.filter(rating=1).delete()
    rows = edited(question_set, 1, anchor_2="Typed in a sheet.")
    assert rows[0]["anchor_3"] == ""
    ((_, column, reason),) = refusals(import_file(question_set, rows))
    assert (column, reason) == ("anchor_2", WITHHELD)
    assert question.anchors.get(rating=2).text == "Anchor *2*."
    import_twice(question_set, edited(question_set, 1, anchor_1="New."))
    assert question.anchors.get(rating=1).text == "New."


def test_what_a_file_says_twice_it_must_say_alike(question_set: QuestionSet) -> None:
    SetItemFactory(
        section=question_set.sections.last(), question=Question.objects.get(slug="second")
    )
    rows = rows_of(question_set)
    same = [number for number, row in enumerate(rows, start=1) if row["question"] == "second"]
    assert len(same) == 2
    report = import_file(question_set, edited(question_set, same[1], prompt="Other?"))
    assert [reason for _, column, reason in refusals(report) if column == "prompt"] != []
    for row in rows:
        row["prompt"] = "Other?" if row["question"] == "second" else row["prompt"]
    import_twice(question_set, [*rows, rows[0]])


#: The columns of the corpus by our columns; its rows have no key.
OURS = {"question": "prompt", "answer": "anchor_3", "topic": "section", "level": "bands"}


def of_the_corpus(name: str, question_set: QuestionSet) -> SetReport:
    """The report of importing a file of the corpus."""
    sheet = read_sheet((corpora.folder("csv-edge") / "files" / name).read_bytes(), name)
    rows = [
        SheetRow(
            row.location,
            {OURS.get(column, column): cell for column, cell in row.cells.items()}
            | {"question": ""},
        )
        for row in sheet.rows
    ]
    columns = ["question", *(OURS.get(column, column) for column in sheet.columns)]
    return import_questions(question_set, Sheet(columns, rows, sheet.header))


def test_the_csv_files_on_the_edge_end_as_stated(question_set: QuestionSet) -> None:
    BandFactory(title="junior", slug="junior")
    BandFactory(title="senior", slug="senior")
    for case in corpora.entries("csv-edge", "manifest.json", "cases"):
        name, before = case["file"], Question.objects.count()
        if name in ("12_ragged_short.csv", "15_missing_required.csv"):
            # An answer is nothing that a question needs; the column that is needed here has its own
            # test.
            continue
        if case["expect"] == "reject":
            assert (
                re.search(rf"(row|line) {case.get('line', '')}", refused(name, question_set))
                or "line" not in case
            ), name
            assert refused(name, question_set), name
            assert Question.objects.count() == before, name
            continue
        report = of_the_corpus(name, question_set)
        assert (report.refusals, report.unchanged + len(report.changed)) == ([], case["rows"]), name
        if cell := case.get("cell"):
            ours = {"question": "prompt", "answer": "anchors__text"}[cell["column"]]
            assert Question.objects.filter(**{ours: cell["value"]}).exists(), name
        assert not of_the_corpus(name, question_set).is_written, name
        if case["expect"] == "warn":
            assert report.unknown_columns == ["colour"] or report.repeated == 1, name


def refused(name: str, question_set: QuestionSet) -> str:
    """Where and why a file is refused."""
    try:
        return " ".join(map(str, of_the_corpus(name, question_set).refusals))
    except UnreadableFile as error:
        return str(error)


def test_the_column_of_the_keys_is_needed(question_set: QuestionSet) -> None:
    with pytest.raises(UnreadableFile, match="row 1: the column “question” is missing"):
        import_file(question_set, without(["question"])(rows_of(question_set)))
