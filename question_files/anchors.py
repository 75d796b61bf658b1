"""The anchors of a question at one rating, put as a cell says."""

from collections.abc import Iterator

from interviews.models import Anchor, Question
from ladders.models import Band
from question_files.lookups import Names, Unclear
from question_files.storing import store

WITHHELD = (
    "the answers of this question are kept back, so no file shows the anchor that is stored here; "
    "the admin's own form does"
)


def put_anchors(
    question: Question, stored: list[Anchor], rating: int, cell: str, names: Names
) -> bool:
    """Make this what answers at the rating show.

    That is in general, and at bands that a line begins with. Returns whether it changed.

    :param stored: the anchors that the question has at this rating.
    :raises Unclear: if a band stands twice, or could be one of several, or if the text would
        replace one that no file shows.
    :raises ValidationError: if a text cannot be stored.
    """
    wanted: dict[Band | None, str] = {}
    for band, text in _texts(cell, stored, names):
        if band in wanted:
            raise Unclear(f"the band “{band}” stands twice")
        wanted[band] = text
    if (
        question.withholds_answers
        and stored
        and wanted != {each.band: each.text for each in stored}
    ):
        raise Unclear(WITHHELD)
    rows = {anchor.band: anchor for anchor in stored}
    gone = [anchor for band, anchor in rows.items() if band not in wanted]
    for anchor in gone:
        anchor.delete()
    changes = [
        store(rows.get(band) or Anchor(question=question, rating=rating, band=band), {"text": text})
        for band, text in wanted.items()
    ]
    return any(changes) or bool(gone)


def _texts(cell: str, stored: list[Anchor], names: Names) -> Iterator[tuple[Band | None, str]]:
    """The texts; a line that stands inside a stored one begins none, whatever it looks like."""
    inner = {
        line for anchor in stored for line in anchor.text.split("\n")[1 if anchor.band else 0 :]
    }
    band, lines = None, []
    for line in cell.split("\n") if cell.strip() else ():
        found = None if line in inner else names.starts_with_band(line)
        if not found:
            lines.append(line)
            continue
        if lines:
            yield band, "\n".join(lines)
        band, lines = found[0], [found[1]]
    if lines:
        yield band, "\n".join(lines)
