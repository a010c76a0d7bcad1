"""Enums made the short way are those of the standard library, for every one that the toolkit has."""

from __future__ import annotations

import pickle
import subprocess
import sys
from enum import Enum, EnumType, Flag, IntEnum, IntFlag
from pathlib import Path
from typing import Any

import pytest
from PySide6 import QtCore, QtGui, QtSvg, QtWidgets

from studio.ui.lean_enums import facts, lean

HOUSE = Path(__file__).parents[3]
KINDS = (Enum, IntEnum, Flag, IntFlag)
LOAD = """
import enum
plain = enum.EnumType._create_
from studio.ui.toolkit import load_toolkit
load_toolkit()
load_toolkit()
assert enum.EnumType._create_ is not plain and enum.EnumType._create_.is_lean
from PySide6.QtCore import QObject, Qt
assert Qt.Key.Key_A.value == 65 and Qt.Key(65) is Qt.Key.Key_A and Qt.Key.Key_A.name == "Key_A"
assert Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop == Qt.AlignmentFlag(0x21)
assert repr(Qt.Key.Key_A) == "<Key.Key_A: 65>" and Qt.Key.__module__ == "PySide6.QtCore"
assert Qt.Key.__qualname__ == "Qt.Key"
print("good")
"""


def plain(kind: Any, name: str, pairs: Any, **more: Any) -> Any:
    return getattr(EnumType, "_create_")(kind, name, pairs, **more)  # noqa: B009 -- private, and checkers do not know it


def enums_of(holder: Any) -> list[Any]:
    found = [each for each in vars(holder).values() if isinstance(each, EnumType)]
    for each in vars(holder).values():
        if isinstance(each, type) and not isinstance(each, EnumType):
            found += [inner for inner in vars(each).values() if isinstance(inner, EnumType)]
    return found


@pytest.mark.parametrize("module", [QtCore, QtGui, QtWidgets, QtSvg], ids=lambda module: module.__name__)
def test_every_enum_of_the_toolkit_is_the_same_both_ways(module: Any) -> None:
    for name in dir(module):
        getattr(module, name)  # a class is made when it is first named
    enums = enums_of(module)
    assert len(enums) > (0 if module is QtSvg else 50)
    for each in enums:
        kind = next(base for base in each.__mro__ if base in KINDS)
        pairs = [(name, int(member.value)) for name, member in each.__members__.items()]
        short = lean(plain)(kind, each.__name__, list(pairs), module="m", qualname="q")
        assert facts(short) == facts(plain(kind, each.__name__, list(pairs), module="m", qualname="q"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "pairs",
    [
        [("A", 1), ("B", 2), ("AB", 3), ("AGAIN", 1)],
        [("LOW", 4), ("HIGH", 1), ("NONE", 0)],
        [("MINUS", -1), ("A", 2)],
        [("name", 1), ("B", 2)],
        [("real", 1), ("B", 2)],
        [("_private", 1), ("B", 2)],
        [],
    ],
)
def test_what_has_rules_of_its_own_is_the_same_too(kind: Any, pairs: list[tuple[str, int]]) -> None:
    short, long = lean(plain)(kind, "E", list(pairs), module="m"), plain(kind, "E", list(pairs), module="m")
    assert facts(short) == facts(long)
    assert [repr(each) for each in short] == [repr(each) for each in long]
    assert dir(short) == dir(long)


@pytest.mark.parametrize("kind", [Flag, IntFlag])
def test_flags_are_joined_and_taken_apart_alike(kind: Any) -> None:
    pairs = [("A", 1), ("B", 2), ("AB", 3), ("C", 8)]
    short, long = lean(plain)(kind, "E", list(pairs), module="m"), plain(kind, "E", list(pairs), module="m")
    for made in (short, long):
        assert made.A | made.B is made.AB
        assert (made.A | made.C).value == 9
        assert list(made.AB) == [made.A, made.B]
    assert (~short.A).value == (~long.A).value
    assert repr(~short.A) == repr(~long.A)


def test_other_ways_to_ask_for_an_enum_stay_as_they_are() -> None:
    short = lean(plain)
    assert [each.value for each in short(Enum, "E", "A B C")] == [1, 2, 3]
    assert [each.value for each in short(Enum, "E", ["A", "B"], start=5)] == [5, 6]
    assert short(Enum, "E", {"A": "text"}).A.value == "text"
    assert short(Enum, "E", [("A", "text")]).A.value == "text"
    with pytest.raises(TypeError):
        short(Enum, "E", [("A", 1), ("A", 2)])


def test_members_travel() -> None:
    assert pickle.loads(pickle.dumps(QtCore.Qt.Key.Key_A)) is QtCore.Qt.Key.Key_A


def test_the_toolkit_is_loaded_with_it() -> None:
    ran = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, cwd=HOUSE, timeout=60)
    assert ran.stdout == "good\n", ran.stderr
