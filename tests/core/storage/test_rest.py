"""Folders, the lock, thumbnails."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from studio.domain.pixels import PixelFormat
from studio.domain.problems import StorageError
from studio.imaging.decode import decode_small
from studio.imaging.png import png
from studio.storage import lock
from studio.storage.blobs import BlobStore
from studio.storage.folders import Folders
from studio.storage.thumbs import SIDE, Thumbnails
from tests.core.storage.pages import noise

if TYPE_CHECKING:
    from pathlib import Path

CHILD = """
import sys
from pathlib import Path
from studio.storage import lock
held = lock.acquire(Path(sys.argv[1]))
print("free" if held else "taken", flush=True)
sys.stdin.read()
"""


def child(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_all_lies_under_a_folder_of_ones_own_private_whatever_the_umask(tmp_path: Path) -> None:
    folders = Folders.at(str(tmp_path / "a" / "data"))
    old = os.umask(0)
    try:
        folders.make()
        folders.make()
    finally:
        os.umask(old)
    for folder in folders.all():
        assert folder.is_relative_to(tmp_path / "a")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folders.settings.parent == folders.library.parent == tmp_path / "a" / "data"


def test_without_one_the_platforms_places_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    folders = Folders.at(None)
    if sys.platform == "linux":
        assert folders.settings == tmp_path / "CONFIG" / "overpaint" / "settings.toml"
        assert folders.library == tmp_path / "DATA" / "overpaint" / "library.sqlite"
        assert folders.thumbnails == tmp_path / "CACHE" / "overpaint" / "thumbnails"


def test_a_file_in_the_folders_place_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(StorageError):
        Folders.at(str(tmp_path / "data")).make()


def test_one_process_holds_the_lock_and_a_killed_one_frees_it(tmp_path: Path) -> None:
    with child(tmp_path) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "free\n"
        assert lock.acquire(tmp_path) is None
        assert lock.holder(tmp_path) == lock.Holder(pid=first.pid, window=False)
        first.kill()
        first.wait()
    mine = lock.acquire(tmp_path)
    assert mine is not None
    assert lock.holder(tmp_path) == lock.Holder(pid=os.getpid(), window=False)
    mine.release()
    mine.release()
    again = lock.acquire(tmp_path)
    assert again is not None
    again.release()


@pytest.mark.parametrize("opaque", [True, False])
def test_a_thumbnail_is_made_once_and_again_where_it_was_lost(tmp_path: Path, opaque: bool) -> None:
    blobs = BlobStore(tmp_path / "blobs")
    data = png(noise(600, 300, 1, opaque=opaque))
    blob = blobs.put(data)
    thumbnails = Thumbnails(blobs, tmp_path / "cache")
    first = thumbnails.of_blob(blob)
    assert (first.size.width, first.size.height) == (SIDE, SIDE // 2)
    assert first.format is (PixelFormat.BGRX if opaque else PixelFormat.BGRA_PREMULTIPLIED)
    blobs.path(blob).unlink()
    kept = thumbnails.of_blob(blob)
    assert (kept.size, kept.format) == (first.size, first.format)
    if not opaque:
        assert bytes(kept.data) == bytes(decode_small(data, SIDE).data)
    blobs.put(data)
    for path in (tmp_path / "cache").glob("*/*"):
        path.write_bytes(b"damaged")
    assert bytes(thumbnails.of_blob(blob).data) == bytes(first.data)
