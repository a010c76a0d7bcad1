"""Files and functions stay small enough to be read, and are named for what they hold."""

from __future__ import annotations

import ast
import functools
import re

from tests.core.house import source

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
EMPTY_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|common|misc|base)(_|\.py$|$)")

# Functions that are still too long, as "path:name". It may only lose lines.
TOO_LONG_STILL: frozenset[str] = frozenset()


@functools.cache
def too_long_functions() -> dict[str, int]:
    found: dict[str, int] = {}
    for path in source.python_files():
        for kind in (ast.FunctionDef, ast.AsyncFunctionDef):
            for node in source.nodes(path, kind):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found[f"{source.place(path)}:{node.name}"] = length
    return found


def test_no_file_is_longer_than_can_be_read() -> None:
    lengths = {source.place(path): len(source.text(path).splitlines()) for path in source.python_files()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    found = too_long_functions()
    assert {name: length for name, length in found.items() if name not in TOO_LONG_STILL} == {}


def test_the_list_of_long_functions_holds_no_short_one() -> None:
    assert TOO_LONG_STILL - too_long_functions().keys() == set()


def test_no_file_has_a_name_that_says_nothing() -> None:
    files = [path for path in source.python_files("studio", "tests") if path.name != "__init__.py"]
    named = {source.place(path) for path in files if EMPTY_NAMES.search(path.name)}
    folders = {source.place(path.parent) for path in files if EMPTY_NAMES.search(path.parent.name)}
    assert named | folders == set()


def test_a_room_opens_with_what_it_is_for_and_imports_nothing() -> None:
    bad: list[str] = []
    for path in (source.ROOT / "studio").rglob("__init__.py"):
        body = source.tree(path).body
        if len(body) != 1 or not ast.get_docstring(source.tree(path)):
            bad.append(source.place(path))
    assert bad == []


def test_every_folder_of_the_program_is_a_package() -> None:
    folders = {path.parent for path in source.python_files("studio")}
    assert [source.place(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_imports_are_absolute_and_stand_on_their_own() -> None:
    files = source.python_files()
    starred = [
        source.place(path, node.lineno)
        for path in files
        for node in source.nodes(path, ast.ImportFrom)
        if node.level or any(alias.name == "*" for alias in node.names)
    ]
    assert starred == []
