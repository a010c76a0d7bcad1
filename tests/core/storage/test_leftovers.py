"""What a killed process leaves, and that a start removes it and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.edits import new_document
from studio.domain.recovery import RecoveryEntry
from studio.storage.leftovers import sweep
from studio.storage.recovery import RecoveryStore
from tests.core.storage.pages import differences, noise
from tests.core.storage.shelf import folders_in

if TYPE_CHECKING:
    from pathlib import Path


def test_half_written_files_go_from_every_folder_and_finished_ones_stay(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    cut = tuple(store / "ab" / "cd" for store in (folders.blobs, folders.masks))
    deep = (*cut, folders.thumbnails / "ab", folders.backups, folders.config, folders.data)
    for folder in deep:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "whole").write_bytes(b"1")
        (folder / ".whole.0123456789ab.part").write_bytes(b"")
    sweep(folders)
    assert list(tmp_path.rglob("*.part")) == []
    assert all((folder / "whole").read_bytes() == b"1" for folder in deep)


def test_a_recovery_copy_stays_and_what_cannot_be_opened_goes(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    store, state = RecoveryStore(folders.recovery), new_document(noise(300, 300, 1), "Photo")
    for key in ("kept", "begun", "removed"):
        store.save(RecoveryEntry(key=key, title="", saved_at=1.0, size=state.size), state)
    (folders.recovery / "kept" / ".000002.pack.0123456789ab.part").write_bytes(b"half")
    (folders.recovery / "begun" / "000001.json").unlink()
    (folders.recovery / "removed").rename(folders.recovery / "removed.gone")
    sweep(folders)
    assert [path.name for path in folders.recovery.iterdir()] == ["kept"]
    assert list(folders.recovery.rglob("*.part")) == []
    assert differences(state, RecoveryStore(folders.recovery).load("kept")) == []
