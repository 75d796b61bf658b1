"""The page of an interview question."""

from django.urls import reverse
from django.utils.http import urlencode

from content.text import number_with_noun
from interviews.models import Anchor, AskedBy, Question, QuestionSet, QuestionSkill
from ladders.level_page import Fact, Link
from roles.models import Role
from skills.proficiencies import proficiency_ranks

#: How many questions about the same skill the page lists.
MAX_SIMILAR = 3


class QuestionPage:
    """What the page of a question shows. Takes seven queries.

    :param question: a question whose visibility the caller has checked.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        skills = QuestionSkill.objects.filter(question=question).shown_on(question).with_skills()
        self.skills = list(skills.annotate(**proficiency_ranks()))
        probes = question.probes.shown_on(question)
        self.probes = probes.select_related("step__framework__collection")
        anchors = Anchor.objects.filter(question=question).shown_on(question)
        self.anchors = anchors.select_related("band").in_order()
        self.roles = list(Role.objects.filter(questions=question).shown_on(question))
        sets = QuestionSet.objects.filter(sections__items__question=question)
        self.question_sets = sets.shown_on(question).distinct()
        self.similar = self._similar()
        self.actions = self._actions()
        self.facts = self._facts()

    @property
    def main_skill(self) -> QuestionSkill | None:
        """The first skill that the question tests."""
        return self.skills[0] if self.skills else None

    @property
    def list_url(self) -> str:
        """The question bank, filtered by the main skill."""
        url = reverse("interviews:question_list")
        if self.main_skill is None:
            return url
        return f"{url}?{urlencode({'skill': self.main_skill.skill.key})}"

    def _similar(self) -> list[Question]:
        """Other questions that test the main skill."""
        if self.main_skill is None:
            return []
        same_skill = Question.objects.filter(question_skills__skill=self.main_skill.skill)
        others = same_skill.exclude(pk=self.question.pk).shown_on(self.question)
        return list(others.order_by("title", "id")[:MAX_SIMILAR])

    def _actions(self) -> list[Link]:
        actions = []
        if self.question.audience != AskedBy.CANDIDATE:
            actions.append(Link("Practice interviews", reverse("interviews:practice")))
            actions.append(Link("Build an interview loop", reverse("hiring:loop_builder")))
        if self.main_skill:
            actions.append(
                Link(f"Questions about {self.main_skill.skill.title_in_sentence}", self.list_url)
            )
        return actions

    def _facts(self) -> list[Fact]:
        """The key facts; what is not stated is left out."""
        question = self.question
        time = number_with_noun(question.minutes, "minute") if question.minutes else ""
        roles = [Link(role.title, role.get_absolute_url()) for role in self.roles]
        facts = [Fact("Time", time), Fact("Bands", question.bands), Fact("Roles", links=roles)]
        return [fact for fact in facts if fact.text or fact.links]

    @property
    def contents(self) -> list[Link]:
        """The parts of the page."""
        question = self.question
        shows_guidance = not question.withholds_answers
        parts: list[tuple[str, str, object]] = [
            ("Skills tested", "skills", self.skills),
            ("Follow-ups", "probes", self.probes),
            ("Rating anchors", "anchors", self.anchors),
            ("How to ask it", "guidance", shows_guidance and question.guidance),
            ("What to avoid", "avoid", shows_guidance and question.avoid),
            ("Similar questions", "similar", self.similar),
            ("Question sets", "question-sets", self.question_sets),
        ]
        return [Link(title, f"#{anchor}") for title, anchor, content in parts if content]
