"""The search and the site version are current on the next request, however content was written."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from content.base_models import Status
from content.change_tracking import Rollback, revocable_changes, tracking_changes
from content.models import SiteVersion
from interviews.models import Probe, Question
from ladders.models import Expectation
from roles.models import Role
from search.models import SearchEntry
from skills.models import Skill, SkillDescriptor
from tests.factories import (
    CollectionFactory,
    ExpectationFactory,
    GuideFactory,
    LevelFactory,
    ProbeFactory,
    QuestionFactory,
    RoleFactory,
    SkillDescriptorFactory,
    SkillFactory,
    SuperuserFactory,
    home_collection,
)
from tests.search.index import found, index_right_after_all  # noqa: F401

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("index_right_after_all"),
    pytest.mark.followed_at_once,
]


def version() -> int:
    return SiteVersion.objects.get(pk=1).version


def test_a_saved_row_is_found_and_a_changed_one_only_by_its_new_words() -> None:
    skill = SkillFactory(title="Planning", summary="Foresight.")
    assert found("foresight") == {"Planning"}
    skill.summary = "Hindsight."
    skill.save()
    assert (found("foresight"), found("hindsight")) == (set(), {"Planning"})


def test_a_draft_is_found_from_its_publication_until_it_is_withdrawn() -> None:
    skill = SkillFactory(title="Planning", status=Status.DRAFT)
    for status, titles in (
        (Status.PUBLISHED, {"Planning"}),
        (Status.IN_REVIEW, set()),
        (Status.ARCHIVED, set()),
    ):
        skill.status = status
        skill.save()
        assert found("planning") == titles


def delete_row(skill: Skill) -> None:
    skill.delete()


def delete_by_query(skill: Skill) -> None:
    Skill.objects.filter(pk=skill.pk).delete()


def delete_its_collection(skill: Skill) -> None:
    skill.collection.delete()


@pytest.mark.parametrize("delete", [delete_row, delete_by_query, delete_its_collection])
def test_a_deleted_row_is_gone(delete: Callable[[Skill], None]) -> None:
    skill = SkillFactory(title="Planning", collection=CollectionFactory())
    SkillDescriptorFactory(skill=skill, text="Foresight.")
    assert found("planning") == found("foresight") == {"Planning"}
    delete(skill)
    assert found("planning") == found("foresight") == set()


def test_a_deleted_ladder_takes_its_levels_with_it() -> None:
    level = LevelFactory(title="Senior")
    assert found("senior")
    level.ladder.delete()
    assert not found("senior")


def test_changes_of_many_rows_at_once() -> None:
    SkillFactory.create_batch(3)
    Skill.objects.update(summary="Foresight.")
    assert len(found("foresight")) == 3
    Skill.objects.filter(summary="Foresight.").update(summary="")
    assert found("foresight") == set()
    skills = list(Skill.objects.all())
    for skill in skills:
        skill.body = "Hindsight."
    Skill.objects.bulk_update(skills, ["body"])
    assert len(found("hindsight")) == 3


def test_rows_made_at_once() -> None:
    owner = home_collection()
    made = SkillFactory.build_batch(3, collection=owner, group=None, scale=None, body="Foresight.")
    for skill in made:
        skill.clean()
    Skill.objects.bulk_create(made)
    assert len(found("foresight")) == 3
    Question.objects.bulk_create([])
    probes = [
        Probe(question=question, text="Whence?") for question in QuestionFactory.create_batch(2)
    ]
    Probe.objects.bulk_create(probes)
    assert len(found("whence")) == 2


def test_rows_made_at_once_without_saying_which_are_refused() -> None:
    probe = Probe(question=QuestionFactory(), text="Whence?")
    with pytest.raises(ValueError, match="which rows"):
        Probe.objects.bulk_create([probe], ignore_conflicts=True)
    Probe.objects.bulk_create(
        [probe], update_conflicts=True, unique_fields=["id"], update_fields=["text"]
    )
    assert len(found("whence")) == 1


def test_get_or_create_and_update_or_create() -> None:
    question = QuestionFactory(title="Why")
    Probe.objects.get_or_create(question=question, text="Whence?")
    assert found("whence") == {"Why"}
    Probe.objects.update_or_create(question=question, defaults={"text": "Whither?"})
    assert (found("whence"), found("whither")) == (set(), {"Why"})


@pytest.mark.parametrize(
    ("make", "owner"),
    [
        (lambda: SkillDescriptorFactory(text="Foresight."), "skill"),
        (lambda: ProbeFactory(text="Foresight."), "question"),
        (lambda: ExpectationFactory(text="Foresight."), "level"),
    ],
)
def test_the_words_of_a_part_follow_it(
    make: Callable[[], SkillDescriptor | Probe | Expectation], owner: str
) -> None:
    part = make()
    assert len(found("foresight")) == 1
    part.text = "Hindsight."
    part.save()
    assert (found("foresight"), len(found("hindsight"))) == (set(), 1)
    type(part).objects.filter(pk=part.pk).update(text="Insight.")
    assert (found("hindsight"), len(found("insight"))) == (set(), 1)
    part.delete()
    assert found("insight") == set()


def move_by_save(probe: Probe, question: Question) -> None:
    probe.question = question
    probe.save()


def move_by_update(probe: Probe, question: Question) -> None:
    Probe.objects.filter(pk=probe.pk).update(question=question)


def move_by_relation(probe: Probe, question: Question) -> None:
    question.probes.add(probe, bulk=True)


@pytest.mark.parametrize("move", [move_by_save, move_by_update, move_by_relation])
def test_a_part_that_moves_takes_its_words_along(move: Callable[[Probe, Question], None]) -> None:
    first, second = QuestionFactory(title="First"), QuestionFactory(title="Second")
    probe = ProbeFactory(question=first, text="Foresight?")
    assert found("foresight") == {"First"}
    move(probe, second)
    assert found("foresight") == {"Second"}


def test_links_between_rows_count_as_changes() -> None:
    guide, role = GuideFactory(), RoleFactory()
    before = version()
    guide.roles.add(role)
    added = version()
    guide.roles.clear()
    assert before < added < version()


def test_what_is_rolled_back_was_never_there() -> None:
    SkillFactory(title="Planning")
    before = version()

    def spoil() -> None:
        with transaction.atomic():
            Skill.objects.update(summary="Foresight")
            QuestionFactory(title="Foresight too")
            assert len(found("foresight")) == 2
            raise InterruptedError

    with pytest.raises(InterruptedError):
        spoil()
    assert (found("foresight"), found("planning")) == (set(), {"Planning"})
    assert version() == before


def test_what_fails_in_the_middle_of_many_changes_leaves_none() -> None:
    skill = SkillFactory(title="Planning")

    def spoil() -> None:
        with tracking_changes():
            skill.title = "Foresight"
            skill.save()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        spoil()
    assert (found("foresight"), found("planning")) == (set(), {"Planning"})
    skill.title = "Hindsight"
    skill.save()
    assert found("hindsight") == {"Hindsight"}


def test_an_attempt_that_fails_is_not_followed_up() -> None:
    question, other = QuestionFactory(title="Planning"), QuestionFactory(title="Foresight")
    dates = dict(Question.objects.values_list("pk", "updated_at"))
    with tracking_changes() as record:
        ProbeFactory(question=other)
        with suppress(InterruptedError), record.savepoint():
            ProbeFactory(question=question)
            raise InterruptedError
        with record.savepoint():
            SkillFactory(title="Hindsight")
    changed = {
        pk for pk, date in Question.objects.values_list("pk", "updated_at") if date != dates[pk]
    }
    assert changed == {other.pk}
    assert found("hindsight") == {"Hindsight"}
    assert Probe.objects.count() == 1


@pytest.mark.parametrize("is_revoked", [True, False])
def test_revocable_changes_are_written_unless_they_are_rolled_back(is_revoked: bool) -> None:
    with tracking_changes():
        SkillFactory(title="Planning")
        with revocable_changes() as changes:
            SkillFactory(title="Foresight")
            if is_revoked:
                raise Rollback
    assert len(changes.touched[Skill]) == Skill.objects.count() == (1 if is_revoked else 2)
    assert found("planning") == {"Planning"}
    assert found("foresight") == (set() if is_revoked else {"Foresight"})


def test_many_changes_are_followed_once() -> None:
    home_collection()
    SkillFactory()
    before = version()
    with tracking_changes():
        SkillFactory.create_batch(5)
    assert version() == before + 1
    assert SearchEntry.objects.filter(kind="skill").count() == 6


def test_what_touches_nothing_is_no_change() -> None:
    SkillFactory()
    before = version()
    Skill.objects.filter(title="none").update(summary="x")
    Skill.objects.filter(title="none").delete()
    with tracking_changes():
        pass
    assert version() == before


def test_the_admin_publishes_and_withdraws(client: Client) -> None:
    skill = SkillFactory(title="Planning", status=Status.DRAFT)
    client.force_login(SuperuserFactory())
    for action, titles in (("publish", {"Planning"}), ("unpublish", set())):
        body = {"action": action, "_selected_action": [skill.pk]}
        response = client.post(reverse("admin:skills_skill_changelist"), body)
        assert response.status_code == 302
        assert found("planning") == titles


def test_a_fixture_is_found_when_it_is_loaded(tmp_path: object) -> None:
    path = f"{tmp_path}/roles.json"
    RoleFactory(title="Planner")
    call_command("dumpdata", "content.collection", "roles", output=path, verbosity=0)
    Role.objects.all().delete()
    assert found("planner") == set()
    call_command("loaddata", path, verbosity=0)
    assert found("planner") == {"Planner"}
