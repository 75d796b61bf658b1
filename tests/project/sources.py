"""The files of the project as text and as syntax trees, for tests of project rules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tpm_portal.environment import BASE_DIR

#: From the bottom to the top: each may import those before it.
ORDER = [
    "content",
    "search",
    "transactions",
    "editing",
    "file_formats",
    "packs",
    "uploads",
    "source_files",
    "mapping",
    "skills",
    "roles",
    "ladders",
    "assessment",
    "interviews",
    "question_files",
    "hiring",
    "guides",
    "interchange",
    "rsd",
    "content_checks",
    "tpm_portal",
]


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def package(self) -> str:
        """The top-level package it belongs to."""
        return self.path.split("/")[0]

    @property
    def name(self) -> str:
        return Path(self.path).stem

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def walk(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """The nodes of these kinds, everywhere in it."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        return self.walk(ast.FunctionDef, ast.AsyncFunctionDef)  # type: ignore[return-value]

    def imports(self) -> Iterator[str]:
        """The full names of all it imports, e.g. ``roles.models.Role``."""
        for node in self.walk(ast.Import, ast.ImportFrom):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (
                    f"{node.module or '.' * node.level}.{alias.name}" for alias in node.names
                )


def read(path: Path) -> Module:
    return Module(str(path.relative_to(BASE_DIR)), path.read_text("utf-8"))


@cache
def product() -> list[Module]:
    """The modules of the portal itself, without migrations."""
    paths = (path for package in ORDER for path in sorted((BASE_DIR / package).rglob("*.py")))
    return [read(path) for path in paths if "migrations" not in path.parts]


@cache
def modules_of_tests() -> list[Module]:
    """The modules of the tests."""
    return [read(path) for path in sorted((BASE_DIR / "tests").rglob("*.py"))]


def files(folder: str, suffix: str = "") -> dict[str, str]:
    """The texts of other files by their path."""
    paths = [path for path in sorted((BASE_DIR / folder).rglob(f"*{suffix}")) if path.is_file()]
    return {str(path.relative_to(BASE_DIR)): path.read_text("utf-8") for path in paths}
