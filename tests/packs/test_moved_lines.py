"""A line that a publisher moves to another level, skill, proficiency or question keeps its row."""

from pathlib import Path
from typing import Any

import pytest

from interviews.models import Probe, SetItem
from ladders.models import Expectation
from skills.models import Indicator
from tests.pack_files import Pack, counts

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FIRST = {"one": ["A.", "B."], "two": ["C."]}


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path).write("ladders.csv", "id,title\neng,Engineers\n")
    pack.write("levels.csv", "ladder,id,title\neng,one,One\neng,two,Two\n")
    write_flat(pack, FIRST).load()
    return pack


def write_flat(pack: Pack, levels: dict[str, list[str]]) -> Pack:
    rows = ["level,position,text,external_id\n"]
    for level, texts in levels.items():
        for number, text in enumerate(texts, start=1):
            words, _, external_id = text.partition("#")
            rows.append(f"eng/{level},{number},{words},{external_id}\n")
    return pack.write("expectations.csv", "".join(rows))


def write_nested(pack: Pack, levels: dict[str, list[str]]) -> Pack:
    for level, texts in levels.items():
        lines = "".join(f"  - text: {text}\n" for text in texts)
        text = f"---\ntitle: {level.title()}\nexpectations:\n{lines}---\n"
        pack.write(f"levels/eng/{level}.md", text)
    (pack.folder / "levels.csv").unlink(missing_ok=True)
    (pack.folder / "expectations.csv").unlink(missing_ok=True)
    return pack


def stored() -> dict[str, list[str]]:
    levels: dict[str, list[str]] = {}
    for line in Expectation.objects.order_by("level__slug", "position", "pk"):
        levels.setdefault(line.level.slug, []).append(line.text)
    return levels


def row(text: str) -> Any:
    return Expectation.objects.get(text=text)


@pytest.mark.parametrize("write", [write_flat, write_nested])
@pytest.mark.parametrize(
    "second",
    [
        {"one": ["B."], "two": ["A.", "C."]},
        {"one": ["B."], "two": ["C.", "A."]},
        {"one": ["C.", "B."], "two": ["A."]},
        {"one": ["B."], "two": ["A."]},
    ],
)
def test_a_line_moves_to_another_level_with_its_edits(
    pack: Pack, write: Any, second: dict[str, list[str]]
) -> None:
    write(pack, FIRST).load()
    line = row("A.")
    line.text = "A, edited here."
    line.save()
    report = write(pack, second).load()
    assert report.refusals == []
    assert report.created.total() == 0
    line.refresh_from_db()
    assert (line.level.slug, line.text) == ("two", "A, edited here.")
    kept = {text for texts in second.values() for text in texts} | {"C."}
    assert {text for texts in stored().values() for text in texts} == kept - {"A."} | {line.text}
    moved = [move for move in report.moves if move.parent == str(line.level)]
    assert [move.title for move in moved] == [line.text]
    assert "moved from “" in str(moved[0])
    assert len(report.conflicts) == 1
    assert pack.load().is_empty


def test_an_unedited_line_that_moves_counts_as_moved(pack: Pack) -> None:
    report = write_flat(pack, {"one": ["B."], "two": ["C.", "A."]}).load()
    assert (counts(report), report.moved["expectations"]) == ((0, 0, 5), 2)
    assert stored() == {"one": ["B."], "two": ["C.", "A."]}


def test_a_reworded_line_moves_by_its_identifier(pack: Pack) -> None:
    write_flat(pack, {"one": ["A.#1", "B.#2"], "two": ["C.#3"]}).load()
    line = row("A.")
    report = write_flat(pack, {"one": ["B.#2"], "two": ["New.#1", "C.#3"]}).load()
    line.refresh_from_db()
    assert (line.level.slug, line.text, report.created.total()) == ("two", "New.", 0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"one": ["A.", "B."], "two": ["A."]}, {"one": ["B."], "two": ["A.", "A."]}),
        ({"one": ["A."], "two": ["C."]}, {"one": ["A."], "two": ["C.", "A."]}),
        ({"one": ["A.#1"], "two": ["C."]}, {"one": ["B."], "two": ["C.", "A.#2"]}),
    ],
)
def test_a_line_is_not_moved_if_it_may_be_another(
    pack: Pack, first: dict[str, list[str]], second: dict[str, list[str]]
) -> None:
    Expectation.objects.all().delete()
    write_flat(pack, first).load(overwrite=True, retire=True)
    line = Expectation.objects.filter(text="A.", level__slug="one").get()
    report = write_flat(pack, second).load()
    line.refresh_from_db()
    assert line.level.slug == "one"
    assert [move for move in report.moves if move.parent] == []


def test_a_line_that_was_deleted_here_stays_deleted_at_another_level(pack: Pack) -> None:
    row("A.").delete()
    report = write_flat(pack, {"one": ["B."], "two": ["C.", "A."]}).load()
    assert [conflict.is_deleted for conflict in report.conflicts] == [True]
    assert stored() == {"one": ["B."], "two": ["C."]}


def test_a_level_that_an_editor_chose_stays(pack: Pack) -> None:
    line = row("A.")
    line.level = row("C.").level
    line.save()
    report = write_flat(pack, {"one": ["B.", "A."], "two": ["C."]}).load()
    line.refresh_from_db()
    assert (line.level.slug, report.created.total()) == ("two", 0)


def test_signs_move_to_another_proficiency_and_follow_ups_to_another_question(
    pack: Pack,
) -> None:
    pack.with_skill()
    header = "skill,proficiency,position,text\n"
    pack.write("indicators.csv", f"{header}risk,working,1,Sign.\nrisk,working,2,Other.\n")
    pack.write("questions.csv", "id,title,prompt\nlate,Late,When?\nlost,Lost,Where?\n")
    pack.write("probes.csv", "question,position,text\nlate,1,Why?\nlate,2,How?\n").load()
    sign, follow_up = Indicator.objects.get(text="Sign."), Probe.objects.get(text="Why?")
    pack.write("indicators.csv", f"{header}risk,expert,1,Sign.\nrisk,working,1,Other.\n")
    report = pack.write("probes.csv", "question,position,text\nlost,1,Why?\nlate,1,How?\n").load()
    assert (report.refusals, report.created.total()) == ([], 0)
    for line in (sign, follow_up):
        line.refresh_from_db()
    assert (sign.proficiency.slug, follow_up.question.slug) == ("expert", "lost")
    assert (Indicator.objects.count(), Probe.objects.count()) == (2, 2)


class TestQuestionsOfSets:
    """A question moves to another section of its set, with what was edited there."""

    SECTIONS = "question_set,id,title\nscreen,one,One\nscreen,two,Two\nonsite,one,One\n"
    HEADER = "section,question,minutes,position\n"

    @pytest.fixture
    def sets(self, tmp_path: Path) -> Pack:
        (tmp_path / "sets").mkdir()
        pack = Pack(tmp_path / "sets")
        pack.write("questions.csv", "id,title,prompt\nlate,Late,When?\nlost,Lost,Where?\n")
        pack.write("question_sets.csv", "id,title\nscreen,Screen\nonsite,On site\n")
        return pack.write("set_sections.csv", self.SECTIONS)

    def items(self, pack: Pack, *rows: str) -> Pack:
        return pack.write("set_items.csv", self.HEADER + "".join(f"{row}\n" for row in rows))

    def stored(self) -> list[tuple[str, str, int | None]]:
        items = SetItem.objects.order_by("section__question_set__slug", "section__slug", "pk")
        return [(str(item.section), item.question.slug, item.minutes) for item in items]

    def test_a_question_moves_to_another_section_with_its_edits(self, sets: Pack) -> None:
        self.items(sets, "screen/one,late,5,1", "screen/one,lost,5,2").load()
        SetItem.objects.filter(question__slug="late").update(minutes=9)
        late = SetItem.objects.get(question__slug="late")
        report = self.items(sets, "screen/two,late,5,1", "screen/one,lost,5,1").load()
        assert (report.refusals, report.created.total()) == ([], 0)
        assert self.stored() == [("Screen: One", "lost", 5), ("Screen: Two", "late", 9)]
        assert SetItem.objects.get(question__slug="late") == late
        (move,) = report.moves
        assert str(move).endswith("moved from “Screen: One” to “Screen: Two”")
        assert sets.load().is_empty

    def test_a_question_is_not_moved_if_it_may_be_another(self, sets: Pack) -> None:
        self.items(sets, "screen/one,late,5,1").load()
        first = SetItem.objects.get()
        report = self.items(sets, "screen/one,late,5,1", "screen/two,late,5,1").load()
        assert (report.created.total(), report.moves) == (1, [])
        report = self.items(sets, "onsite/one,late,5,1").load()
        assert (report.created.total(), report.moves) == (1, [])
        first.refresh_from_db()
        assert str(first.section) == "Screen: One"
        assert len(self.stored()) == 3

    def test_an_absent_question_is_retired_after_another_has_moved(self, sets: Pack) -> None:
        self.items(sets, "screen/one,late,5,1", "screen/two,lost,5,1").load()
        report = self.items(sets, "screen/two,late,5,1").load(retire=True)
        assert (report.created.total(), report.retired["set_items"]) == (0, 1)
        assert self.stored() == [("Screen: Two", "late", 5)]

    def test_a_question_without_a_section_is_refused_at_every_load(self, sets: Pack) -> None:
        bad = self.items(sets, "screen/one,late,5,1", ",lost,5,1")
        refused = ["set_items.csv line 3: section: This field cannot be null."]
        assert list(map(str, bad.load().refusals)) == refused
        self.items(sets, "screen/one,late,5,1").load()
        bad = self.items(sets, "screen/one,late,5,1", ",lost,5,1")
        assert list(map(str, bad.load().refusals)) == refused
