"""Role families, roles, the skills that roles require, and the moves between roles."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from content.base_models import ContentModel, Positioned
from content.fields import (
    DecimalField,
    LineField,
    MarkdownField,
    NameListField,
    StatedField,
)
from content.models import CollectionItem, Publishable
from content.querysets import CollectionItemQuerySet, ContentQuerySet
from roles.importance import FORMER_IMPORTANCES, Importance, ImportanceMixin
from search.index import Searchable
from skills.models import Proficiency, Skill, refuse_other_scale


class RequirementQuerySet(ContentQuerySet):
    """Skills that roles or levels require."""

    def with_skills(self) -> "RequirementQuerySet":
        """With what a table of skills shows, in the order of the skill groups."""
        groups = F("skill__group__position").asc(nulls_last=True)
        return self.select_related("skill__collection", "skill__group", "proficiency").order_by(
            groups,
            "skill__group__title",
            "skill__group_id",
            "position",
            "skill__position",
            "skill__title",
            "id",
        )


class Requirement(ImportanceMixin, ContentModel, Positioned):
    """A skill that a role, family or level requires, at a proficiency that may be empty."""

    skill = models.ForeignKey(Skill, on_delete=models.RESTRICT, related_name="%(class)ss")
    proficiency = models.ForeignKey(
        Proficiency, null=True, blank=True, on_delete=models.RESTRICT, related_name="+",
        help_text="A proficiency of the skill's own scale. Leave blank if none is stated.",
    )  # fmt: skip
    importance = StatedField(
        max_length=10, choices=Importance, renamed_values=FORMER_IMPORTANCES,
        help_text="Essential: it decides; choose 6 to 12 skills. Expected: part of the job. "
        "Helpful: can be learned on the job.",
    )  # fmt: skip
    measured_level = DecimalField(
        max_digits=8, decimal_places=3, null=True, blank=True,
        help_text="The required level, if the publisher measures it in numbers.",
    )  # fmt: skip
    measured_importance = DecimalField(
        max_digits=8, decimal_places=3, null=True, blank=True,
        help_text="The importance, if the publisher measures it in numbers.",
    )  # fmt: skip
    note = MarkdownField(blank=True, help_text="Why it is required here, or in what form.")
    #: The proficiency is number `rank` of `scale_length`, as `proficiency_ranks` reads them.
    rank: int | None = None
    scale_length: int | None = None

    objects = RequirementQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        refuse_other_scale(self)


class RoleFamily(CollectionItem, Positioned):
    """Several roles under one heading, with the core profile: what all of them require."""

    class Meta(CollectionItem.Meta):
        ordering = ["position", "title", "id"]
        verbose_name_plural = "role families"


class FamilyRequirement(Requirement):
    """A skill that all roles of a family require: a part of their core profile."""

    visibility_parents = ("family", "skill", "proficiency")
    updated_parents = ("family",)

    family = models.ForeignKey(RoleFamily, on_delete=models.CASCADE, related_name="requirements")

    class Meta:
        ordering = ["family", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["family", "skill"],
                name="roles_familyrequirement_one_per_skill",
                violation_error_message="This family already requires this skill.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.family} · {self.skill}"


class RoleQuerySet(CollectionItemQuerySet):
    """Roles with the orders and the choices that lists of roles need."""

    def grouped(self) -> "RoleQuerySet":
        """Order by family, for lists under family headings; roles without a family come last."""
        families = F("family__position").asc(nulls_last=True)
        rows = self.select_related("family")
        return rows.by_collection(families, "family__title", "family_id", "position", "title", "id")

    def comparable(self, keys: Iterable[str] = ()) -> "RoleQuerySet":
        """The portal's own public roles, and those with these keys, family by family."""
        condition = Q(collection__is_home=True, is_live=True)
        for key in keys:
            if key:
                condition |= Q(pk__in=self.with_key(key).values("pk"))
        return self.filter(condition).select_related("collection", "family__collection").grouped()

    def requiring(self, skill: Skill) -> "RoleQuerySet":
        """Roles that require a skill, themselves or by the core profile of their family.

        :param skill: a skill whose visibility the caller has checked.
        """
        own = SkillRequirement.objects.filter(skill=skill).shown_on(skill)
        core = FamilyRequirement.objects.filter(skill=skill).shown_on(skill)
        return self.filter(Q(pk__in=own.values("role")) | Q(family__in=core.values("family")))


class Role(Publishable, Positioned, Searchable):
    """A kind of job."""

    visibility_parents = ("collection", "family")
    search_kind = "role"
    search_list = "roles:role_list"

    family = models.ForeignKey(
        RoleFamily, null=True, blank=True, on_delete=models.RESTRICT, related_name="roles"
    )
    aliases = NameListField(
        blank=True, help_text="Other titles, one per line; the search finds them."
    )
    purpose = MarkdownField(blank=True, help_text="Why an organization has this role.")
    week = MarkdownField(
        "typical week", blank=True, help_text="What a week in this role looks like."
    )
    responsibilities = MarkdownField(blank=True, help_text="Responsibilities, as a list.")
    deliverables = MarkdownField(
        blank=True, help_text="Deliverables: documents, decisions, results."
    )
    works_with = MarkdownField(
        blank=True, help_text="Who people in this role work with, and on what."
    )
    background = MarkdownField(blank=True, help_text="Where people in this role come from.")
    neighbors = MarkdownField(
        "similar roles", blank=True, help_text="How it differs from similar roles."
    )
    body = MarkdownField("further information", blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["title", "id"]

    def get_absolute_url(self) -> str:
        return reverse("roles:role_detail", args=[self.key])

    def search_aliases(self) -> str:
        return self.aliases

    def search_body(self) -> str:
        return "\n\n".join(
            [self.purpose, self.responsibilities, self.deliverables, self.neighbors, self.body]
        )


class SkillRequirement(Requirement):
    """A skill that a role itself requires.

    It replaces what the core profile of the family says about the skill. The two together are the
    profile of the role; see `roles.profiles`.
    """

    visibility_parents = ("role", "skill", "proficiency")
    updated_parents = ("role",)

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="skill_requirements")

    class Meta:
        ordering = ["role", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "skill"],
                name="roles_skillrequirement_one_per_skill",
                violation_error_message="This role already requires this skill.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} · {self.skill}"


class RoleMove(ContentModel, Positioned):
    """A typed step from one role, or from outside, to another role.

    The kind `RELATED` says that two roles are related, without a step.
    """

    class Kind(models.TextChoices):
        """What kind of step it is."""

        ENTRY = "entry", "Entry"
        LATERAL = "lateral", "Lateral move"
        SWITCH = "switch", "Career change"
        RELATED = "related", "Related role"

    visibility_parents = ("from_role", "to_role")
    updated_parents = ("from_role", "to_role")

    from_role = models.ForeignKey(
        Role, null=True, blank=True, on_delete=models.CASCADE, related_name="moves_out"
    )
    origin = LineField(
        blank=True,
        help_text="Where it starts, if not at a role of the portal, such as “Recent graduate”.",
    )
    to_role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="moves_in")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LATERAL)
    text = MarkdownField(blank=True, help_text="What the move requires.")

    class Meta:
        ordering = ["to_role", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_role__isnull=False, origin="")
                | (Q(from_role__isnull=True) & ~Q(origin="")),
                name="roles_rolemove_starts_somewhere",
                violation_error_message=(
                    "This move has both a role and a text as its origin, or neither. Give one of "
                    "the two."
                ),
            ),
            models.CheckConstraint(
                condition=Q(from_role__isnull=True) | ~Q(from_role=F("to_role")),
                name="roles_rolemove_leads_elsewhere",
                violation_error_message="This move ends at the role where it starts.",
            ),
            models.UniqueConstraint(
                fields=["from_role", "origin", "to_role", "kind"],
                name="roles_rolemove_once",
                violation_error_message="This move already exists.",
            ),
            # For the constraint above, two rows without a from_role always differ.
            models.UniqueConstraint(
                fields=["origin", "to_role", "kind"],
                condition=Q(from_role__isnull=True),
                name="roles_rolemove_from_outside_once",
                violation_error_message="This move already exists.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_role or self.origin} → {self.to_role}"

    @property
    def start(self) -> str:
        """The title of the role where it starts, or the words for a start outside."""
        return self.from_role.title if self.from_role else self.origin
