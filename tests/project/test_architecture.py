"""Rules for all files of the project. Every rule is tried on a bad example first."""

import ast
import re
from collections.abc import Callable, Iterator
from statistics import median

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.project.sources import ORDER, Module, files, modules_of_tests, product

Rule = Callable[[Module], Iterator[str]]

DRAWERS = {
    "utils",
    "util",
    "helpers",
    "common",
    "misc",
    "services",
    "core",
    "shared",
    "lib",
    "base",
}
#: The private modules of an app: other apps must not use pages, admin and forms, unless all content
#: shares them.
PRIVATE = {"views", "csv_views", "admin", "forms", "urls"}
SHARED = {"content", "editing"}
#: Calls in which `status` is a condition; only `content/base_models.py` may filter by it.
LOOKUPS = {"filter", "exclude", "get", "Q", "get_or_create", "update_or_create"}
#: The documentation of Django and Python describes these names.
PUBLIC_IN_SPITE_OF_UNDERSCORE = {"_meta", "_base_manager", "_default_manager", "_asdict"}
SIGNAL_OF_NO_ROW = "django.db.models.signals.post_migrate"
LONGEST_FUNCTION = 50
USUAL_FUNCTION = 10
#: Lines after which a module is split by noun. Modules of tests may have as many as others: they
#: make rows by calls with many arguments, which take a line each where 100 characters do not do.
LONGEST_MODULE = 400
#: The same for files in these folders. In templates each element has lines of its own.
LONGEST_IN = {"templates/": 160, "static/css/": 350}
LONGEST_TEMPLATE_LINE = 120
#: Files that may be longer, each with its reason.
LONGER: dict[str, str] = {
    "static/css/components.css": (
        "compresses better as one file: split into six, all styles weigh a seventh more"
    ),
    "static/css/admin.css": (
        "compresses better as one file: split into four, it weighs a quarter more"
    ),
}


def imports_point_down(module: Module) -> Iterator[str]:
    """Each package knows those below it alone."""
    above = ORDER[ORDER.index(module.package) + 1 :]
    for name in module.imports():
        if name.split(".")[0] in above or name.startswith("."):
            yield f"imports {name}"


def only_the_surface_of_others(module: Module) -> Iterator[str]:
    """An app offers its models and what has its own name, not its pages and forms."""
    for name in module.imports():
        package, _, rest = name.partition(".")
        if package in set(ORDER) - SHARED - {module.package} and PRIVATE & set(rest.split(".")):
            yield f"imports {name}"


def imports_at_the_top(module: Module) -> Iterator[str]:
    """An import inside a function hides a cycle; `ready` must wait until all apps are loaded."""
    for function in module.functions():
        if module.name == "apps" and function.name == "ready":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield f"line {node.lineno}: import inside {function.name}"


def no_signals(module: Module) -> Iterator[str]:
    """One place reacts to writes."""
    if module.path == "content/change_tracking.py":
        return
    for name in module.imports():
        if (
            name.startswith(("django.db.models.signals", "django.dispatch"))
            and name != SIGNAL_OF_NO_ROW
        ):
            yield f"imports {name}"


def no_drawers(module: Module) -> Iterator[str]:
    """A module says what it is about."""
    if found := DRAWERS & set(module.path.removesuffix(".py").split("/")):
        yield f"is called {found}"


def says_what_it_is_for(module: Module) -> Iterator[str]:
    """Every module that says anything begins with a sentence."""
    if module.text.strip() and not ast.get_docstring(module.tree):
        yield "has no docstring"


def functions_are_short(module: Module) -> Iterator[str]:
    for function in module.functions():
        if (length := _length(function)) > LONGEST_FUNCTION:
            yield f"{function.name} has {length} lines"


def only_the_gate_asks_for_the_status(module: Module) -> Iterator[str]:
    """Whoever filters by hand forgets a parent one day."""
    if module.path == "content/base_models.py":
        return
    for node in module.walk(ast.Call):
        assert isinstance(node, ast.Call)
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        for keyword in node.keywords if called in LOOKUPS else ():
            if re.search(r"(^|__)status($|__)", keyword.arg or ""):
                yield f"line {node.lineno}: {called}({keyword.arg}=…)"


def signatures_are_typed(module: Module) -> Iterator[str]:
    for function in module.functions():
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        untyped = [
            each.arg
            for each in arguments
            if each.annotation is None and each.arg not in {"self", "cls"}
        ]
        if untyped or (function.returns is None and function.name != "__init__"):
            yield (
                f"line {function.lineno}: {function.name} has no types for "
                f"{untyped or 'its result'}"
            )


def nothing_left_open(module: Module) -> Iterator[str]:
    if found := re.findall(LEFT_OPEN, module.text):
        yield f"says {found}"


def only_the_public_api_of_libraries(module: Module) -> Iterator[str]:
    """A new version of a library may change what begins with an underscore."""
    for node in module.walk(ast.Attribute):
        assert isinstance(node, ast.Attribute)
        is_private = node.attr.startswith("_") and not node.attr.startswith("__")
        is_of_self = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
        if not is_private or is_of_self or node.attr in PUBLIC_IN_SPITE_OF_UNDERSCORE:
            continue
        if node.attr not in _names_defined_in(module):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def _names_defined_in(module: Module) -> set[str]:
    names = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


LEFT_OPEN = rf"\b({'|'.join(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'])})\b|NotImplemented" + "Error"
BAD_EXAMPLES: dict[Rule, Module] = {
    imports_point_down: Module("skills/views.py", "from roles.models import Role\n"),
    only_the_surface_of_others: Module(
        "guides/views.py", "from roles.views import RoleFilterForm\n"
    ),
    imports_at_the_top: Module("roles/apps.py", "def late() -> None:\n    import skills.models\n"),
    no_signals: Module("roles/models.py", "from django.db.models.signals import post_save\n"),
    no_drawers: Module("skills/utils.py", ""),
    says_what_it_is_for: Module("skills/words.py", "import re\n"),
    functions_are_short: Module(
        "skills/views.py", "def long() -> None:\n" + "    ...\n" * LONGEST_FUNCTION
    ),
    only_the_gate_asks_for_the_status: Module(
        "roles/views.py", "rows.filter(skill__status='published')\n"
    ),
    signatures_are_typed: Module("roles/views.py", "def view(request): ...\n"),
    nothing_left_open: Module("roles/views.py", "# TO" + "DO: later\n"),
    only_the_public_api_of_libraries: Module("roles/views.py", "admin.site._registry\n"),
}
OF_TESTS_TOO = {says_what_it_is_for, functions_are_short, signatures_are_typed, nothing_left_open}


@pytest.mark.parametrize("rule", BAD_EXAMPLES, ids=lambda rule: rule.__name__)
def test_the_files_keep_the_rules(rule: Rule) -> None:
    bad = BAD_EXAMPLES[rule]
    assert list(rule(bad)), "the rule does not see its own bad example"
    modules = product() + (modules_of_tests() if rule in OF_TESTS_TOO else [])
    assert len(modules) > 100
    faults = [f"{module.path} {fault}" for module in modules for fault in rule(module)]
    assert faults == []


def test_only_ready_may_import_late() -> None:
    good = Module(
        "roles/apps.py",
        "class RolesConfig:\n    def ready(self) -> None:\n        import roles.models\n",
    )
    assert list(imports_at_the_top(good)) == []


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_most_functions_can_be_read_at_a_glance() -> None:
    lengths = [_length(function) for module in product() for function in module.functions()]
    assert len(lengths) > 200
    assert median(lengths) <= USUAL_FUNCTION


def _too_long(lines: dict[str, int]) -> list[str]:
    def limit(path: str) -> int:
        limits = (most for folder, most in LONGEST_IN.items() if path.startswith(folder))
        return next(limits, LONGEST_MODULE)

    return [f"{path} has {count} lines" for path, count in lines.items() if count > limit(path)]


def test_no_file_is_too_long_to_be_read() -> None:
    assert len(_too_long({"skills/views.py": 401, "tests/x.py": 401, "templates/x.html": 161})) == 3
    texts = {module.path: module.text for module in product() + modules_of_tests()} | files(
        "templates", ".html"
    )
    lines = {path: text.count("\n") for path, text in (texts | files("static/css", ".css")).items()}
    assert _too_long({path: count for path, count in lines.items() if path not in LONGER}) == []
    assert _too_long({path: lines[path] for path in LONGER}) == [
        f"{path} has {lines[path]} lines" for path in LONGER
    ]


def _long_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if len(line) > LONGEST_TEMPLATE_LINE]


def test_no_line_of_a_template_is_too_long() -> None:
    limit = LONGEST_TEMPLATE_LINE
    assert _long_lines("x" * limit + "\n" + "y" * (limit + 1)) == ["y" * (limit + 1)]
    long_lines = {path: _long_lines(text) for path, text in files("templates", ".html").items()}
    assert len(long_lines) > 90
    assert {path: lines for path, lines in long_lines.items() if lines} == {}


@pytest.mark.parametrize("folder", ["templates", "static", "tpm_portal/starter_pack"])
def test_nothing_is_left_open_in_templates_styles_scripts_and_content(folder: str) -> None:
    found = files(folder)
    assert found
    assert [path for path, text in found.items() if re.search(LEFT_OPEN, text)] == []


def _relations_upwards(model: type[models.Model]) -> list[str]:
    """Relations to models of apps above."""
    place = ORDER.index(model._meta.app_label)
    related = [
        (field, field.related_model)
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.is_relation
    ]
    above = [
        (field, target._meta.app_label)
        for field, target in related
        if target._meta.app_label in ORDER[place + 1 :]
    ]
    return [f"{model._meta.label}.{field.name} points at {label}" for field, label in above]


def _our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in ORDER]


def test_relations_point_down() -> None:
    role = models.ForeignKey(apps.get_model("roles.Role"), models.CASCADE, related_name="+")
    meta = type("Meta", (), {"app_label": "skills"})
    with isolate_apps("skills", "roles"):
        bad = type("Bad", (models.Model,), {"__module__": __name__, "Meta": meta, "role": role})
    assert _relations_upwards(bad) == ["skills.Bad.role points at roles"]
    assert len(_our_models()) > 25
    assert [fault for model in _our_models() for fault in _relations_upwards(model)] == []


def test_every_relation_is_named_from_the_other_side_too() -> None:
    relations = [
        field
        for model in _our_models()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.is_relation
    ]
    assert len(relations) > 40
    assert [str(field) for field in relations if not field.remote_field.related_name] == []


def test_the_roof_has_no_tables() -> None:
    assert list(apps.get_app_config("tpm_portal").get_models()) == []
