"""Long sentences, difficult text, filler and the wrong regional spelling are found."""

from pathlib import Path

import pytest

from tests.content_checks.packs import problems
from tests.pack_files import MANIFEST, Pack

HEAVY = (
    "Organisational transformation necessitates comprehensive interdepartmental communication "
    "infrastructure. " * 20
)
LIGHT = "The team met on a day in May to see what had gone wrong with the plan. " * 20


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


def write(pack: Pack, body: str) -> None:
    pack.write("guides/a.md", f"---\ntitle: A\nsources: Behavior, leveraged\n---\n{body}\n")


@pytest.mark.parametrize(("length", "found"), [(40, 0), (41, 1)])
def test_a_sentence_that_has_to_be_read_twice_is_found(pack: Pack, length: int, found: int) -> None:
    write(pack, "Short one here. " + " ".join(["word"] * length) + ". Another, e.g. this: and so.")
    assert len(problems(pack, "long-sentences")) == found


@pytest.mark.parametrize(
    "word",
    [
        "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f",
        "\u0939\u093f\u0928\u094d\u0926\u0940",
        "re\u0301sume\u0301",
        "\u98ce\u9669",
    ],
)
def test_words_are_counted_as_their_script_writes_them(pack: Pack, word: str) -> None:
    write(pack, " ".join([word] * 40) + ".")
    assert problems(pack, "long-sentences") == []
    write(pack, " ".join([word] * 41) + ".")
    assert "a sentence of 41 words" in problems(pack, "long-sentences")[0]


@pytest.mark.parametrize("end", ["\u061f ", "\u0964 ", "\u3002", ". "])
def test_a_sentence_ends_as_its_script_ends_it(pack: Pack, end: str) -> None:
    write(pack, end.join([" ".join(["word"] * 30)] * 3))
    assert problems(pack, "long-sentences") == []


def test_heavy_text_is_found_and_light_text_is_not(pack: Pack) -> None:
    write(pack, LIGHT)
    assert problems(pack, "reading-grade") == []
    write(pack, HEAVY)
    assert len(problems(pack, "reading-grade")) == 1


def test_filler_and_american_spelling_are_found_in_prose_and_not_in_sources(pack: Pack) -> None:
    pack.write("pack.yml", f"{MANIFEST}language: en-GB\n")
    write(pack, "We organise and judge. Work with a variety of stakeholders.")
    assert problems(pack, "filler") == problems(pack, "one-spelling") == []
    write(pack, "We **leverage** a variety of tools. They prioritize behavior.")
    assert [fault.partition(": ")[2] for fault in problems(pack, "filler")] == [
        "fills with “leverage”",
        "fills with “a variety of”",
    ]
    assert len(problems(pack, "one-spelling")) == 2


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("en-GB", ["Analyze", "behavior"]),
        ("en-AU", ["Analyze", "behavior"]),
        ("en-US", ["prioritise", "programme"]),
        ("en-us", ["prioritise", "programme"]),
        ("en", []),
        ("en-CA", []),
    ],
)
def test_the_spelling_that_is_found_is_not_that_of_the_collection(
    pack: Pack, language: str, found: list[str]
) -> None:
    pack.write("pack.yml", f"{MANIFEST}language: {language}\n")
    write(pack, "Analyze the behavior. They prioritise a programme. Analysis and two analyses.")
    assert [
        fault.partition("“")[2].partition("”")[0] for fault in problems(pack, "one-spelling")
    ] == found


def test_while_and_learned_are_american(pack: Pack) -> None:
    pack.write("pack.yml", f"{MANIFEST}language: en-US\n")
    write(pack, "What she learned while on call.")
    assert problems(pack, "one-spelling") == []
    write(pack, "What she learnt whilst on call.")
    assert len(problems(pack, "one-spelling")) == 2
