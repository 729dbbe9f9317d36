"""Walls that the import contracts cannot see: build.py is a module, and some things are words."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from outreach_kit.places import CHECKOUT


def imported_by(path: str) -> set[str]:
    tree = ast.parse((CHECKOUT / path).read_text(encoding="utf-8"))
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    return names | {
        node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    }


def test_the_shell_that_builds_knows_no_server() -> None:
    assert imported_by("build.py")
    assert not [name for name in imported_by("build.py") if name.startswith("form_server")]


@pytest.mark.parametrize(
    ("module", "late"),
    [
        ("outreach_kit.publish.manifest", "jinja2"),
        ("outreach_kit.publish.request", "jinja2"),
        ("outreach_kit.practice", "markdown"),
        ("outreach_kit.web", "markdown"),
        ("outreach_kit.web", "fontTools"),
        ("outreach_kit.web", "PIL"),
        ("outreach_kit.promise", "holidays"),
        ("form_server.ledger", "alembic"),
        ("form_server.commands", "flask"),
    ],
)
def test_importing_a_room_does_not_load_what_it_seldom_needs(module: str, late: str) -> None:
    code = f"import sys, {module}; sys.exit({late!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, check=False)
    assert done.returncode == 0, f"{module} imports {late}"


def test_what_is_typed_is_refused_in_one_way() -> None:
    """By `practice.faults`; who waits for a library's own errors would wait in vain."""
    modules = [
        path.relative_to(CHECKOUT).as_posix()
        for room in ("outreach_kit", "form_server")
        for path in (CHECKOUT / room).rglob("*.py")
    ]
    assert len(modules) > 500
    words = {path: (CHECKOUT / path).read_text(encoding="utf-8") for path in modules}
    assert [path for path, text in words.items() if "import pydantic" in text] == []
    assert [path for path, text in words.items() if "from pydantic" in text] == []


def test_values_of_the_core_are_made_the_quick_way() -> None:
    """By `outreach_kit.frozen`: a build of ten pages would else spend a fifth of its time on `dataclass`."""
    plain, quick = [], []
    for path in sorted((CHECKOUT / "outreach_kit").rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        plain += [path.name for line in lines if line.strip() == "@dataclass(frozen=True)"]
        quick += [path.name for line in lines if line.strip() == "@frozen"]
    assert len(quick) > 200
    assert not plain, f"use @frozen in {plain}"
