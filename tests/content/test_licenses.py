"""Licenses are shown for what they ask."""

import pytest

from content.licenses import (
    ATTRIBUTION,
    NO_DERIVATIVES,
    NON_COMMERCIAL,
    NOTICE,
    SHARE_ALIKE,
    license_of,
)


@pytest.mark.parametrize(
    ("identifier", "name", "terms"),
    [
        ("CC-BY-4.0", "Creative Commons Attribution 4.0", [ATTRIBUTION]),
        (
            "CC-BY-SA-3.0-IGO",
            "Creative Commons Attribution-ShareAlike 3.0",
            [ATTRIBUTION, SHARE_ALIKE],
        ),
        (
            "cc-by-nc-nd-4.0",
            "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0",
            [ATTRIBUTION, NON_COMMERCIAL, NO_DERIVATIVES],
        ),
        ("CC0-1.0", "CC0 1.0: no rights reserved", []),
        ("MIT", "MIT License", [NOTICE]),
        ("OGL-UK-3.0", "Open Government Licence v3.0", [ATTRIBUTION]),
    ],
)
def test_a_known_license_has_a_name_and_terms(identifier: str, name: str, terms: list[str]) -> None:
    known = license_of(identifier)
    assert (known.name, [*known.terms]) == (name, terms)
    assert known.is_share_alike == (SHARE_ALIKE in terms)
    assert known.allows_changes == (NO_DERIVATIVES not in terms)


@pytest.mark.parametrize("identifier", ["", "Our own terms", "CC-BY", "CC-4.0", "proprietary"])
def test_of_others_nothing_is_claimed(identifier: str) -> None:
    terms = license_of(identifier)
    assert (terms.name, terms.terms, terms.is_share_alike) == (identifier, (), False)
