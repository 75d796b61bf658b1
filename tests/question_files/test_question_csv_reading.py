"""The CSV of a question set means the same after any program has saved it."""

from collections.abc import Callable

import pytest
from reversion.models import Version

from content.change_tracking import tracking_changes
from content.text import is_blank
from file_formats.csv_cells import BOM, escape_formula
from interviews.models import Anchor, Question, QuestionSet, SetItem, SetSection
from ladders.models import Band
from skills.models import Skill
from tests import corpora
from tests.factories import (
    AnchorFactory,
    BandFactory,
    QuestionSetFactory,
    SetItemFactory,
    SetSectionFactory,
)
from tests.interviews.questions import make_question
from tests.question_files.spreadsheets import (
    Rows,
    differences,
    edited,
    exported,
    import_file,
    rows_of,
    saved,
    without,
)
from tests.samples import sample

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.thorough]

#: Hostile texts, besides formulas, that are tried in one run.
STRINGS = 40
Dialect = Callable[[Rows], bytes]
#: How programs save a table that they were given.
DIALECTS: dict[str, Dialect] = {
    "as it left": lambda rows: BOM + saved(rows),
    "no mark": saved,
    "semicolons": lambda rows: saved(rows, separator=";", encoding="utf-8-sig"),
    "announced": lambda rows: saved(rows, separator=";", first="sep=;\r\n"),
    "unicode text": lambda rows: saved(rows, separator="\t", encoding="utf-16"),
    "big-endian": lambda rows: b"\xfe\xff" + saved(rows, separator="\t", encoding="utf-16-be"),
    "line feeds": lambda rows: saved(rows, ends="\n"),
    "columns turned": lambda rows: saved(rows, [*reversed(list(rows[0]))]),
    "rows turned": lambda rows: saved(rows[::-1]),
    "column added": lambda rows: saved([row | {"color": "red"} for row in rows]),
    "columns lost": lambda rows: saved(
        without(["set", "position", "prompt", "probes", "license", "minutes"])(rows)
    ),
    "scored": lambda rows: saved(
        [row | {"score": "3", "notes": "Good.", "url": "x", "license": "x"} for row in rows]
    ),
    "loud header": lambda rows: saved(
        [{f" {name.upper()} ": cell for name, cell in row.items()} for row in rows]
    ),
    "blank lines": lambda rows: saved([*rows, dict.fromkeys(rows[0], "")]) + b"\r\n\r\n",
}


def rows_stored() -> list[list[tuple[object, ...]]]:
    """All that a file could change."""
    tables = [
        Question,
        *(each.related_model for each in Question._meta.related_objects),
        QuestionSet,
        SetSection,
    ]
    return [sorted(table.objects.values_list(), key=str) for table in dict.fromkeys(tables)] + [
        list(Version.objects.order_by("pk").values_list("pk"))
    ]


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.drawn(6)
def test_an_edited_cell_arrives_from_every_program(name: str) -> None:
    item = SetItemFactory(question=make_question())
    question_set = item.section.question_set
    rows = edited(
        question_set,
        1,
        anchor_2='An *other* anchor;\nof two lines, “quoted", tschüß 🔒.',
        required="no",
    )
    report = import_file(question_set, DIALECTS[name](rows))
    assert report.refusals == []
    assert [change[0] for change in differences(report)] == ["anchor_2", "required"]
    assert (
        Anchor.objects.get(rating=2).text
        == 'An *other* anchor;\nof two lines, “quoted", tschüß 🔒.'
    )
    item.refresh_from_db()
    assert not item.required
    assert import_file(question_set, DIALECTS[name](rows)).is_empty


def hostile_texts() -> list[str]:
    """Texts that a column contains, among those that were written to break something.

    All formulas are among them, and some of the rest.
    """
    cells = [case["value"] for case in corpora.entries("formula-cells", "cells.json", "cells")]
    strings = sample(corpora.entries("naughty-strings", "naughty-strings.json"), STRINGS)
    held = [text for text in [*cells, *strings] if text.strip() and "\0" not in text]
    assert len(held) > STRINGS
    return [text for text in held if not any("\ud800" <= letter <= "\udfff" for letter in text)]


@pytest.mark.followed_at_once
@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.drawn(1)
def test_hostile_texts_stay_what_they_are(raw: bool) -> None:
    section = SetSectionFactory()
    texts = hostile_texts()
    with tracking_changes():
        for number, text in enumerate(texts):
            question = make_question(f"Question {number}", prompt=text)
            question.probes.update(text=text, condition=text[:200])
            question.anchors.update(text=text)
            Band.objects.filter(pk=question.band_from_id).update(title=text[:200])
            for skill in Skill.objects.filter(question_skills__question=question):
                skill.title = text[:200]
                skill.save()
            SetItemFactory(section=section, question=question)
    before = rows_stored()
    report = import_file(section.question_set, exported(section.question_set, raw=raw))
    assert (report.refusals, report.changed, report.is_written) == ([], [], False)
    assert report.unchanged == len(texts)
    assert rows_stored() == before


def test_hostile_texts_arrive_as_they_were_typed() -> None:
    section = SetSectionFactory()
    question_set = section.question_set
    texts = [text for text in hostile_texts() if not is_blank(text)]
    with tracking_changes():
        for number in range(len(texts)):
            SetItemFactory(section=section, question=make_question(f"Question {number}"))
    rows = rows_of(question_set)
    rows = [row | {"prompt": text, "anchor_1": text} for row, text in zip(rows, texts, strict=True)]
    shown = [{name: escape_formula(cell) for name, cell in row.items()} for row in rows]
    assert shown != rows
    assert import_file(question_set, shown).refusals == []
    stored = SetItem.objects.in_order().values_list("question__prompt", flat=True)
    assert list(stored) == [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert import_file(question_set, rows_of(question_set)).is_empty
    assert import_file(question_set, shown).is_empty


def test_bands_and_skills_of_hostile_names_are_looked_up() -> None:
    item = SetItemFactory(question=make_question())
    question_set = item.section.question_set
    low, high = (
        BandFactory(title="Up to to 9", position=1),
        BandFactory(title="to: (x)", position=2),
    )
    AnchorFactory(question=item.question, rating=1, band=high, text="Staff: no.\nNext line.")
    skill = item.question.question_skills.first().skill
    skill.title = "Planning (Working) (draft): x"
    skill.save()
    row = rows_of(question_set)[0]
    assert row["anchor_1"] == "Anchor *1*.\nto: (x): Staff: no.\nNext line."
    report = import_file(
        question_set,
        edited(
            question_set, 1,
            bands="Up to to 9 to to: (x)",
            skills="Planning\nPlanning (Working) (draft): x (Working)",
            anchor_1="Anchor *1*, changed.\nto: (x): Staff: no.\nNext line, changed.",
        ),
    )  # fmt: skip
    assert report.refusals == []
    item.question.refresh_from_db()
    assert (item.question.band_from, item.question.band_to) == (low, high)
    assert [each.skill.title for each in item.question.question_skills.order_by("position")] == [
        "Planning",
        "Planning (Working) (draft): x",
    ]
    texts = dict(item.question.anchors.filter(rating=1).values_list("band__title", "text"))
    assert texts == {None: "Anchor *1*, changed.", "to: (x)": "Staff: no.\nNext line, changed."}


def test_a_set_without_questions_has_no_row_to_import() -> None:
    question_set = QuestionSetFactory()
    with pytest.raises(Exception, match="there is no row below the header"):
        import_file(question_set, exported(question_set))


@pytest.mark.parametrize(
    ("ends", "words"), [(("own", None), "Own and above"), ((None, "own"), "Up to Own")]
)
def test_bands_that_are_open_at_one_end_are_written_and_read_as_such(
    ends: tuple[str | None, str | None], words: str
) -> None:
    bands = {"own": BandFactory(title="Own"), None: None}
    item = SetItemFactory(question=make_question())
    question_set = item.section.question_set
    stated = {"band_from": bands[ends[0]], "band_to": bands[ends[1]]}
    Question.objects.update(**stated)
    assert rows_of(question_set)[0]["bands"] == words
    Question.objects.update(band_from=None, band_to=None)
    report = import_file(question_set, edited(question_set, 1, bands=words))
    assert report.refusals == []
    item.question.refresh_from_db()
    assert (item.question.band_from, item.question.band_to) == tuple(stated.values())
