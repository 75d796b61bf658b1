"""The web fonts of the site: subsets of Source Sans and Source Serif, made by `prepare`.

Both come from packages, under the SIL Open Font License, so no font is in the repository. The
license reserves their name for unchanged fonts, so the subsets have other names inside the files.
"""

import shutil
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PACKAGES = {"sans": "font_source_sans_pro", "serif": "font_source_serif_pro"}
FAMILIES = {"sans": "Source Sans Pro", "serif": "Source Serif Pro"}
WEIGHTS = {400: "Regular", 600: "Semibold"}
#: ASCII, then Latin with accents, including names in Polish, Czech, Turkish and Romanian.
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "ȘșȚț")]
#: Punctuation and marks beyond those. Space of every width is left to the browser.
MARKS = "–—‘’‚“”„†•…‹›€™−≤≥≈≠←↑→↓■▲△▶▷▼▽✓"
#: OpenType features: kerning, ligatures, and the positions of accents.
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk"]
#: The names inside a font that the subset has too: copyright, trademark and license. The numbers
#: are those of the OpenType table "name".
LEGAL_NAMES = [0, 7, 13, 14]
OWN_NAMES = {1: "Portal {style}", 2: "Regular", 4: "Portal {style}", 6: "Portal-{style}"}
#: The black circle is missing in both families, so it is drawn like a bullet, nearly as high as
#: the triangle.
CIRCLE, BULLET, TRIANGLE = ord("●"), ord("•"), ord("▲")
CIRCLE_HEIGHT = 0.8


class Face(NamedTuple):
    """One weight of one family."""

    style: str
    weight: int

    @property
    def name(self) -> str:
        return f"{self.style}-{self.weight}"

    @property
    def rule(self) -> str:
        """The face as a rule of CSS, which names a file in the folder of the style sheet."""
        return (
            "@font-face {\n"
            f'  font-family: "{FAMILIES[self.style]}";\n'
            f"  font-weight: {self.weight};\n"
            "  font-display: swap;\n"
            f'  src: url("{self.name}.woff2") format("woff2");\n'
            "}\n"
        )


FACES = [Face(style, weight) for style in PACKAGES for weight in WEIGHTS]


def make_web_fonts() -> bool:
    """Make the subsets unless they are those of this version; returns whether it did."""
    folder = settings.WEB_FONTS_DIR / "fonts"
    version_file = settings.VAR_DIR / "web-fonts-version"
    fingerprint = _fingerprint()
    if folder.exists() and version_file.exists() and version_file.read_text() == fingerprint:
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_web_fonts(folder)
    version_file.write_text(fingerprint)
    return True


def write_web_fonts(folder: Path) -> None:
    """Write the subsets, their style sheet and their licenses to the folder."""
    for face in FACES:
        _subset(face).save(folder / f"{face.name}.woff2")
    (folder / "fonts.css").write_text(_style_sheet())
    for style in PACKAGES:
        license_text = _source(style, "LICENSE.txt").read_bytes()
        (folder / f"{style}-license.txt").write_bytes(license_text)


def _style_sheet() -> str:
    origin = "/* Subsets of fonts by Adobe, under the SIL Open Font License 1.1. */\n"
    return origin + "".join(face.rule for face in FACES)


def _source(style: str, name: str) -> Path:
    return Path(str(files(PACKAGES[style]) / "files" / name))


def _subset(face: Face) -> TTFont:
    # The TrueType outlines, which without hints are a fifth smaller than the others.
    family = FAMILIES[face.style].replace(" ", "")
    font = TTFont(_source(face.style, f"{family}-{WEIGHTS[face.weight]}.ttf"))
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = LEGAL_NAMES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*LETTERS, *map(ord, MARKS)])
    subsetter.subset(font)
    _add_circle(font)
    _name(font, face.style.capitalize())
    font.flavor = "woff2"
    return font


def _add_circle(font: TTFont) -> None:
    """Draw the black circle as a bullet, enlarged and centered to go with the triangle."""
    characters, outlines = font.getBestCmap(), font["glyf"]
    triangle, bullet = outlines[characters[TRIANGLE]], outlines[characters[BULLET]]
    height, bullet_height = triangle.yMax - triangle.yMin, bullet.yMax - bullet.yMin
    scale = CIRCLE_HEIGHT * height / bullet_height
    raised = (triangle.yMin + triangle.yMax - scale * (bullet.yMin + bullet.yMax)) / 2
    glyphs = font.getGlyphSet()
    pen = TTGlyphPen(glyphs)
    glyphs[characters[BULLET]].draw(TransformPen(pen, (scale, 0, 0, scale, 0, raised)))
    outlines["circle"] = pen.glyph()
    width, left = font["hmtx"][characters[BULLET]]
    font["hmtx"]["circle"] = (round(scale * width), round(scale * left))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[CIRCLE] = "circle"


def _name(font: TTFont, style: str) -> None:
    for name_id, name in OWN_NAMES.items():
        font["name"].setName(name.format(style=style), name_id, 3, 1, 0x409)


def _fingerprint() -> str:
    """A digest of this code and of the versions of the packages."""
    digest = sha256(Path(__file__).read_bytes())
    for package in ("fonttools", *PACKAGES.values()):
        digest.update(version(package).encode())
    return digest.hexdigest()
