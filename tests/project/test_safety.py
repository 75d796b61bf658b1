"""Safety of pages: unescaped text, forbidden markup, responses that reveal too much."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.markup import Element, parse
from tests.project.conftest import Visit
from tests.project.sources import Module, files, product
from tpm_portal.environment import BASE_DIR

pytestmark = [pytest.mark.one_database, pytest.mark.xdist_group("walk")]

THE_RENDERER = "content/markdown.py"
SAFE_NAMES = {"mark_safe", "html_safe", "SafeString", "SafeText"}
#: What makes HTML of a text given at this place among the arguments.
FORMATTING = {"format_html": 0, "format_html_join": 1}
UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")
#: Turns text around, or hides in it, so that a reader sees other code than the machine.
DECEPTIVE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
SOURCES = (".py", ".html", ".css", ".js", ".svg", ".toml", ".txt", ".md", ".csv", ".yml")


def declares_safe(module: Module) -> Iterator[str]:
    """Calls that switch escaping off, and HTML made of text that is not written in the code."""
    for node in module.walk(ast.Call):
        assert isinstance(node, ast.Call)
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        given = node.args[FORMATTING.get(called, 0) :][:1]
        literal = bool(given) and isinstance(given[0], ast.Constant)
        if called in SAFE_NAMES or (called in FORMATTING and not literal):
            yield f"line {node.lineno}: {called}"


def test_text_becomes_html_in_one_place() -> None:
    assert list(
        declares_safe(
            Module("skills/views.py", "x = mark_safe(y)\nz = format_html(f'<b>{y}</b>')\n")
        )
    )
    assert list(
        declares_safe(Module("skills/views.py", "z = format_html_join('', f'<b>{y}</b>', z)\n"))
    )
    good = "z = format_html('<b>{}</b>', y)\nz = format_html_join('', '<b>{}</b>', y)\n"
    assert list(declares_safe(Module("skills/views.py", good))) == []
    found = {module.path: list(declares_safe(module)) for module in product()}
    assert found.pop(THE_RENDERER)
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_no_template_switches_escaping_off() -> None:
    assert all(
        map(
            UNESCAPED.search,
            ["{{ x|safe }}", "{{ x | safe }}", "{% autoescape off %}", "{{ x|safeseq }}"],
        )
    )
    templates = files("templates", ".html")
    assert len(templates) > 30
    assert [path for path, text in templates.items() if UNESCAPED.search(text)] == []


def test_only_the_public_page_is_exempt_from_the_check_against_forgery() -> None:
    assert [module.path for module in product() if "csrf_exempt" in module.text] == [
        "content/pages.py"
    ]


def test_no_source_hides_what_it_says() -> None:
    assert DECEPTIVE.search("is_admin\u202e")
    folders = [*{module.package for module in product()}, "templates", "static", "tests"]
    texts = {path: text for folder in folders for path, text in _sources(folder)}
    assert len(texts) > 250
    assert [path for path, text in texts.items() if DECEPTIVE.search(text)] == []


def _sources(folder: str) -> Iterator[tuple[str, str]]:
    for path in sorted((BASE_DIR / folder).rglob("*")):
        if path.suffix in SOURCES:
            yield str(path.relative_to(BASE_DIR)), path.read_text("utf-8")


def forbidden_by_the_policy(html: str) -> list[str]:
    """What the content security policy would refuse."""
    return [fault for element in parse(html).walk() for fault in _faults(element)]


def _faults(element: Element) -> Iterator[str]:
    attributes = element.attributes
    yield from (
        f"{name} of {element.name}"
        for name in attributes
        if name.startswith("on") or name == "style"
    )
    is_run = "src" not in attributes and attributes.get("type") != "application/ld+json"
    if element.name == "style" or (element.name == "script" and is_run):
        yield f"{element.name} in the page"
    is_loaded = element.name == "link" and attributes.get("rel") != "canonical"
    loaded = attributes.get("src", "") + (attributes.get("href", "") if is_loaded else "")
    if "//" in loaded or attributes.get("href", "").strip().lower().startswith("javascript:"):
        yield f"{element.name} from elsewhere"


@pytest.mark.django_db
def test_no_page_needs_more_than_the_policy_allows(visit: Visit) -> None:
    bad = (
        '<p style="" onclick=""></p><style></style><script>1</script><img src="//x.test/"><a '
        'href="javascript:1"></a>'
    )
    assert len(forbidden_by_the_policy(bad)) == 6
    worse = (
        '<script type="module">1</script><script type="application/ld+json" '
        'src="//x.test/"></script>'
    )
    assert len(forbidden_by_the_policy(worse + '<link rel="alternate" href="//x.test/">')) == 3
    pages = visit.walk.pages()
    assert len(pages) > 40
    assert {
        address: faults
        for address, text in pages.items()
        if (faults := forbidden_by_the_policy(text))
    } == {}


@pytest.mark.django_db
def test_no_visitor_learns_who_edits_or_how_it_is_made(visit: Visit) -> None:
    inside = [*visit.secrets, str(BASE_DIR), "Traceback", "django", "SELECT "]
    found = {word: places for word in inside if (places := visit.walk.where(word))}
    assert found == {}
    assert visit.walk.where("TPM Portal")
