"""How packs map to bands, ladders, levels, requirements, expectations and moves."""

from ladders.models import Band, Expectation, Ladder, Level, LevelMove, LevelRequirement
from packs.pack_tables import Part, Table

BANDS = Table("bands", Band, ("title", "summary", "position"))
LADDERS = Table(
    "ladders",
    Ladder,
    (
        "title role other_roles organization source_url observed_on confidence rule featured "
        "position summary body sources reviewed_on change_note noted_on"
    ).split(),
    body="body",
)
LEVEL_REQUIREMENTS = Table(
    "level_requirements",
    LevelRequirement,
    ("proficiency importance decides measured_level measured_importance note position").split(),
    identity=("skill",),
    parent="level",
)
EXPECTATIONS = Table(
    "expectations",
    Expectation,
    ("skill", "group", "kind", "text"),
    identity=("position",),
    parent="level",
    line="text",
)
LEVELS = Table(
    "levels",
    Level,
    (
        "title code position track band band_to band_relation band_confidence summary scope "
        "autonomy reach not_yet_expected years_min years_max cumulative body"
    ).split(),
    parent="ladder",
    body="body",
    parts={"requirements": Part(LEVEL_REQUIREMENTS), "expectations": Part(EXPECTATIONS)},
)
LEVEL_MOVES = Table(
    "level_moves",
    LevelMove,
    ("text", "position"),
    identity=("to_level", "kind"),
    parent="from_level",
)

TABLES = [BANDS, LADDERS, LEVELS, LEVEL_REQUIREMENTS, EXPECTATIONS, LEVEL_MOVES]
