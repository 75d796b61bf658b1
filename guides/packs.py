"""How packs map to guides and to synonyms."""

from guides.models import Guide
from packs.pack_tables import Table
from search.models import SynonymGroup

GUIDES = Table(
    "guides",
    Guide,
    (
        "title audience featured position summary body roles skills ladders sources reviewed_on "
        "change_note noted_on"
    ).split(),
    body="body",
)
SYNONYMS = Table("synonyms", SynonymGroup, ("title", "terms", "position"))

TABLES = [GUIDES, SYNONYMS]
