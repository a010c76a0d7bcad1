"""What the program writes, each as a scene: a folder with an old state, and the act of writing a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.document.edits import new_document
from studio.document.project import Project
from studio.domain.ids import BlobId, JobId, ModelId, ProviderId
from studio.domain.job import Output, OutputStored, Queued, Submitting
from studio.domain.recovery import RecoveryEntry
from studio.domain.request import EditRequest
from studio.storage.blobs import BlobStore, blob_id
from studio.storage.library import open_library
from studio.storage.recovery import RecoveryStore
from studio.storage.refuge import Refuge
from studio.storage.settings import SettingsFile
from studio.storage.thumbs import Thumbnails
from studio.storage.user_files import UserFiles
from tests.core.storage.pages import differences, noise
from tests.core.storage.shelf import Ticks, entry, folders_in, live
from tests.whole.storage.shelves import SIZE, picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEW = b"new " * 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`act` writes, `done` tells whether the new state is there, whole; `close` lets go of what is open. A `quiet` one
    never raises: it does without. `loose` names files whose bytes may change all the same."""

    act: Callable[[], object]
    done: Callable[[], bool]
    close: Callable[[], None] = lambda: None
    quiet: bool = False
    loose: str = ""


def project(root: Path) -> Scene:
    """A project over an older one."""
    files = UserFiles(blobs=BlobStore(root / "blobs"), sample=root, handed_out=root / "out")
    path = str(root / "a.ora")
    old, new = new_document(noise(60, 40, 1), "old"), new_document(noise(300, 200, 2), "new")
    files.save_project(path, Project(state=old))
    return Scene(
        act=lambda: files.save_project(path, Project(state=new)),
        done=lambda: differences(new, files.load_project(path).state) == [],
    )


def export(root: Path) -> Scene:
    """A picture over an older file."""
    files = UserFiles(blobs=BlobStore(root / "blobs"), sample=root, handed_out=root / "out")
    (root / "a.png").write_bytes(b"old")
    return Scene(act=lambda: files.write(str(root / "a.png"), NEW), done=lambda: (root / "a.png").read_bytes() == NEW)


def settings(root: Path) -> Scene:
    """Settings over older ones."""
    store = SettingsFile(root / "settings.toml")
    store.save(replace(store.load(), theme="dark"))
    new = replace(store.load(), theme="light", recent=("x" * 200,) * 10)
    return Scene(act=lambda: store.save(new), done=lambda: store.load() == new)


def thumbnail(root: Path) -> Scene:
    """A thumbnail over one that is damaged. The picture is shown whether it can be kept or not."""
    blobs = BlobStore(root / "blobs")
    blob = blobs.put(picture(1))
    old = root / "cache" / blob[:2] / blob
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    return Scene(
        act=lambda: Thumbnails(blobs, root / "cache").of_blob(blob),
        done=lambda: old.read_bytes() != b"" and Thumbnails(blobs, root / "cache").of_blob(blob).size == SIZE,
        quiet=True,
    )


def result(root: Path) -> Scene:
    """A picture that came, as a blob."""
    blobs = BlobStore(root / "blobs")
    blobs.put(b"another")
    return Scene(act=lambda: blobs.put(NEW), done=lambda: blobs.get(blob_id(NEW)) == NEW)


def journal(root: Path) -> Scene:
    """An output's line with its row, and the sidecar behind it."""
    folders = folders_in(root)
    library = open_library(folders, clock=Ticks()).library
    raw = BlobStore(folders.blobs).put(picture(1))
    live(library, "01")
    job = JobId("02")
    request = EditRequest(provider=ProviderId("p"), model=ModelId("m"), prompt="long " * 3000)
    library.journal.append(job, Queued(request=request))
    library.journal.append(job, Submitting(attempt=1))
    stored = OutputStored(output=Output(index=0, raw=raw, media_type="image/png", size=SIZE))
    row = replace(entry(job, request), raw=raw)

    def done() -> bool:
        found = library.journal.job(job)
        assert found is not None
        return [output.raw for output in found.outputs] == [BlobId(raw)]

    return Scene(
        act=lambda: library.journal.append(job, stored, row), done=done, close=library.close, loose="library.sqlite-"
    )


def recovery(root: Path) -> Scene:
    """A copy of a document that was not saved, after an older one."""
    store = RecoveryStore(root)
    old, new = new_document(noise(60, 40, 1), "old"), new_document(noise(300, 200, 2), "new")
    store.save(RecoveryEntry(key="one", title="", saved_at=1.0, size=old.size), old)
    return Scene(
        act=lambda: store.save(RecoveryEntry(key="one", title="", saved_at=2.0, size=new.size), new),
        done=lambda: differences(new, RecoveryStore(root).load("one")) == [],
    )


def backup(root: Path) -> Scene:
    """A copy of the library after an older one."""
    folders, clock = folders_in(root), Ticks()
    library = open_library(folders, clock=clock).library
    live(library, "01")
    library.back_up()
    clock.at += 1e6
    return Scene(
        act=library.back_up,
        done=lambda: len(list(folders.backups.iterdir())) == 2,
        close=library.close,
        loose="library.sqlite-",
    )


def refuge(root: Path) -> Scene:
    """A picture that found no place in the library, beside an older one; its second folder takes nothing either."""
    for name in ("a", "b"):
        (root / name).mkdir()
        (root / name / "overpaint-01-0.png").write_bytes(b"old")
    keeper = Refuge(lambda: (root / "a", root / "b"))
    return Scene(
        act=lambda: keeper.keep("overpaint-01-0.png", NEW),
        done=lambda: any(path.read_bytes() == NEW for path in root.glob("*/overpaint-01-0-2.png")),
    )


WRITERS: dict[str, Callable[[Path], Scene]] = {
    "project": project,
    "export": export,
    "settings": settings,
    "thumbnail": thumbnail,
    "result": result,
    "journal": journal,
    "recovery": recovery,
    "backup": backup,
    "refuge": refuge,
}
