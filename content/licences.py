"""What well-known licences ask of those who pass content on, in plain words.

The licence itself is what counts.
"""

from dataclasses import dataclass

ATTRIBUTION = "Name the publisher and the licence, and say what you changed."
NOTICE = "Keep the notice of copyright and licence with every copy."
SHARE_ALIKE = "Share alike: what you make of it goes under the same licence."
NO_DERIVATIVES = "No derivatives: pass it on unchanged or not at all."
NON_COMMERCIAL = "Not for commercial use."

#: Of Creative Commons licences, by the letters in their identifiers.
ELEMENTS = {"BY": ATTRIBUTION, "NC": NON_COMMERCIAL, "ND": NO_DERIVATIVES, "SA": SHARE_ALIKE}


@dataclass(frozen=True)
class Licence:
    """A licence with its full name."""

    name: str
    terms: tuple[str, ...] = ()

    @property
    def is_share_alike(self) -> bool:
        """Whether what is made of the content has to keep the licence."""
        return SHARE_ALIKE in self.terms

    @property
    def allows_changes(self) -> bool:
        """Whether changed content may be passed on."""
        return NO_DERIVATIVES not in self.terms


#: By SPDX identifier (spdx.org/licenses), in capitals.
OTHERS = {
    "CC0-1.0": Licence("CC0 1.0: no rights reserved"),
    "MIT": Licence("MIT License", (NOTICE,)),
    "APACHE-2.0": Licence(
        "Apache License 2.0", (NOTICE, "Say in changed files that you changed them.")
    ),
    "OGL-UK-3.0": Licence("Open Government Licence v3.0", (ATTRIBUTION,)),
    "BSD-3-CLAUSE": Licence("BSD 3-Clause License", (NOTICE,)),
    "GFDL-1.3-OR-LATER": Licence("GNU Free Documentation License 1.3", (NOTICE, SHARE_ALIKE)),
}
NAMES = {"BY": "Attribution", "NC": "NonCommercial", "ND": "NoDerivatives", "SA": "ShareAlike"}


def licence_of(identifier: str) -> Licence:
    """The licence with this SPDX identifier.

    It is one by the same name and without terms, if it is not known.
    """
    known = OTHERS.get(identifier.upper())
    return known or _creative_commons(identifier) or Licence(identifier)


def _creative_commons(identifier: str) -> Licence | None:
    start, *elements = identifier.upper().split("-")
    version = next((part for part in elements if part[:1].isdigit()), "")
    letters = [part for part in elements if part in ELEMENTS]
    if start != "CC" or not version or not letters:
        return None
    name = f"Creative Commons {'-'.join(NAMES[part] for part in letters)} {version}"
    return Licence(name, tuple(ELEMENTS[part] for part in letters))
