"""How packs map to guides."""

from content.packs.tables import Table
from guides.models import Guide

GUIDES = Table(
    "guides",
    Guide,
    (
        "title audience featured position summary body roles skills ladders sources reviewed_on change_note noted_on"
    ).split(),
    body="body",
)

TABLES = [GUIDES]
