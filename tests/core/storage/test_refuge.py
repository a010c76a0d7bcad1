"""What finds no room in the library goes into the first folder that takes it, and never over another file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from studio.domain.problems import StorageError
from studio.storage.refuge import Refuge

NAME = "overpaint-01-0.png"


def test_the_first_folder_that_takes_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "good").mkdir()
    folders = (tmp_path / "missing", tmp_path / "file", Path("/proc"), tmp_path / "good", tmp_path)
    kept = Refuge(lambda: folders).keep(NAME, b"picture")
    assert kept == tmp_path / "good" / NAME
    assert kept.read_bytes() == b"picture"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert os.listdir(kept.parent) == [NAME]


def test_a_name_that_is_taken_gets_a_number_and_the_same_bytes_none(tmp_path: Path) -> None:
    refuge = Refuge(lambda: (tmp_path,))
    (tmp_path / NAME).symlink_to(tmp_path / "nowhere")
    assert refuge.keep(NAME, b"one").name == "overpaint-01-0-2.png"
    assert refuge.keep(NAME, b"two").name == "overpaint-01-0-3.png"
    assert refuge.keep(NAME, b"two").name == "overpaint-01-0-3.png"
    assert len(os.listdir(tmp_path)) == 3
    assert (tmp_path / NAME).is_symlink()


def test_a_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert Refuge(lambda: (tmp_path / "in",)).keep("../../x.png", b"1") == tmp_path / "in" / "x.png"


def test_folders_are_asked_for_each_time(tmp_path: Path) -> None:
    folders: list[Path] = []
    refuge = Refuge(lambda: folders)
    with pytest.raises(StorageError) as caught:
        refuge.keep(NAME, b"picture")
    assert caught.value.problem.code == "nowhere-to-keep"
    folders.append(tmp_path)
    assert refuge.keep(NAME, b"picture") == tmp_path / NAME


def test_where_no_folder_takes_it_all_that_were_tried_are_named() -> None:
    with pytest.raises(StorageError) as caught:
        Refuge(lambda: (Path("/proc"), Path("/proc"), Path("/sys"))).keep(NAME, b"picture")
    assert "nor /proc, nor /sys." in caught.value.problem.what
