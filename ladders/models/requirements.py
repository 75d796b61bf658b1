"""The skills that a level requires, and what is expected of people at it."""

from django.db import models
from django.db.models import Q

from content.base_models import ContentModel, Identified, Positioned
from content.fields import MarkdownField
from ladders.models.levels import Level
from roles.models import Requirement
from skills.models import Skill, SkillGroup


class LevelRequirement(Requirement):
    """A skill that a level requires."""

    visibility_parents = ("level", "skill", "proficiency")
    updated_parents = ("level",)

    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="requirements")
    decides = models.BooleanField(
        default=False,
        help_text=(
            "Whether it decides a promotion into this level. Choose three to five skills of a "
            "level."
        ),
    )

    #: Whether it is a copy, which is not stored, for a level that includes the level below.
    is_inherited = False

    class Meta:
        ordering = ["level", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "skill"],
                name="ladders_levelrequirement_one_per_skill",
                violation_error_message="This level already requires this skill.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.level} · {self.skill}"


class Expectation(ContentModel, Positioned, Identified):
    """A sentence about people at a level, under a skill, a dimension (skill group), or neither."""

    class Kind(models.TextChoices):
        """What the sentence is."""

        EXPECTATION = "expectation", "Expectation"
        EXAMPLE = "example", "Example"
        ANTI_PATTERN = "anti_pattern", "Anti-pattern"
        NOTE = "note", "Note"

    visibility_parents = ("level", "skill", "group")
    updated_parents = ("level",)

    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="expectations")
    skill = models.ForeignKey(
        Skill, null=True, blank=True, on_delete=models.RESTRICT, related_name="expectations"
    )
    group = models.ForeignKey(
        SkillGroup, null=True, blank=True, on_delete=models.RESTRICT, related_name="expectations",
        verbose_name="dimension",
        help_text="For an expectation that belongs to a dimension rather than to one skill.",
    )  # fmt: skip
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.EXPECTATION)
    text = MarkdownField()

    class Meta:
        ordering = ["level", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(skill__isnull=True) | Q(group__isnull=True),
                name="ladders_expectation_one_heading",
                violation_error_message=(
                    "This expectation has both a skill and a dimension. Give only one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
