"""The adapters fit the ports of the session and the jobs: the type checker reads this, running it proves the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.storage.adapters import AsyncBlobs, AsyncJournal, AsyncLibrary, AsyncRefuge
from studio.storage.blobs import BlobStore
from studio.storage.recovery import RecoveryStore
from studio.storage.refuge import Refuge
from studio.storage.settings import SettingsFile
from studio.storage.thumbs import AsyncThumbnails, Thumbnails
from studio.storage.user_files import UserFiles
from tests.core.storage.shelf import folders_in, opened, run_here

if TYPE_CHECKING:
    from pathlib import Path

    from studio.jobs import ports as jobs
    from studio.session import ports as session


def test_every_port_has_its_adapter(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    store = BlobStore(folders.blobs)
    files: session.Files = UserFiles(blobs=store, sample=tmp_path / "sample.jpg", handed_out=folders.cache / "out")
    recovery: session.Recovery = RecoveryStore(folders.recovery)
    settings: session.SettingsStore = SettingsFile(folders.settings)
    blobs: session.Blobs = AsyncBlobs(store, run_here)
    job_blobs: jobs.Blobs = AsyncBlobs(store, run_here)
    thumbnails: session.Thumbnails = AsyncThumbnails(Thumbnails(store, folders.thumbnails), run_here)
    refuge: jobs.Refuge = AsyncRefuge(Refuge(lambda: (tmp_path,)), run_here)
    with opened(folders) as library:
        journal: jobs.Journal = AsyncJournal(library.journal, run_here)
        rows: session.Library = AsyncLibrary(library.gallery, run_here)
    for port in (files, recovery, settings, blobs, job_blobs, thumbnails, refuge, journal, rows):
        assert port.__class__.__module__.startswith("studio.storage")
