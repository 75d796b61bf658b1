"""Lines of text keep their identity and edits when a publisher moves, adds and rewords lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from content.change_tracking import tracking_changes
from content.models import Collection, LoadedRow
from interchange.packs import TABLES
from interviews.models import Probe
from ladders.models import Expectation, Level
from ladders.packs import EXPECTATIONS
from packs.exporting import export_files
from packs.import_records import row_digest
from skills.models import Indicator, Proficiency
from tests.pack_files import Pack, counts, loaded_by_first_versions

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HEADER = "level,position,text\n"


def lines(*texts: str, header: str = HEADER) -> str:
    """The rows of one level, in order; a text may have a cell before it."""
    return header + "".join(
        f"eng/one,{number},{text}\n" for number, text in enumerate(texts, start=1)
    )


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Three lines of one level, as they were loaded first."""
    pack = Pack(tmp_path).write("ladders.csv", "id,title\neng,Engineers\n")
    pack.write("levels.csv", "ladder,id,title\neng,one,One\n").write(
        "expectations.csv", lines("A.", "B.", "C.")
    )
    pack.load()
    return pack


def edit(known_as: str, **values: object) -> Expectation:
    """Change the line with this text as an editor does."""
    line = Expectation.objects.get(text=known_as)
    for name, value in values.items():
        setattr(line, name, value)
    line.save()
    return line


def texts() -> list[str]:
    return [*Expectation.objects.order_by("position", "id").values_list("text", flat=True)]


def keys() -> dict[str, int]:
    return dict(Expectation.objects.values_list("text", "pk"))


def test_a_line_put_first_moves_the_others_and_an_edited_one_keeps_its_words(pack: Pack) -> None:
    edited = edit("B.", text="B, edited here.")
    before = keys()
    report = pack.write("expectations.csv", lines("New.", "A.", "B.", "C.")).load()
    assert texts() == ["New.", "A.", "B, edited here.", "C."]
    assert keys().items() >= before.items()
    assert counts(report) == (1, 0, 5 - 2)
    assert report.moved == {"expectations": 2}
    assert [str(move) for move in report.moves] == [
        "expectations.csv line 3: “A.” moved from position 1 to 2",
        "expectations.csv line 4: “B, edited here.” moved from position 2 to 3",
        "expectations.csv line 5: “C.” moved from position 3 to 4",
    ]
    said = "expectations.csv line 4: “B, edited here.” was edited here (text) since the last load"
    assert [str(conflict) for conflict in report.conflicts] == [said]
    again = pack.load()
    assert (again.is_empty, len(again.conflicts)) == (True, 1)
    edited.refresh_from_db()
    assert (edited.text, edited.position) == ("B, edited here.", 3)


def test_the_report_says_what_moved(pack: Pack) -> None:
    report = pack.write("expectations.csv", lines("New.", "A.", "B.", "C.")).load(dry_run=True)
    assert "1 created, 0 changed, 3 unchanged, 3 moved." in report.as_lines()
    assert "expectations.csv line 3: “A.” moved from position 1 to 2" in report.as_lines()
    assert report.as_data()["moves"][0]["former"] == 1
    assert texts() == ["A.", "B.", "C."]


def test_an_edited_line_stays_edited_when_its_publisher_moves_it_twice(pack: Pack) -> None:
    edit("B.", text="Ours.")
    pack.write("expectations.csv", lines("New.", "A.", "B.", "C.")).load()
    report = pack.write("expectations.csv", lines("B.", "A.", "C.")).load()
    assert texts()[0] == "Ours."
    assert len(report.conflicts) == 1
    pack.load(overwrite=True)
    assert texts()[0] == "B."


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (["C.", "B.", "A."], ["C.", "B.", "A."]),
        (["A.", "B reworded.", "C."], ["A.", "B reworded.", "C."]),
        (["New.", "A.", "B.", "C reworded."], ["New.", "A.", "B.", "C reworded."]),
        (["B.", "C."], ["B.", "C."]),
    ],
)
def test_lines_in_another_order_reworded_or_gone_keep_their_rows(
    pack: Pack, published: list[str], expected: list[str]
) -> None:
    before = [keys()[f"{text[0]}."] for text in expected if not text.startswith("New")]
    pack.write("expectations.csv", lines(*published)).load(retire=True)
    assert texts() == expected
    assert [keys()[text] for text in expected if not text.startswith("New")] == before
    assert pack.load(retire=True).is_empty


def test_a_line_is_known_by_its_identifier_when_all_else_changes(pack: Pack) -> None:
    header = "level,position,external_id,text\n"
    pack.write("expectations.csv", lines("u1,A.", "u2,B.", "u3,C.", header=header)).load()
    key = edit("B.", text="Ours.").pk
    report = pack.write(
        "expectations.csv", lines("u2,Quite new.", "u4,B.", "u1,A.", "u3,C.", header=header)
    ).load()
    assert [(line.external_id, line.text) for line in Expectation.objects.order_by("position")] == [
        ("u2", "Ours."), ("u4", "B."), ("u1", "A."), ("u3", "C."),
    ]  # fmt: skip
    assert Expectation.objects.get(external_id="u2").pk == key
    assert [str(conflict.differences[0].incoming) for conflict in report.conflicts] == [
        "Quite new."
    ]


def test_one_identifier_or_one_position_for_two_lines_is_refused(pack: Pack) -> None:
    pack.write(
        "expectations.csv", "level,position,external_id,text\neng/one,1,u1,A.\neng/one,2,u1,B.\n"
    )
    said = "expectations.csv line 3: expectations.csv line 2 already has the same expectation"
    assert pack.refusals() == [said]
    pack.write("expectations.csv", HEADER + "eng/one,1,A.\neng/one,1,B.\n")
    assert pack.refusals() == [said]


def test_the_same_words_twice_are_two_lines(pack: Pack) -> None:
    pack.write("expectations.csv", lines("A.", "B.", "A.")).load(retire=True)
    keys_of_a = [*Expectation.objects.filter(text="A.").values_list("pk", flat=True)]
    pack.write("expectations.csv", lines("New.", "A.", "B.", "A.")).load(retire=True)
    assert texts() == ["New.", "A.", "B.", "A."]
    assert [*Expectation.objects.filter(text="A.").values_list("pk", flat=True)] == keys_of_a


def test_a_line_that_was_deleted_here_stays_deleted_wherever_it_stands(pack: Pack) -> None:
    Expectation.objects.get(text="B.").delete()
    report = pack.write("expectations.csv", lines("New.", "A.", "B.", "C.")).load()
    assert texts() == ["New.", "A.", "C."]
    assert [conflict.is_deleted for conflict in report.conflicts] == [True]
    assert texts() == ["New.", "A.", "C."]
    assert len(pack.load().conflicts) == 1
    pack.load(overwrite=True)
    assert texts() == ["New.", "A.", "B.", "C."]
    assert pack.load().is_empty


def test_a_new_line_in_place_of_one_that_was_deleted_here_is_not_lost(pack: Pack) -> None:
    Expectation.objects.get(text="B.").delete()
    pack.write("expectations.csv", lines("A.", "New.", "C.")).load()
    assert texts() == ["A.", "New.", "C."]


def test_a_line_of_an_editor_takes_the_place_of_no_line_of_the_publisher(pack: Pack) -> None:
    Expectation.objects.create(level=Level.objects.get(), position=4, text="Ours.")
    pack.write("expectations.csv", lines("A.", "B.", "C.", "D.")).load()
    assert sorted(texts()) == ["A.", "B.", "C.", "D.", "Ours."]
    assert pack.load().is_empty


def test_a_line_of_an_editor_stays_where_it_is_though_a_load_puts_another_at_its_position(
    pack: Pack,
) -> None:
    Expectation.objects.create(level=Level.objects.get(), position=5, text="Ours.")
    pack.write("expectations.csv", lines("A.", "Ours.", "B.", "C.", "D."))
    said = "expectations.csv line 3: “Ours.” was edited here (position) since the last load"
    for _ in range(2):
        report = pack.load()
        assert [str(conflict) for conflict in report.conflicts] == [said]
        assert report.moved["expectations"] == (2 if report.created else 0)
        assert Expectation.objects.get(text="Ours.").position == 5


def test_an_order_that_an_editor_chose_is_left(pack: Pack) -> None:
    edit("C.", position=9)
    report = pack.write("expectations.csv", lines("New.", "A.", "B.", "C.")).load()
    assert Expectation.objects.get(text="C.").position == 9
    assert len(report.conflicts) == 1


def test_what_was_loaded_before_lines_had_an_identity_is_found_again(pack: Pack) -> None:
    loaded_by_first_versions()
    level = Level.objects.get().pk
    for loaded in LoadedRow.objects.filter(table="expectations"):
        loaded.key = f"{level}/{loaded.position}"
        loaded.position, loaded.text_digest = None, ""
        loaded.save()
    edit("B.", text="Ours.")
    report = pack.write("expectations.csv", lines("New.", "A.", "B.", "C.")).load()
    assert texts() == ["New.", "A.", "Ours.", "C."]
    assert len(report.conflicts) == 1
    assert (pack.load().is_empty, LoadedRow.objects.filter(table="expectations").count()) == (
        True,
        4,
    )


def test_identifiers_that_had_no_column_leave_once_and_are_taken_over(pack: Pack) -> None:
    line = edit("A.", extra={"external_id": "u1"})
    digest = row_digest(line, EXPECTATIONS, EXPECTATIONS.fields)
    LoadedRow.objects.filter(object_id=line.pk, table="expectations").update(
        digest=digest, cells=""
    )
    sheet = export_files(Collection.objects.get(), TABLES, drafts=True)["expectations.csv"].decode()
    assert sheet.count("external_id") == sheet.count("u1") == 1
    report = pack.write("expectations.csv", sheet).load()
    assert (report.changed, report.conflicts) == ({"expectations": 1}, [])
    line.refresh_from_db()
    assert (line.external_id, line.extra) == ("u1", {})


def signs(*texts: str) -> str:
    listed = "".join(f"  - {{proficiency: working, text: {text}}}\n" for text in texts)
    return f"---\ntitle: Risk\nscale: standard\nindicators:\n{listed}---\nWhat it is.\n"


def follow_ups(*texts: str) -> str:
    return (
        "---\ntitle: Late\nprobes:\n"
        + "".join(f"  - text: {text}\n" for text in texts)
        + "---\nWhen?\n"
    )


@pytest.mark.parametrize(
    ("path", "written", "model"),
    [("skills/risk.md", signs, Indicator), ("questions/late.md", follow_ups, Probe)],
)
def test_indicators_and_follow_ups_are_lines_too(
    tmp_path: Path, path: str, written: Callable[..., str], model: type[Indicator] | type[Probe]
) -> None:
    pack = Pack(tmp_path).with_skill().write(path, written("A", "B", "C"))
    pack.load()
    with tracking_changes():
        model._default_manager.filter(text="B").update(text="Ours")
    report = pack.write(path, written("New", "A", "B", "C")).load()
    found = model._default_manager.order_by("position").values_list("text", flat=True)
    assert [*found] == ["New", "A", "Ours", "C"]
    assert (len(report.moves), len(report.conflicts)) == (3, 1)


def test_a_sign_that_an_editor_put_at_another_step_stays_there(tmp_path: Path) -> None:
    pack = Pack(tmp_path).with_skill().write("skills/risk.md", signs("A", "B"))
    pack.load()
    sign = Indicator.objects.get(text="B")
    sign.proficiency = Proficiency.objects.get(slug="expert")
    sign.save()
    assert counts(pack.load())[:2] == (0, 0)
    report = pack.write("skills/risk.md", signs("New", "A", "Better")).load()
    (conflict,) = report.conflicts
    assert [each.column for each in conflict.differences] == ["proficiency"]
    sign.refresh_from_db()
    assert (sign.proficiency.slug, sign.text, Indicator.objects.count()) == ("expert", "Better", 3)
    assert counts(pack.load(overwrite=True))[:2] == (0, 1)
    assert not Indicator.objects.filter(proficiency__slug="expert").exists()
