"""Questions, the skills they probe, their follow-ups, and what answers at each rating show."""

from collections.abc import Iterable, Sequence

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from content.base_models import ContentModel, Identified, Positioned
from content.fields import (
    LineField,
    MarkdownField,
    PositiveSmallIntegerField,
    StatedField,
)
from content.former_spellings import VALUES as FORMER_VALUES
from content.markdown import text_in_one_line
from content.models import Publishable
from content.querysets import CollectionItemQuerySet, ContentQuerySet, PageRow
from content.text import first_sentence, shorten
from interviews.models.answer_frameworks import AnswerStep
from ladders.models import Band, refuse_reversed_bands
from roles.models import Role
from search.index import Searchable
from skills.models import Proficiency, Skill, refuse_other_scale

#: Minutes to plan for a question that does not say how long it takes.
USUAL_MINUTES = 10
#: The most characters of the prompt in the title of the page of a question.
PAGE_TITLE_LENGTH = 65
#: The words for a range of bands that is open at one end.
AND_ABOVE, UP_TO = " and above", "Up to "


class Audience(models.TextChoices):
    """Who asks the question, or works through the set."""

    INTERVIEWER = "interviewer", "Interviewer"
    CANDIDATE = "candidate", "Candidate"


class AskedBy(models.TextChoices):
    """Who asks a question, and whether everyone may read what its answers show."""

    INTERVIEWER = Audience.INTERVIEWER.value, "Interviewer"
    #: Only editors, and the interviewers they train, know what answers show and how to ask it.
    PANEL = "panel", "Interviewer; answers hidden from candidates"
    CANDIDATE = Audience.CANDIDATE.value, "Candidate"


class QuestionQuerySet(CollectionItemQuerySet):
    """Questions, selected for a band or a role."""

    def for_band(self, band: Band) -> "QuestionQuerySet":
        """Questions asked at this band; one without bands is asked at every band."""
        position, key = band.rank_key
        starts_below = Q(band_from__position__lt=position)
        starts_here = Q(band_from__position=position, band_from__lte=key)
        ends_above = Q(band_to__position__gt=position)
        ends_here = Q(band_to__position=position, band_to__gte=key)
        starts = Q(band_from__isnull=True) | starts_below | starts_here
        ends = Q(band_to__isnull=True) | ends_above | ends_here
        return self.filter(starts & ends)

    def for_role(self, role: Role) -> "QuestionQuerySet":
        """Questions asked for this role; one without roles is asked for every role."""
        for_roles = Question.roles.through.objects.filter(question=OuterRef("pk"))
        return self.filter(Exists(for_roles.filter(role=role)) | ~Exists(for_roles))

    def naming_role(self, role: Role) -> "QuestionQuerySet":
        """Questions that name this role."""
        return self.filter(roles=role)

    def for_any_role(self) -> "QuestionQuerySet":
        """Questions that name no role."""
        return self.filter(~_names_a_role())

    def with_is_for_any_role(self) -> "QuestionQuerySet":
        """Sets `is_for_any_role` of each question."""
        return self.annotate(is_for_any_role=~_names_a_role())

    def for_interviewers(self) -> "QuestionQuerySet":
        """Questions that interviewers ask, and those of which it is not stated who asks them."""
        return self.exclude(audience=AskedBy.CANDIDATE)

    def for_list(self, *pages: PageRow) -> "QuestionQuerySet":
        """Loads what a list on these pages shows of each question; see `shown_on`."""
        rows = QuestionSkill.objects.shown_on(*pages).with_skills()
        skills = models.Prefetch("question_skills", rows)
        return self.select_related("band_from", "band_to").prefetch_related(skills)


def _names_a_role() -> Exists:
    """Whether a question names a role."""
    return Exists(Question.roles.through.objects.filter(question=OuterRef("pk")))


class Question(Publishable, Searchable):
    """One interview question."""

    class Kind(models.TextChoices):
        """What the question asks for."""

        BEHAVIORAL = "behavioral", "Behavioral"
        SITUATIONAL = "situational", "Situational"
        TECHNICAL = "technical", "Technical"
        PROGRAM_SENSE = "program_sense", "Program sense"
        ESTIMATION = "estimation", "Estimation"
        CASE = "case", "Case"
        LEADERSHIP = "leadership", "Leadership"
        MOTIVATION = "motivation", "Motivation"

    search_kind = "question"
    search_list = "interviews:question_list"
    indexed_parts = ("probes", "question_skills")

    prompt = MarkdownField(
        help_text=("The question in the interviewer's words, in one to three sentences.")
    )
    kind = StatedField(max_length=15, choices=Kind, renamed_values=FORMER_VALUES)
    audience = StatedField("asked by", max_length=12, choices=AskedBy)
    band_from = models.ForeignKey(
        Band, null=True, blank=True, on_delete=models.RESTRICT, related_name="+"
    )
    band_to = models.ForeignKey(
        Band, null=True, blank=True, on_delete=models.RESTRICT, related_name="+"
    )
    minutes = PositiveSmallIntegerField(
        null=True, blank=True, help_text="How long it takes, including follow-ups."
    )
    guidance = MarkdownField(blank=True, help_text="How to ask, and what to listen for.")
    avoid = MarkdownField(
        "what to avoid", blank=True, help_text="What not to ask, and what not to reward."
    )
    roles = models.ManyToManyField(
        Role, blank=True, related_name="questions", help_text="Leave blank for any role."
    )

    #: Whether it names no role. Queries set it.
    is_for_any_role = False

    objects = QuestionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["title", "id"]
        # is_live is last: Django writes the condition on it without a value (WHERE is_live), and
        # SQLite does not look that up in an index.
        indexes = [
            models.Index(fields=["title", "id", "is_live"], name="interviews_questions_in_order")
        ]

    def get_absolute_url(self) -> str:
        return reverse("interviews:question_detail", args=[self.key])

    def clean(self) -> None:
        super().clean()
        refuse_reversed_bands(self.band_from, self.band_to)

    @property
    def bands(self) -> str:
        """The bands it is asked at, in words; empty if none is stated."""
        lowest = self.band_from.title if self.band_from else ""
        highest = self.band_to.title if self.band_to else ""
        return band_range_in_words(lowest, highest)

    @property
    def planned_minutes(self) -> int:
        """The minutes to plan for it in an interview."""
        return self.minutes or USUAL_MINUTES

    @property
    def planned_time(self) -> str:
        """Those minutes in words, and whether the question states them."""
        if self.minutes:
            return f"{self.minutes} min"
        return f"{self.planned_minutes} min planned; the question does not state a time"

    @property
    def kind_name(self) -> str:
        """The name of its kind, or “Question” if none is stated."""
        return self.get_kind_display() or "Question"

    @property
    def kind_and_asker(self) -> str:
        """Its kind in words, and who asks it if candidates do."""
        label = "Question"
        if self.kind:
            label = f"{self.get_kind_display()} question"
        if self.audience == AskedBy.CANDIDATE:
            return f"{label}, asked by the candidate"
        return label

    @property
    def page_title(self) -> str:
        """What browsers and search engines call its page: what is asked, and what it is."""
        prompt = shorten(first_sentence(text_in_one_line(self.prompt)), PAGE_TITLE_LENGTH)
        if self.collection.is_home:
            return f"{prompt} | TPM interview question"
        return f"{prompt} | interview question"

    @property
    def withholds_answers(self) -> bool:
        """Whether its anchors, guidance and what to avoid are on no page."""
        return self.audience == AskedBy.PANEL

    @property
    def withheld_fields(self) -> frozenset[str]:
        return frozenset(["guidance", "avoid"] if self.withholds_answers else [])

    def search_body(self) -> str:
        guidance = "" if self.withholds_answers else self.guidance
        probes = [probe.text for probe in self.probes.all()]
        skills = [row.skill.title for row in self.question_skills.all()]
        return "\n\n".join([self.prompt, ", ".join(skills), guidance, *probes])


class QuestionSkillQuerySet(ContentQuerySet):
    """Skills that questions probe."""

    def with_skills(self) -> "QuestionSkillQuerySet":
        """Loads what a list of skills shows, in the editor's order."""
        return self.select_related("skill__collection", "proficiency").order_by("position", "id")


class QuestionSkill(ContentModel, Positioned):
    """A skill that a question probes."""

    visibility_parents = ("question", "skill", "proficiency")
    updated_parents = ("question",)

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="question_skills")
    skill = models.ForeignKey(Skill, on_delete=models.RESTRICT, related_name="question_skills")
    proficiency = models.ForeignKey(
        Proficiency, null=True, blank=True, on_delete=models.RESTRICT, related_name="+",
        help_text="The proficiency that a good answer shows.",
    )  # fmt: skip

    objects = QuestionSkillQuerySet.as_manager()

    class Meta:
        ordering = ["question", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "skill"],
                name="interviews_questionskill_once",
                violation_error_message="This question already tests this skill.",
            )
        ]
        indexes = [models.Index(fields=["skill", "question"], name="interviews_questions_of_skill")]

    def __str__(self) -> str:
        return f"{self.question} · {self.skill}"

    def clean(self) -> None:
        super().clean()
        refuse_other_scale(self)


class Probe(ContentModel, Positioned, Identified):
    """A follow-up, usually asking for one step of an answer framework."""

    visibility_parents = ("question",)
    updated_parents = ("question",)

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="probes")
    step = models.ForeignKey(
        AnswerStep, null=True, blank=True, on_delete=models.RESTRICT, related_name="probes"
    )
    depth = PositiveSmallIntegerField(
        default=0,
        help_text=(
            "0 if it follows the question, 1 if it follows the follow-up above it, and so on."
        ),
    )
    required = models.BooleanField(
        default=False, help_text="Whether to ask it in every interview, not only when useful."
    )
    condition = LineField(
        blank=True, help_text="When to ask it, for example if the answer is only about the team."
    )
    text = MarkdownField()

    class Meta:
        verbose_name = "follow-up"
        ordering = ["question", "position", "id"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def shown_step(self) -> AnswerStep | None:
        """The step it asks for, if the page of its question may show that step."""
        if self.step and self.step.is_shown_on(self.question):
            return self.step
        return None


class AnchorQuerySet(ContentQuerySet):
    """Rating anchors."""

    def in_order(self) -> "AnchorQuerySet":
        """By rating from poor to outstanding; for each rating, the anchor for all bands first."""
        return self.order_by("rating", F("band__position").asc(nulls_first=True), "id")


class Anchor(ContentModel, Identified):
    """What an answer at one rating shows, optionally for one band only."""

    class Rating(models.IntegerChoices):
        """Four points without a middle."""

        POOR = 1, "Poor"
        MIXED = 2, "Mixed"
        GOOD = 3, "Good"
        OUTSTANDING = 4, "Outstanding"

    visibility_parents = own_visibility_parents = ("question",)
    updated_parents = ("question",)

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="anchors")
    rating = PositiveSmallIntegerField(choices=Rating)
    band = models.ForeignKey(
        Band, null=True, blank=True, on_delete=models.RESTRICT, related_name="+"
    )
    text = MarkdownField(help_text="Evidence in the answer, not adjectives.")

    objects = AnchorQuerySet.as_manager()

    class Meta:
        ordering = ["question", "rating", "band__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "rating"],
                condition=Q(band__isnull=True),
                name="interviews_anchor_one_general",
                violation_error_message="This rating already has an anchor for all bands.",
            ),
            models.UniqueConstraint(
                fields=["question", "rating", "band"],
                condition=Q(band__isnull=False),
                name="interviews_anchor_one_per_band",
                violation_error_message="This rating already has an anchor for this band.",
            ),
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=4),
                name="interviews_anchor_rating_in_range",
                violation_error_message="This rating is not one of 1 to 4.",
            ),
        ]

    @classmethod
    def own_visibility_q(cls, prefix: str = "", pages: Sequence[PageRow] = ()) -> Q:
        """Anchors of questions that withhold their answers are on no page."""
        return super().own_visibility_q(prefix, pages) & ~Q(
            **{f"{prefix}question__audience": AskedBy.PANEL}
        )

    def is_published_itself(self, page: PageRow | None = None) -> bool:
        return super().is_published_itself(page) and not self.question.withholds_answers

    def __str__(self) -> str:
        return f"{self.rating} {self.get_rating_display()}"


def band_range_in_words(lowest: str, highest: str) -> str:
    """From the one band to the other, by their titles; one that is empty is open."""
    if lowest == highest:
        return lowest
    if not highest:
        return f"{lowest}{AND_ABOVE}"
    if not lowest:
        return f"{UP_TO}{highest}"
    return f"{lowest} to {highest}"


def anchors_for_band(anchors: Iterable[Anchor], band: Band | None) -> list[Anchor]:
    """One anchor for each rating: that of the band, or else the one for all bands.

    :param anchors: those of one question, as `AnchorQuerySet.in_order` returns them.
    :param band: none for what holds at all bands.
    """
    by_rating: dict[int, Anchor] = {}
    band_ids = {None, band.pk} if band else {None}
    for anchor in anchors:
        if anchor.band_id in band_ids:
            by_rating[anchor.rating] = anchor
    return list(by_rating.values())
