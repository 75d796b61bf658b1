"""Words and phrases that mean the same are found by each other, if editors say so."""

import pytest
from django.core.exceptions import ValidationError

from search.models import SynonymGroup
from search.query import MAX_PHRASES, Query
from tests.factories import SkillFactory, SynonymGroupFactory
from tests.search.search_entries import titles

pytestmark = pytest.mark.django_db


def add_group(*terms: str) -> None:
    SynonymGroupFactory(terms="\n".join(terms))


def test_a_synonym_is_found_by_any_other() -> None:
    SkillFactory(title="Architecture decision record")
    SkillFactory(title="Postmortem")
    assert titles("ADR") == titles("incident review") == []
    add_group("ADR", "architecture decision record", "Decision record")
    add_group("postmortem", "incident review")
    assert titles("adr") == titles("decision record") == ["Architecture decision record"]
    assert titles("Incident Review") == ["Postmortem"]


def test_a_phrase_with_synonyms_is_one_term() -> None:
    add_group("on call", "pager rotation")
    assert [term.phrases for term in Query.from_text("the pager rotation plan").terms] == [
        ("pager rotation", "on call"),
        ("plan",),
    ]


def test_a_synonym_of_several_words_is_found_as_a_phrase_only() -> None:
    add_group("TPM", "technical program manager")
    SkillFactory(title="Technical program manager")
    SkillFactory(title="Manager of a technical program", summary="", body="")
    assert titles("tpm") == ["Technical program manager"]


def test_a_word_with_several_groups_has_the_synonyms_of_all() -> None:
    add_group("PIR", "review")
    add_group("PIR", "incident")
    (term,) = Query.from_text("pir").terms
    assert set(term.phrases) == {"pir", "review", "incident"}


def test_the_phrases_of_a_term_are_bounded() -> None:
    add_group(*(f"word{number}" for number in range(200)))
    (term,) = Query.from_text("word7").terms
    assert len(term.phrases) == MAX_PHRASES
    assert term.phrases[0] == "word7"


@pytest.mark.parametrize("terms", ["", "ADR", "ADR\nadr", "ADR\n–"])
def test_a_group_needs_two_different_terms(terms: str) -> None:
    with pytest.raises(ValidationError):
        SynonymGroup(title="One", slug="one", terms=terms).full_clean()
    SynonymGroup(title="One", slug="one", terms="ADR\nDecision record").full_clean()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Rollout", "roll out"),
        ("Rollout", "roll-out"),
        ("Roll out a change", "rollout"),
        ("Post-mortem", "postmortem"),
        ("Postmortem", "post mortem"),
    ],
)
def test_words_are_found_joined_and_divided(title: str, text: str) -> None:
    SkillFactory(title=title)
    SkillFactory(title="Something else")
    assert titles(text) == [title]


def test_soft_words_rank_and_exclude_nothing() -> None:
    SkillFactory(title="STAR", body="")
    SkillFactory(title="STAR method", body="")
    assert titles("star method") == ["STAR method", "STAR"]
    assert titles("method") == ["STAR method"]
