"""How packs map to guides."""

from guides.models import Guide
from packs.pack_tables import Table

GUIDES = Table(
    "guides",
    Guide,
    (
        "title audience featured position summary body roles skills ladders sources reviewed_on "
        "change_note noted_on"
    ).split(),
    body="body",
)

TABLES = [GUIDES]
