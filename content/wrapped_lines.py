"""Text in lines of limited length, for pictures: SVG wraps no text by itself."""

from unicodedata import east_asian_width

#: Letters of East Asian scripts that are as wide as two others.
WIDE = {"W", "F"}


def wrapped_lines(text: str, room: int) -> list[str]:
    """The whole text in lines that each have room for so many letters.

    Only a word longer than a line is divided.

    :param room: at least 2, the width of a wide letter.
    """
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".lstrip()
        if _width(joined) <= room:
            lines[-1] = joined
        else:
            lines += _divided(word, room)
    return [line for line in lines if line]


def _divided(word: str, room: int) -> list[str]:
    """A word in pieces that fit into a line each."""
    pieces = [""]
    for letter in word:
        if _width(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in WIDE else 1 for letter in text)
