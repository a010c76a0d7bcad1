"""How the toolkit is used: no nested loops, no colours outside the tokens, no windows outside their room."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.core.house import source

if TYPE_CHECKING:
    from pathlib import Path

TOKENS = source.ROOT / "studio/ui/theme/tokens.py"
PAINTING = source.ROOT / "studio/imaging/painting.py"
NESTED_LOOPS = {"exec", "exec_", "processEvents", "asyncSlot"}
# The one loop that may be run is the application's own.
APPLICATION = {"QApplication", "QCoreApplication", "application", "app"}
# Qt has no other way to drag: the loop is the system's, it goes on serving timers and the session, and ends with the
# press. Nothing is awaited from within it.
DRAG = {"drag.exec"}
# A nested loop of its own hides in each of these too: they return only when the person has answered.
STATIC_DIALOGS = {
    "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory", "getText", "getItem",
    "getInt", "getDouble", "getColor", "getFont", "question", "information", "warning", "critical",
}  # fmt: skip
HEX = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})(?![0-9a-zA-Z])")
FUNCTIONAL = re.compile(r"\b(?:rgba?|hsla?|hsva?)\(\s*\d")
COLOUR_MAKERS = {"QColor", "fromRgb", "fromRgbF", "fromRgba", "fromHsv", "fromHsl", "qRgb", "qRgba"}
DRAWING = {"QtCore", "QtGui"}
NOT_DRAWING = {"QObject", "Signal", "Slot", "QThread", "QTimer", "QCoreApplication", "QGuiApplication"}


def literal_colours(path: Path) -> list[str]:
    """Places where a file names a colour by value or by name instead of by token."""
    written = [
        (line, repr(value.strip()[:40]))
        for line, value in source.strings(path)
        if HEX.search(value) or FUNCTIONAL.search(value)
    ]
    made = [
        (call.lineno, ast.unparse(call))
        for call in source.nodes(path, ast.Call)
        if source.callee(call) in COLOUR_MAKERS and any(map(_is_literal, call.args))
    ]
    named = [
        (name.lineno, ast.unparse(name))
        for name in source.nodes(path, ast.Attribute)
        if ast.unparse(name.value).endswith("GlobalColor") and name.attr != "transparent"
    ]
    return [f"{source.place(path, line)}: {code}" for line, code in written + made + named]


def _is_literal(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and isinstance(argument.value, int | float | str)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("c = QColor(38, 38, 38)", 1),
        ("c = QColor('red')", 1),
        ("c = QColor(tokens.window)", 0),
        ("c = QColor.fromRgb(1, 2, 3)", 1),
        ("s = 'color: #fff;'", 1),
        ("s = f'color: #262626; width: {width}px'", 1),
        ("s = 'background: rgba(0, 0, 0, 40)'", 1),
        ("c = Qt.GlobalColor.red", 1),
        ("c = Qt.GlobalColor.transparent", 0),
        ("s = 'url(#gradient)'", 0),
    ],
)
def test_what_counts_as_a_colour(line: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "ROOT", tmp_path)
    path = tmp_path / "probe.py"
    path.write_text(line, encoding="utf-8")
    assert len(literal_colours(path)) == count


def test_colours_are_named_in_one_file() -> None:
    files = [path for path in source.python_files("studio/ui", "studio/app") if path != TOKENS]
    assert [line for path in files for line in literal_colours(path)] == []


def test_no_loop_is_run_inside_the_loop() -> None:
    found = [
        f"{source.place(path, node.lineno)}: {ast.unparse(node)}"
        for path in source.python_files("studio")
        for node in source.nodes(path, ast.Attribute)
        if node.attr in NESTED_LOOPS
        and ast.unparse(node.value).rpartition(".")[2] not in APPLICATION
        and ast.unparse(node) not in DRAG
    ]
    decorated = [
        f"{source.place(path, node.lineno)}: asyncSlot"
        for path in source.python_files("studio")
        for node in source.nodes(path, ast.Name)
        if node.id == "asyncSlot"
    ]
    assert found + decorated == []


def test_no_dialog_is_asked_by_a_call_that_waits() -> None:
    found = [
        f"{source.place(path, call.lineno)}: {ast.unparse(call.func)}"
        for path in source.python_files("studio/ui")
        for call in source.nodes(path, ast.Call)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in STATIC_DIALOGS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id.startswith("Q")
    ]
    assert found == []


def test_outside_the_window_the_toolkit_only_draws() -> None:
    found: list[str] = []
    for path in source.python_files("studio"):
        if path.is_relative_to(source.ROOT / "studio/ui"):
            continue
        for node in source.nodes(path, ast.ImportFrom):
            package, _, module = (node.module or "").partition(".")
            names = {alias.name for alias in node.names}
            modules = {module} if module else names
            drawing = path == PAINTING and modules <= DRAWING and not names & NOT_DRAWING
            if package == "PySide6" and not drawing:
                found.append(f"{source.place(path, node.lineno)}: {ast.unparse(node)}")
    assert found == []
