"""Nearly valid files: small and valid, with one unexpected thing in each."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

#: What a cell, a key or a value is replaced by.
VALUES = [
    *["", "\0", "\ud800", "\u202egnp.exe", "a\nb", "a\rb", "x" * 70_000, ":", "|||", "=1+1",
      "#REF!", "{}"],
    *["[[[", "true"],
    *["9" * 5_000, "-1", "3000000000", "99999999", "9" * 25, "1e999", "NaN", "\u0663"],
    *["0001-01-01", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-02-30"],
    *["http://[", "https://a.example/\0", "javascript:alert(1)", "../../etc/passwd", "a/b/c"],
    *["[x](y)" * 2_000, "[" * 20_000, "> " * 2_000],
]  # fmt: skip
#: What a value of JSON is replaced by.
OBJECTS = [{}, [], [5], [None], ["x", 5], {"x": 5}, [[]], {"": {}}]
HELD: list[Any] = [*VALUES, *OBJECTS, None, 5, -1, 10**30, 1.5, 1e308, True]
#: Names of members of a zip.
NAMES = [
    *["../x.csv", "/x.csv", "a\\b.csv", "skills.csv/x.md", "skills/risk.md/", "pack.yml/", ".",
      " ", "a//b.md"],
    *["C:x.csv", "x" * 300 + ".md", "skills/" * 50 + "x.md", "skills/\x01.md", "skills/é.md",
      "con.md"],
]  # fmt: skip
LONG_KEY = "k" * 100_000
#: Lines of YAML that are more than a key and a value.
YAML_LINES = [
    "k: {a: [b]}",
    "k: [a, b]",
    "k:\n  - {x: y}",
    "&a [*a]",
    "? [a]\n: b",
    "!!python/object:os.system x",
    "[" * 500,
]

Mutation = Callable[[Any, Random], bytes]


def as_bytes(text: str) -> bytes:
    """As a file contains it; lone surrogates become bytes that are no UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def hostile_table(text: str, chance: Random) -> bytes:
    """A table with one other value in a cell, or saved by a program that means something else."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    cell = _with_value(lines[at], chance)
    saved = [
        as_bytes(text.replace("\n", "\r")),
        as_bytes(text)[: chance.randrange(len(text))],
        chance.choice([text.encode("utf-16"), text.encode("utf-16-le")]),
        as_bytes(_with_line(lines, at, f"{lines[at]}\n{lines[at]}")),
        as_bytes(_with_line(lines, at, f'"{lines[at]}')),
        as_bytes(f"sep={chance.choice(VALUES)[:1]}\n{text}"),
        as_bytes(text.replace(",", chance.choice([";", "\t", "|", "\0", '"']))),
        as_bytes(f"{LONG_KEY},{text}"),
    ]
    return as_bytes(_with_line(lines, at, cell)) if chance.random() < 0.5 else chance.choice(saved)


def _with_line(lines: list[str], at: int, line: str) -> str:
    return "\n".join([*lines[:at], line, *lines[at + 1 :]])


def _with_value(line: str, chance: Random) -> str:
    """A line of CSV with another value in one cell."""
    cells = line.split(",")
    value = chance.choice(VALUES)
    escaped = value.replace('"', '""')
    cells[chance.randrange(len(cells))] = f'"{escaped}"' if set(value) & set(',"\n\r') else value
    return ",".join(cells)


def hostile_yaml(text: str, chance: Random) -> bytes:
    """YAML, or Markdown with front matter, with another line."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    value = chance.choice(VALUES)
    written = [
        f"{key}{colon} {value}",
        f"{key}{colon} {json.dumps(value)}",
        f"{value}{colon} x",
        f"{LONG_KEY}: x",
    ]
    changed = _with_line(lines, at, chance.choice([*written, *YAML_LINES]))
    return chance.choice(
        [*[as_bytes(changed)] * 8, as_bytes(text.replace("\n", "\r")), text.encode("utf-16")]
    )


def hostile_json(text: str, chance: Random) -> bytes:
    """JSON with another key or value in one place, or cut off."""
    tree = json.loads(text)
    owner, key = chance.choice(list(_places(tree)))
    if isinstance(owner, dict) and chance.random() < 0.2:
        owner[chance.choice([LONG_KEY, "", "\ud800", "\0", "extensions"])] = owner.pop(key)
    else:
        owner[key] = chance.choice(HELD)
    written = json.dumps(tree)
    number = chance.choice(["9" * 5_000, "1e999", "-0.0", "NaN"])
    others = [written[: chance.randrange(len(written))], written.replace(": 5", f": {number}")]
    return as_bytes(written if chance.random() < 0.8 else chance.choice(others))


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a tree: the parent, and the key there."""
    keys = (
        list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    )
    for key in keys:
        yield tree, key
        yield from _places(tree[key])


def hostile_zip(files: dict[str, str], chance: Random) -> bytes:
    """A zip with one of its members wrong, named otherwise, or damaged."""
    name = chance.choice(list(files))
    members = {each: as_bytes(text) for each, text in files.items()}
    kind = chance.choice(["content", "content", "name", "damage"])
    if kind == "content":
        change: Mutation = hostile_table if name.endswith(".csv") else hostile_yaml
        members[name] = change(files[name], chance)
    elif kind == "name":
        members[chance.choice(NAMES)] = members.pop(name)
    else:
        return _damaged(zipped(members, chance.choice([ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])), chance)
    return zipped(members)


def zipped(members: dict[str, bytes], method: int = ZIP_STORED) -> bytes:
    """The files as a zip."""
    written = BytesIO()
    with ZipFile(written, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def _damaged(content: bytes, chance: Random) -> bytes:
    """With some bytes changed, or cut."""
    if chance.random() < 0.2:
        return content[: chance.randrange(len(content))]
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 20])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)
