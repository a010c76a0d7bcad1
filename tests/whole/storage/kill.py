"""A process for the kill tests: writes without end, and says on its output what is safe on the disk."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from studio.storage.blobs import BlobStore
from studio.storage.library import open_library
from tests.core.storage.shelf import folders_in, live


def say(number: int) -> None:
    print(number, flush=True)


def journal(root: Path) -> None:
    folders = folders_in(root)
    library = open_library(folders).library
    blobs = BlobStore(folders.blobs)
    start = len(library.journal.jobs())
    for number in count(start):
        blobs.put(b"result %d" % number)
        live(library, f"{number:06}")
        say(number)


# What works on pictures takes as long to load as all else together, and the journal needs none of it.


def recovery(root: Path) -> None:
    from studio.document.edits import new_document
    from studio.domain.recovery import RecoveryEntry
    from studio.storage.recovery import RecoveryStore
    from tests.core.storage.pages import noise

    store = RecoveryStore(root)
    for number in count(1):
        state = new_document(noise(700, 300, number), "Photo")
        store.save(RecoveryEntry(key="one", title="Photo", saved_at=float(number), size=state.size), state)
        say(number)


def project(root: Path) -> None:
    from studio.document.edits import new_document
    from studio.document.project import Project
    from studio.storage.user_files import UserFiles
    from tests.core.storage.pages import noise

    root.mkdir(exist_ok=True)
    files = UserFiles(blobs=BlobStore(root / "blobs"), sample=root / "none", handed_out=root / "handed-out")
    for number in count(1):
        state = new_document(noise(400, 300, number), str(number))
        files.save_project(str(root / "project.ora"), Project(state=state))
        say(number)


if __name__ == "__main__":
    {"journal": journal, "recovery": recovery, "project": project}[sys.argv[1]](Path(sys.argv[2]))
