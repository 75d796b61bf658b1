"""The rules, by what they look at. Importing a module here enters its rules."""

from content_checks.rules import (
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
