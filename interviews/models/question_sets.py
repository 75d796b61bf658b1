"""Question sets: an ordered selection of questions in timed sections, the kit of one interview."""

from itertools import count
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from content.base_models import ContentModel, Identified, Positioned
from content.fields import (
    SLUG_LENGTH,
    LineField,
    MarkdownField,
    PositiveSmallIntegerField,
    SlugField,
    StatedBooleanField,
    StatedField,
)
from content.models import Publishable
from content.querysets import ContentQuerySet
from content.text import number_with_noun
from interviews.models.questions import Audience, Question
from ladders.models import Level
from roles.models import Role
from search.index import Searchable


class QuestionSet(Publishable, Positioned, Searchable):
    """The questions of one interview, or of one practice."""

    class Stage(models.TextChoices):
        """The stage of the hiring process."""

        RECRUITER_SCREEN = "recruiter_screen", "Recruiter screen"
        PHONE_SCREEN = "phone_screen", "Phone screen"
        ONSITE = "onsite", "Onsite loop"
        PANEL = "panel", "Panel"
        PRACTICE = "practice", "Practice"

    search_kind = "set"
    indexed_parts = ("sections",)

    role = models.ForeignKey(
        Role, null=True, blank=True, on_delete=models.SET_NULL, related_name="question_sets"
    )
    level = models.ForeignKey(
        Level, null=True, blank=True, on_delete=models.SET_NULL, related_name="question_sets"
    )
    stage = StatedField(max_length=20, choices=Stage)
    audience = StatedField("used by", max_length=12, choices=Audience)
    minutes = PositiveSmallIntegerField(null=True, blank=True, help_text="Total time of the set.")
    intro = MarkdownField(blank=True, help_text="What to say and do before the first question.")
    outro = MarkdownField(blank=True, help_text="Wrap-up, and what to do afterward.")

    class Meta(Publishable.Meta):
        ordering = ["position", "title", "id"]

    def get_absolute_url(self) -> str:
        return reverse("interviews:question_set_detail", args=[self.key])

    @property
    def is_for_candidates(self) -> bool:
        """Whether candidates practice with it, so that nobody is interviewed or rated."""
        return self.audience == Audience.CANDIDATE

    @property
    def intro_heading(self) -> str:
        """The heading of its introduction, which is for those who use the set."""
        if self.audience == Audience.INTERVIEWER:
            return "Interviewer instructions"
        return "Instructions"

    def search_body(self) -> str:
        sections = [section.title for section in self.sections.all()]
        return "\n\n".join([self.intro, *sections, self.outro])

    def shown_sections(self, *details: models.Prefetch) -> "ContentQuerySet[SetSection]":
        """The sections that its page may show, with their questions and the skills of these.

        :param details: what else is loaded of each question.
        """
        questions = Question.objects.shown_on(self).for_list(self).prefetch_related(*details)
        items = SetItem.objects.shown_on(self).in_order()
        items = items.prefetch_related(models.Prefetch("question", questions))
        sections = SetSection.objects.filter(question_set=self).shown_on(self)
        return sections.prefetch_related(models.Prefetch("items", items))


class SetSection(ContentModel, Positioned, Identified):
    """A part of a question set with its own minutes, e.g. one interview of a loop."""

    visibility_parents = ("question_set",)
    updated_parents = ("question_set",)

    question_set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="sections")
    title = LineField()
    slug = SlugField(blank=True, help_text="Slug. Generated from the title if blank.")
    minutes = PositiveSmallIntegerField(null=True, blank=True)
    choose = PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Minimum number of questions to ask. Leave blank for all.",
    )
    script = MarkdownField(blank=True, help_text="What the interviewer says in this section.")

    class Meta:
        ordering = ["question_set", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["question_set", "slug"],
                name="interviews_setsection_slug_in_set",
                violation_error_message="Another section of this set has this slug.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_set}: {self.title}"

    @property
    def choice_note(self) -> str:
        """How many of its questions are asked, as a sentence; empty where that is not stated.

        Readers may see fewer questions than are to be asked, because some are not published.
        """
        if not self.choose or not self.items.all():
            return ""
        if self.choose >= len(self.items.all()):
            return "Ask all of these."
        return f"Ask at least {self.choose} of these."

    @property
    def asks_all_questions(self) -> bool:
        """Whether nothing says that an interview may leave out some of its questions."""
        items = self.items.all()
        if self.choose and self.choose < len(items):
            return False
        return all(item.required is not False for item in items)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Set the slug here and not in `clean`.

        Two new sections with the same title are both cleaned before either of them is stored.
        """
        self.slug = self.slug or self._unused_slug()
        super().save(*args, **kwargs)

    def _unused_slug(self) -> str:
        base = slugify(self.title)[: SLUG_LENGTH - 4].strip("-") or "section"
        others = self.question_set.sections.exclude(pk=self.pk)
        used_slugs = set(others.values_list("slug", flat=True))
        slug = base
        numbers = count(2)
        while slug in used_slugs:
            slug = f"{base}-{next(numbers)}"
        return slug


class SetItemQuerySet(ContentQuerySet):
    """Questions of sets."""

    def in_order(self) -> "SetItemQuerySet":
        """In the order in which the set asks them."""
        return self.order_by("section__position", "section_id", "position", "id")


class SetItem(ContentModel, Positioned):
    """One question of a section, with its position."""

    visibility_parents = ("section", "question")
    updated_parents = ("section",)

    section = models.ForeignKey(SetSection, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, on_delete=models.RESTRICT, related_name="set_items")
    required = StatedBooleanField(
        help_text="Whether to ask it in every interview, so that answers can be compared."
    )
    minutes = PositiveSmallIntegerField(null=True, blank=True)

    objects = SetItemQuerySet.as_manager()

    class Meta:
        ordering = ["section", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "question"],
                name="interviews_setitem_once",
                violation_error_message="This question is already in this section.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.question}"

    @property
    def when_to_ask(self) -> str:
        """Whether every interview asks it, in words; empty if that is not stated."""
        if self.required is None:
            return ""
        return "Must ask" if self.required else "If there is time"

    @property
    def facts(self) -> str:
        """When to ask it, and its minutes if they differ from those of the question."""
        facts = [self.when_to_ask]
        if self.minutes and self.minutes != self.question.minutes:
            facts.append(number_with_noun(self.minutes, "minute"))
        return " · ".join(filter(None, facts))
