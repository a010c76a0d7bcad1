"""Folders and a library of one test, and the lives of jobs to fill it with."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.gallery import GalleryEntry
from studio.domain.geometry import Size
from studio.domain.ids import BlobId, JobId, ModelId, ProviderId, output_id
from studio.domain.job import Output, OutputStored, Queued, Submitting, Succeeded
from studio.domain.request import EditRequest
from studio.storage.folders import Folders
from studio.storage.library import open_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import ParamSpec, TypeVar

    from studio.storage.library import Library

    P = ParamSpec("P")
    T = TypeVar("T")

SIZE = Size(width=8, height=6)
RAW = BlobId("aa")
"""Of a picture that is not there."""


class Ticks:
    """A clock that goes on by a second with each look."""

    def __init__(self, at: float = 1_700_000_000.0) -> None:
        self.at = at

    def __call__(self) -> float:
        self.at += 1
        return self.at


def folders_in(root: Path) -> Folders:
    folders = Folders.at(str(root))
    folders.make()
    return folders


@contextmanager
def opened(folders: Folders, *, read_only: bool = False) -> Iterator[Library]:
    """The library while the block runs; it has to be found undamaged."""
    found = open_library(folders, read_only=read_only, clock=Ticks())
    try:
        assert found.problem is None
        yield found.library
    finally:
        found.library.close()


async def run_here(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the journal's thread is in the program: here the test's own."""
    return function(*args, **kwargs)


def live(
    library: Library,
    name: str,
    *,
    prompt: str = "a bottle",
    model: str = "flux-pro",
    provider: str = "local",
    raw: BlobId = RAW,
) -> str:
    """A job from its order to its success with one output; the output's id."""
    job = JobId(name)
    request = EditRequest(provider=ProviderId(provider), model=ModelId(model), prompt=prompt)
    output = Output(index=0, raw=raw, media_type="image/png", size=SIZE)
    library.journal.append(job, Queued(request=request))
    library.journal.append(job, Submitting(attempt=1))
    library.journal.append(job, OutputStored(output=output), replace(entry(job, request), raw=raw))
    library.journal.append(job, Succeeded())
    return output_id(job, 0)


def entry(job: JobId, request: EditRequest) -> GalleryEntry:
    """The gallery row of a job's first output."""
    return GalleryEntry(
        id=output_id(job, 0),
        job=job,
        index=0,
        created=7.0,
        request=request,
        raw=RAW,
        finished=None,
        media_type="image/png",
        size=SIZE,
    )
