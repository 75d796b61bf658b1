"""Guides: articles about roles, skills and ladders."""

from django.db import models
from django.urls import reverse

from content.base_models import Positioned
from content.fields import MarkdownField, StatedField
from content.models import Publishable
from content.text import number_with_noun
from ladders.models import Ladder
from roles.models import Role
from search.index import Searchable
from skills.models import Skill

#: How fast an average reader reads.
WORDS_PER_MINUTE = 220


class Guide(Publishable, Positioned, Searchable):
    """An article for one kind of reader."""

    class Audience(models.TextChoices):
        """The readers a guide is written for."""

        NEWCOMER = "newcomer", "Newcomers"
        PRACTITIONER = "practitioner", "Working TPMs"
        INTERVIEWER = "interviewer", "Interviewers"
        EDITOR = "editor", "Organizations and editors"

    search_kind = "guide"
    search_list = "guides:guide_list"

    audience = StatedField(max_length=12, choices=Audience)
    body = MarkdownField()
    roles = models.ManyToManyField(Role, blank=True, related_name="guides")
    skills = models.ManyToManyField(Skill, blank=True, related_name="guides")
    ladders = models.ManyToManyField(Ladder, blank=True, related_name="guides")

    class Meta(Publishable.Meta):
        ordering = ["position", "title", "id"]

    def get_absolute_url(self) -> str:
        return reverse("guides:guide_detail", args=[self.key])

    @property
    def reading_minutes(self) -> int:
        """Minutes that reading takes at 220 words a minute, at least one."""
        return max(1, round(len(self.body.split()) / WORDS_PER_MINUTE))

    @property
    def reading_time(self) -> str:
        """The minutes in words, e.g. ``5 minutes``."""
        minutes = self.reading_minutes
        return number_with_noun(minutes, "minute")

    def search_body(self) -> str:
        return self.body
