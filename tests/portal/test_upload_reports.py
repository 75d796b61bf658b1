"""The sentences and lists in reports of uploads."""

from django.template import Context, Template

from packs.report import MAX_DISPLAYED


def render(text: str, **values: object) -> str:
    return Template("{% load upload_reports %}" + text).render(Context(values))


def test_the_first_rows_are_shown_and_the_others_counted() -> None:
    text = "{{ rows|first_shown|length }}{% more_than_shown rows %}"
    assert render(text, rows=list(range(MAX_DISPLAYED))) == f"{MAX_DISPLAYED}"
    assert (
        render(text, rows=list(range(MAX_DISPLAYED + 2)))
        == f'{MAX_DISPLAYED}<p class="more">2 more.</p>'
    )


def test_rows_are_counted_in_a_sentence() -> None:
    text = "{% row_tally changed 3 repeated %}"
    assert render(text, changed=1, repeated=0) == "1 row with changes, 3 without."
    assert render(text, changed=0, repeated=1) == (
        "0 rows with changes, 3 without, 1 that only repeats another."
    )
    assert render(text, changed=2, repeated=2) == (
        "2 rows with changes, 3 without, 2 that only repeat another."
    )


def test_sentences_name_what_they_are_about() -> None:
    text = (
        "{{ names|ignored_columns_note }}\n{{ names|new_sections_note }}\n"
        "{{ names|also_changed_note }}"
    )
    assert render(text, names=["A & B", "C"]).splitlines() == [
        "Columns that were ignored because a question file does not have them: A &amp; B, C.",
        "New sections: A &amp; B, C.",
        "The question also changes in A &amp; B, C.",
    ]
    assert "New section: A." in render(text, names=["A"])
    assert render(text, names=[]).strip() == ""
