"""All tables of a pack, in the order in which they can be loaded."""

import guides.packs
import interviews.packs
import ladders.packs
import roles.packs
import skills.packs

TABLES = [
    *skills.packs.TABLES,
    *roles.packs.TABLES,
    *ladders.packs.TABLES,
    *interviews.packs.TABLES,
    *guides.packs.TABLES,
]
