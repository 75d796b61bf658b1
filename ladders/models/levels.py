"""The levels of ladders, and the moves between them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from operator import attrgetter

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from content.base_models import ContentModel, Positioned
from content.choices import distinct_names
from content.fields import (
    LineField,
    MarkdownField,
    PlainTextField,
    PositiveSmallIntegerField,
    SlugField,
    StatedField,
)
from content.models import Collection, TitleHistoryMixin, refuse_reserved_slug
from content.querysets import ContentQuerySet
from content.text import number_with_noun
from ladders.models.ladders import (
    Band,
    BandConfidence,
    Ladder,
    Relation,
    refuse_reversed_bands,
)
from search.index import Searchable


class LevelQuerySet(ContentQuerySet):
    """Levels with the choices that lists and comparisons need."""

    def with_address(self) -> "LevelQuerySet":
        return self.select_related("ladder__collection", "band")

    def with_key(self, key: str) -> "LevelQuerySet":
        """The level with this key, ``ladder/level``."""
        ladder, _, slug = key.rpartition("/")
        return self.filter(slug=slug, ladder__in=Ladder.objects.with_key(ladder).values("pk"))

    def comparable(self, keys: Iterable[str] = ()) -> "LevelQuerySet":
        """The public levels of the portal's own ladders, and all levels of some other ladders.

        Levels of one ladder follow each other.

        :param keys: keys of levels whose ladders are included.
        """
        condition = Q(ladder__collection__is_home=True, is_live=True)
        for key in keys:
            ladder_key = key.rpartition("/")[0]
            condition |= Q(ladder__in=Ladder.objects.with_key(ladder_key).values("pk"))
        rows = self.filter(condition).select_related("ladder__collection", "band", "band_to")
        return rows.order_by(
            "-ladder__collection__is_home",
            "ladder__position",
            "ladder__title",
            "ladder",
            "position",
            "id",
        )


@dataclass(frozen=True)
class BandMapping:
    """How a level is mapped to the bands of the portal; what is not stated is empty."""

    #: A band, or the lowest and the highest, such as ``Staff to Principal``.
    bands: str
    #: How the level relates to its band, as a phrase.
    relation: str
    #: A `BandConfidence`; empty for reference levels too, because they define the bands.
    confidence: str
    #: Whether the band was derived from the level; other levels are only compared with their band.
    defines_band: bool

    def __str__(self) -> str:
        text = self.bands
        if self.relation:
            text += f". {self.relation}"
        if self.confidence:
            text += f"; confidence {self.confidence}"
        return text


class Level(TitleHistoryMixin, Positioned, Searchable):
    """A level of a ladder with its title and code."""

    class Track(models.TextChoices):
        """Whether people at a level lead by their own work or lead people."""

        INDIVIDUAL = "individual", "Individual contributor"
        MANAGER = "manager", "Manager"

    visibility_parents = ("ladder",)
    name_fields = ("slug", "title", "code")
    search_kind = "level"
    indexed_parts = ("expectations",)

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="levels")
    slug = SlugField()
    title = LineField(help_text="The job title of people at this level.")
    code = LineField(
        max_length=40, blank=True, help_text=("The level's short name, such as IC4 or L6.")
    )
    track = StatedField(max_length=10, choices=Track)
    summary = PlainTextField(blank=True)
    scope = LineField(max_length=400, blank=True, help_text="Scope of ownership.")
    autonomy = LineField(
        max_length=400, blank=True, help_text="What people at this level decide on their own."
    )
    reach = LineField(
        max_length=400,
        blank=True,
        help_text="Stakeholders, and who people at this level influence.",
    )
    not_yet_expected = LineField(
        max_length=400,
        blank=True,
        help_text="What people at this level are not yet expected to do; one sentence.",
    )
    years_min = PositiveSmallIntegerField("usual years, from", null=True, blank=True)
    years_max = PositiveSmallIntegerField("usual years, to", null=True, blank=True)
    cumulative = models.BooleanField(
        default=False, help_text="This level includes everything that the level below requires."
    )
    band = models.ForeignKey(
        Band, null=True, blank=True, on_delete=models.RESTRICT, related_name="levels"
    )
    band_to = models.ForeignKey(
        Band, null=True, blank=True, on_delete=models.RESTRICT, related_name="+",
        help_text="The highest band it reaches, if it spans several.",
    )  # fmt: skip
    band_relation = StatedField(max_length=10, choices=Relation)
    band_confidence = StatedField(max_length=10, choices=BandConfidence)
    body = MarkdownField(blank=True)
    external_id = LineField(blank=True)
    #: Whether another level of its ladder has the same code, and whether one has the same code and
    #: track. `mark_shared_codes` sets both.
    shares_code = shares_track = False
    #: Whether it states a public skill itself. Queries set it.
    states_skills = False
    #: The organization or ladder to name beside levels of other ladders. `mark_owners` sets it.
    owner = ""

    objects = LevelQuerySet.as_manager()

    class Meta:
        ordering = ["ladder", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ladder", "slug"],
                name="ladders_level_slug_in_ladder",
                violation_error_message="Another level of this ladder has this slug.",
            ),
            models.CheckConstraint(
                condition=Q(years_min__isnull=True)
                | Q(years_max__isnull=True)
                | Q(years_max__gte=F("years_min")),
                name="ladders_level_years_in_order",
                violation_error_message="The usual years end before they begin.",
            ),
        ]

    def __str__(self) -> str:
        code = self.separate_code
        return f"{self.title} ({code})" if code else self.title

    def clean(self) -> None:
        super().clean()
        refuse_reversed_bands(self.band, self.band_to)
        row = copy(self)
        row.ladder = Ladder(slug="ladder", collection=Collection(is_home=True))
        refuse_reserved_slug(row.get_absolute_url, "slug", self.slug)

    def get_absolute_url(self) -> str:
        return reverse("ladders:level_detail", args=[self.ladder.key, self.slug])

    def get_assessment_url(self) -> str:
        """Where one can compare oneself with this level."""
        return reverse("assessment:assessment", args=[self.ladder.key, self.slug])

    @property
    def key(self) -> str:
        """``ladder/level``; reads the ladder and its collection."""
        return f"{self.ladder.key}/{self.slug}"

    @property
    def is_managers(self) -> bool:
        """Whether people at this level lead people."""
        return self.track == self.Track.MANAGER

    @property
    def usual_years(self) -> str:
        """The years of work of people at this level, e.g. ``5 to 8 years``; empty if not stated."""
        first, last = self.years_min, self.years_max
        if last is None:
            return f"{number_with_noun(first, 'year')} or more" if first else ""
        if first is None:
            return f"up to {number_with_noun(last, 'year')}"
        if last == 0:
            return "less than a year"
        if first == last:
            return number_with_noun(last, "year")
        return f"{first} to {number_with_noun(last, 'year')}"

    @property
    def separate_code(self) -> str:
        """The code to show next to the title; empty if the title contains it as a word.

        “Level 5” contains 5, but “Level 5.1” does not.
        """
        code = rf"(?<!\w)(?<!\w[.-]){re.escape(self.code)}(?!\w)(?![.-]\w)"
        return "" if re.search(code, self.title, re.IGNORECASE) else self.code

    @property
    def name(self) -> str:
        """The shortest name that no other level of its ladder has."""
        if self.shares_track:
            return str(self)
        if self.shares_code and self.is_managers:
            return f"{self.code} · manager"
        return self.code or self.title

    @property
    def heading(self) -> str:
        """The heading of its column: its name, or its title if that contains the code."""
        if self.separate_code or self.shares_code:
            return self.name
        return self.title

    @property
    def subheading(self) -> str:
        """The title for a second line below the heading; empty if the heading contains it."""
        if self.heading in (self.title, str(self)):
            return ""
        return self.title

    @property
    def full_name(self) -> str:
        """Its name with the owner, for pages that show levels of several ladders."""
        if self.owner:
            return f"{self.owner} {self.name}"
        return self.name

    @property
    def full_title(self) -> str:
        """Its title and code with the owner, for pages that show levels of several ladders."""
        if self.owner:
            return f"{self}, {self.owner}"
        return str(self)

    @property
    def band_mapping(self) -> BandMapping:
        """How it is mapped to the bands, in words."""
        titles = dict.fromkeys(band.title for band in (self.band, self.band_to) if band)
        is_reference = self.ladder.is_reference
        defines_band = is_reference and self.band_relation == Relation.EXACT
        relation = self.get_band_relation_display()
        if defines_band:
            relation = "Reference level: it defines the band"
        elif is_reference and relation:
            relation = f"Reference level: {relation.lower()}"
        confidence = "" if is_reference else self.band_confidence
        return BandMapping(" to ".join(titles), relation, confidence, defines_band)

    @property
    def collection(self) -> Collection:
        """The collection of its ladder."""
        return self.ladder.collection

    @property
    def collection_id(self) -> int:
        """The primary key of that collection."""
        return self.ladder.collection_id

    @property
    def was_ever_published(self) -> bool:
        """Whether its ladder was ever published."""
        return self.ladder.was_ever_published

    @property
    def redirect_scope(self) -> dict[str, int]:
        return {"collection_id": self.collection_id, "within": self.ladder_id}

    def search_title(self) -> str:
        return f"{self} · {self.ladder.title}"

    def search_body(self) -> str:
        texts = [self.scope, self.autonomy, self.reach, self.body]
        for expectation in self.expectations.all():
            texts.append(expectation.text)
        return "\n\n".join(texts)


def mark_shared_codes(levels: Sequence[Level]) -> None:
    """Set `shares_code` and `shares_track` of these levels.

    Some publishers give the same code to a level of each track.

    :param levels: all levels of one or more ladders.
    """
    code = attrgetter("ladder_id", "code")
    code_and_track = attrgetter("ladder_id", "code", "is_managers")
    codes = Counter(map(code, levels))
    codes_of_track = Counter(map(code_and_track, levels))
    for level in levels:
        if level.code:
            level.shares_code = codes[code(level)] > 1
            level.shares_track = codes_of_track[code_and_track(level)] > 1


def mark_owners(levels: Iterable[Level]) -> None:
    """Set `owner` of these levels if they are of several ladders.

    It is the organization or publisher, or the title of the ladder if one owner has several of
    these ladders.
    """
    levels = list(levels)
    ladders = {level.ladder for level in levels}
    if len(ladders) < 2:
        return
    titles = distinct_names(ladders)
    ladders_of_owner = Counter(ladder.owner_name for ladder in ladders)
    for level in levels:
        level.owner = level.ladder.owner_name
        if ladders_of_owner[level.owner] > 1:
            level.owner = titles[level.ladder]


class LevelMove(ContentModel, Positioned):
    """A typed step from one level to another; ladders branch and rejoin."""

    class Kind(models.TextChoices):
        """What kind of step it is."""

        PROMOTION = "promotion", "Promotion"
        LATERAL = "lateral", "Lateral move"
        TRACK_CHANGE = "track_change", "Change of track"

    visibility_parents = ("from_level", "to_level")
    updated_parents = ("from_level", "to_level")

    from_level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="moves_out")
    to_level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="moves_in")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PROMOTION)
    text = MarkdownField(blank=True, help_text="What the move requires.")

    class Meta:
        ordering = ["from_level", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_level", "to_level", "kind"],
                name="ladders_levelmove_once",
                violation_error_message="This move already exists.",
            ),
            models.CheckConstraint(
                condition=~Q(from_level=F("to_level")),
                name="ladders_levelmove_leads_elsewhere",
                violation_error_message="This move ends at the level where it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_level} → {self.to_level}"
