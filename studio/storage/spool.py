"""Answers that were paid for, written down as they arrive, so that a program that dies loses none of what came.

A file holds one answer: its head as a line of JSON, then the body as it was received. Nothing is synced: what was
written outlives the process, and for a power cut the library's own copy is there. A file belongs to a job by its name;
it goes when the job's end is on the disk, unless that says that pictures may still be had by it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
from typing import TYPE_CHECKING, cast

from studio.domain.problems import StorageError
from studio.storage.private import PRIVATE_FILE, make_private
from studio.wire.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from studio.domain.ids import JobId

log = logging.getLogger(__name__)

UNREAD = 20
"""Answers that nobody could read are kept up to this many, the newest."""
PAGE = 4096
"""Bytes."""
_PART = ".part"
_HEAD = 1 << 16
_NAME = re.compile(r"([A-Za-z0-9_-]{1,80})\.(answer|[0-9]{1,6})\.part")
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Written:
    """One answer on its way to the disk. Matches `providers.ports.Receiving`: a disk that refuses is logged, and the
    half-written file goes, as it may have taken the room that the library needs."""

    def __init__(self, path: Path, descriptor: int | None) -> None:
        self._path = path
        self._descriptor = descriptor
        self._held = b""
        self._begun = 0
        """How much of the page that `_held` belongs to is written already."""

    def add(self, piece: bytes) -> None:
        """One more piece, handed to the system before this returns, but for less than a page: writing across pages
        takes half as long again. The rest is handed over by `rest` and `close`."""
        view = memoryview(piece)
        if self._held or self._begun or len(view) < PAGE:
            room = PAGE - self._begun - len(self._held)
            self._held += view[:room]
            if len(view) < room:
                return
            self._write(self._held)
            self._begun = 0
            view = view[room:]
        whole = len(view) // PAGE * PAGE
        if whole:
            self._write(view[:whole])
        self._held = bytes(view[whole:])

    def rest(self) -> None:
        """Hand over what is held: a server that stalls may have sent the end of a picture."""
        if self._held:
            self._write(self._held)
            self._begun += len(self._held)
            self._held = b""

    def close(self) -> None:
        """No more comes. Safe to call twice."""
        self.rest()
        self._end()

    def _write(self, data: bytes | memoryview) -> None:
        if self._descriptor is None:
            return
        try:
            _write_all(self._descriptor, data)
        except OSError as error:
            log.warning("an answer is kept in memory alone: %s", error)
            self._end()
            with contextlib.suppress(OSError):
                os.unlink(self._path)

    def _end(self) -> None:
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


class DiskSpool:
    """Matches `providers.ports.Spool`. Files in `folder`; answers that nobody could read go to `unread`."""

    def __init__(self, folder: Path, unread: Path) -> None:
        self._folder = folder
        self._unread = unread

    def begin(self, job: JobId, index: int | None, answer: Answer) -> Written:
        """Write an answer down from here on, in place of what was there; its body so far is written at once. `index`
        is that of a fetched picture, None for the answer to the order."""
        path = self._path(job, index)
        descriptor = None
        try:
            make_private(self._folder)
            path.unlink(missing_ok=True)
            descriptor = os.open(path, _FLAGS, PRIVATE_FILE)
        except (OSError, StorageError) as error:
            log.warning("an answer of job %s is kept in memory alone: %s", job, error)
        written = Written(path, descriptor)
        written.add(_head(answer) + answer.body)
        return written

    def read(self, job: JobId, index: int | None) -> Answer | None:
        """What was received, however far; the body as it came. None where nothing was, or it cannot be read."""
        try:
            with open(self._path(job, index), "rb", buffering=0) as file:
                head, newline, _ = file.read(_HEAD).partition(b"\n")
                file.seek(len(head) + 1)
                return _answer(head, file.read()) if newline else None
        except OSError:
            return None

    def forget(self, job: JobId, index: int | None) -> bool:
        """Drop what was received; whether it is gone."""
        try:
            self._path(job, index).unlink(missing_ok=True)
        except OSError as error:
            log.warning("an answer of job %s cannot be removed: %s", job, error)
            return False
        return True

    def settle(self, job: JobId, *, unread: bool) -> None:
        """The job needs none of it any more; with `unread` the answer to the order is kept aside."""
        if unread:
            self._put_aside(self._path(job, None))
        self._remove(lambda name: name == job)

    def sweep(self, running: Collection[JobId]) -> None:
        """Remove what belongs to none of these jobs. Only at a start, while holding the lock of the data folder."""
        kept = frozenset(running)
        self._remove(lambda name: name not in kept)

    def _path(self, job: JobId, index: int | None) -> Path:
        name = f"{job}.{'answer' if index is None else index}{_PART}"
        if not _NAME.fullmatch(name):
            raise ValueError(f"{job!r} names no file")
        return self._folder / name

    def _remove(self, is_done: Callable[[str], bool]) -> None:
        for name in _names(self._folder):
            found = _NAME.fullmatch(name)
            if found is not None and is_done(found[1]):
                with contextlib.suppress(OSError):
                    os.unlink(self._folder / name)

    def _put_aside(self, path: Path) -> None:
        if not path.exists():
            return
        try:
            make_private(self._unread)
            os.replace(path, self._unread / path.name.removesuffix(_PART))
        except (OSError, StorageError) as error:
            log.warning("the answer %s cannot be kept aside: %s", path.name, error)
        # Names grow with time, as those of jobs do.
        for name in sorted(_names(self._unread))[:-UNREAD]:
            with contextlib.suppress(OSError):
                os.unlink(self._unread / name)


def _write_all(descriptor: int, data: bytes | memoryview) -> None:
    done = os.write(descriptor, data)
    while done < len(data):
        done += os.write(descriptor, memoryview(data)[done:])


def _head(answer: Answer) -> bytes:
    """A line that fills its pages, so that the body begins with one."""
    line = json.dumps({"status": answer.status, "headers": answer.headers}).encode()
    return line.ljust(-(-(len(line) + 1) // PAGE) * PAGE - 1) + b"\n"


def _answer(head: bytes, body: bytes) -> Answer | None:
    try:
        found = cast("object", json.loads(head))
    except ValueError:
        return None
    top = cast("dict[str, object]", found) if isinstance(found, dict) else {}
    status, listed = top.get("status"), top.get("headers")
    if type(status) is not int or not isinstance(listed, list):
        return None
    pairs = [cast("list[object]", each) for each in cast("list[object]", listed) if isinstance(each, list)]
    return Answer(status=status, headers=tuple((str(name), str(value)) for name, value in pairs), body=body)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
