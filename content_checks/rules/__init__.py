"""The rules by subject. Importing a module of this package registers its rules."""

from content_checks.rules import (
    completeness,
    consistency,
    coverage,
    descriptors,
    readability,
    repetition,
    sensitive_topics,
)

__all__ = [
    "completeness",
    "consistency",
    "coverage",
    "descriptors",
    "readability",
    "repetition",
    "sensitive_topics",
]
