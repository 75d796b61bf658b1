"""The rules, by what they look at. Importing a module here enters its rules."""

from tpm_portal.pack_check.rules import (
    claims,
    completeness,
    coverage,
    descriptors,
    fairness,
    links,
    minutes,
    reading,
    repetition,
)

__all__ = [
    "claims",
    "completeness",
    "coverage",
    "descriptors",
    "fairness",
    "links",
    "minutes",
    "reading",
    "repetition",
]
