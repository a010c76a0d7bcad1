"""Files are whole at every moment, and what stops their writing is said in a sentence."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from studio.domain.ids import BlobId
from studio.domain.problems import StorageError
from studio.storage.atomic import keep_aside, sweep_parts, write_bytes, write_file
from studio.storage.blobs import BlobStore, blob_id

CHILD = """
import os, resource, signal, sys
from pathlib import Path
from studio.domain.ids import BlobId
from studio.domain.problems import StorageError
from studio.storage.atomic import write_bytes
{limit}
try:
    write_bytes(Path(sys.argv[1]), b"n" * 100_000)
except StorageError as error:
    print(error.problem.code)
"""
SMALL = "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))"
NOBODY = "os.setgid(65534); os.setuid(65534)"


def in_child(limit: str, path: Path) -> str:
    """What a process says that writes there under a limit."""
    program = CHILD.format(limit=limit)
    ended = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    return ended.stdout.strip()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_and_over_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "export ä.png"
    write_bytes(path, b"one")
    write_bytes(path, b"two, longer")
    assert path.read_bytes() == b"two, longer"
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
@pytest.mark.parametrize("name", [b"caf\xe9.png", b"\xe9" * 251 + b".png", b"\xc3\xa9" * 125 + b".png"])
def test_a_name_that_is_no_text(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    write_bytes(path, b"one")
    write_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(bytes(tmp_path)) == [name]


def test_an_old_file_keeps_its_mode_and_a_private_one_is_private(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_bytes(path, b"new")
    assert mode(path) == 0o640
    old = os.umask(0)
    try:
        write_bytes(tmp_path / "private", b"", private=True)
        write_bytes(tmp_path / "plain", b"")
    finally:
        os.umask(old)
    assert (mode(tmp_path / "private"), mode(tmp_path / "plain")) == (0o600, 0o666)


def test_a_link_keeps_pointing_and_its_target_is_written(tmp_path: Path) -> None:
    target = tmp_path / "there" / "real.ora"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "link.ora"
    link.symlink_to(target)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_no_room_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "project.ora"
    path.write_bytes(b"old")
    assert in_child(SMALL, path) == "disk-full"
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["project.ora"]


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="needs root to become nobody")
@pytest.mark.parametrize("case", ["folder", "file"])
def test_a_read_only_folder_or_file(tmp_path: Path, case: str) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    path = folder / "project.ora"
    path.write_bytes(b"old")
    folder.chmod(0o555 if case == "folder" else 0o777)
    path.chmod(0o666 if case == "folder" else 0o444)
    for parent in tmp_path.parents[:2]:
        parent.chmod(0o755)
    tmp_path.chmod(0o755)
    assert in_child(NOBODY, path) == "folder-read-only"
    assert path.read_bytes() == b"old"
    assert os.listdir(folder) == ["project.ora"]


def test_a_folder_that_no_file_can_be_made_in() -> None:
    with pytest.raises(StorageError) as caught:
        write_bytes(Path("/proc/overpaint.png"), b"x")
    assert caught.value.problem.code in ("write-failed", "folder-read-only")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device there")
def test_a_device_is_not_replaced() -> None:
    with pytest.raises(StorageError):
        write_bytes(Path("/dev/full"), b"x")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


def test_a_folder_of_that_name_and_a_missing_folder(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing" / "a.png"):
        with pytest.raises(StorageError) as caught:
            write_bytes(path, b"x")
        assert caught.value.problem.code == "write-failed"
    assert os.listdir(tmp_path) == []


def test_whatever_goes_wrong_while_writing_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fill(file: IO[bytes]) -> None:
        file.write(b"half")
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        write_file(path, fill)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_names_as_long_as_the_system_takes(tmp_path: Path) -> None:
    path = tmp_path / ("ä" * 120 + ".png")
    write_bytes(path, b"x")
    assert path.read_bytes() == b"x"


def test_sweeping_removes_half_written_files_alone(tmp_path: Path) -> None:
    (tmp_path / ".a.123.part").write_bytes(b"")
    (tmp_path / "a").write_bytes(b"")
    sweep_parts(tmp_path)
    sweep_parts(tmp_path / "missing")
    assert os.listdir(tmp_path) == ["a"]


def test_keeping_aside_never_overwrites(tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        path = tmp_path / "settings.toml"
        path.write_bytes(content)
        kept = keep_aside(path, "now")
        assert kept.read_bytes() == content
    assert len(os.listdir(tmp_path)) == 2


def test_a_blob_is_private_and_not_written_twice(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path)
    blob = blobs.put(b"picture")
    before = blobs.path(blob).stat().st_mtime_ns, blobs.path(blob).stat().st_ino
    assert blobs.put(b"picture") == blob
    assert (blobs.path(blob).stat().st_mtime_ns, blobs.path(blob).stat().st_ino) == before
    assert mode(blobs.path(blob)) == 0o600
    assert mode(blobs.path(blob).parent) == 0o700
    assert blobs.has(blob)


def test_a_blob_that_changed_on_disk_is_not_handed_out_and_mends_when_put_again(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path)
    blob = blobs.put(b"picture")
    blobs.path(blob).write_bytes(b"pict")
    with pytest.raises(StorageError) as caught:
        blobs.get(blob)
    assert caught.value.problem.code == "blob-damaged"
    blobs.put(b"picture")
    assert blobs.get(blob) == b"picture"


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63])
def test_a_name_that_is_no_hash_leads_nowhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        BlobStore(tmp_path).path(BlobId(name))


def test_a_killed_put_is_swept(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path)
    path = blobs.path(blobs.put(b"picture"))
    left = path.with_name(f".{blob_id(b'x')}.0.part")
    left.write_bytes(b"half")
    blobs.sweep()
    assert os.listdir(path.parent) == [path.name]
