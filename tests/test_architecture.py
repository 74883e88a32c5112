"""One direction of imports, a core without web, files, clock and network, and no code made at run time."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import selfcheck

PACKAGE = Path(selfcheck.__file__).parent
LAYERS = (
    "toml",
    "part",
    "questionnaire",
    "answers",
    "rulebook",
    "assessment",
    "figures",
    "handout",
    "authoring",
    "proof",
    "web",
    "input",
    "timezone",
    "serving",
    "rule_commands",
    "cli",
    "reports",
)
NO_LAYER = frozenset({"__init__", "__main__", "places"})
CORE = (
    "toml.py",
    "part.py",
    "questionnaire.py",
    "answers.py",
    "rulebook",
    "assessment",
    "figures",
    "handout/content.py",
)
READS_THE_FILE = "rulebook/loading.py"
KEPT_OUT = frozenset({
    "flask", "flask_babel", "flask_wtf", "wtforms", "werkzeug", "jinja2", "markupsafe", "waitress",
    "pathlib", "os", "io", "shutil", "tempfile", "time", "random", "secrets", "uuid", "locale",
    "socket", "ssl", "http", "urllib", "asyncio", "threading", "subprocess", "sqlite3", "logging",
})  # fmt: skip
CLOCK_AND_DISK = frozenset({"now", "today", "utcnow", "open", "read_text", "write_text", "print", "input"})
RUNS_TEXT = frozenset({"eval", "exec", "compile", "__import__", "import_module"})
VAGUE = frozenset({"util", "utils", "helper", "helpers", "common", "service", "services", "managers", "core"})
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def tree(module: Path) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text("utf-8"))


def layer(module: Path) -> str:
    return module.with_suffix("").parts[0]


def is_core(module: Path) -> bool:
    return module.as_posix() in CORE or module.parts[0] in CORE


def imported(module: Path) -> Iterator[str]:
    """The full names of all that a module imports, inside functions, too."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module}.{alias.name}" for alias in node.names)


def called(module: Path) -> Iterator[str]:
    """The last name of everything that a module calls."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node.func.id if isinstance(node.func, ast.Name) else node.func.attr


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_go_one_way(module: Path) -> None:
    names = list(imported(module))
    assert not [name for name in names if name.startswith(".")], "imports are written in full"
    assert layer(module) in {*LAYERS, *NO_LAYER}, "a new part of the program needs its place in LAYERS"
    if layer(module) in LAYERS:
        later = LAYERS[LAYERS.index(layer(module)) + 1 :]
        assert not [name for name in names if name.startswith(tuple(f"selfcheck.{one}." for one in later))]


@pytest.mark.parametrize("module", [module for module in MODULES if is_core(module)], ids=str)
def test_the_core_knows_no_web_no_file_no_clock_and_no_network(module: Path) -> None:
    names = list(imported(module))
    allowed = frozenset({"pathlib"}) if module.as_posix() == READS_THE_FILE else frozenset()
    assert {name.split(".")[0] for name in names} & KEPT_OUT <= allowed
    assert not [name for name in names if name.startswith("selfcheck.") and name.split(".")[1] not in LAYERS]
    assert not CLOCK_AND_DISK & set(called(module))


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_runs_text_as_code(module: Path) -> None:
    bare = {
        node.func.id
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not bare & RUNS_TEXT


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [module for module in MODULES if VAGUE & set(module.with_suffix("").parts)]


def test_the_core_is_all_there() -> None:
    assert {layer(module) for module in MODULES if is_core(module)} == {
        "toml",
        "part",
        "questionnaire",
        "answers",
        "rulebook",
        "assessment",
        "figures",
        "handout",
    }


def test_assessing_loads_neither_the_web_nor_a_parser_of_positions() -> None:
    code = "import selfcheck, sys; selfcheck.load_rulebook(), selfcheck.assess; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert not {"flask", "wtforms", "jinja2", "tree_sitter"} & set(loaded.stdout.split())
    assert "selfcheck.assessment" in loaded.stdout.split()
