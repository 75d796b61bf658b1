"""Answer frameworks: the ordered ways to tell a story that a question can refer to."""

from django.db import models
from django.urls import reverse

from content.base_models import ContentModel, Identified, Positioned
from content.fields import LineField, MarkdownField, SlugField
from content.models import Publishable
from search.index import Searchable


class AnswerFramework(Publishable, Positioned, Searchable):
    """An ordered way to tell a story in an interview, e.g. STAR."""

    search_kind = "framework"
    indexed_parts = ("steps",)

    when_to_use = MarkdownField(blank=True)
    pitfalls = MarkdownField(blank=True, help_text="Common mistakes in this format.")
    body = MarkdownField(blank=True)

    class Meta(Publishable.Meta):
        ordering = ["position", "title", "id"]

    def get_absolute_url(self) -> str:
        return reverse("interviews:answer_framework_detail", args=[self.key])

    def search_body(self) -> str:
        steps = [step.title for step in self.steps.all()]
        return "\n\n".join([*steps, self.when_to_use, self.pitfalls, self.body])


class AnswerStep(ContentModel, Positioned, Identified):
    """One step of an answer framework."""

    visibility_parents = ("framework",)
    updated_parents = ("framework",)

    framework = models.ForeignKey(AnswerFramework, on_delete=models.CASCADE, related_name="steps")
    slug = SlugField()
    title = LineField()
    candidate = MarkdownField("prompt for the candidate", blank=True)
    interviewer = MarkdownField("prompt for the interviewer", blank=True)

    class Meta:
        ordering = ["framework", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "slug"],
                name="interviews_answerstep_slug",
                violation_error_message="Another step of this framework has this slug.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.framework}: {self.title}"
