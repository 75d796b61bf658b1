"""The columns of tables of rich skill descriptors (RSD)."""

from interchange.files import fold
from interchange.packs import STORED_BY_IMPORTS
from skills.packs import SKILLS

#: A descriptor: its location in the file, and its cells by column.
Descriptor = tuple[str, dict[str, str]]

URL = "Canonical URL"
NAME = "RSD Name"
STATEMENT = "Skill Statement"
CATEGORIES = "Categories"
AUTHORS = "Authors"
COLLECTIONS = "Collections"
KEYWORDS = "Keywords"
#: From the broadest occupations to the narrowest.
OCCUPATIONS = [
    "Occupation Major Groups",
    "Occupation Minor Groups",
    "Broad Occupations",
    "Detailed Occupations",
    "O*NET Job Codes",
]
STANDARDS = "Standards"
CERTIFICATIONS = "Certifications"
EMPLOYERS = "Employers"
ALIGNMENT_NAME, ALIGNMENT_URL = "Alignment Name", "Alignment URL"
#: In the order in which they are exported.
COLUMNS = [
    URL,
    NAME,
    STATEMENT,
    CATEGORIES,
    AUTHORS,
    COLLECTIONS,
    KEYWORDS,
    *OCCUPATIONS,
    STANDARDS,
    CERTIFICATIONS,
    EMPLOYERS,
    ALIGNMENT_NAME,
    ALIGNMENT_URL,
]
#: Other names of columns: those of older tables, and some that sample files use.
ALIASES = {
    "Skill Name": NAME,
    "Contextualized Skill Statement": STATEMENT,
    "Skill Category": CATEGORIES,
    "Skill Categories": CATEGORIES,
    "Collection": COLLECTIONS,
    "BLS Major Group": OCCUPATIONS[0],
    "BLS Minor Group": OCCUPATIONS[1],
    "BLS Broad Occupation": OCCUPATIONS[2],
    "BLS Detailed Occupation": OCCUPATIONS[3],
    "O*NET Job Role": OCCUPATIONS[4],
    "Professional Standards": STANDARDS,
    "Employer": EMPLOYERS,
    "Alignment Title": ALIGNMENT_NAME,
    "Alignment": ALIGNMENT_URL,
}
COLUMNS_BY_NAME = {fold(name): name for name in COLUMNS}
COLUMNS_BY_NAME |= {fold(alias): name for alias, name in ALIASES.items()}
#: The names that a column of skills, or of `extra`, has with another meaning.
RESERVED_NAMES = {*COLUMNS, "id", *SKILLS.fields, *SKILLS.parts, *STORED_BY_IMPORTS}

#: Between the entries of a cell: as it is written, and as it is read.
WRITTEN_SEPARATOR, SEPARATOR = "; ", ";"


def further_column(name: str) -> str:
    """The column for a name that is none of `COLUMNS`; it replaces no column of skills."""
    return f"{name} (RSD)" if name in RESERVED_NAMES else name
