"""Values kept from start to start, and the settings that are read from them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from studio.domain.settings import Settings
from studio.storage.kept import read_kept, write_kept
from studio.storage.settings import SettingsFile
from studio.storage.settings_read import read_settings

if TYPE_CHECKING:
    from pathlib import Path

VALUE = {"a": [1, 2.5, "three", None, True], "b": {"c": b"d"}}


def test_a_value_comes_back(tmp_path: Path) -> None:
    write_kept(tmp_path / "value", VALUE)
    assert read_kept(tmp_path / "value") == VALUE


def test_nothing_is_kept_of_what_is_not_plain(tmp_path: Path) -> None:
    write_kept(tmp_path / "value", object())
    assert read_kept(tmp_path / "value") is None
    write_kept(tmp_path / "no such folder" / "value", VALUE)
    assert read_kept(tmp_path / "no such folder" / "value") is None


@pytest.mark.parametrize("at", range(0, 40, 3))
def test_one_wrong_byte_and_it_is_not_read(tmp_path: Path, at: int) -> None:
    path = tmp_path / "value"
    write_kept(path, VALUE)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    assert read_kept(path) is None
    path.write_bytes(data[:at])
    assert read_kept(path) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_may_write_is_not_read(tmp_path: Path, mode: int) -> None:
    write_kept(tmp_path / "value", VALUE)
    (tmp_path / "value").chmod(mode)
    assert read_kept(tmp_path / "value") is None


def test_settings_are_those_of_the_file_however_it_changes(tmp_path: Path) -> None:
    path, kept = tmp_path / "settings.toml", tmp_path / "kept"
    assert read_settings(path, kept).settings == Settings()
    assert not kept.exists()
    for settings in (Settings(theme="dark", recent=("a.png",)), Settings(variations=5), Settings(keys=(("a", "b"),))):
        SettingsFile(path).save(settings)
        for _ in range(2):
            assert read_settings(path, kept).settings == settings
    path.write_text("theme = ", encoding="utf-8")
    assert read_settings(path, kept).problem is not None


@pytest.mark.parametrize("value", ["text", {"theme = 'dark'": "text"}, {1: {}}, {"": {}}, 7])
def test_a_kept_value_of_another_kind_counts_as_none(tmp_path: Path, value: object) -> None:
    path, kept = tmp_path / "settings.toml", tmp_path / "kept"
    path.write_text("theme = 'dark'", encoding="utf-8")
    write_kept(kept, value)
    assert read_settings(path, kept).settings.theme == "dark"


def test_the_same_text_is_not_parsed_again(tmp_path: Path) -> None:
    path, kept = tmp_path / "settings.toml", tmp_path / "kept"
    path.write_text("theme = 'dark'", encoding="utf-8")
    write_kept(kept, {"theme = 'dark'": {"theme": "light"}})
    assert read_settings(path, kept).settings.theme == "light"


def test_a_date_among_the_settings_is_no_hindrance(tmp_path: Path) -> None:
    path, kept = tmp_path / "settings.toml", tmp_path / "kept"
    path.write_text("theme = 'dark'\nbought = 2024-05-01", encoding="utf-8")
    for _ in range(2):
        assert read_settings(path, kept).settings.theme == "dark"
