"""Each line of a pack matches at most one stored line, however a publisher changes the lines."""

from hypothesis import given
from hypothesis import strategies as st

from packs.line_matching import Line, Pairs, match_lines, text_digest

WORDS = "abcdefgh"
texts = st.lists(st.sampled_from(WORDS), max_size=8)
unique_texts = st.lists(st.sampled_from(WORDS), max_size=8, unique=True)


def published(words: list[str]) -> list[Line]:
    """The lines of a pack."""
    return [
        Line("1", "1", position, text=text_digest(word))
        for position, word in enumerate(words, start=1)
    ]


def stored(words: list[str], deleted: str = "") -> list[Line]:
    """The same after they were loaded, without what was deleted here since."""
    lines = published(words)
    for line, word in zip(lines, words, strict=True):
        line.row = None if word in deleted else word
        line.stored_text = line.text
    return lines


def words_of(pairs: Pairs) -> set[tuple[int | None, str]]:
    return {(line.position, known.row) for line, known in pairs.items()}


@given(texts, texts)
def test_no_stored_line_stands_for_two(old: list[str], new: list[str]) -> None:
    pairs = match_lines(published(new), stored(old))
    assert len(set(pairs.values())) == len(pairs)


@given(unique_texts, unique_texts)
def test_words_that_stay_keep_their_line(old: list[str], new: list[str]) -> None:
    pairs = words_of(match_lines(published(new), stored(old)))
    assert {(new.index(word) + 1, word) for word in set(new) & set(old)} <= pairs


@given(unique_texts, unique_texts, st.sampled_from(WORDS))
def test_what_was_deleted_here_stands_for_its_own_words_alone(
    old: list[str], new: list[str], deleted: str
) -> None:
    pairs = match_lines(published(new), stored(old, deleted))
    assert all(line.text == known.text for line, known in pairs.items() if known.row is None)


def test_a_reworded_line_is_known_by_its_neighbors_and_else_by_its_position() -> None:
    assert words_of(match_lines(published(["new", "a", "b2", "c"]), stored(["a", "b", "c"]))) == {
        (2, "a"), (3, "b"), (4, "c"),
    }  # fmt: skip
    assert words_of(match_lines(published(["a2", "b2", "c2", "d"]), stored(["a", "b", "c"]))) == {
        (1, "a"), (2, "b"), (3, "c"),
    }  # fmt: skip


def test_another_identifier_is_another_line() -> None:
    (line,), (known,) = published(["a"]), stored(["a"])
    assert match_lines([line], [known]) == {line: known}
    line.external_id, known.external_id = "u1", "u2"
    assert match_lines([line], [known]) == {}


def test_lines_of_another_owner_are_left_alone() -> None:
    line = Line("2", "2", 1, text=text_digest("a"))
    assert match_lines([line], stored(["a"])) == {}
