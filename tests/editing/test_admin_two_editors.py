"""Two editors with the same form: both changes are saved; only the same field is a conflict."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from interviews.models import Question, QuestionSet
from roles.models import RoleMove
from tests import factories
from tests.admin_forms import admin_url, again, conflicts, opened, said, saved, with_new_part
from tests.markup import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def question() -> Question:
    question = factories.QuestionFactory(title="Slipped", guidance="Ask for one case.", minutes=10)
    factories.ProbeFactory(question=question, text="And then?", position=1)
    factories.ProbeFactory(question=question, text="Who else?", position=2)
    return question


def probes(question: Question) -> list[str]:
    return [probe.text for probe in question.probes.all()]


@pytest.mark.one_database
class TestFields:
    def test_changes_of_different_fields_are_both_saved(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"guidance": "Mine."}
        roles = [factories.RoleFactory().pk, factories.RoleFactory().pk]
        theirs = {
            "title": "Theirs",
            "minutes": "20",
            "audience": "candidate",
            "roles": roles,
            "featured": "on",
        }
        assert saved(editor, url, **theirs, reviewed_on="02/01/2026").status_code == 302
        answer = editor.post(url, mine)
        assert answer.status_code == 302
        question.refresh_from_db()
        assert (question.title, question.guidance, question.minutes) == ("Theirs", "Mine.", 20)
        assert (question.audience, question.featured, str(question.reviewed_on)) == (
            "candidate",
            True,
            "2026-02-01",
        )
        assert sorted(question.roles.values_list("pk", flat=True)) == sorted(roles)
        assert LogEntry.objects.latest("pk").get_change_message() == "Changed Guidance."
        stay = said(answer).partition("Their changes were kept: ")[2].partition(".")[0].split(", ")
        assert {"Title", "Minutes", "Asked by", "Roles", "Featured", "Reviewed on"} <= set(stay)
        assert "Guidance" not in stay

    def test_what_was_emptied_elsewhere_stays_empty(self, editor: Client) -> None:
        question = factories.QuestionFactory(
            featured=True, minutes=10, guidance="Old.", sources="- One"
        )
        question.roles.add(factories.RoleFactory())
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"sources": "- Two"}
        theirs = opened(editor, url) | {"minutes": "", "guidance": "", "roles": []}
        theirs.pop("featured")
        assert editor.post(url, theirs).status_code == 302
        assert editor.post(url, mine).status_code == 302
        question.refresh_from_db()
        assert (question.minutes, question.guidance, question.featured) == (None, "", False)
        assert question.sources == "- Two"
        assert not question.roles.exists()

    def test_the_same_change_made_twice_is_no_conflict(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"guidance": "Line one.\r\nLine two."}
        assert saved(editor, url, guidance="Line one.\nLine two.").status_code == 302
        assert editor.post(url, mine).status_code == 302

    def test_a_field_that_both_changed_is_refused_with_both_texts(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"guidance": "Mine.", "probes-0-text": "My probe?"}
        theirs = {"guidance": "Theirs.", "probes-0-text": "Their probe?", "title": "New"}
        assert saved(editor, url, **theirs).status_code == 302
        refused = editor.post(url, mine)
        assert conflicts(refused) == [
            ("Guidance", "Theirs."),
            ("Follow-up “Their probe?”: Text", "Their probe?"),
        ]
        assert refused.context["adminform"].form.has_error("guidance", "conflict")
        difference, _ = parse(refused.text).marked("difference")
        assert [element.text for element in difference.all("del", "ins")] == [
            "removed: Theirs",
            "added: Mine",
        ]
        for text in ("Mine.", "My probe?", "Theirs.", "Their probe?"):
            assert text in refused.text
        question.refresh_from_db()
        assert (question.guidance, probes(question)[0]) == ("Theirs.", "Their probe?")

    def test_a_second_save_replaces_what_both_changed_and_nothing_else(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"guidance": "Mine."}
        saved(
            editor,
            url,
            guidance="Theirs.",
            summary="Their summary.",
            **{"probes-1-text": "Their probe?"},
        )
        assert editor.post(url, again(editor.post(url, mine))).status_code == 302
        question.refresh_from_db()
        assert (question.guidance, question.summary) == ("Mine.", "Their summary.")
        assert probes(question) == ["And then?", "Their probe?"]

    def test_a_third_change_between_two_saves_is_a_new_conflict(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"guidance": "Mine."}
        saved(editor, url, guidance="Theirs.")
        decided = again(editor.post(url, mine))
        saved(editor, url, guidance="Theirs, later.")
        assert conflicts(editor.post(url, decided)) == [("Guidance", "Theirs, later.")]

    def test_another_error_does_not_lose_what_somebody_else_changed(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"title": ""}
        saved(editor, url, guidance="Theirs.")
        refused = again(editor.post(url, mine))
        assert refused["guidance"] == "Theirs."
        assert editor.post(url, refused | {"title": "Mine"}).status_code == 302
        question.refresh_from_db()
        assert (question.title, question.guidance) == ("Mine", "Theirs.")

    @pytest.mark.parametrize("state", ["", "0" * 64, None])
    def test_without_knowing_what_the_form_showed_every_difference_is_a_conflict(
        self, editor: Client, question: Question, state: str | None
    ) -> None:
        url = admin_url(question, "change")
        data = opened(editor, url)
        data.pop("edit_state")
        sent = data if state is None else data | {"edit_state": state}
        assert editor.post(url, sent).status_code == 302
        changes = {"guidance": "Mine.", "probes-0-text": "My probe?"}
        assert len(conflicts(editor.post(url, sent | changes))) == 2

    def test_the_state_of_another_form_is_not_taken_for_that_of_this_one(
        self, editor: Client, question: Question
    ) -> None:
        other = opened(editor, admin_url(factories.QuestionFactory(), "change"))["edit_state"]
        changed = {"guidance": "Mine.", "edit_state": other}
        assert conflicts(saved(editor, admin_url(question, "change"), **changed)) == [
            ("Guidance", "Ask for one case.")
        ]

    def test_what_was_typed_where_nothing_can_be_changed_any_more_is_named(
        self, editor: Client
    ) -> None:
        guide = factories.GuideFactory(slug="old", status="draft")
        other = factories.CollectionFactory(title="Other publisher")
        url = admin_url(guide, "change")
        untouched = opened(editor, url) | {"summary": "Theirs."}
        mine = opened(editor, url) | {
            "slug": "typed",
            "collection": str(other.pk),
            "summary": "Mine.",
        }
        assert saved(editor, url, status="published").status_code == 302
        assert editor.post(url, untouched).status_code == 302
        answer = editor.post(url, mine | {"summary": "Theirs."})
        fixed = (
            "this can no longer be changed, because it was published after you opened the form. "
            "You entered"
        )
        assert answer.context["adminform"].form.non_field_errors() == [
            f"Slug: {fixed} “typed”. Save again to keep the stored value.",
            f"Collection: {fixed} “Other publisher”. Save again to keep the stored value.",
        ]
        assert editor.post(url, again(answer) | {"summary": "Mine."}).status_code == 302
        guide.refresh_from_db()
        assert (guide.slug, guide.summary, guide.collection == other) == ("old", "Mine.", False)


class TestParts:
    def test_changes_of_different_parts_are_both_saved(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"title": "Mine", "probes-1-text": "My probe?"}
        assert saved(editor, url, **{"probes-0-text": "Their probe?"}).status_code == 302
        assert "Follow-ups" in said(editor.post(url, mine))
        question.refresh_from_db()
        assert (question.title, probes(question)) == ("Mine", ["Their probe?", "My probe?"])

    def test_rows_that_both_added_are_both_there(self, editor: Client, question: Question) -> None:
        url = admin_url(question, "change")
        mine = with_new_part(opened(editor, url), "probes", text="Mine?")
        editor.post(url, with_new_part(opened(editor, url), "probes", text="Theirs?"))
        assert editor.post(url, mine).status_code == 302
        assert probes(question) == ["And then?", "Who else?", "Theirs?", "Mine?"]

    def test_a_double_click_saves_once(self, editor: Client, question: Question) -> None:
        url = admin_url(question, "change")
        data = with_new_part(opened(editor, url), "probes", text="Anything else?")
        assert [editor.post(url, data).status_code for _ in range(2)] == [302, 302]
        assert probes(question) == ["And then?", "Who else?", "Anything else?"]

    def test_a_row_that_was_deleted_elsewhere_and_left_alone_here_is_gone(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"probes-1-text": "Mine?"}
        mine = with_new_part(mine, "probes", text="New?")
        assert saved(editor, url, **{"probes-0-DELETE": "on"}).status_code == 302
        assert editor.post(url, mine).status_code == 302
        assert probes(question) == ["Mine?", "New?"]

    def test_a_row_that_both_deleted_is_gone(self, editor: Client, question: Question) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"probes-0-DELETE": "on"}
        assert editor.post(url, mine).status_code == 302
        assert editor.post(url, mine).status_code == 302
        assert probes(question) == ["Who else?"]

    def test_a_row_that_was_deleted_elsewhere_and_changed_here_can_be_added_anew(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"probes-0-text": "Mine?"}
        saved(editor, url, **{"probes-0-DELETE": "on"})
        refused = editor.post(url, mine)
        assert "Someone else deleted this" in refused.text
        assert conflicts(refused)[0][0] == "Follow-up"
        assert editor.post(url, again(refused)).status_code == 302
        assert sorted(probes(question)) == ["Mine?", "Who else?"]

    def test_to_delete_a_row_that_somebody_else_changed_is_a_decision(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"probes-0-DELETE": "on"}
        saved(editor, url, **{"probes-0-text": "Theirs?"})
        refused = editor.post(url, mine)
        assert "“Theirs?”, which you are deleting" in refused.text
        assert conflicts(refused)[0][1] == "Theirs?"
        assert probes(question) == ["Theirs?", "Who else?"]
        assert editor.post(url, again(refused) | {"probes-0-DELETE": "on"}).status_code == 302
        assert probes(question) == ["Who else?"]

    def test_a_part_that_was_saved_on_its_own_page_counts(self, editor: Client) -> None:
        ladder = factories.LadderFactory(levels=2)
        level = ladder.levels.first()
        url = admin_url(ladder, "change")
        mine, other = (
            opened(editor, url) | {"levels-0-title": "Mine"},
            opened(editor, url) | {"title": "My ladder"},
        )
        assert saved(editor, admin_url(level, "change"), title="Theirs").status_code == 302
        assert conflicts(editor.post(url, mine))[0][1] == "Theirs"
        assert editor.post(url, other).status_code == 302
        level.refresh_from_db()
        ladder.refresh_from_db()
        assert (level.title, ladder.title) == ("Theirs", "My ladder")

    def test_a_move_that_was_saved_at_its_other_end_counts(self, editor: Client) -> None:
        move = factories.RoleMoveFactory(text="Old.")
        mine = opened(editor, admin_url(move.from_role, "change")) | {"moves_out-0-text": "Mine."}
        assert (
            saved(
                editor, admin_url(move.to_role, "change"), **{"moves_in-0-text": "Theirs."}
            ).status_code
            == 302
        )
        assert conflicts(editor.post(admin_url(move.from_role, "change"), mine))[0][1] == "Theirs."
        assert RoleMove.objects.get().text == "Theirs."

    def test_a_row_without_a_delete_box_that_was_deleted_elsewhere_is_gone(
        self, editor: Client
    ) -> None:
        question_set = factories.QuestionSetFactory()
        sections = [
            factories.SetSectionFactory(question_set=question_set, position=place)
            for place in (1, 2)
        ]
        url = admin_url(question_set, "change")
        mine = opened(editor, url) | {"title": "Mine", "sections-1-title": "My section"}
        sections[0].delete()
        assert editor.post(url, mine).status_code == 302
        assert QuestionSet.objects.get().title == "Mine"
        assert [section.title for section in question_set.sections.all()] == ["My section"]

    def test_a_row_that_cannot_be_added_anew_is_named_with_what_was_typed(
        self, editor: Client
    ) -> None:
        ladder = factories.LadderFactory(levels=2)
        url = admin_url(ladder, "change")
        mine = opened(editor, url) | {"title": "Mine", "levels-0-title": "Typed here"}
        ladder.levels.first().delete()
        refused = editor.post(url, mine)
        assert "Someone else deleted “Typed here" in refused.text
        assert editor.post(url, again(refused)).status_code == 302
        ladder.refresh_from_db()
        assert (ladder.title, ladder.levels.count()) == ("Mine", 1)


@pytest.mark.one_database
class TestOrder:
    SWAPPED = {"probes-0-position": "2", "probes-1-position": "1"}

    def test_an_order_that_somebody_else_made_stays(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"probes-0-text": "Mine?"}
        saved(editor, url, **self.SWAPPED)
        assert editor.post(url, mine).status_code == 302
        assert probes(question) == ["Who else?", "Mine?"]

    def test_an_order_that_was_made_here_stays_beside_texts_of_somebody_else(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        mine = opened(editor, url) | self.SWAPPED
        saved(editor, url, **{"probes-0-text": "Theirs?"})
        assert editor.post(url, mine).status_code == 302
        assert probes(question) == ["Who else?", "Theirs?"]

    def test_two_orders_are_a_conflict(self, editor: Client, question: Question) -> None:
        factories.ProbeFactory(question=question, text="Why?", position=3)
        url = admin_url(question, "change")
        mine = opened(editor, url) | {"probes-1-position": "3", "probes-2-position": "2"}
        saved(editor, url, **self.SWAPPED)
        refused = editor.post(url, mine)
        assert conflicts(refused) == [("Follow-up: order", "Who else?\nAnd then?\nWhy?")]
        assert editor.post(url, again(refused)).status_code == 302
        assert probes(question) == ["And then?", "Why?", "Who else?"]

    def test_a_row_that_was_put_between_others_stays_there(
        self, editor: Client, question: Question
    ) -> None:
        url = admin_url(question, "change")
        data = opened(editor, url) | {"probes-1-position": "3"}
        mine = with_new_part(data, "probes", text="Between?", position="2")
        saved(editor, url, **{"probes-0-text": "Theirs?"})
        assert editor.post(url, mine).status_code == 302
        assert probes(question) == ["Theirs?", "Between?", "Who else?"]

    def test_a_step_that_somebody_else_put_between_others_stays_there(self, editor: Client) -> None:
        scale = factories.ScaleFactory()
        scale.proficiencies.all().delete()
        for position, title in enumerate(("One", "Three"), start=1):
            factories.ProficiencyFactory(scale=scale, title=title, position=position)
        url = admin_url(scale, "change")
        mine = opened(editor, url) | {"summary": "Mine."}
        editor.post(
            url, with_new_part(opened(editor, url), "proficiencies", title="Two", slug="two")
        )
        places = {
            f"proficiencies-{number}-position": str(place) for number, place in enumerate((1, 3, 2))
        }
        assert saved(editor, url, **places).status_code == 302
        assert editor.post(url, mine).status_code == 302
        steps = scale.proficiencies.order_by("position").values_list("title", "position")
        assert [*steps] == [("One", 1), ("Two", 2), ("Three", 3)]


@pytest.mark.one_database
def test_a_conflict_names_who_saved_on_the_page_of_the_parent(editor: Client) -> None:
    level = factories.LevelFactory(title="Senior")
    page = admin_url(level, "change")
    assert saved(editor, page, summary="Leads one program.").status_code == 302
    mine = opened(editor, page) | {"title": "Mine"}
    colleague = factories.EditorFactory()
    other = Client()
    other.force_login(colleague)
    theirs = {"levels-0-title": "Theirs"}
    assert saved(other, admin_url(level.ladder, "change"), **theirs).status_code == 302
    refused = editor.post(page, mine)
    assert conflicts(refused) == [("Title", "Theirs")]
    assert refused.context["conflict"].last_revision.user == colleague
