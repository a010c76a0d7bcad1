"""What a kill before each call that changes a file leaves, and what is found there afterwards, as JSON."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import Job, JobState, Queued, Submitting
from studio.domain.request import EditRequest
from studio.storage import schema
from studio.storage.blobs import BlobStore
from studio.storage.database import version_of
from studio.storage.leftovers import sweep
from studio.storage.library import open_library
from studio.storage.orphans import remove_orphans
from tests.core.storage.shelf import Ticks, folders_in
from tests.whole.storage.faulting import Faults
from tests.whole.storage.shelves import missing_pictures, missing_prompts, shown, stock

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.storage.folders import Folders
    from studio.storage.library import Library
    from tests.whole.storage.shelves import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`prepare` makes the folder once, `act` works in it and would be killed, `look` tells what is wrong before the
    program is started again. `codes` are the problems that a start may speak of."""

    prepare: Callable[[Folders], list[Kept]]
    act: Callable[[Folders], object]
    look: Callable[[Folders], list[str]] = lambda folders: []
    codes: frozenset[str | None] = frozenset((None,))


def _stocked(folders: Folders) -> list[Kept]:
    library = open_library(folders, clock=Ticks()).library
    kept = stock(library, folders, (1,))
    library.back_up()
    kept += stock(library, folders, (2,))
    library.close()
    return kept


def _of_version_1(folders: Folders) -> list[Kept]:
    kept = _stocked(folders)
    shutil.rmtree(folders.sidecars)
    shutil.rmtree(folders.backups)
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        connection.execute("DROP TABLE cards")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("UPDATE facts SET value = '2' WHERE name = 'projection'")
    return kept


def _damaged(folders: Folders) -> list[Kept]:
    kept = _stocked(folders)
    data = bytearray(folders.library.read_bytes())
    data[4096 : 5 * 4096] = b"noise" * 3276 + b"noi!"
    folders.library.write_bytes(data)
    return kept


def _open(folders: Folders) -> None:
    open_library(folders, clock=Ticks()).library.close()


def _live(folders: Folders) -> None:
    """A job from its order to its end, and one that is cut off."""
    library = open_library(folders, clock=Ticks(1.8e9)).library
    stock(library, folders, (7,))
    request = EditRequest(provider=ProviderId("p"), model=ModelId("m"))
    library.journal.append(JobId("9" * 19), Queued(request=request))
    library.journal.append(JobId("9" * 19), Submitting(attempt=1))
    library.back_up()
    library.close()


def _old_or_new(folders: Folders) -> list[str]:
    """A file of the old version as it was, one of this, or a whole one between; the copy is there before anything is
    changed."""
    version = version_of(folders.library)
    copies = sorted(version_of(path) or 0 for path in folders.backups.glob("*.sqlite"))
    with closing(sqlite3.connect(f"{folders.library.as_uri()}?mode=ro", uri=True)) as connection:
        (now,) = connection.execute("PRAGMA user_version").fetchone()
        (events,) = connection.execute("SELECT count(*) FROM events").fetchone()
    found = [] if events == 14 else [f"{events} events"]
    known = range(1, schema.VERSION + 1)
    if version not in known or now not in known:
        found.append(f"version {version}, {now}")
    before = list(range(1, now))
    return found if copies in (before, [*before, now]) else [*found, f"copies of versions {copies}"]


SCENES = {
    "migration": Scene(prepare=_of_version_1, act=_open, look=_old_or_new),
    "rescue": Scene(prepare=_damaged, act=_open, codes=frozenset(("library-damaged", None))),
    "jobs": Scene(prepare=_stocked, act=_live),
}


class Rig:
    """Looks at what a kill before each call of a scene would leave. The scene runs once and is held before each call:
    a folder copied then is what a kill there leaves, as all that was written is the system's by then."""

    def __init__(self, scene: Scene, root: Path) -> None:
        self._scene = scene
        self._root = root
        self._faults = Faults()
        self._seen: set[bytes] = set()
        self.kills = 0
        self.complaints: list[str] = []
        self._live = folders_in(root / "live")
        self._kept = scene.prepare(self._live)

    def run(self) -> None:
        """From the first call to the last."""
        child = os.fork()
        if child == 0:
            self._faults.hold(self._live.data)
            self._scene.act(self._live)
            os._exit(0)
        while True:
            _, status = os.waitpid(child, os.WUNTRACED)
            if not os.WIFSTOPPED(status):
                break
            self.kills += 1
            self._killed()
            os.kill(child, signal.SIGCONT)
        if status != 0:
            self.complaints.append(f"it ended with {status}")

    def _killed(self) -> None:
        """What a kill at this call leaves, where the call before it has changed anything: a sync has not."""
        there = _digest(self._live.data)
        if there in self._seen:
            return
        self._seen.add(there)
        folders = folders_in(Path(shutil.copytree(self._live.data, self._root / f"{self.kills:05}")))
        self.complaints += [f"killed at {self.kills}: {each}" for each in self._wrong(folders)]
        shutil.rmtree(folders.data)

    def _wrong(self, folders: Folders) -> list[str]:
        try:
            return [*self._scene.look(folders), *self._started(folders)]
        except Exception as error:  # whatever it is, it is what this looks for
            return [repr(error)]

    def _started(self, folders: Folders) -> list[str]:
        found = open_library(folders, clock=Ticks(1.9e9))
        try:
            sweep(folders)
            wrong = [] if (found.problem.code if found.problem else None) in self._scene.codes else [str(found.problem)]
            wrong += [f"{each} is missing" for each in missing_pictures(found.library, self._kept)]
            wrong += [f"{each} has no prompt" for each in missing_prompts(found.library, self._kept)]
            return wrong + _untidy(folders, found.library)
        finally:
            found.library.close()


def _digest(folder: Path) -> bytes:
    """Of all names and bytes below a folder."""
    said = hashlib.sha256()
    for at, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            data = Path(at, name).read_bytes()
            said.update(f"{at}/{name} {len(data)} ".encode() + data)
        said.update(f"{at} ".encode())
    return said.digest()


def _untidy(folders: Folders, library: Library) -> list[str]:
    """What of the disk and the library do not fit each other."""
    with closing(sqlite3.connect(folders.library)) as connection:
        (sound,) = connection.execute("PRAGMA quick_check").fetchone()
    wrong = [] if sound == "ok" else [str(sound)]
    wrong += [f"{path.name} was left" for path in folders.data.rglob("*") if ".part" in path.name]
    wrong += [f"{path.name} was left" for path in folders.data.rglob("*rescue*")]
    rows = shown(library)
    sidecars = {path.stem for path in folders.sidecars.rglob("*.json")}
    wrong += [f"sidecar {each}" for each in sidecars ^ {str(row.id) for row in rows}]
    jobs = library.journal.jobs()
    if not any(job.state is JobState.RUNNING for job in jobs) and not any(folders.data.glob("*.damaged-*")):
        remove_orphans(folders, BlobStore(folders.blobs))
        wrong += [f"blob {each}" for each in set(BlobStore(folders.blobs).all()) ^ _named(jobs)]
    return wrong


def _named(jobs: tuple[Job, ...]) -> set[str]:
    named: set[str] = set()
    for job in jobs:
        named.update(job.request.blobs())
        named.update(blob for output in job.outputs for blob in (output.raw, output.finished) if blob)
    return named


def main(name: str, root: Path) -> None:
    rig = Rig(SCENES[name], root)
    rig.run()
    print(json.dumps({"kills": rig.kills, "complaints": rig.complaints}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
