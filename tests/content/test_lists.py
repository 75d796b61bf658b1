"""Filter forms of lists: invalid values are ignored, and page numbers are limited."""

from typing import Any

import pytest
from django.http import QueryDict

from content import lists
from content.base_models import Status
from content.lists import PAGE_SIZE, WORDS_LENGTH
from content.models import Collection
from roles.models import Role
from roles.views import RoleFilterForm
from skills.models import Skill
from skills.views import SkillFilterForm
from tests.factories import (
    CollectionFactory,
    RoleFactory,
    RoleFamilyFactory,
    SkillFactory,
    SkillGroupFactory,
)

pytestmark = pytest.mark.django_db


class SmallPages(SkillFilterForm):
    """The list of skills, three at a time."""

    page_size = 3


def found(query: str) -> set[str]:
    """The titles of the skills that match a query."""
    rows = SkillFilterForm(QueryDict(query)).filter(Skill.objects.published())
    return {skill.title for skill in rows}


@pytest.mark.parametrize(
    "query", ["q=budget", "q=BUDGET", "q=udge", "q=+budget++", "q=money+risks", "q=Budget+counts"]
)
def test_every_word_has_to_stand_in_some_column(query: str) -> None:
    SkillFactory(title="Budget", summary="Counts money.", aliases="Risks\nCosts")
    SkillFactory(title="Release", summary="Ships software.")
    assert found(query) == {"Budget"}


@pytest.mark.parametrize(
    "query", ["q=budget+ships", "q=100%25", "q=_udget", "q=%5C", "q=%F0%9F%92%A9", "q=%22"]
)
def test_words_that_stand_nowhere_find_nothing(query: str) -> None:
    SkillFactory(title="Budget")
    SkillFactory(title="Release", summary="Ships software.")
    assert found(query) == set()
    assert found("") == {"Budget", "Release"}


def test_words_may_hold_the_signs_of_a_pattern() -> None:
    SkillFactory(title="100% sure")
    SkillFactory(title="1000 names")
    assert found("q=100%25") == {"100% sure"}


def test_a_choice_of_a_row_goes_by_its_key() -> None:
    group = SkillGroupFactory(slug="delivery")
    foreign = SkillGroupFactory(slug="delivery", collection=CollectionFactory(slug="other"))
    SkillFactory(title="Ours", group=group)
    SkillFactory(title="Theirs", group=foreign)
    assert found("group=delivery") == {"Ours"}
    assert found("group=other:delivery") == {"Theirs"}


@pytest.mark.parametrize(
    ("bad", "held"),
    [
        *[(bad, "kind=ability") for bad in ("group=none", "group=1", "group=a:b:c", "group=%ff")],
        *[
            (bad, "group=delivery")
            for bad in ("kind=none", "q=" + "x" * (WORDS_LENGTH + 1), "page=x", "unknown=y")
        ],
    ],
)
def test_a_bad_value_is_ignored_and_the_others_hold(bad: str, held: str) -> None:
    SkillFactory(title="In", group=SkillGroupFactory(slug="delivery"), kind="ability")
    SkillFactory(title="Out")
    assert found(bad) == {"In", "Out"}
    assert found(f"{bad}&{held}") == {"In"}


def test_a_row_that_is_hidden_cannot_be_chosen() -> None:
    skill = SkillFactory(title="Hidden", slug="hidden", status=Status.DRAFT)
    RoleFactory(title="Needs nothing")
    rows = RoleFilterForm(QueryDict("skill=hidden")).filter(Role.objects.published())
    assert rows.count() == 1
    assert "hidden" not in str(RoleFilterForm(QueryDict())["skill"])
    skill.status = Status.PUBLISHED
    skill.save()
    assert RoleFilterForm(QueryDict("skill=hidden")).filter(Role.objects.published()).count() == 0
    assert 'value="hidden"' in str(RoleFilterForm(QueryDict())["skill"])


def test_what_was_chosen_stays_chosen_in_the_form() -> None:
    RoleFamilyFactory(slug="delivery", title="Delivery")
    form = RoleFilterForm(QueryDict("family=delivery&q=risk"))
    assert '<option value="delivery" selected>Delivery</option>' in str(form["family"])
    assert 'value="risk"' in str(form["q"])


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", 1),
        ("1", 1),
        ("2", 2),
        ("3", 3),
        ("4", 3),
        ("0", 1),
        ("-1", 1),
        ("x", 1),
        ("9" * 40, 3),
        ("1.5", 1),
    ],
)
def test_a_page_that_there_is_not_is_one_that_there_is(asked: str, given: int) -> None:
    SkillFactory.create_batch(7)
    page = SmallPages(QueryDict(f"page={asked}")).get_page(Skill.objects.published())
    assert (page.number, page.paginator.num_pages, page.paginator.count) == (given, 3, 7)


def test_pages_together_hold_every_row_once() -> None:
    skills = SkillFactory.create_batch(7)
    pages = [
        SmallPages(QueryDict(f"page={number}")).get_page(Skill.objects.published())
        for number in (1, 2, 3)
    ]
    assert sorted(skill.pk for page in pages for skill in page) == [skill.pk for skill in skills]
    assert [len(page) for page in pages] == [3, 3, 1]


def test_the_parameters_are_the_fields_and_the_page() -> None:
    assert RoleFilterForm.params() == ("q", "collection", "family", "skill", "page")
    assert SkillFilterForm.page_size == RoleFilterForm.page_size == 2 * PAGE_SIZE


@pytest.mark.parametrize("data", [QueryDict(), QueryDict("q=a")])
def test_the_form_is_sent_by_get_without_a_token(data: Any) -> None:
    helper = SkillFilterForm(data).helper
    assert (helper.form_method, helper.disable_csrf) == ("get", True)


def test_no_more_rows_than_anybody_pages_through_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "COUNTED", 4)
    SkillFactory.create_batch(4)
    whole = SmallPages(QueryDict("page=2")).get_page(Skill.objects.published())
    assert (whole.paginator.count, whole.paginator.more, len(whole)) == (4, False, 1)
    SkillFactory.create_batch(4)
    part = SmallPages(QueryDict("page=3")).get_page(Skill.objects.published())
    assert (part.paginator.count, part.paginator.more, part.number) == (4, True, 2)


def test_collections_are_a_choice_where_there_are_several() -> None:
    ours, theirs = (
        SkillFactory(title="Ours"),
        SkillFactory(title="Theirs", collection=CollectionFactory(slug="other")),
    )
    assert found("collection=other") == {theirs.title}
    assert found("collection=none") == found("collection=%00") == {ours.title, theirs.title}
    assert [str(key) for key, _ in SkillFilterForm(QueryDict()).fields["collection"].choices] == [
        "",
        "portal",
        "other",
    ]
    Collection.objects.filter(slug="other").update(status=Status.DRAFT)
    assert "collection" not in SkillFilterForm(QueryDict()).fields
    assert found("collection=other") == {ours.title}
