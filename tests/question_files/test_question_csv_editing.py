"""Edits that people make to the CSV of a set in a spreadsheet, and their results."""

import pytest
from reversion.models import Version

from interviews.models import Question, QuestionSet, SetItem, SetSection
from tests.factories import (
    CollectionFactory,
    QuestionFactory,
)
from tests.question_files.spreadsheets import (
    differences,
    edited,
    import_file,
    import_twice,
    phone_screen,
    refusals,
    rows_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def question_set() -> QuestionSet:
    return phone_screen()


def order(question_set: QuestionSet) -> list[tuple[str, str]]:
    """Sections and questions as the set asks them."""
    items = SetItem.objects.filter(section__question_set=question_set).in_order()
    return list(items.values_list("section__title", "question__title"))


def test_a_preview_says_what_would_be_and_writes_nothing(question_set: QuestionSet) -> None:
    rows = edited(
        question_set, 1, prompt="Why *late*?", kind="Case", bands="", minutes="12", required="no"
    )
    before = Version.objects.count()
    preview = import_file(question_set, rows, dry_run=True)
    assert not preview.is_written
    assert (Version.objects.count(), Question.objects.filter(kind="case").count()) == (before, 0)
    done = import_twice(question_set, rows)
    assert (
        differences(preview)
        == differences(done)
        == [
            ("prompt", "Tell me about First.", "Why *late*?"),
            ("kind", "Behavioral", "Case"),
            ("bands", "Mid to Staff", ""),
            ("minutes", "10", "12"),
            ("required", "yes", "no"),
        ]
    )
    question = Question.objects.get(slug="first")
    assert (question.prompt, question.kind, question.band_from, question.minutes) == (
        "Why *late*?",
        "case",
        None,
        10,
    )
    assert list(question.set_items.values_list("minutes", "required")) == [(12, False)]


def test_minutes_that_are_the_question_s_own_are_not_the_set_s(question_set: QuestionSet) -> None:
    import_twice(question_set, edited(question_set, 2, minutes="10"))
    assert SetItem.objects.get(question__slug="second").minutes is None
    import_twice(question_set, edited(question_set, 2, minutes="8"))
    import_twice(question_set, edited(question_set, 2, minutes=""))
    assert SetItem.objects.get(question__slug="second").minutes is None


def test_questions_change_places_by_their_numbers(question_set: QuestionSet) -> None:
    rows = rows_of(question_set)
    rows[0]["position"] = "2,5"
    report = import_twice(question_set, rows)
    assert [column for column, _, _ in differences(report)] == ["position"]
    assert order(question_set)[:2] == [("Opening", "Second"), ("Opening", "First")]
    rows = rows_of(question_set)
    rows[2]["position"] = "0"
    import_twice(question_set, rows)
    assert order(question_set) == [
        ("Closing", "Hidden"),
        ("Closing", "Third"),
        ("Opening", "Second"),
        ("Opening", "First"),
    ]


def test_a_question_moves_to_another_section_and_to_one_that_is_new(
    question_set: QuestionSet,
) -> None:
    report = import_twice(question_set, edited(question_set, 1, section="Closing"))
    assert ("section", "Opening", "Closing") in differences(report)
    assert set(order(question_set)) >= {("Closing", "First"), ("Opening", "Second")}
    report = import_twice(question_set, edited(question_set, 2, section="Warm-up"))
    assert report.new_sections == ["Warm-up"]


def test_a_question_that_moves_to_another_section_does_not_move_that_section(
    question_set: QuestionSet,
) -> None:
    import_twice(question_set, edited(question_set, 1, section="Closing"), overwrite=True)
    assert order(question_set) == [
        ("Opening", "Second"),
        ("Closing", "Hidden"),
        ("Closing", "First"),
        ("Closing", "Third"),
    ]


def test_a_new_question_at_the_top_does_not_move_the_section_that_it_names(
    question_set: QuestionSet,
) -> None:
    rows = rows_of(question_set)
    new = dict.fromkeys(rows[0], "") | {"prompt": "Anything else?", "section": "Closing"}
    import_twice(question_set, [new, *rows])
    assert order(question_set) == [
        ("Opening", "First"),
        ("Opening", "Second"),
        ("Closing", "Hidden"),
        ("Closing", "Anything else?"),
        ("Closing", "Third"),
    ]


def test_new_questions_whose_words_begin_alike_have_ids_of_their_own(
    question_set: QuestionSet,
) -> None:
    rows = rows_of(question_set)
    for ending in ("?", "!", " …"):
        prompt = f"Anything else{ending}"
        rows.append(dict.fromkeys(rows[0], "") | {"prompt": prompt, "section": "Closing"})
    import_twice(question_set, rows)
    slugs = Question.objects.filter(prompt__startswith="Anything").values_list("slug", flat=True)
    assert sorted(slugs) == ["anything-else", "anything-else-2", "anything-else-3"]


def test_a_section_is_renamed_and_moved_at_once(question_set: QuestionSet) -> None:
    rows = edited(question_set, 3, section="Introduction", position="0")
    report = import_twice(question_set, rows)
    assert report.new_sections == []
    assert order(question_set) == [
        ("Introduction", "Hidden"),
        ("Introduction", "Third"),
        ("Opening", "First"),
        ("Opening", "Second"),
    ]


def test_a_new_question_leaves_a_draft_below_the_question_that_it_followed(
    question_set: QuestionSet,
) -> None:
    hidden = SetItem.objects.get(question__title="Hidden")
    hidden.section = question_set.sections.get(title="Opening")
    hidden.position = 3
    hidden.save()
    rows = rows_of(question_set)
    new = dict.fromkeys(rows[0], "") | {"prompt": "And then?", "section": "Opening"}
    import_twice(question_set, [rows[0], new, *rows[1:]])
    titles = [title for section, title in order(question_set) if section == "Opening"]
    assert titles == ["First", "And then?", "Second", "Hidden"]


def test_a_section_whose_rows_all_have_another_title_is_renamed(question_set: QuestionSet) -> None:
    rows = rows_of(question_set)
    for row in rows[:2]:
        row["section"] = "Warm-up"
    before = list(question_set.sections.values_list("pk", flat=True))
    report = import_twice(question_set, rows)
    assert report.new_sections == []
    assert list(question_set.sections.values_list("pk", flat=True)) == before
    assert order(question_set)[0] == ("Warm-up", "First")


def test_a_new_row_makes_a_draft(question_set: QuestionSet) -> None:
    rows = rows_of(question_set)
    new = {
        "section": "Closing",
        "position": "2.5",
        "prompt": "Is there *anything* else?",
        "minutes": "5",
    }
    more = {
        "kind": "Motivation",
        "probes": "Situation: Like what?",
        "anchor_4": "Something.",
        "required": "no",
    }
    report = import_twice(question_set, [*rows, dict.fromkeys(rows[0], "") | new | more])
    assert [row.addition for row in report.changed] == ["a new question, as a draft"]
    question = Question.objects.get(prompt="Is there *anything* else?")
    assert (question.status, question.title, question.slug) == (
        "draft",
        "Is there anything else?",
        "is-there-anything-else",
    )
    assert (question.collection, question.minutes, question.kind) == (
        question_set.collection,
        5,
        "motivation",
    )
    assert question.probes.get().step.title == "Situation"
    item = question.set_items.get()
    assert (item.minutes, item.required, item.section.title) == (None, False, "Closing")
    assert order(question_set)[-2:] == [
        ("Closing", "Is there anything else?"),
        ("Closing", "Third"),
    ]


def test_a_question_of_the_portal_is_added_by_its_key(question_set: QuestionSet) -> None:
    other = QuestionFactory(
        title="Of others", slug="why", collection=CollectionFactory(slug="other")
    )
    rows = rows_of(question_set)
    new = {
        "question": "other:why",
        "section": "Opening",
        "required": "yes",
        "prompt": other.prompt,
        "kind": "Behavioral",
    }
    report = import_twice(question_set, [*rows, dict.fromkeys(rows[0], "") | new])
    assert [row.addition for row in report.changed] == ["a question that is new to the set"]
    assert ("Opening", "Of others") in order(question_set)


def test_what_is_absent_stays_unless_it_is_to_go(question_set: QuestionSet) -> None:
    rows = [row for row in edited(question_set, 1, required="no") if row["question"] != "second"]
    report = import_twice(question_set, rows)
    assert (report.absent, report.removed) == (["Second (Opening)"], [])
    assert len(order(question_set)) == 4
    report = import_twice(question_set, rows, remove=True)
    assert report.removed == ["Second (Opening)"]
    assert [title for _, title in order(question_set)] == ["First", "Hidden", "Third"]
    assert Question.objects.filter(slug="second").exists()


def test_probes_keep_what_no_cell_says(question_set: QuestionSet) -> None:
    question = Question.objects.get(slug="first")
    question.probes.update(required=True, depth=1)
    first, second = question.probes.order_by("position")
    cell = (
        "(only one team) Who else was there?\n\nSituation: What was late?\n  And since when?\nWhy "
        "(at all)?"
    )
    report = import_twice(question_set, edited(question_set, 1, probes=cell))
    assert [column for column, _, _ in differences(report)] == ["probes"]
    probes = list(question.probes.order_by("position"))
    assert probes[:2] == [second, first]
    assert [(p.condition, p.text, p.required) for p in probes] == [
        ("only one team", "Who else was there?", True),
        ("", "What was late?\nAnd since when?", True),
        ("", "Why (at all)?", False),
    ]
    assert probes[1].step.title == "Situation"
    import_twice(question_set, edited(question_set, 1, probes=""))
    assert not question.probes.exists()


def test_a_history_remembers_what_was_before(question_set: QuestionSet) -> None:
    import_twice(
        question_set, edited(question_set, 1, prompt="Other?", required="no", position="9")
    )
    question = Question.objects.get(slug="first")
    comments = [each.revision.comment for each in Version.objects.get_for_object(question)]
    assert comments == ["From a file.", "As it was before the first change here."]
    assert not Version.objects.get_for_object(Question.objects.get(slug="second")).exists()
    oldest = Version.objects.get_for_object(question_set).last()
    oldest.revision.revert()
    assert order(question_set)[0] == ("Opening", "First")


def test_a_question_that_the_set_asks_again_is_not_called_new_to_it(
    question_set: QuestionSet,
) -> None:
    rows = rows_of(question_set)
    report = import_file(question_set, [*rows, rows[0] | {"section": "Closing"}])
    assert [row.addition for row in report.changed] == [
        "a question that the set asks already, once more"
    ]


def test_blanks_around_the_title_of_a_section_name_the_same_section(
    question_set: QuestionSet,
) -> None:
    assert import_file(question_set, edited(question_set, 1, section=" Opening ")).is_empty
    report = import_file(question_set, edited(question_set, 1, section=" Closing "))
    assert report.new_sections == []
    assert differences(report)[0] == ("section", "Opening", "Closing")
    report = import_file(question_set, edited(question_set, 3, section=" Middle "))
    assert report.new_sections == ["Middle"]


def test_a_row_without_a_section_does_not_depend_on_the_rows_above_it(
    question_set: QuestionSet,
) -> None:
    SetSection.objects.filter(title="Closing").delete()
    first, second = rows_of(question_set)
    first["section"], second["section"] = "Middle", ""
    for rows in ([first, second], [second, first]):
        report = import_file(question_set, rows, dry_run=True)
        assert refusals(report) == []
        assert report.new_sections == ["Middle"]


def test_emptied_minutes_are_reported_as_those_of_the_question(question_set: QuestionSet) -> None:
    Question.objects.filter(slug="second").update(minutes=12)
    report = import_file(question_set, edited(question_set, 2, minutes=""))
    assert differences(report) == [("minutes", "7", "12")]
