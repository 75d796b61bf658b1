"""Readable code with plain names. Every rule is tried on a bad example first."""

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.project.sources import Module, product

#: Words that say nothing about the value or function that they name.
RIDDLES = frozenset(
    "told said held kept made wanted found asked apart place places standing gone beside near here "
    "there door doors seats homes ties came brought taken meant sound anew bare fresh ways".split()
)
COMPREHENSIONS = ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp
BRANCHES = ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert
MAX_COMPLEXITY = 10
#: The most in a thousand lines that are not blank.
DENSITY_LIMITS = {
    "comprehensions": 25.0,
    "conditional expressions": 12.0,
    # Ten together: a name for `Any` is checked as little as `Any` itself.
    "Any": 4.0,
    "aliases of Any": 6.0,
}


def names(module: Module) -> Iterator[str]:
    """Every name that a module gives to a function, an argument or a variable."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name.strip("_")
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def plain_names(module: Module) -> Iterator[str]:
    for name in names(module):
        if name in RIDDLES:
            yield f"calls something {name}"


def complexity(function: ast.AST) -> int:
    """McCabe's cyclomatic complexity, in which each comprehension and its conditions count too."""
    result = 1
    for node in ast.walk(function):
        if isinstance(node, BRANCHES):
            result += 1
        elif isinstance(node, ast.BoolOp):
            result += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            result += 1 + len(node.ifs)
        elif isinstance(node, ast.match_case):
            result += 1
    return result


def functions_are_simple(module: Module) -> Iterator[str]:
    for function in module.functions():
        if (found := complexity(function)) > MAX_COMPLEXITY:
            yield f"{function.name} has a complexity of {found}"


def no_nested_comprehensions(module: Module) -> Iterator[str]:
    for node in module.walk(*COMPREHENSIONS):
        if any(isinstance(inner, COMPREHENSIONS) for inner in ast.walk(node) if inner is not node):
            yield f"line {getattr(node, 'lineno', 0)}: a comprehension inside another one"


Rule = Callable[[Module], Iterator[str]]
BAD_EXAMPLES: dict[Rule, str] = {
    plain_names: "def read(place: str) -> None:\n    found = place\n",
    functions_are_simple: (
        "def check(row: int) -> None:\n" + "    if row and row > 1:\n        pass\n" * 5
    ),
    no_nested_comprehensions: "pairs = [[a for a in row] for row in rows]\n",
}


@pytest.mark.parametrize("rule", BAD_EXAMPLES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rules(rule: Rule) -> None:
    assert list(rule(Module("roles/bad.py", BAD_EXAMPLES[rule])))
    modules = product()
    assert len(modules) > 100
    assert [f"{module.path} {fault}" for module in modules for fault in rule(module)] == []


def aliases_of_any(module: Module) -> set[str]:
    """The names that a module gives to types made of `Any`, which say no more than `Any` does."""
    aliases = set()
    for node in module.tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(node, ast.AnnAssign):
            target = node.target
        if isinstance(target, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign):
            parts = ast.walk(node.value) if node.value else ()
            if any(isinstance(part, ast.Name) and part.id == "Any" for part in parts):
                aliases.add(target.id)
    return aliases


def dotted_name(module: Module) -> str:
    """The name by which others import the module."""
    return module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def known_aliases(module: Module, aliases: dict[str, set[str]]) -> set[str]:
    """The aliases of `Any` that a module defines or imports."""
    known = set(aliases_of_any(module))
    for node in module.walk(ast.ImportFrom):
        assert isinstance(node, ast.ImportFrom)
        imported = {name.name for name in node.names}
        known |= imported & aliases.get(node.module or "", set())
    return known


def densities(modules: Iterable[Module]) -> dict[str, float]:
    """How often what makes lines dense occurs in a thousand lines that are not blank."""
    counts: Counter[str] = Counter()
    lines = 0
    modules = list(modules)
    aliases = {dotted_name(module): aliases_of_any(module) for module in modules}
    for module in modules:
        lines += sum(bool(line.strip()) for line in module.text.splitlines())
        known = known_aliases(module, aliases)
        for node in ast.walk(module.tree):
            if isinstance(node, COMPREHENSIONS):
                counts["comprehensions"] += 1
            elif isinstance(node, ast.IfExp):
                counts["conditional expressions"] += 1
            elif isinstance(node, ast.Name) and node.id == "Any":
                counts["Any"] += 1
            elif isinstance(node, ast.Name) and node.id in known:
                counts["aliases of Any"] += 1
    return {kind: 1000 * counts[kind] / lines for kind in DENSITY_LIMITS}


def too_dense(modules: Iterable[Module]) -> dict[str, float]:
    """The densities that are above their limits."""
    found = densities(modules)
    return {kind: found[kind] for kind, limit in DENSITY_LIMITS.items() if found[kind] > limit}


def test_the_code_is_not_dense() -> None:
    bad = "from typing import Any\nRow = Any\nx: Any = [a if a else b for a in y]\nz: Row = x\n"
    assert too_dense([Module("roles/bad.py", bad)]).keys() == DENSITY_LIMITS.keys()
    assert too_dense(product()) == {}
