"""Reads the project's own source for the house tests."""

from __future__ import annotations

import ast
import functools
import gc
import io
import tokenize
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

N = TypeVar("N", bound=ast.AST)
ROOT = Path(__file__).resolve().parents[3]


def python_files(*folders: str) -> list[Path]:
    """All Python files under these folders of the project; the whole project's if none is named."""
    names = folders or ("studio", "tests", "packaging")
    return sorted(path for name in names for path in (ROOT / name).rglob("*.py"))


def place(path: Path, line: int = 0) -> str:
    """How a finding is named: the path from the project's root, and the line."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{line}" if line else name


@functools.cache
def text(path: Path) -> str:
    """What stands in a file."""
    return path.read_text(encoding="utf-8")


@functools.cache
def tree(path: Path) -> ast.Module:
    """A file's syntax tree."""
    with _uncollected():
        return ast.parse(text(path), str(path))


@functools.cache
def _by_kind(path: Path) -> dict[type[ast.AST], list[ast.AST]]:
    """A file's nodes, walked once for all tests."""
    found: dict[type[ast.AST], list[ast.AST]] = {}
    with _uncollected():
        for node in ast.walk(tree(path)):
            found.setdefault(type(node), []).append(node)
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing of a tree is garbage: looking for some among a million nodes takes three times as long as parsing."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def nodes(path: Path, kind: type[N]) -> Iterator[N]:
    """All nodes of one kind in a file."""
    return (node for node in _by_kind(path).get(kind, []) if isinstance(node, kind))


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """All comments of a file with their line numbers; what only looks like one in a string is none."""
    for token in tokenize.generate_tokens(io.StringIO(text(path)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """All string literals of a file that are not docstrings, with their line numbers."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    prose = {
        id(node.body[0].value)
        for kind in documented
        for node in nodes(path, kind)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes(path, ast.Constant):
        if isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def callee(call: ast.Call) -> str:
    """The last name of what is called: `exec` for `dialog.exec()`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
