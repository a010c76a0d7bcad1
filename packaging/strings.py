"""Writes resources/translations/overpaint.ts: every string that a person can read, for those who translate.

python packaging/strings.py            writes the file
python packaging/strings.py --check    ends with 1 where the file is not up to date
"""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

HOUSE = Path(__file__).resolve().parent.parent
TARGET = HOUSE / "resources" / "translations" / "overpaint.ts"
CONTEXT = "overpaint"
EDITS = {"push", "edit", "edit_in_pool", "_mask", "_edit_layer", "History"}
"""What asks for a step of the history; its title is among the arguments."""


@cache
def spoken() -> tuple[str, ...]:
    """All source strings, sorted: literals given to tr(), and the tables that are translated row by row."""
    found = set(_tables())
    for path in sorted((HOUSE / "studio" / "ui").rglob("*.py")):
        found |= _literals(path)
    for path in sorted((HOUSE / "studio").rglob("*.py")):
        found |= _phases(path) | _notices(path)
    for path in sorted((HOUSE / "studio" / "session").glob("*.py")):
        found |= _steps(path)
    return tuple(sorted(text for text in found if text.strip()))


def catalogue() -> str:
    """The file's text, in Qt's TS format."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", '<TS version="2.1" sourcelanguage="en">']
    lines += ["<context>", f"    <name>{CONTEXT}</name>"]
    for text in spoken():
        lines += ["    <message>", f"        <source>{escape(text)}</source>"]
        lines += ['        <translation type="unfinished"></translation>', "    </message>"]
    return "\n".join([*lines, "</context>", "</TS>", ""])


def _nodes(path: Path, *words: str) -> tuple[ast.AST, ...]:
    """A file's whole syntax tree; nothing where none of the words is in it: most files have nothing of a kind to say,
    and to read and walk all of them takes seconds."""
    text = path.read_text(encoding="utf-8")
    return _walked(text) if any(word in text for word in words) else ()


@cache
def _walked(text: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text)))


def _phases(path: Path) -> set[str]:
    """What a job's progress is told in, wherever it is made."""
    calls = [node for node in _nodes(path, "phase") if isinstance(node, ast.Call)]
    told = [each.value for call in calls for each in call.keywords if each.arg == "phase"]
    return {each.value for each in told if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def _notices(path: Path) -> set[str]:
    """What the session tells in passing: literals where a Notice is made, and those of the name that it is given."""
    nodes = _nodes(path, "Notice", "missing")
    functions = [each for each in nodes if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    told = [each for function in functions for each in (*_told(function), *_reasons(function))]
    return {text for each in told for text in _texts(each, path)}


def _steps(path: Path) -> set[str]:
    """The titles of the history's steps: literals where an edit is asked for, where a title is made, and in the names
    that are given for one."""
    nodes = _walked(path.read_text(encoding="utf-8"))
    edits = [each for each in nodes if isinstance(each, ast.Call) and _called(each.func) in EDITS]
    titles = [each for call in edits for each in call.args if not isinstance(each, ast.Lambda)]
    for function in (each for each in nodes if isinstance(each, ast.FunctionDef) and each.name == "_title"):
        titles += [each.value for each in ast.walk(function) if isinstance(each, ast.Return) and each.value]
    kept = [each for module in nodes if isinstance(module, ast.Module) for each in module.body]
    kept = [each for each in kept if isinstance(each, ast.Assign)]
    titles += [each.value for each in kept if {_name(target) for target in each.targets} & {"TITLE", "TITLES"}]
    return {text for each in titles for text in _texts(each, path)}


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else _name(function)


def _told(function: ast.AST) -> list[ast.expr]:
    within = tuple(ast.walk(function))
    made = [each for each in within if isinstance(each, ast.Call) and _name(each.func) == "Notice"]
    told = [each.value for call in made for each in call.keywords if each.arg in ("text", "button")]
    names = {_name(each) for each in told if isinstance(each, ast.Name)}
    kept = [each for each in within if isinstance(each, ast.Assign)]
    return told + [each.value for each in kept if {_name(target) for target in each.targets} & names]


def _reasons(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr]:
    """What a function that tells what is missing answers, but for what is counted in it."""
    if function.name != "missing":
        return []
    found = [each.value for each in ast.walk(function) if isinstance(each, ast.Return)]
    return [each for each in found if isinstance(each, ast.Constant)]


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _texts(told: ast.expr, path: Path) -> set[str]:
    if any(isinstance(each, ast.JoinedStr) for each in ast.walk(told)):
        raise ValueError(f"{path}: an f-string cannot be translated; give Notice() a literal and facts")
    return {each.value for each in ast.walk(told) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def _literals(path: Path) -> set[str]:
    calls = [
        node
        for node in _nodes(path, "tr(")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr" and node.args
    ]
    first = [call.args[0] for call in calls]
    if any(isinstance(each, ast.JoinedStr) for each in first):
        raise ValueError(f"{path}: an f-string cannot be translated; give tr() a literal and facts")
    return {each.value for each in first if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def _tables() -> list[str]:
    from studio.domain.catalogue import CATALOGUE
    from studio.domain.command import MISSING
    from studio.providers.calls import Phase
    from studio.session.face.commands import COMMANDS
    from studio.session.phases import WORDS
    from studio.session.queueing import ABOUT, EXACT, UNKNOWN
    from studio.ui.dialogs.providers import detail, words
    from studio.ui.dialogs.settings import COLOUR_NAMES, PATTERN_NAMES, THEME_NAMES, WHEEL_NAMES
    from studio.ui.keymap import HELD
    from studio.ui.layers.layers import BLENDS
    from studio.ui.menu_row import MENUS
    from studio.ui.panels import PANEL_COMMANDS

    texts = [*MENUS, *(sentence for _, sentence in MISSING), *(label for _, label in BLENDS)]
    for names in (COLOUR_NAMES, PATTERN_NAMES, THEME_NAMES, WHEEL_NAMES, HELD):
        texts += names.values()
    for names in (words.KINDS, words.KIND_NOTES, words.KEY_PLACES, words.VALUES):
        texts += names.values()
    for name, sentence in words.SETTINGS.values():
        texts += [name, sentence]
    texts += [text for text, _ in detail.SENTENCES]
    texts += [*WORDS, *(phase.value for phase in Phase)]
    texts += [*UNKNOWN, *ABOUT, *EXACT]
    for row in (*COMMANDS, *PANEL_COMMANDS):
        texts += [row.title, row.menu]
    for _, title, what, cost, following, _, button in CATALOGUE.values():
        texts += [title, what, cost, following, button]
    return texts


def main(arguments: list[str]) -> int:
    """Write or check; the answer is the exit status."""
    text = catalogue()
    if "--check" in arguments:
        return 0 if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))
    raise SystemExit(main(sys.argv[1:]))
