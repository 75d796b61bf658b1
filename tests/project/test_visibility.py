"""Unpublished content appears in no page, list, filter option, search, file or header."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from content.base_models import Status, StatusModel
from content.models import Collection
from guides.models import Guide
from interviews.models import (
    Anchor,
    AnswerFramework,
    AnswerStep,
    Probe,
    Question,
    QuestionSet,
    QuestionSkill,
    SetItem,
    SetSection,
)
from ladders.models import Expectation, Ladder, Level, LevelMove, LevelRequirement
from roles.models import FamilyRequirement, Role, RoleFamily, RoleMove, SkillRequirement
from search.index import kind_labels
from search.models import SearchEntry
from skills.models import (
    Indicator,
    LearningResource,
    Proficiency,
    Scale,
    Skill,
    SkillDescriptor,
    SkillGroup,
)
from tests.factories import EditorFactory, UserFactory
from tests.project.hidden import WORD, Hidden, content_models, make_hidden, relations, ways_to_hide
from tests.project.walk import Walk, text_of, view_name
from tests.project.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

LISTS = [
    "roles:role_list",
    "skills:skill_list",
    "ladders:ladder_list",
    "interviews:question_list",
    "question_files:question_csv",
    "guides:guide_list",
    "search",
]
#: Where a search or a filter by the words of the hidden rows leads.
SEEDS = [f"{reverse(name)}?q={WORD}" for name in LISTS]
SEEDS += [f"{reverse('search')}?q={WORD}&kind={kind}" for kind in kind_labels()]
#: Pages where each type appears at least when it is published, so the test checks the right pages.
PLACES: dict[type[Model], str] = {
    Collection: "collection_detail sitemap",
    Role: (
        "roles:role_detail roles:role_list ladders:ladder_list interviews:question_list "
        "guides:guide_detail search"
    ),
    Skill: "skills:skill_detail skills:skill_list skills:skill_index "
    "roles:role_list guides:guide_detail search sitemap",
    Ladder: (
        "ladders:ladder_detail ladders:ladder_list roles:role_detail guides:guide_detail "
        "search sitemap"
    ),
    Level: (
        "ladders:level_detail ladders:ladder_detail ladders:band_map ladders:level_compare "
        "search sitemap"
    ),
    Question: (
        "interviews:question_detail interviews:question_list question_files:question_csv "
        "search sitemap"
    ),
    QuestionSet: (
        "interviews:question_set_detail interviews:interview_home roles:role_detail "
        "ladders:level_detail"
    ),
    AnswerFramework: "interviews:answer_framework_detail interviews:interview_home sitemap",
    Guide: (
        "guides:guide_detail guides:guide_list roles:role_detail skills:skill_detail search sitemap"
    ),
    LearningResource: "skills:skill_detail",
    RoleFamily: "roles:role_list",
    SkillGroup: "skills:skill_list",
    SkillDescriptor: "skills:skill_detail",
    Indicator: "skills:skill_detail",
    SkillRequirement: "roles:role_detail skills:skill_detail",
    FamilyRequirement: "roles:role_detail roles:role_list",
    LevelRequirement: (
        "ladders:level_detail ladders:ladder_detail assessment:assessment skills:skill_detail"
    ),
    Expectation: "ladders:level_detail search",
    LevelMove: "ladders:level_detail",
    RoleMove: "roles:role_detail roles:role_map",
    QuestionSkill: (
        "interviews:question_detail interviews:question_list question_files:question_csv "
        "skills:skill_detail"
    ),
    Probe: "interviews:question_detail question_files:question_csv search",
    Anchor: "interviews:question_detail question_files:question_csv",
    SetSection: (
        "interviews:question_set_detail hiring:question_set_kit question_files:question_set_csv"
    ),
    SetItem: (
        "interviews:question_set_detail hiring:question_set_kit question_files:question_set_csv"
    ),
    AnswerStep: (
        "interviews:answer_framework_detail interviews:question_detail question_files:question_csv"
    ),
}
#: What no page names by itself, but only with a descriptor or a requirement.
UNNAMED = {Scale, Proficiency}
MOST_SURFACES = 20
#: A visitor asks for every address that names a hidden row.
MARKED = r"qz\d+zq"


@pytest.fixture(scope="module")
def made(world: World, django_db_blocker: Any) -> list[Hidden]:
    with django_db_blocker.unblock():
        return make_hidden(world)


@pytest.fixture
def hidden(made: list[Hidden]) -> list[Hidden]:
    """For one test, that may change them."""
    return deepcopy(made)


def visitor() -> Client:
    return Client()


def reader() -> Client:
    """Someone with an account and no rights."""
    return signed_in(UserFactory())


def signed_in(user: Model) -> Client:
    client = Client()
    client.force_login(user)
    return client


def open_all(hidden: list[Hidden], status: Status) -> None:
    for each in hidden:
        each.open(status)


def leaks(walk: Walk, hidden: list[Hidden]) -> dict[str, set[str]]:
    """Where marks are seen, by the reason for which they must not."""
    found = {each.why: walk.where(each.mark) for each in hidden}
    return {why: places for why, places in found.items() if places}


def test_every_kind_and_every_reason_is_tried(hidden: list[Hidden]) -> None:
    kinds = {model for model in content_models() if list(ways_to_hide(model))}
    assert {type(each.row) for each in hidden} == kinds
    assert PLACES.keys() | UNNAMED == kinds
    assert {type(each.closed) for each in hidden} == {
        model for model in content_models() if issubclass(model, StatusModel)
    }
    assert len(hidden) > 90
    assert len({each.mark for each in hidden}) == len(hidden)
    assert not any(each.row.is_live for each in hidden)


def test_what_is_not_published_appears_nowhere(hidden: list[Hidden]) -> None:
    """Not to visitors; a reader with an account sees no more than an editor, who walks below."""
    walk = Walk(visitor(), SEEDS, always=MARKED)
    assert walk.statuses == {200}
    assert len(set(map(view_name, walk.answers))) > MOST_SURFACES
    assert leaks(walk, hidden) == {}


def test_it_is_not_in_the_search_index_either(hidden: list[Hidden]) -> None:
    columns = ("url", "title", "aliases", "summary", "body")
    entries = " ".join(map(str, SearchEntry.objects.values_list(*columns)))
    assert entries
    assert [each.why for each in hidden if each.mark in entries] == []


@pytest.mark.one_database
def test_an_editor_meets_drafts_at_their_own_addresses_alone(hidden: list[Hidden]) -> None:
    editor = signed_in(EditorFactory())
    # The walk of the visitor is as wide as the site; this one has every view and every draft.
    assert leaks(Walk(editor, SEEDS, always=MARKED, most=(1, 1)), hidden) == {}
    drafts = {
        each.row.get_absolute_url(): each
        for each in hidden
        if hasattr(each.row, "get_absolute_url")
    }
    for address, each in drafts.items():
        text = text_of(editor.get(address))
        assert each.mark in text
        assert "Only editors see this page" in text


@pytest.mark.one_database
def test_once_published_it_shows_and_once_taken_back_it_is_gone_with_the_next_request(
    hidden: list[Hidden], world: World
) -> None:
    open_all(hidden, Status.PUBLISHED)
    walk = Walk(
        visitor(), [*SEEDS, *pages_of(world.values()), *pages_of(each.row for each in hidden)]
    )
    shown = {each: set(map(view_name, walk.where(each.mark))) for each in hidden}
    assert [
        each.why for each, places in shown.items() if not places and type(each.row) not in UNNAMED
    ] == []
    by_kind = defaultdict(set)
    for each, places in shown.items():
        by_kind[type(each.row)] |= places
    missing = {kind: set(places.split()) - by_kind[kind] for kind, places in PLACES.items()}
    assert {kind: places for kind, places in missing.items() if places} == {}
    assert len(set().union(*shown.values())) >= MOST_SURFACES

    open_all(hidden, Status.DRAFT)
    walk.ask_again(a_few_places_of_each(hidden, walk))
    assert leaks(walk, hidden) == {}
    assert walk.statuses == {200, 404}


def a_few_places_of_each(hidden: list[Hidden], walk: Walk) -> set[str]:
    """Addresses among which every mark is seen, in every view that shows one."""
    chosen: set[str] = set()
    for each in hidden:
        places = sorted(walk.where(each.mark))
        chosen.update(places[:1])
        views = {view_name(address): address for address in places}
        covered = {view_name(address) for address in chosen}
        chosen.update(address for view, address in views.items() if view not in covered)
    return chosen


def pages_of(rows: Iterable[Model]) -> list[str]:
    """The addresses of those rows that have a page."""
    return [row.get_absolute_url() for row in rows if hasattr(row, "get_absolute_url")]


def addresses(each: Hidden) -> list[str]:
    """Every address under which a hidden row could answer."""
    row = each.row
    found = [row.get_absolute_url()] if hasattr(row, "get_absolute_url") else []
    if isinstance(row, QuestionSet):
        found.append(reverse("question_files:question_set_csv", args=[row.key]))
    return found


@pytest.mark.parametrize("somebody", [visitor, reader])
def test_a_hidden_address_answers_like_one_that_never_was(
    hidden: list[Hidden], somebody: Callable[[], Client]
) -> None:
    client = somebody()
    asked = [(address, each.mark) for each in hidden for address in addresses(each)]
    assert len({view_name(address) for address, _ in asked}) == 10
    for address, mark in asked:
        here, nowhere = client.get(address), client.get(address.replace(mark, "never-was"))
        assert (here.status_code, here.content) == (404, nowhere.content)
        assert dict(here.headers) == dict(nowhere.headers)


def test_a_former_address_of_a_hidden_row_leads_nowhere(
    client: Client, hidden: list[Hidden]
) -> None:
    rows = [
        each
        for each in hidden
        if type(each.row) in PLACES and each.closed is each.row and addresses(each)
    ]
    renamed = [each for each in rows if not isinstance(each.row, Collection)]
    assert len(renamed) > 15
    for each in renamed:
        each.open()
        former = each.row.get_absolute_url()
        each.row.slug = f"{each.mark}-renamed"
        each.row.save()
        assert client.get(former).status_code == 301
        each.open(Status.DRAFT)
        answer = client.get(former)
        assert (answer.status_code, answer.content) == (
            404,
            client.get(former.replace(each.mark, "never-was")).content,
        )


def test_a_filter_by_a_hidden_row_is_none(client: Client, hidden: list[Hidden]) -> None:
    """Otherwise one could ask which slugs drafts have."""
    offered = {
        kind: each
        for each in hidden
        if (kind := type(each.row)) in {Role, Skill, RoleFamily, SkillGroup}
    }
    for each in offered.values():
        for address in map(reverse, LISTS):
            params = client.get(address).resolver_match.func.params
            here, nowhere = (
                text_of(client.get(address, dict.fromkeys({*params} - {"q"}, value)))
                for value in (each.row.key, each.row.key.replace(each.mark, "never-was"))
            )
            assert here.replace(each.mark, "never-was") == nowhere


def test_relations_are_known(hidden: list[Hidden]) -> None:
    """A relation that is added to a model is tried here by itself."""
    pointed = {each.why.partition(" → ")[0] for each in hidden if " → " in each.why}
    ungated = {
        f"{model.__name__}.{field.name}"
        for model in content_models()
        for field in relations(model)
        if field.name not in model.visibility_parents and list(ways_to_hide(field.related_model))
    }
    assert pointed == ungated
