"""The columns of rich skill descriptors (RSD) in tables, in both generations of their names."""

from interchange.case.schema import folded

URL = "Canonical URL"
NAME = "RSD Name"
STATEMENT = "Skill Statement"
CATEGORIES = "Categories"
AUTHORS = "Authors"
KEYWORDS = "Keywords"
OCCUPATIONS = [
    "Occupation Major Groups",
    "Occupation Minor Groups",
    "Broad Occupations",
    "Detailed Occupations",
    "O*NET Job Codes",
]
STANDARDS, CERTIFICATIONS, EMPLOYERS = "Standards", "Certifications", "Employers"
ALIGNMENT_NAME, ALIGNMENT_URL = "Alignment Name", "Alignment URL"
COLLECTIONS = "Collections"
#: As they are written; several things in one cell stand between semicolons.
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
SEPARATOR = "; "
#: The names of the older generation, and what samples write besides.
OLDER = {
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
KNOWN = {folded(name): name for name in COLUMNS} | {
    folded(name): now for name, now in OLDER.items()
}


def parts(cell: str) -> list[str]:
    """The things in one cell."""
    return [part for each in cell.split(";") if (part := each.strip())]
