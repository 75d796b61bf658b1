"""What well-known licenses ask of those who pass content on, in plain words.

The summary does not replace the license itself.
"""

import re
from dataclasses import dataclass

ATTRIBUTION = "Name the publisher and the license, and say what you changed."
NOTICE = "Keep the copyright and license notices with every copy."
SHARE_ALIKE = "Share alike: anything you make from it must use the same license."
NO_DERIVATIVES = "No derivatives: share it unchanged or not at all."
NON_COMMERCIAL = "Not for commercial use."

#: Terms of Creative Commons licenses by the elements of their identifiers.
CC_TERMS = {"BY": ATTRIBUTION, "NC": NON_COMMERCIAL, "ND": NO_DERIVATIVES, "SA": SHARE_ALIKE}
CC_NAMES = {"BY": "Attribution", "NC": "NonCommercial", "ND": "NoDerivatives", "SA": "ShareAlike"}


CC_IDENTIFIER = re.compile(
    r"CC-(?P<elements>(?:BY|NC|ND|SA)(?:-(?:BY|NC|ND|SA))*)-(?P<version>\d[^-]*)"
)


@dataclass(frozen=True)
class License:
    """The full name of a license and what it asks for."""

    name: str
    terms: tuple[str, ...] = ()

    @property
    def is_share_alike(self) -> bool:
        """Whether content that is derived from this needs the same license."""
        return SHARE_ALIKE in self.terms

    @property
    def allows_changes(self) -> bool:
        """Whether changed content may be passed on."""
        return NO_DERIVATIVES not in self.terms


#: Other licenses by SPDX identifier (spdx.org/licenses), in capitals.
OTHERS = {
    "CC0-1.0": License("CC0 1.0: no rights reserved"),
    "MIT": License("MIT License", (NOTICE,)),
    "APACHE-2.0": License(
        "Apache License 2.0", (NOTICE, "State in changed files that you changed them.")
    ),
    "OGL-UK-3.0": License("Open Government Licence v3.0", (ATTRIBUTION,)),
    "BSD-3-CLAUSE": License("BSD 3-Clause License", (NOTICE,)),
    "GFDL-1.3-OR-LATER": License("GNU Free Documentation License 1.3", (NOTICE, SHARE_ALIKE)),
}


def license_of(identifier: str) -> License:
    """The license with this SPDX identifier; one without terms if the identifier is not known."""
    capitals = identifier.upper()
    if capitals in OTHERS:
        return OTHERS[capitals]
    match = CC_IDENTIFIER.match(capitals)
    if match is None:
        return License(identifier)
    elements = match["elements"].split("-")
    names = "-".join(map(CC_NAMES.__getitem__, elements))
    terms = tuple(map(CC_TERMS.__getitem__, elements))
    return License(f"Creative Commons {names} {match['version']}", terms)
