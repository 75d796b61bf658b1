"""The fonts that `prepare` makes: small files that show all that the site writes."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from tpm_portal.environment import BASE_DIR
from tpm_portal.operations import web_fonts

pytestmark = pytest.mark.one_database

#: Bytes of all faces together.
MOST = 70_000
SHOWN = "AZaz09 ÄÉñçøåßœŁłšžğİȘț ▲●▼→×–—“”‘’…•·€§©½−✓"
#: The Hebrew alphabet is left to the fonts of the system.
NOT_SHOWN = "א"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files, made once."""
    folder = tmp_path_factory.mktemp("fonts")
    web_fonts.write_web_fonts(folder)
    return folder


def fonts(folder: Path) -> dict[str, TTFont]:
    return {path.stem: TTFont(path) for path in folder.glob("*.woff2")}


def missing(font: TTFont, text: str) -> str:
    return "".join(character for character in text if ord(character) not in font.getBestCmap())


def test_each_face_shows_letters_with_accents_punctuation_and_marks(folder: Path) -> None:
    found = fonts(folder)
    assert sorted(found) == ["sans-400", "sans-600", "serif-400", "serif-600"]
    assert {name: missing(font, SHOWN) for name, font in found.items()} == dict.fromkeys(found, "")
    assert missing(found["sans-400"], NOT_SHOWN) == NOT_SHOWN


def test_the_circle_is_nearly_as_high_as_the_triangle(folder: Path) -> None:
    for font in fonts(folder).values():
        glyphs, characters = font["glyf"], font.getBestCmap()
        circle, triangle = (glyphs[characters[ord(character)]] for character in "●▲")
        height, other = (glyph.yMax - glyph.yMin for glyph in (circle, triangle))
        assert height / other == pytest.approx(web_fonts.CIRCLE_HEIGHT, abs=0.02)


def test_all_faces_together_are_small(folder: Path) -> None:
    sizes = [path.stat().st_size for path in folder.glob("*.woff2")]
    assert 0 < sum(sizes) <= MOST


def test_the_style_sheet_names_the_files_and_the_families_of_the_tokens(folder: Path) -> None:
    styles = (folder / "fonts.css").read_text()
    named = re.findall(r'url\("([^"]+)"\)', styles)
    assert {path.name for path in folder.glob("*.woff2")} == set(named)
    tokens = (BASE_DIR / "static/css/tokens.css").read_text()
    families = set(re.findall(r"font-family: (.+);", styles))
    assert families == {'"Source Sans Pro"', '"Source Serif Pro"'}
    assert [family for family in families if family not in tokens] == []


def test_the_license_is_beside_the_fonts_and_their_reserved_name_is_not_inside(
    folder: Path,
) -> None:
    for style in web_fonts.PACKAGES:
        assert "SIL Open Font License" in (folder / f"{style}-license.txt").read_text()
    for font in fonts(folder).values():
        names = font["name"]
        assert "SIL Open Font License" in names.getDebugName(13)
        assert [name for name in map(names.getDebugName, (1, 4, 6)) if "Source" in name] == []


def test_fonts_are_made_again_only_for_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    monkeypatch.setattr(settings, "WEB_FONTS_DIR", tmp_path / "web-fonts")
    monkeypatch.setattr(web_fonts, "write_web_fonts", made.append)
    assert [web_fonts.make_web_fonts() for _ in range(2)] == [True, False]
    monkeypatch.setattr(web_fonts, "version", lambda package: "another")
    assert web_fonts.make_web_fonts()
    assert made == [tmp_path / "web-fonts" / "fonts"] * 2
