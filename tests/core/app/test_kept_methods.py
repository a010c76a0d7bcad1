"""The methods of dataclasses: compiled once, and the same as ever."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import studio
from studio.app.kept_methods import kept_methods, methods_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LISTEN = """
import sys
texts = []
def hear(event, about):
    if event == "compile" and "__create_fn__" in str(about[0]):
        texts.append(about[0])
sys.addaudithook(hear)
"""
OTHER = """
import dataclasses, string
from pathlib import Path
from studio.app.kept_methods import kept_methods
texts.clear()
with kept_methods(lambda: [Path(sys.argv[1])]):
    dataclasses.dataclass(type("Other", (), {"__annotations__": {"a": "int"}, "__module__": "string"}))
print(len(texts))
"""
VERB = """
from studio.app.run import run
run(["models", "--help"])
print(len(texts))
"""


def told(changes: dict[str, str], code: str, *arguments: str) -> str:
    """The last word of another process that listens to what its dataclasses compile."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), **changes}
    command = [sys.executable, "-c", LISTEN + code, *arguments]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60, env=environment)
    return ran.stdout.split()[-1]


class Compiled(list[str]):
    """The texts that were really compiled, by the library for its dataclasses."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = False

    def hear(self, event: str, about: Sequence[Any]) -> None:
        """An audit hook."""
        if self.heard and event == "compile" and "__create_fn__" in str(about[0]):
            self.append(str(about[0]))


COMPILED = Compiled()
"""An audit hook cannot be taken away, so there is one for all tests."""
sys.addaudithook(COMPILED.hear)


@pytest.fixture
def compiled() -> Iterator[list[str]]:
    COMPILED.clear()
    COMPILED.heard = True
    yield COMPILED
    COMPILED.heard = False


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for them, and a Python that keeps what it compiles."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "methods"


def point(path: Path, *, name: str = "Point", module: str = __name__) -> Any:
    """A dataclass of a module, made with kept methods; it has a field of its own name besides."""
    fields = {"x": "int", "y": "int", name.lower(): "int"}
    body = {"__annotations__": fields, "__module__": module, "__doc__": name, "y": 2, name.lower(): 3}
    with kept_methods(lambda: (path,)):
        return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(type(name, (), body))


def test_the_methods_of_a_dataclass_are_compiled_once(kept: Path, compiled: list[str]) -> None:
    first = point(kept)
    made = len(compiled)
    second = point(kept)
    assert made >= 1
    assert len(compiled) == made
    for each in (first, second):
        assert each(x=1) == each(x=1, y=2) != each(x=2)
        assert hash(each(x=1)) == hash((1, 2, 3))
        assert repr(each(x=1)) == "Point(x=1, y=2, point=3)"
        with pytest.raises(dataclasses.FrozenInstanceError):
            each(x=1).x = 3


def test_one_process_adds_to_what_another_kept(kept: Path, compiled: list[str]) -> None:
    point(kept, module="string")
    point(kept)
    compiled.clear()
    point(kept, module="string")
    point(kept)
    assert compiled == []


def test_what_was_added_meanwhile_stays(kept: Path, compiled: list[str]) -> None:
    with kept_methods(lambda: (kept,)):
        dataclasses.dataclass(type("Own", (), {"__annotations__": {"own": "int"}, "__module__": __name__}))
        assert told({"PYTHONDONTWRITEBYTECODE": ""}, OTHER, str(kept)) != "0"
    assert told({}, OTHER, str(kept)) == "0"


def test_texts_that_a_module_no_longer_asks_for_go(kept: Path, compiled: list[str]) -> None:
    point(kept, name="Old")
    size = kept.stat().st_size
    point(kept, name="New")
    assert kept.stat().st_size == size
    compiled.clear()
    point(kept, name="Old")
    assert compiled != []


def test_a_python_that_keeps_nothing_is_obeyed(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert point(kept)(x=1).y == 2
    assert not kept.exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 4000])
def test_a_damaged_file_counts_as_none(kept: Path, compiled: list[str], damage: bytes) -> None:
    point(kept)
    made = len(compiled)
    kept.write_bytes(kept.read_bytes()[:20] + damage)
    assert point(kept)(x=1).y == 2
    assert len(compiled) == 2 * made


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_others_may_write_is_not_run(kept: Path, compiled: list[str]) -> None:
    point(kept)
    made = len(compiled)
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.chmod(0o666)
    point(kept)
    assert len(compiled) == 2 * made


def test_where_they_cannot_be_written_nothing_is_kept(kept: Path) -> None:
    missing = kept / "no such folder" / "methods"
    assert point(missing)(x=1).y == point(missing)(x=1).y == 2


def test_dataclasses_write_their_methods_as_ever_afterwards(kept: Path) -> None:
    with pytest.raises(ZeroDivisionError), kept_methods(lambda: (kept,)):
        _ = 1 / 0
    assert "exec" not in vars(dataclasses)


def test_they_lie_beside_the_compiled_modules() -> None:
    assert next(methods_files()).parent == Path(cache_from_source(str(studio.__file__))).parent


def test_where_the_program_is_not_the_users_they_lie_in_their_cache(
    tmp_path: Path, kept: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "not theirs").write_bytes(b"")
    places = (tmp_path / "not theirs" / "methods", kept)
    for _ in range(2):
        compiled.clear()
        with kept_methods(lambda: places):
            dataclasses.dataclass(type("Own", (), {"__annotations__": {"own": "int"}, "__module__": __name__}))
    assert compiled == []
    assert kept.exists()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert list(methods_files())[1].parent == tmp_path / "overpaint"


def test_a_verb_compiles_no_methods_the_second_time() -> None:
    first, second = (told({"PYTHONDONTWRITEBYTECODE": ""}, VERB) for _ in range(2))
    assert (first.isdigit(), second) == (True, "0")
