"""Addresses and forms that no editor would create.

The response is a page, an ignored parameter or a refusal, never a server error.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db.models import Model
from django.test import Client

from interviews.models import Question
from skills.models import Skill
from tests import factories
from tests.admin_forms import admin_url, opened, with_new_part
from tests.editing.test_admin import FACTORIES
from tests.editing.test_admin_queries import RICH
from tests.samples import sample

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

REFUSED = {200, 302, 400, 403, 404}
HUGE = "9" * 30
VALUES = ["%00", "%ED%A0%80", "'", "%25", "x" * 10_000, "a+" * 5_000, HUGE, "-1", "[(("]
KEYS = ["00", "%00", "a", HUGE, "-1", "1;2", "1_2C", "__", "%ED%A0%80"]


def filters(model: type[Model]) -> Iterator[str]:
    """What the filters of a change list read from its address, and what they must not."""
    for name in admin.site._registry[model].get_list_filter(None):  # type: ignore[arg-type]
        yield from (f"{name}__{lookup}" for lookup in ("exact", "id__exact", "in", "regex"))


def answers(
    client: Client, model: type[Model], names: Iterable[str], values: list[str]
) -> set[int]:
    """How the change list answers each parameter with a value drawn from these.

    A full run takes every one.
    """
    asked = [
        f"{admin_url(model, 'changelist')}?{name}={value}"
        for name in names
        for value in sample(values, 1)
    ]
    assert len(asked) > 1
    return {client.get(url).status_code for url in asked}


@pytest.mark.one_database
@pytest.mark.parametrize("model", FACTORIES, ids=lambda model: model._meta.label)
@pytest.mark.drawn(6)
def test_no_change_list_breaks(editor: Client, model: type[Model]) -> None:
    FACTORIES[model]()
    assert answers(editor, model, ["q", "o", *filters(model)], ["a"]) <= REFUSED


def test_no_parameter_of_a_change_list_breaks_it(editor: Client) -> None:
    factories.QuestionFactory()
    usual = [
        "q",
        "p",
        "o",
        "e",
        "all",
        "_facets",
        "_to_field",
        "_popup",
        "id",
        "nonsense",
        "title__regex",
        "a%00b",
    ]
    assert answers(editor, Question, usual * 2, VALUES) <= REFUSED


def test_no_value_of_a_filter_of_a_change_list_breaks_it(editor: Client) -> None:
    factories.QuestionFactory()
    assert answers(editor, Question, filters(Question), ["%00", "%ED%A0%80", "'", HUGE]) <= REFUSED


def test_filters_that_are_offered_filter(editor: Client) -> None:
    factories.QuestionFactory(kind="case")
    role = factories.RoleFactory()
    factories.QuestionFactory(kind="technical", roles=[role])
    for query in (
        "kind__exact=case",
        f"roles__id__exact={role.pk}",
        "q=Tell+me+about+Question",
        "status__exact=published",
    ):
        response = editor.get(f"{admin_url(Question, 'changelist')}?{query}")
        assert response.context["cl"].result_count == (
            1 if "roles" in query or "kind" in query else 2
        ), query


def test_a_pattern_in_the_address_is_refused(editor: Client) -> None:
    assert editor.get(f"{admin_url(Skill, 'changelist')}?title__regex=(((").status_code == 400
    assert editor.get(f"{admin_url(Skill, 'changelist')}?kind__exact=skill").status_code == 200


@pytest.mark.parametrize("search", ["x" * 10_000, "risk " * 3_000, "risk%00"])
def test_a_search_that_is_too_long_is_cut_and_the_editor_told(editor: Client, search: str) -> None:
    factories.SkillFactory(title="Risk management")
    response = editor.get(f"{admin_url(Skill, 'changelist')}?q={search}")
    assert response.status_code == 200
    assert "was left out" in str(*get_messages(response.wsgi_request))
    short = editor.get(f"{admin_url(Skill, 'changelist')}?q=risk")
    assert not list(get_messages(short.wsgi_request))
    assert short.context["cl"].result_count == 1


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.drawn(4)
def test_a_row_that_cannot_be_is_not_found(editor: Client, key: str) -> None:
    for page in ("change", "history", "delete", "history/1", f"history/{HUGE}"):
        assert editor.get(f"{admin_url(Skill, 'changelist')}{key}/{page}/").status_code in {
            302,
            404,
        }


def test_an_empty_name_of_a_field_is_ignored(editor: Client) -> None:
    skill = factories.SkillFactory()
    for page in ("change", "delete"):
        assert editor.get(f"{admin_url(skill, page)}?_to_field=").status_code == 200
    url = admin_url(skill, "change")
    sent = opened(editor, url) | {"_to_field": "", "summary": "Another summary."}
    assert editor.post(url, sent).status_code == 302
    skill.refresh_from_db()
    assert skill.summary == "Another summary."


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "x" * 10_000, HUGE])
def test_no_value_in_the_address_breaks_a_new_form(editor: Client, value: str) -> None:
    names = [
        "title",
        "collection",
        "roles",
        "band_from",
        "minutes",
        "status",
        "reviewed_on",
        "sources",
        "edit_state",
        "extra",
    ]
    query = "&".join(f"{name}={value[:2_000]}" for name in names)
    assert editor.get(f"{admin_url(Question, 'add')}?{query}").status_code == 200
    assert (
        editor.get(
            f"/admin/ladders/level/add/?ladder={value[:2_000]}&position={value[:2_000]}"
        ).status_code
        == 200
    )


@pytest.mark.parametrize(
    "value",
    [
        "a\0b",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        HUGE,
        "-1",
        "x" * 120_000,
    ],
)
@pytest.mark.drawn(2)
def test_no_value_in_a_form_breaks_it_and_all_of_it_stays(editor: Client, value: str) -> None:
    question = factories.QuestionFactory()
    factories.ProbeFactory(question=question)
    url = admin_url(question, "change")
    data = opened(editor, url)
    names = [
        name
        for name in data
        if name.startswith(("title", "prompt", "minutes", "band", "roles", "kind", "probes-0"))
    ]
    assert len(names) > 10
    response = editor.post(url, data | dict.fromkeys(names, value))
    assert response.status_code == 200
    for name in ("prompt", "minutes"):
        assert response.context["adminform"].form[name].value() == value
    for name in ("roles", "band_from", "probes-0-step", "probes-0-id"):
        assert editor.post(url, data | {name: value}).status_code in {200, 302}, name


@pytest.mark.parametrize("term", VALUES)
@pytest.mark.drawn(4)
def test_no_search_of_a_relation_breaks(editor: Client, term: str) -> None:
    query = "app_label=interviews&model_name=questionskill&field_name=skill"
    assert editor.get(f"/admin/autocomplete/?{query}&term={term}").status_code == 200
    assert editor.get(f"/admin/autocomplete/?{query}&page={term}").status_code in {200, 404}
    assert (
        editor.get(
            f"/admin/autocomplete/?app_label={term}&model_name={term}&field_name={term}"
        ).status_code
        == 403
    )


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.drawn(4)
def test_no_chosen_row_of_an_action_breaks_it(editor: Client, value: str) -> None:
    skill = factories.SkillFactory()
    for action in ("publish", "delete_selected", value):
        data = {"action": action, "_selected_action": [value[:2_000], skill.pk], "index": "0"}
        assert editor.post(admin_url(Skill, "changelist"), data).status_code in REFUSED


def part(data: dict[str, Any], row: int, as_row: int) -> dict[str, Any]:
    """The values of one row of every inline, as another row would send them."""
    pattern = re.compile(rf"(\w+)-{row}-(?!id$|DELETE$)(\w+)$")
    found = {pattern.match(name): value for name, value in data.items()}
    return {f"{match[1]}-{as_row}-{match[2]}": value for match, value in found.items() if match}


@pytest.mark.parametrize("make", RICH)
@pytest.mark.drawn(4)
def test_parts_that_collide_are_refused_or_saved(
    editor: Client, make: Callable[[int], Any]
) -> None:
    url = admin_url(make(2), "change")
    data = opened(editor, url)
    counts = {name: int(value) for name, value in data.items() if name.endswith("-TOTAL_FORMS")}
    twice = {name: str(count + 1) for name, count in counts.items()}
    for count in set(counts.values()):
        twice |= part(data, 0, count)
    swapped = part(data, 0, 1) | part(data, 1, 0)
    deleted = {name.replace("TOTAL_FORMS", "1-DELETE"): "on" for name in counts}
    for changes in sample([twice, swapped, part(data, 1, 0) | deleted], 1):
        assert editor.post(url, opened(editor, url) | changes).status_code in {200, 302}


@pytest.mark.parametrize("position", ["9" * 5_000, HUGE, "-1", "1.5", "x", "\u0663"])
@pytest.mark.drawn(2)
def test_no_position_of_a_part_breaks_a_form(editor: Client, position: str) -> None:
    scale = factories.ScaleFactory()
    before = sorted(scale.proficiencies.values_list("position", flat=True))
    assert len(before) > 1
    url = admin_url(scale, "change")
    data = opened(editor, url) | {"title": "Mine", "proficiencies-0-position": position}
    assert editor.post(url, data).status_code in {200, 302}
    assert sorted(scale.proficiencies.values_list("position", flat=True)) == before


@pytest.mark.parametrize(
    ("stored", "number"), [(2, 103), (2, 99_999), (9_999, 9_999), (2, "9" * 5_000)]
)
@pytest.mark.drawn(2)
def test_no_number_of_parts_draws_more_than_a_hundred_new_ones(
    editor: Client, stored: int, number: Any
) -> None:
    question = factories.QuestionFactory()
    for place in (1, 2):
        factories.ProbeFactory(question=question, position=place)
    url = admin_url(question, "change")
    changes = {"title": "Mine", "probes-TOTAL_FORMS": number, "probes-INITIAL_FORMS": stored}
    page = editor.post(url, opened(editor, url) | changes)
    assert page.status_code == 200
    formset = next(
        each.formset
        for each in page.context["inline_admin_formsets"]
        if each.formset.prefix == "probes"
    )
    assert len(formset.forms) <= 102
    assert question.probes.count() == 2


def test_a_hundred_new_parts_are_saved_and_one_more_is_refused_in_words(editor: Client) -> None:
    question = factories.QuestionFactory()
    factories.ProbeFactory(question=question)
    url = admin_url(question, "change")
    data = opened(editor, url)
    for _ in range(100):
        data = with_new_part(data, "probes", text="Why?")
    page = editor.post(url, with_new_part(data, "probes", text="Why?"))
    assert page.status_code == 200
    assert "You can add up to 101 rows at a time." in page.text
    assert editor.post(url, data).status_code == 302
    assert question.probes.count() == 101
