"""The search: results, their order, and any input. It is the same on both databases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.base_models import Status
from search.results import find_entries
from tests.factories import (
    CollectionFactory,
    GuideFactory,
    QuestionFactory,
    RoleFactory,
    SkillFactory,
)
from tests.search.search_entries import add_entries, shown, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd() -> None:
    """Other entries, so that the words sought are not in most of all."""
    add_entries(60)


@pytest.mark.usefixtures("crowd")
def test_title_counts_more_than_alias_than_summary_than_body() -> None:
    GuideFactory(title="In the body", body="One dependency here.")
    GuideFactory(title="Often in the body", body="A dependency. " * 40)
    GuideFactory(
        title="In the summary", summary="About a dependency.", body="Something else entirely."
    )
    SkillFactory(title="In an alias", aliases="Dependency", body="Long text. " * 400)
    SkillFactory(
        title="Dependency, with a very long title that says much more", body="Long text. " * 400
    )
    SkillFactory(title="Dependency")
    assert titles("dependency") == [
        "Dependency",
        "Dependency, with a very long title that says much more",
        "In an alias",
        "In the summary",
        "Often in the body",
        "In the body",
    ]


def test_a_title_that_says_little_else_comes_before_one_that_repeats_the_word() -> None:
    SkillFactory(title="TPM manager of a TPM team", summary="For a TPM.", body="TPM. " * 20)
    SkillFactory(title="Product TPM", summary="", body="")
    SkillFactory(
        title="Product and others",
        summary="",
        body="The TPM of a product, the TPM of another. " * 20,
    )
    assert titles("tpm") == ["Product TPM", "TPM manager of a TPM team", "Product and others"]
    assert titles("product tpm") == ["Product TPM", "Product and others"]


def test_in_bodies_the_more_frequent_and_of_equals_the_shorter_comes_first() -> None:
    GuideFactory(title="Long and once", summary="", body="A dependency. " + "Plain words. " * 300)
    GuideFactory(title="Short and once", summary="", body="A dependency.")
    GuideFactory(title="Twice", summary="", body="Depends on a dependency. Dependencies, that is.")
    assert titles("dependencies") == ["Twice", "Short and once", "Long and once"]


@pytest.mark.usefixtures("crowd")
def test_all_kinds_stand_in_one_ranking() -> None:
    RoleFactory(title="Release manager", summary="")
    QuestionFactory(title="A release that failed", summary="", prompt="What did you do?")
    SkillFactory(title="Planning", summary="", body="Plans a release.")
    found = find_entries("release")
    assert list(found.ranking.values()) == ["role", "question", "skill"]
    assert found.counts == {"role": 1, "question": 1, "skill": 1}
    assert titles("release", kind="question") == ["A release that failed"]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Interviews", "interviewing"),
        ("Communication", "communicating"),
        ("Prioritise", "prioritisation"),
        ("Planning", "plans"),
        ("Risks", "risk"),
        ("Managing", "managed"),
    ],
)
@pytest.mark.usefixtures("crowd")
def test_words_of_one_stem_are_one_word(text: str, query: str) -> None:
    SkillFactory(title=text)
    assert titles(query) == [text]
    assert shown(query)[0][0] == f"[{text}]"


@pytest.mark.parametrize(
    "word", ["Communication", "Stakeholder", "Prioritisation", "Keywords", "Queryset", "Planner"]
)
@pytest.mark.usefixtures("crowd")
def test_the_last_word_is_found_from_its_beginning(word: str) -> None:
    SkillFactory(title=f"Risk and {word}")
    for length in range(2, len(word) + 1):
        assert titles(word[:length]) == [f"Risk and {word}"], word[:length]
        assert titles(f"risk {word[:length].upper()}") == [f"Risk and {word}"]
    assert shown(word[:4])[0][0] == f"Risk and [{word}]"


@pytest.mark.usefixtures("crowd")
def test_only_the_last_word_may_be_unfinished() -> None:
    SkillFactory(title="Stakeholder planning")
    assert titles("stakeh plann") == ["Stakeholder planning"]  # for want of anything with both
    assert not find_entries("stakeh plann").has_all_words
    assert find_entries("stakeholder plann").has_all_words


@pytest.mark.usefixtures("crowd")
def test_a_whole_word_comes_before_its_continuations() -> None:
    SkillFactory(title="Leadership")
    SkillFactory(title="Somebody else", body="Leads from the front.")
    SkillFactory(title="Lead")
    assert titles("lead") == ["Lead", "Leadership", "Somebody else"]


@pytest.mark.parametrize(
    ("text", "query"),
    [("Café", "cafe"), ("Cafe", "café"), ("Tschüß", "TSCHÜSS"), ("Naïveté", "naivet")],
)
@pytest.mark.usefixtures("crowd")
def test_accents_and_letter_case_make_no_difference(text: str, query: str) -> None:
    if query == "TSCHÜSS":
        text = "Tschüss"
    SkillFactory(title=f"The {text}", slug="the-skill")
    assert titles(query) == [f"The {text}"]
    assert shown(query)[0][0] == f"The [{text}]"


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        (
            "State-of-the-art tooling",
            ["state-of-the-art", "state art", "STATE OF THE ART", "tooling"],
        ),
        ("C++ and C#", ["c++", "C#", "c"]),
        ("Node.js services", ["node.js", "node", "js"]),
        ("Don't panic", ["don't panic", "panic"]),
        ("TPM/PM split", ["tpm/pm", "pm", "split"]),
        ("日本語 notes", ["日本語"]),
        ("한국어", ["한국어"]),
        ("IC4 level", ["ic4", "IC4"]),
        ("100% sure", ["100%", "100"]),
    ],
)
@pytest.mark.usefixtures("crowd")
def test_signs_inside_words_do_no_harm(text: str, queries: list[str]) -> None:
    SkillFactory(title=text)
    for query in queries:
        assert text in titles(query), query


@pytest.mark.usefixtures("crowd")
def test_all_words_are_wanted_and_any_will_do_where_nothing_has_them_all() -> None:
    SkillFactory(title="Risk planning")
    SkillFactory(title="Risk alone")
    both = find_entries("risk planning")
    assert (len(both.ranking), both.has_all_words) == (1, True)
    some = find_entries("risk zebra")
    assert (len(some.ranking), some.has_all_words) == (2, False)
    none = find_entries("zebra giraffe")
    assert (len(none.ranking), none.has_all_words) == (0, False)


@pytest.mark.usefixtures("crowd")
def test_where_any_word_will_do_rare_words_and_several_words_come_first() -> None:
    for number in range(8):
        SkillFactory(title=f"Team {number}")
    SkillFactory(title="Rarity", body="Bespoke.")
    SkillFactory(title="Team and bespoke, together")
    assert titles("team bespoke zebra")[:2] == ["Team and bespoke, together", "Rarity"]


def test_words_too_common_are_not_looked_for() -> None:
    SkillFactory(title="The how and the why", body="A theory.")
    assert titles("the") == titles("a") == titles("how why") == []
    assert titles("the theory") == titles("theo") == ["The how and the why"]


def test_the_words_of_a_question_are_not_all_wanted() -> None:
    SkillFactory(title="Becoming a manager")
    found = find_entries("how do I become a manager?")
    assert (len(found.ranking), found.has_all_words) == (1, True)


@pytest.mark.usefixtures("crowd")
def test_the_passage_shows_where_the_words_are() -> None:
    SkillFactory(
        title="Delivery",
        summary="Nothing to see.",
        body="First. " * 60 + "Then a *bottleneck* <b>appears</b>.",
    )
    ((title, passage),) = shown("bottleneck")
    assert title == "Delivery"
    assert "Then a [bottleneck] <b>appears</b>." in passage
    assert shown("delivery") == [("[Delivery]", "Nothing to see.")]


@pytest.mark.usefixtures("crowd")
def test_former_names_find_the_thing() -> None:
    RoleFactory(title="Engineering TPM", aliases="Infrastructure TPM\nDelivery lead")
    assert titles("infrastructure") == ["Engineering TPM"]
    assert titles("delivery lead") == ["Engineering TPM"]


def test_only_what_is_published_is_found() -> None:
    GuideFactory(title="Open door")
    GuideFactory(title="Secret door", status=Status.DRAFT)
    GuideFactory(title="Foreign door", collection=CollectionFactory(status=Status.DRAFT))
    assert titles("door") == ["Open door"]


def test_each_result_brings_its_collection() -> None:
    SkillFactory(title="Foreign", collection=CollectionFactory(title="Other"))
    found = find_entries("foreign")
    with CaptureQueriesContext(connection) as captured:
        results = found.results(found.of_kind(""))
        assert results[0].entry.collection.title == "Other"
    assert len(captured) == 1
