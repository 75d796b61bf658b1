"""The levels of ladders, and the moves between them."""

import re
from collections import Counter
from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from content.base_models import ContentModel, Positioned
from content.distinct_names import distinct_names
from content.fields import (
    LineField,
    MarkdownField,
    PlainTextField,
    PositiveSmallIntegerField,
    SlugField,
    StatedField,
)
from content.models import Collection, TitleHistoryMixin
from content.querysets import ContentQuerySet
from ladders.models.bands import Band, Confidence, Relation, bands_in_words, refuse_reversed_bands
from ladders.models.ladders import Ladder
from search.index import Searchable


class LevelQuerySet(ContentQuerySet):
    """Levels of ladders."""

    def with_address(self) -> "LevelQuerySet":
        return self.select_related("ladder__collection", "band")

    def with_key(self, key: str) -> "LevelQuerySet":
        """The level with this key, ``ladder/level``."""
        ladder, _, slug = key.rpartition("/")
        return self.filter(slug=slug, ladder__in=Ladder.objects.with_key(ladder).values("pk"))

    def comparable(self, keys: Iterable[str] = ()) -> "LevelQuerySet":
        """The public levels of the portal's own ladders, and those of the ladders of these keys.

        They come ladder by ladder.
        """
        wanted = Q(ladder__collection__is_home=True, is_live=True)
        for key in keys:
            wanted |= Q(ladder__in=Ladder.objects.with_key(key.rpartition("/")[0]))
        order = (
            "-ladder__collection__is_home",
            "ladder__position",
            "ladder__title",
            "ladder",
            "position",
            "id",
        )
        return (
            self.filter(wanted)
            .select_related("ladder__collection", "band", "band_to")
            .order_by(*order)
        )

    def naming_skills(self) -> "LevelQuerySet":
        """Those that require a public skill, themselves or by a lower level that they include."""
        naming = Level.objects.filter(requirements__is_live=True).order_by()
        lower = naming.filter(ladder=OuterRef("ladder"), position__lte=OuterRef("position"))
        itself = naming.filter(pk=OuterRef("pk"))
        return self.filter(Exists(itself) | Q(Exists(lower), cumulative=True))

    def assessable(self, keys: Iterable[str] = ()) -> "LevelQuerySet":
        """Those of them on ladders that say which skills they need."""
        asking = Level.objects.filter(ladder=OuterRef("ladder"), requirements__isnull=False)
        return self.comparable(keys).filter(Exists(asking))

    def references_of(self, levels: Iterable["Level"]) -> dict[int, "Level"]:
        """The public reference level of the same band for each of these levels, if one has skills.

        They are found by the primary key of the level.

        The same track comes first, then the level that defines the band. One query.
        """
        levels = list(levels)
        rows = self.comparable().filter(ladder__organisation="", ladder__collection__is_home=True)
        bands = {level.band_id for level in levels if level.band_id}
        found: dict[int, Level] = {}
        for row in rows.filter(band__in=bands).naming_skills():
            for level in levels:
                if level.band_id == row.band_id and _is_nearer(row, found.get(level.pk), level):
                    found[level.pk] = row
        return found


def _is_nearer(row: "Level", other: "Level | None", level: "Level") -> bool:
    """Whether `row` is a better reference for `level` than `other`."""
    return other is None or _nearness(row, level) > _nearness(other, level)


def _nearness(row: "Level", level: "Level") -> tuple[bool, bool]:
    return row.track == level.track, row.band_relation == Relation.EXACT


class Level(TitleHistoryMixin, Positioned, Searchable):
    """One rung of a ladder."""

    class Track(models.TextChoices):
        """Whether a level leads by its own work or by leading people."""

        INDIVIDUAL = "individual", "Individual contributor"
        MANAGER = "manager", "Manager"

    visibility_parents = ("ladder",)
    names = ("slug", "title", "code")
    search_kind = "level"
    indexed_parts = ("expectations",)

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="levels")
    slug = SlugField()
    title = LineField(help_text="The title people at this level carry.")
    code = LineField(max_length=40, blank=True, help_text="The level's short name, e.g. IC4 or L6.")
    track = StatedField(max_length=10, choices=Track)
    summary = PlainTextField(blank=True)
    scope = LineField(
        max_length=400, blank=True, help_text="How large the thing is that this level answers for."
    )
    autonomy = LineField(max_length=400, blank=True, help_text="What it decides alone.")
    reach = LineField(max_length=400, blank=True, help_text="Whom it works with and moves.")
    years_min = PositiveSmallIntegerField("usual years, from", null=True, blank=True)
    years_max = PositiveSmallIntegerField("usual years, to", null=True, blank=True)
    cumulative = models.BooleanField(
        default=False, help_text="This level includes all that the level below asks for."
    )
    band = models.ForeignKey(
        Band, null=True, blank=True, on_delete=models.RESTRICT, related_name="levels"
    )
    band_to = models.ForeignKey(
        Band, null=True, blank=True, on_delete=models.RESTRICT, related_name="+",
        help_text="The highest band it reaches, if it spans several.",
    )  # fmt: skip
    band_relation = StatedField(max_length=10, choices=Relation)
    band_confidence = StatedField(max_length=10, choices=Confidence)
    body = MarkdownField(blank=True)
    external_id = LineField(blank=True)
    #: Whether another level of its ladder has its code, or that and its track: where
    #: `mark_shared_codes` has looked.
    shares_code = shares_track = False
    #: Whose level it is, where levels of several ladders stand side by side and `mark_owners` has
    #: looked.
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
        return f"{self.title} ({self.code_beside_title})" if self.code_beside_title else self.title

    def clean(self) -> None:
        super().clean()
        refuse_reversed_bands(self.band, self.band_to)

    def get_absolute_url(self) -> str:
        return reverse("ladders:level_detail", args=[self.ladder.key, self.slug])

    def get_assessment_url(self) -> str:
        """Where one can compare oneself with this level."""
        return reverse("ladders:assessment", args=[self.ladder.key, self.slug])

    @property
    def key(self) -> str:
        """``ladder/level``; reads the ladder and its collection."""
        return f"{self.ladder.key}/{self.slug}"

    @property
    def code_beside_title(self) -> str:
        """Its code where its title is shown too.

        Empty if the title says it, as “Level 5” says 5.
        """
        return "" if _is_said(self.code, self.title) else self.code

    @property
    def name(self) -> str:
        """The shortest that it is called by and no other level of its ladder."""
        if self.shares_track:
            return str(self)
        is_told_by_track = self.shares_code and self.track == self.Track.MANAGER
        return f"{self.code} · manager" if is_told_by_track else self.code or self.title

    @property
    def heading(self) -> str:
        """What stands above its column: its name, or its title if that says as much."""
        is_told_by_title = not self.code_beside_title and not self.shares_code
        return self.title if is_told_by_title else self.name

    @property
    def subheading(self) -> str:
        """What stands below that: its title, if it was not said."""
        return "" if self.heading in (self.title, str(self)) else self.title

    @property
    def name_beside(self) -> str:
        """Its name beside levels of other ladders."""
        return f"{self.owner} {self.name}" if self.owner else self.name

    @property
    def title_beside(self) -> str:
        """Its title and code beside levels of other ladders."""
        return f"{self}, {self.owner}" if self.owner else str(self)

    @property
    def has_facts(self) -> bool:
        """Whether it says anything of how far the work reaches, or where it stands."""
        return bool(
            self.scope or self.autonomy or self.reach or self.band_id or self.years_min is not None
        )

    @property
    def track_meaning(self) -> str:
        """What its track says of whoever stands on it; empty if none is stated."""
        if not self.track:
            return ""
        return (
            "leads people"
            if self.track == self.Track.MANAGER
            else "leads by their own work, not by leading people"
        )

    @property
    def bands(self) -> str:
        """The bands it is mapped to, in words; empty if to none."""
        return bands_in_words(self.band, self.band_to)

    @property
    def defines_band(self) -> bool:
        """Whether its band was made from it, rather than compared with it."""
        return self.ladder.is_reference and self.band_relation == Relation.EXACT

    @property
    def relation(self) -> str:
        """How it relates to its band, in words; empty if that is not stated."""
        if not self.band_relation:
            return ""
        if self.defines_band:
            return "Reference level: it defines the band"
        label = Relation(self.band_relation).label
        return f"Reference level: {label.lower()}" if self.ladder.is_reference else label

    @property
    def confidence(self) -> Confidence | None:
        """How sure its band is.

        None if nobody states it, and for a reference level: that defines the band.
        """
        return (
            Confidence(self.band_confidence)
            if self.band_confidence and not self.ladder.is_reference
            else None
        )

    @property
    def collection(self) -> Collection:
        """The collection of its ladder."""
        return self.ladder.collection

    @property
    def collection_id(self) -> int:
        """Its key, which needs no query."""
        return self.ladder.collection_id

    @property
    def was_ever_published(self) -> bool:
        """It follows its ladder."""
        return self.ladder.was_ever_published

    @property
    def place(self) -> dict[str, int]:
        return {"collection_id": self.collection_id, "within": self.ladder_id}

    def search_title(self) -> str:
        return f"{self} · {self.ladder.title}"

    def search_body(self) -> str:
        lines = [self.scope, self.autonomy, self.reach, self.body]
        return "\n\n".join(lines + [expectation.text for expectation in self.expectations.all()])


def _is_said(code: str, title: str) -> bool:
    """Whether a code stands in a title as a word of its own.

    That is 5 in “Level 5”, and not in “Level 5.1” or “Level 15”.
    """
    return bool(
        re.search(rf"(?<!\w)(?<!\w[.-]){re.escape(code)}(?!\w)(?![.-]\w)", title, re.IGNORECASE)
    )


def mark_shared_codes(levels: Iterable[Level]) -> None:
    """Note for each of these levels whether another one of them, on the same ladder, has its code.

    Some publishers give one code to a level of each track.
    """
    coded = [level for level in levels if level.code]
    codes = Counter((level.ladder_id, level.code) for level in coded)
    on_track = Counter(
        (level.ladder_id, level.code, level.track == Level.Track.MANAGER) for level in coded
    )
    for level in coded:
        level.shares_code = codes[level.ladder_id, level.code] > 1
        level.shares_track = (
            on_track[level.ladder_id, level.code, level.track == Level.Track.MANAGER] > 1
        )


def mark_owners(levels: Iterable[Level]) -> None:
    """Note for each of these levels whose it is, where they are of several ladders.

    That is the organization or publisher; the title of the ladder where it has several of these
    ladders.
    """
    levels = list(levels)
    ladders = {level.ladder for level in levels}
    if len(ladders) < 2:
        return
    titles = distinct_names(ladders)
    numbers = Counter(ladder.owner_name for ladder in ladders)
    for level in levels:
        owner = level.ladder.owner_name
        level.owner = owner if numbers[owner] == 1 else titles[level.ladder]


class LevelMove(ContentModel, Positioned):
    """A step from one level to another; ladders branch and rejoin."""

    class Kind(models.TextChoices):
        """The sort of step."""

        PROMOTION = "promotion", "Promotion"
        LATERAL = "lateral", "Lateral move"
        TRACK_CHANGE = "track_change", "Change of track"

    visibility_parents = ("from_level", "to_level")
    part_of = ("from_level", "to_level")

    from_level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="moves_out")
    to_level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="moves_in")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PROMOTION)
    text = MarkdownField(blank=True, help_text="What the step takes.")

    class Meta:
        ordering = ["from_level", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_level", "to_level", "kind"],
                name="ladders_levelmove_once",
                violation_error_message="This move is there already.",
            ),
            models.CheckConstraint(
                condition=~Q(from_level=F("to_level")),
                name="ladders_levelmove_leads_elsewhere",
                violation_error_message="This move leads back to the level it starts at.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_level} → {self.to_level}"
