"""Scales and their proficiencies, skill groups, skills with descriptors, learning resources."""

from collections.abc import Container
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.urls import reverse

from content.base_models import ContentModel, Identified, Positioned
from content.fields import (
    DecimalField,
    LineField,
    MarkdownField,
    NameListField,
    PlainTextField,
    PositiveSmallIntegerField,
    SlugField,
    StatedField,
)
from content.former_spellings import VALUES as FORMER_VALUES
from content.models import CollectionItem, Publishable
from content.querysets import CollectionItemQuerySet
from content.text import first_names, title_in_sentence
from search.index import Searchable

#: How many of the rows that prevent a change are named.
MAX_ROWS_NAMED = 3


class Scale(CollectionItem):
    """An ordered list of proficiencies by which skills are described."""

    class Meta(CollectionItem.Meta):
        pass


class Proficiency(ContentModel, Positioned, Identified):
    """One named level of a scale: how well a skill is mastered."""

    visibility_parents = ("scale",)
    updated_parents = ("scale",)

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="proficiencies")
    slug = SlugField()
    title = LineField()
    summary = PlainTextField(blank=True, help_text="What this proficiency means for any skill.")
    value = DecimalField(
        max_digits=8,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="The value on a numeric scale.",
    )

    class Meta:
        ordering = ["scale", "position", "id"]
        verbose_name_plural = "proficiencies"
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "slug"],
                name="skills_proficiency_slug_in_scale",
                violation_error_message="Another proficiency of this scale has this slug.",
            ),
            models.UniqueConstraint(
                fields=["scale", "position"],
                name="skills_proficiency_position_in_scale",
                violation_error_message="Another proficiency of this scale has this position.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SkillGroup(CollectionItem, Positioned):
    """A heading for several skills; a group can have a parent group."""

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="subgroups"
    )

    class Meta(CollectionItem.Meta):
        ordering = ["position", "title", "id"]

    def clean(self) -> None:
        super().clean()
        ancestor, visited = self.parent, {self.pk}
        while ancestor and ancestor.pk not in visited:
            visited.add(ancestor.pk)
            ancestor = ancestor.parent
        if ancestor and self.pk:
            error = ValidationError("This group would be inside itself.", code="under_itself")
            raise ValidationError({"parent": error})


class SkillQuerySet(CollectionItemQuerySet):
    """Skills with the orders that lists of skills need."""

    def grouped(self) -> "SkillQuerySet":
        """Order by group, for lists under group headings; skills without a group come last."""
        groups = F("group__position").asc(nulls_last=True)
        rows = self.select_related("group")
        return rows.by_collection(groups, "group__title", "group_id", "position", "title", "id")


class Skill(Publishable, Positioned, Searchable):
    """Something a person can do."""

    class Kind(models.TextChoices):
        """What its publisher calls it."""

        SKILL = "skill", "Skill"
        KNOWLEDGE = "knowledge", "Knowledge"
        ABILITY = "ability", "Ability"
        BEHAVIOR = "behavior", "Behavior"
        VALUE = "value", "Value"

    visibility_parents = ("collection", "group")
    search_kind = "skill"
    search_list = "skills:skill_list"
    indexed_parts = ("descriptors", "indicators")

    group = models.ForeignKey(
        SkillGroup, null=True, blank=True, on_delete=models.RESTRICT, related_name="skills"
    )
    kind = StatedField(max_length=10, choices=Kind, renamed_values=FORMER_VALUES)
    scale = models.ForeignKey(
        Scale, null=True, blank=True, on_delete=models.RESTRICT, related_name="skills",
        help_text="The scale whose proficiencies describe this skill.",
    )  # fmt: skip
    aliases = NameListField(
        blank=True, help_text="Other names, one per line; the search finds them."
    )
    related = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="related_from",
        verbose_name="related skills",
    )  # fmt: skip
    body = MarkdownField(blank=True, help_text="What this skill is, and what it is not.")
    artifacts = MarkdownField(
        "work samples", blank=True, help_text="Work samples that show this skill."
    )

    objects = SkillQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["title", "id"]

    def get_absolute_url(self) -> str:
        return reverse("skills:skill_detail", args=[self.key])

    @property
    def title_in_sentence(self) -> str:
        """Its title as part of a sentence. Reads its collection."""
        return title_in_sentence(self.title, self.collection.language)

    @property
    def alias_list(self) -> list[str]:
        """The other names, one for each line of `aliases` that is not blank."""
        names = map(str.strip, self.aliases.splitlines())
        return list(filter(None, names))

    def search_aliases(self) -> str:
        return self.aliases

    def search_body(self) -> str:
        texts = [self.body]
        for descriptor in self.descriptors.all():
            texts.append(descriptor.text)
        for indicator in self.indicators.all():
            texts.append(indicator.text)
        return "\n\n".join(texts)


class HasSkill(Protocol):
    """A row about one skill."""

    @property
    def skill(self) -> Skill:
        """The skill it is about."""


def refuse_other_scale(row: Any) -> None:
    """Check that the proficiency of a row belongs to the scale of its skill.

    :param row: a row with the foreign keys `skill` and `proficiency`, either of which may be empty.
    :raises ValidationError: with the code ``other_scale``, if it belongs to another scale.
    """
    if not row.skill_id or not row.proficiency_id:
        return
    if row.proficiency.scale_id != row.skill.scale_id:
        error = ValidationError("This proficiency is not on the skill's scale.", code="other_scale")
        raise ValidationError({"proficiency": error})


def refuse_rows_on_other_scale(
    skill: Skill, scale: Scale | None, ignored: Container[type[models.Model]] = frozenset()
) -> None:
    """Check that no row combines this skill with a proficiency of another scale.

    :param scale: the scale that the skill has or is to have.
    :param ignored: the models of rows that do not count.
    :raises ValidationError: with the code ``rows_on_other_scale``, naming the first of these rows.
    """
    rows: list[models.Model] = []
    for relation in Skill._meta.related_objects:
        model = relation.related_model
        names = {field.name for field in model._meta.fields}
        if {"skill", "proficiency"} <= names and model not in ignored:
            named = model._default_manager.filter(skill=skill, proficiency__isnull=False)
            rows += named.exclude(proficiency__scale=scale)
    if rows:
        names_of_rows = ", ".join(first_names(list(map(str, rows)), MAX_ROWS_NAMED))
        message = (
            f"Other rows have a proficiency of the previous scale: {names_of_rows}. First clear "
            "their proficiencies or delete the rows."
        )
        raise ValidationError(message, code="rows_on_other_scale")


class SkillDescriptor(ContentModel):
    """What one skill looks like at one proficiency."""

    visibility_parents = ("skill", "proficiency")
    updated_parents = ("skill",)

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="descriptors")
    proficiency = models.ForeignKey(
        Proficiency, on_delete=models.RESTRICT, related_name="descriptors"
    )
    text = MarkdownField(help_text="Observable behavior, not adjectives.")

    class Meta:
        ordering = ["skill", "proficiency__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "proficiency"],
                name="skills_skilldescriptor_one_per_step",
                violation_error_message="This skill already has a descriptor for this proficiency.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill} · {self.proficiency}"

    def clean(self) -> None:
        super().clean()
        refuse_other_scale(self)


class Indicator(ContentModel, Positioned, Identified):
    """A sentence by which a skill is recognized at one proficiency."""

    class Kind(models.TextChoices):
        """What the sentence is."""

        INDICATOR = "indicator", "Indicators"
        EXAMPLE = "example", "Examples"
        ANTI_PATTERN = "anti_pattern", "Anti-patterns"

    visibility_parents = ("skill", "proficiency")
    updated_parents = ("skill",)

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="indicators")
    proficiency = models.ForeignKey(
        Proficiency, on_delete=models.RESTRICT, related_name="indicators"
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.INDICATOR)
    text = MarkdownField()

    class Meta:
        ordering = ["skill", "proficiency__position", "position", "id"]

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        super().clean()
        refuse_other_scale(self)


class LearningResource(Publishable):
    """A book, course or other work from which a skill can be learned."""

    class Kind(models.TextChoices):
        """The form of the work."""

        BOOK = "book", "Book"
        COURSE = "course", "Course"
        ARTICLE = "article", "Article"
        VIDEO = "video", "Video"
        PODCAST = "podcast", "Podcast"
        COMMUNITY = "community", "Community"
        TOOL = "tool", "Tool"

    kind = StatedField(max_length=10, choices=Kind)
    author = LineField(blank=True, help_text="Author, provider or host.")
    year = PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField("address", blank=True, max_length=500)
    skills = models.ManyToManyField(Skill, blank=True, related_name="learning_resources")

    class Meta(Publishable.Meta):
        pass

    @property
    def credit(self) -> str:
        """Its form, author and year as one phrase, e.g. ``Book by Jane Doe, 2021``."""
        credit = self.get_kind_display() or "Work"
        if self.author:
            credit += f" by {self.author}"
        if self.year:
            credit += f", {self.year}"
        return credit
