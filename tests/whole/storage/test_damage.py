"""Fifty ways to harm a library: the program opens it, says so, keeps the bad file, and has every picture back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.storage.library import open_library
from tests.core.storage.shelf import Ticks, folders_in, opened
from tests.whole.storage import wreckage
from tests.whole.storage.shelves import missing_pictures, missing_prompts, shown, stock
from tests.whole.storage.wreckage import PAGE

if TYPE_CHECKING:
    from studio.storage.folders import Folders
    from tests.whole.storage.shelves import Kept
    from tests.whole.storage.wreckage import Damage

ROOT = Path(__file__).parents[3]
JOBS = 30
"""Half of them are in the backup; each has two pictures."""

CLOSED: dict[str, Damage] = {
    **{f"cut-to-{length}": wreckage.cut_to(length) for length in (0, 1, 50, 99, 100, 1000, PAGE, -4 * PAGE)},
    **{f"cut-at-{share}": wreckage.cut(share) for share in (0.1, 0.25, 0.5, 0.75, 0.95)},
    **{f"zero-page-at-{share}": wreckage.zeroed(share) for share in (0, 0.1, 0.3, 0.5, 0.7, 0.9)},
    **{f"scattered-{seed}": wreckage.scattered(seed) for seed in range(8)},
    "one-byte-of-text": wreckage.scattered(9, pieces=3, length=1),
    "magic": wreckage.written(0, b"SQLite format 2\0"),
    "page-size": wreckage.written(16, b"\x03\xe8"),
    "format-versions": wreckage.written(18, b"\x09\x09"),
    "application": wreckage.written(68, b"Nope"),
    "version-number": wreckage.written(60, b"\x7f\xff\xff\xff"),
    "schema-page": wreckage.written(100, b"\xff" * 2000),
    "events": wreckage.pages_of("events", "leaf"),
    "every-third-of-events": wreckage.pages_of("events", "leaf", every=3),
    "root-of-events": wreckage.pages_of("events", "internal"),
    "index": wreckage.pages_of("events_of_job"),
    "long-prompts": wreckage.pages_of("events", "overflow"),
    "jobs": wreckage.pages_of("jobs"),
    "gallery": wreckage.pages_of("gallery", "leaf"),
    "words": wreckage.pages_of("gallery_words_data", "leaf"),
    "marks": wreckage.pages_of("marks"),
    "facts": wreckage.pages_of("facts"),
    "zeros": wreckage.all_zeros,
    "text": wreckage.replaced(b"not a database at all" * 300),
    "gone": wreckage.gone,
    "another-database": wreckage.another_database,
    "empty-database": wreckage.an_empty_database,
    "old-copy": wreckage.an_old_copy,
    "table-dropped": wreckage.table_dropped,
    "backups-too": wreckage.with_backups_too(wreckage.replaced(b"noise" * 999)),
    "backups-too-half": wreckage.with_backups_too(wreckage.cut(0.5)),
}
KILLED: dict[str, Damage] = {
    "log-gone": wreckage.log_gone,
    "log-noise": wreckage.log_changed(lambda data: b"noise" * 5000),
    "log-cut": wreckage.log_changed(lambda data: data[:30000]),
    "log-head": wreckage.log_changed(lambda data: bytes(32) + data[32:]),
    "log-page": wreckage.log_changed(lambda data: data[:40000] + bytes(4096) + data[44096:]),
    "file-empty-with-log": wreckage.cut_to(0),
    "file-half-with-log": wreckage.cut(0.5),
}
UNKNOWN: dict[str, Damage] = {
    "no-sidecars": wreckage.without_sidecars(wreckage.with_backups_too(wreckage.gone)),
    "half-the-sidecars": wreckage.without_sidecars(wreckage.with_backups_too(wreckage.cut_to(0)), every=2),
    "noisy-sidecars": wreckage.with_noisy_sidecars(wreckage.with_backups_too(wreckage.cut_to(PAGE)), every=3),
}
UNSURE: dict[str, Damage] = {
    "last-byte": wreckage.cut_to(-1),
    "last-page-gone": wreckage.cut_to(-PAGE),
    "last-page-zero": wreckage.zeroed(1),
}
"""The last page may be one that holds nothing."""
SAID: set[str | None] = {"library-damaged", "library-mended"}
HARMLESS: dict[str, Damage] = {
    "index-of-log-noise": wreckage.index_of_log_is_noise,
    "nothing": lambda folders: None,
}


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Kept]]:
    """A library that was closed, and as it was when it was killed."""
    root = tmp_path_factory.mktemp("patterns")
    closed = folders_in(root / "closed")
    with opened(closed) as library:
        library.gallery._database.connection.execute("PRAGMA wal_autocheckpoint = 150")  # pyright: ignore[reportPrivateUsage]  # so that the log holds a part of it
        kept = stock(library, closed, range(1, JOBS // 2))
        assert library.back_up()
        kept += stock(library, closed, range(JOBS // 2, JOBS))
        shutil.copytree(closed.data, root / "killed")
    return root, kept


def restored(folders: Folders, damage: Damage, kept: list[Kept], codes: set[str | None]) -> tuple[int, int]:
    """How many pictures and prompts are missing after the damage, once it was opened and once more."""
    damage(folders)
    bad = folders.library.read_bytes() if folders.library.exists() else None
    found = open_library(folders, clock=Ticks())
    try:
        assert (found.problem.code if found.problem else None) in codes
        missing = missing_pictures(found.library, kept), missing_prompts(found.library, kept)
        if found.problem is not None and found.problem.code == "library-damaged" and bad is not None:
            kept_aside = list(folders.data.glob("library.damaged-*.sqlite"))
            assert [path.read_bytes() for path in kept_aside] == [bad]
        kept_now = stock(found.library, folders, [1_000_000])
        rows = len(shown(found.library))
    finally:
        found.library.close()
    with opened(folders) as library:
        assert len(shown(library)) == rows
        assert missing_prompts(library, kept_now) == []
        assert {path.stem for path in folders.sidecars.rglob("*.json")} == {str(row.id) for row in shown(library)}
    return len(missing[0]), len(missing[1])


@pytest.mark.parametrize(
    ("state", "damage", "codes"),
    [
        pytest.param(state, damage, codes, id=f"{state}-{name}")
        for state, damages, codes in (
            ("closed", CLOSED, SAID),
            ("closed", UNSURE, {"library-damaged", None}),
            ("killed", KILLED, SAID),
            ("killed", HARMLESS, {None}),
        )
        for name, damage in damages.items()
    ],
)
def test_no_picture_and_no_prompt_is_missing(
    patterns: tuple[Path, list[Kept]], tmp_path: Path, state: str, damage: Damage, codes: set[str | None]
) -> None:
    root, kept = patterns
    folders = folders_in(shutil.copytree(root / state, tmp_path / "data"))
    assert restored(folders, damage, kept, codes) == (0, 0)


@pytest.mark.parametrize("name", UNKNOWN)
def test_pictures_of_which_nothing_else_is_known(patterns: tuple[Path, list[Kept]], tmp_path: Path, name: str) -> None:
    root, kept = patterns
    folders = folders_in(shutil.copytree(root / "closed", tmp_path / "data"))
    pictures, _prompts = restored(folders, UNKNOWN[name], kept, SAID)
    assert pictures == 0


READER = """
import os, sys
from studio.domain.problems import StorageError
from studio.storage.folders import Folders
from studio.storage.library import open_library
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    open_library(Folders.at(sys.argv[1]))
except StorageError as error:
    print(error.problem.code, error.problem.what)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_library_that_may_not_be_written(patterns: tuple[Path, list[Kept]], tmp_path: Path, which: str) -> None:
    """It is said where that is, and nothing is touched; with the right to write all is there."""
    root, kept = patterns
    data = Path(shutil.copytree(root / "closed", tmp_path / "data"))
    for path in (data, *data.parents[:3]):
        path.chmod(0o755)
    changed = data if which == "folder" else data / "library.sqlite"
    changed.chmod(0o555 if which == "folder" else 0o444)
    before = changed.stat().st_mode, (data / "library.sqlite").read_bytes(), sorted(data.rglob("*"))
    said = subprocess.run(
        [sys.executable, "-c", READER, str(data)], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert said.startswith("folder-read-only")
    assert str(data) in said
    assert (changed.stat().st_mode, (data / "library.sqlite").read_bytes(), sorted(data.rglob("*"))) == before
    changed.chmod(0o755)
    with opened(folders_in(data)) as library:
        assert missing_prompts(library, kept) == []
