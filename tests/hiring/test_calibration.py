"""Comparing scorecards: what interviewers see, clear refusals, and nothing stored."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hiring.scorecard import COLUMNS, VERSION
from tests.hiring.loops import make_hiring
from tests.markup import Page, parse

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/interviews/calibration/"
SKILLS = ["risk", "data", "people", "writing"]


def card(
    ratings: str, *, evidence: str = "Said so.", key: str = "onsite", version: str = VERSION
) -> str:
    """A filled scorecard: a rating for each skill, separated by spaces; “-” for none."""
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, list(COLUMNS))
    rows.writeheader()
    for skill, rating in zip(SKILLS, ratings.split(), strict=False):
        given = {"rating": "" if rating == "-" else rating, "evidence": evidence}
        rows.writerow(
            {"scorecard": version, "set": key, "skill": skill, "title": skill.title(), **given}
        )
    return text.getvalue()


def compared(*texts: str | bytes) -> Page:
    """The page that answers to these files, named 1.csv, 2.csv, …"""
    files = [
        SimpleUploadedFile(f"{number}.csv", text if isinstance(text, bytes) else text.encode())
        for number, text in enumerate(texts, 1)
    ]
    return parse(Client().post(URL, {"scorecards": files}).text)


def hints(page: Page) -> list[str]:
    return [hint.text for hint in page.marked("calibration__hints")[0].all("li")]


def table(page: Page) -> list[list[str]]:
    return [[cell.text for cell in row.all("th", "td")] for row in page.one("tbody").all("tr")]


def test_ratings_stand_side_by_side_with_their_spread() -> None:
    page = compared(card("3 4 2"), card("3 1 -"))
    assert table(page) == [
        ["Risk", "3", "3", "0"],
        ["Data", "4", "1", "3"],
        ["People", "2", "not assessed", "–"],
    ]
    assert hints(page) == [
        "Your ratings differ by two points or more: Data. What did each of you hear?"
    ]


def test_a_rating_without_evidence_does_not_count() -> None:
    page = compared(card("4 4"), card("1 4", evidence=" "))
    assert table(page)[0] == ["Risk", "4", "1 no evidence", "–"]
    assert hints(page) == [
        "2.csv has ratings without evidence: Risk, Data. A rating without evidence does not count."
    ]


def test_what_nobody_assessed_is_not_poor() -> None:
    page = compared(card("3 -"), card("2 not"))
    assert "No one assessed: Data. “Not assessed” does not mean poor" in hints(page)[0]


def test_what_is_rated_without_evidence_is_not_called_unassessed() -> None:
    page = compared(card("4 -", evidence=""), card("- -"))
    assert hints(page) == [
        "1.csv has ratings without evidence: Risk. A rating without evidence does not count.",
        "No one assessed: Data. “Not assessed” does not mean poor: ask again, or accept the gap "
        "when you decide.",
    ]


def test_equal_ratings_hint_at_a_halo_and_a_distance_at_leniency() -> None:
    page = compared(card("4 4 4 4"), card("3 2 3 3"), card("3 3 3 2"))
    assert (
        "1.csv has a 4 for all 4 skills that were rated."
        " Does one impression color the others (halo effect)?"
    ) in hints(page)
    assert any(hint.startswith("1.csv is 1.2 points above the others") for hint in hints(page))
    assert not any(
        "halo" in hint or "above the others" in hint
        for hint in hints(compared(card("4 3 4"), card("4 4 3")))
    )


def test_severity_lies_below() -> None:
    assert any(
        "1.csv is 2 points below" in hint for hint in hints(compared(card("1 1 2"), card("3 3 4")))
    )


def test_a_file_as_a_spreadsheet_saves_it_is_read() -> None:
    saved = card("3 4").replace(",", ";").encode("utf-16")
    assert table(compared(saved)) == [["Risk", "3", "–"], ["Data", "4", "–"]]


def test_the_scorecard_of_a_loop_comes_back_filled_in() -> None:
    hiring = make_hiring()
    url = (
        "/interviews/builder/scorecard.csv?level=tpm/senior&"
        f"loop={hiring.loop('Outage', 'Numbers')}"
    )
    blank = Client().get(url).getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    filled = blank.replace('"","","http', '"3","Named the risk.","http')
    assert filled.count('"3"') == 2
    assert table(compared(filled)) == [["Risk", "3", "–"], ["Data", "3", "–"]]


def test_scorecards_of_different_sets_are_named_so() -> None:
    assert (
        "different question sets or loops" in hints(compared(card("3"), card("3", key="screen")))[0]
    )
    assert hints(compared(card("3"), card("3"))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            card("3", version="7"),
            "1.csv: it has version “7” of the columns, and this page reads version 1",
        ),
        (
            "a,b\n1,2\n",
            "1.csv: it is not a scorecard of this portal: the column “scorecard” is missing",
        ),
        ("", "1.csv"),
        (b"\xff\x00\x81", "1.csv"),
        (card("3") + "1,s,x,X,,,,,,,3,y,\r\n" * 20_000, "more than 200 rows"),
        (card("3") + "1,s,x,X,,,,,,,3,y,\r\n" * 100_000, "larger than 1 MB"),
    ],
)
def test_what_is_no_scorecard_is_refused_in_words_and_the_others_are_read(
    text: str | bytes, words: str
) -> None:
    page = compared(text)
    assert words in page.marked("warning")[0]
    assert not page.marked("calibration__hints")
    assert table(compared(text, card("2"))) == [["Risk", "2", "–"]]


def test_a_rating_that_is_none_is_said() -> None:
    page = compared(card("5 3 =1+1"))
    assert table(page) == [
        ["Risk", "not assessed", "–"],
        ["Data", "3", "–"],
        ["People", "not assessed", "–"],
    ]
    assert sum("is not a rating from 1 to 4" in hint for hint in hints(page)) == 2


def test_a_skill_that_stands_there_twice_counts_once() -> None:
    page = compared(card("3") + card("4").partition("\r\n")[2])
    assert table(page) == [["Risk", "3", "–"]]
    assert "“risk” is listed twice; the first one counts." in hints(page)[0]


def test_a_row_from_the_scorecard_of_another_set_is_named() -> None:
    pasted = card("3") + card("- 4", key="screen").splitlines(keepends=True)[2]
    page = compared(pasted)
    assert table(page) == [["Risk", "3", "–"], ["Data", "4", "–"]]
    assert "row 3: this row is from “screen”, but the first one is from “onsite”." in hints(page)[0]
    assert hints(compared(card("3 4"))) == []


def test_what_is_sent_is_shown_as_text() -> None:
    page = compared(card("3").replace("Risk", "<script>alert(1)</script>").replace("Said", "=Said"))
    assert table(page)[0][0] == "<script>alert(1)</script>"


def test_more_files_than_a_panel_has_are_not_all_read() -> None:
    page = compared(*[card("3")] * 13)
    assert "Only the first 12 of 13 files were read." in page.marked("warning")[0]
    assert len(table(page)[0]) == 14


def test_many_more_files_get_the_number_that_is_read() -> None:
    page = compared(*[card("3")] * 60)
    assert "Only the first 12 of 60 files were read." in page.marked("warning")[0]


def test_without_a_file_it_says_what_to_do() -> None:
    assert "Select the scorecards first." in compared().marked("warning")[0]
    page = Page.read(Client(), URL)
    assert "never stored: no file, no rating and no name" in page
    assert not page.marked("warning")


def test_nothing_is_written() -> None:
    with CaptureQueriesContext(connection) as asked:
        compared(card("3 4"), card("4 4"))
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
