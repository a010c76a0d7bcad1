"""Code that is kept: taken where it is ours and whole, made anew where it is not."""

from __future__ import annotations

import builtins
import os
from typing import TYPE_CHECKING, Any

import pytest

from studio.app.kept_code import CARRIED, UNUSED, kept_code

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

NAME = f"{CARRIED}part.py"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was really compiled."""
    names: list[str] = []
    compile_it = builtins.compile

    def told(source: Any, filename: str, *rest: Any, **options: Any) -> Any:
        if not os.path.isabs(filename):  # as files are that Python imports meanwhile
            names.append(filename)
        return compile_it(source, filename, *rest, **options)

    monkeypatch.setattr(builtins, "compile", told)
    return names


def code_of(path: Path, source: bytes, name: str = NAME) -> CodeType:
    with kept_code(path):
        return builtins.compile(source, name, "exec")


def value(code: CodeType) -> object:
    found: dict[str, object] = {}
    exec(code, found)
    return found.get("x")


def test_what_was_compiled_once_is_not_compiled_again(tmp_path: Path, compiled: list[str]) -> None:
    kept = tmp_path / "code"
    assert value(code_of(kept, b"x = 1")) == 1
    again = code_of(kept, b"x = 1")
    assert value(again) == 1
    assert again.co_filename == NAME
    assert compiled == [NAME]


def test_another_source_of_the_same_name_is_compiled(tmp_path: Path) -> None:
    kept = tmp_path / "code"
    code_of(kept, b"x = 1")
    assert value(code_of(kept, b"x = 2")) == 2


def test_what_no_program_uses_is_left_out(tmp_path: Path) -> None:
    for _ in range(2):
        assert value(code_of(tmp_path / "code", b"x = 1", min(UNUSED))) is None


def test_other_code_is_compiled_as_ever(tmp_path: Path, compiled: list[str]) -> None:
    kept = tmp_path / "code"
    for _ in range(2):
        code_of(kept, b"x = 1", "mine.py")
        with kept_code(kept):
            assert eval(builtins.compile("1 + 1", NAME, "eval")) == 2
    assert compiled == ["mine.py", NAME] * 2
    assert not kept.exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 4000])
def test_a_damaged_file_counts_as_none(tmp_path: Path, compiled: list[str], damage: bytes) -> None:
    kept = tmp_path / "code"
    code_of(kept, b"x = 1")
    kept.write_bytes(kept.read_bytes()[:20] + damage)
    assert value(code_of(kept, b"x = 1")) == 1
    code_of(kept, b"x = 1")
    assert compiled == [NAME] * 2


def test_code_of_another_python_counts_as_none(tmp_path: Path, compiled: list[str]) -> None:
    kept = tmp_path / "code"
    code_of(kept, b"x = 1")
    kept.write_bytes(b"\0\0\0\0" + kept.read_bytes()[4:])
    code_of(kept, b"x = 1")
    assert len(compiled) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_others_may_write_is_not_run(tmp_path: Path, compiled: list[str]) -> None:
    kept = tmp_path / "code"
    code_of(kept, b"x = 1")
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.chmod(0o666)
    code_of(kept, b"x = 1")
    assert len(compiled) == 2


def test_where_it_cannot_be_written_nothing_is_kept(tmp_path: Path, compiled: list[str]) -> None:
    missing = tmp_path / "no such folder" / "code"
    assert value(code_of(missing, b"x = 1")) == 1
    assert value(code_of(missing, b"x = 1")) == 1
    assert len(compiled) == 2


def test_compile_is_given_back_after_an_error(tmp_path: Path) -> None:
    before = builtins.compile
    with pytest.raises(SyntaxError):
        code_of(tmp_path / "code", b"x = ")
    assert builtins.compile is before
