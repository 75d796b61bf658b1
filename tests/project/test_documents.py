"""The statements in README.md and docs/ are true.

Columns, variables, commands, targets, paths, links, models and names exist.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, get_commands

from tests.project.sources import ORDER, product
from tpm_portal.environment import BASE_DIR
from tpm_portal.management.commands import write_docs

DOCUMENTS = {
    str(path.relative_to(BASE_DIR)): path.read_text("utf-8")
    for path in write_docs.documents(BASE_DIR)
}
README, DEPLOYMENT, CONTRIBUTING, ARCHITECTURE = (
    DOCUMENTS[name]
    for name in ("README.md", "docs/deployment.md", "docs/contributing.md", "docs/architecture.md")
)
VARIABLE = re.compile(r'(?:env\.\w+\(\s*|environ\.\w+\(\s*|environ\[)"([A-Z_]+)"')
MAKE_TARGETS = set(re.findall(r"^([a-z-]+):", (BASE_DIR / "Makefile").read_text(), re.MULTILINE))
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE_BLOCK = re.compile(r"(?:^    .*\n)+", re.MULTILINE)
#: Files with these endings are known by their name alone, wherever they are.
FILE_NAME = re.compile(r"[\w.-]+\.(?:py|md|html|css|js|yml|toml)")
MADE_LATER = {"var/", "var/secret-key"}
#: References in packs, and the name of the folder of a table, which look like paths.
EXAMPLES = {"tpm/senior", "engineering/e1"}
#: How the diagrams of data draw foreign keys, and those that may be empty.
REQUIRED, OPTIONAL = "||--o{", "|o--o{"


def section(text: str, title: str) -> str:
    """What is below a heading of the second level."""
    found = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    assert found, title
    return found


def first_cells(table: str) -> Iterator[str]:
    """The first cell of each row of a Markdown table, without its head."""
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    return (row.split("|")[1] for row in rows if not row.startswith("| ---"))


def names_in(text: str) -> set[str]:
    """What is written as code inside a text."""
    return set(re.findall(r"`([^`]+)`", FENCED.sub("", text)))


def read_in(*files: str) -> set[str]:
    """The variables that these files ask the environment for."""
    return {name for file in files for name in VARIABLE.findall((BASE_DIR / file).read_text())}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_tables_that_come_from_the_code_are_current(document: str) -> None:
    """If this fails, run `make docs`."""
    assert DOCUMENTS[document] == write_docs.with_tables(DOCUMENTS[document])


def test_every_table_from_the_code_is_in_one_document() -> None:
    marked = [
        found["name"]
        for text in DOCUMENTS.values()
        for found in write_docs.TABLE_BLOCK.finditer(text)
    ]
    assert sorted(marked) == sorted(write_docs.TABLES)


def test_make_docs_replaces_what_is_between_the_marks(tmp_path: Path) -> None:
    outdated = (
        "Before.\n\n<!-- pack-tables: written by make docs -->\nold\n<!-- end of pack-tables -->\n"
        "\nAfter.\n"
    )
    for path in ("README.md", "CHANGELOG.md", "docs/adr/0001-first.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("Nothing to write.\n")
    (tmp_path / "docs/packs.md").write_text(outdated)
    assert list(write_docs.write_tables(tmp_path)) == [tmp_path / "docs/packs.md"]
    written = (tmp_path / "docs/packs.md").read_text()
    assert "old" not in written
    assert "| `skills` | **id**, title" in written
    assert written.startswith("Before.\n\n<!--")
    assert written.endswith("-->\n\nAfter.\n")
    assert list(write_docs.write_tables(tmp_path)) == []


def test_a_table_that_nothing_makes_is_refused() -> None:
    with pytest.raises(CommandError, match="There is no table “other”"):
        write_docs.with_tables("<!-- other: written by make docs -->\n<!-- end of other -->")


def test_every_variable_is_described_and_no_other() -> None:
    read = read_in("tpm_portal/environment.py", "gunicorn.conf.py", "tests/environment.py") - {
        "PYTEST_XDIST_WORKER"
    }
    tables = [
        *first_cells(section(DEPLOYMENT, "Environment")),
        *first_cells(section(CONTRIBUTING, "Tests")),
    ]
    described = {name for cell in tables for name in names_in(cell) if name.isupper()}
    assert read - described - {"DJANGO_SETTINGS_MODULE"} == set()
    assert described - read == set()
    assert {"SECRET_KEY", "PORT", "TEST_DATABASE"} <= read


def test_every_make_target_exists() -> None:
    named = set(
        re.findall(r"(?:`|^    )make ([a-z-]+)", "\n".join(DOCUMENTS.values()), re.MULTILINE)
    )
    assert named - MAKE_TARGETS == set()
    assert {"run", "docs", "test-full"} <= named


def test_every_make_target_is_described() -> None:
    described = {
        name.removeprefix("make ") for cell in first_cells(CONTRIBUTING) for name in names_in(cell)
    }
    assert MAKE_TARGETS - described == set()
    assert len(MAKE_TARGETS) > 10


def test_every_command_of_the_portal_exists() -> None:
    text = "\n".join(DOCUMENTS.values())
    named = set(re.findall(r'ARGS="(\w+)', text) + re.findall(r"manage\.py (\w+)", text))
    assert named - get_commands().keys() == set()
    assert {"load_pack", "dumpdata", "serve", "prune_logins"} <= named


def test_the_table_of_commands_names_those_that_exist() -> None:
    named = {
        name for cell in first_cells(section(DEPLOYMENT, "Commands")) for name in names_in(cell)
    }
    assert named - get_commands().keys() == set()
    own = {name for name, app in get_commands().items() if app == "tpm_portal"}
    assert own - named == {"write_docs"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_to_type_have_what_they_need(document: str) -> None:
    """That is `make manage` on your own machine and the whole path on a server.

    Alone, `manage.py` lacks its key.
    """
    lines = [
        line for block in CODE_BLOCK.findall(DOCUMENTS[document]) for line in block.splitlines()
    ]
    typed = [line for line in lines if "manage.py" in line]
    assert [line for line in typed if ".venv/bin/python manage.py" not in line] == []
    assert bool(typed) == (document == "docs/deployment.md")


def paths_in(text: str) -> set[str]:
    return {
        name
        for name in names_in(text)
        if re.fullmatch(r"[\w./-]+", name) and "/" in name and name[0] != "/"
    }


def absent(paths: set[str]) -> list[str]:
    """Those of the paths that are not in the project."""
    return [
        path for path in sorted(paths - MADE_LATER - EXAMPLES) if not (BASE_DIR / path).exists()
    ]


def test_every_path_exists() -> None:
    assert absent(
        paths_in("In `content/base_models.py` and `content/no_such.py`, at `/roles/`.")
    ) == ["content/no_such.py"]
    found = {document: paths_in(text) for document, text in DOCUMENTS.items()}
    assert len(set().union(*found.values())) > 100
    assert {document: absent(paths) for document, paths in found.items() if absent(paths)} == {}


def test_every_file_that_is_named_without_its_folder_exists() -> None:
    folders = [*ORDER, "tests", "templates", "static", "docs"]
    known = {path.name for folder in folders for path in (BASE_DIR / folder).rglob("*")}
    known |= {path.name for path in BASE_DIR.iterdir()}
    named = {
        name for text in DOCUMENTS.values() for name in names_in(text) if FILE_NAME.fullmatch(name)
    }
    assert {"CHANGELOG.md", "pack.yml", "test_base_models.py"} <= named
    assert sorted(named - known) == []


def heading_ids(text: str) -> set[str]:
    """The fragments that lead to the headings of a document."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def broken_links(document: str, text: str) -> list[str]:
    """The links of a document that lead to no file, or to no heading in it."""
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)", text)
    return [
        f"{path}#{fragment}"
        for path, fragment in links
        if not leads_on(BASE_DIR / document, path, fragment)
    ]


def leads_on(document: Path, path: str, fragment: str) -> bool:
    target = document.parent / path if path else document
    return target.exists() and (not fragment or fragment in heading_ids(target.read_text("utf-8")))


def test_every_link_leads_to_a_file_and_a_heading() -> None:
    bad = "[A](packs.md#packs), [B](no.md), [C](packs.md#no), [D](https://example.org)"
    assert broken_links("docs/x.md", bad) == ["no.md#", "packs.md#no"]
    assert "](docs/deployment.md#upgrading)" in README
    assert {
        name: broken_links(name, text)
        for name, text in DOCUMENTS.items()
        if broken_links(name, text)
    } == {}


def test_the_readme_is_short_and_lists_every_package_from_the_top() -> None:
    assert README.count("\n") <= 100
    assert [cell.strip() for cell in first_cells(section(README, "Where things are"))][1:] == [
        f"`{name}/`" for name in reversed(ORDER)
    ]


def test_the_diagram_of_packages_shows_their_order() -> None:
    arrows = re.findall(r"(\w+)(?:\[.*?\])? --> (\w+)", ARCHITECTURE)
    assert arrows == [(upper, lower) for lower, upper in zip(ORDER, ORDER[1:], strict=False)][::-1]


def test_the_diagrams_of_data_show_relations_that_exist() -> None:
    relations = re.findall(
        r"^    (\w+) (\S+) (\w+) : (\w+)$", section(ARCHITECTURE, "Data"), re.MULTILINE
    )
    assert len(relations) > 25
    models = {
        model.__name__: model for model in apps.get_models() if model._meta.app_label in ORDER
    }
    for one, line, many, name in relations:
        field: Any = models[many]._meta.get_field(name)
        assert field.related_model is models[one], f"{many}.{name}"
        assert line == (OPTIONAL if field.null else REQUIRED), f"{many}.{name}"


def test_every_word_that_is_explained_is_in_the_code() -> None:
    words = {
        name
        for cell in first_cells(section(ARCHITECTURE, "Terms in the code"))
        for name in names_in(cell)
    }
    code = set(re.findall(r"\w+", "\n".join(module.text for module in product())))
    assert sorted(words - code) == []
    assert len(words) > 40
