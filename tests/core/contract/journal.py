"""What every journal keeps to. A test class of an adapter derives from this and says how one is made."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import pytest

from studio.domain.catalogue import problem
from studio.domain.gallery import GalleryEntry
from studio.domain.geometry import Rect, Size
from studio.domain.ids import LOCAL, BlobId, JobId, ModelId, output_id
from studio.domain.job import (
    Cancelled,
    Failed,
    JobEvent,
    JobState,
    OutcomeUnknown,
    Output,
    OutputFinished,
    OutputStored,
    Queued,
    Submitting,
    Succeeded,
)
from studio.domain.request import EditRequest, Placement

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from studio.jobs.ports import Journal

SIZE = Size(width=8, height=6)
REQUEST = EditRequest(
    provider=LOCAL,
    model=ModelId("remove"),
    prompt="a bottle, “green” 🍾",
    parameters=(("radius", 5), ("grain", 0.25), ("fast", True), ("mode", "best")),
    count=2,
    seed=7,
    base=BlobId("ba5e"),
    mask=BlobId("3a5c"),
    references=(BlobId("0f"), BlobId("1f")),
    placement=Placement(document=SIZE, box=Rect(x=-2, y=1, width=5, height=4), sent=SIZE),
)
RAW = Output(index=0, raw=BlobId("aa"), media_type="image/png", size=SIZE, seed=7)
LIFE: list[JobEvent] = [
    Queued(request=REQUEST),
    Submitting(attempt=1),
    OutputStored(output=RAW),
    OutputFinished(index=0, finished=BlobId("bb"), size=Size(width=80, height=60)),
    Succeeded(missing=1, request_id="r", revised_prompt="green", problem=problem("disk-full", place="/x")),
]


def row(job: JobId, finished: BlobId | None = None) -> GalleryEntry:
    """The gallery row of the output above."""
    return GalleryEntry(
        id=output_id(job, 0),
        job=job,
        index=0,
        created=5.0,
        request=REQUEST,
        raw=RAW.raw,
        finished=finished,
        media_type="image/png",
        size=SIZE,
    )


class Opened(Protocol):
    """A journal that is open while the block runs, and a look at a gallery row."""

    @property
    def journal(self) -> Journal: ...
    async def row(self, job: JobId) -> GalleryEntry | None: ...


class JournalContract:
    """Derive and give `open`."""

    def open(self) -> AbstractAsyncContextManager[Opened]:
        """A new, empty journal."""
        raise NotImplementedError

    def test_a_life_is_told_back_as_its_fold(self) -> None:
        async def scene() -> None:
            async with self.open() as opened:
                told = [await opened.journal.append(JobId("01"), event) for event in LIFE][-1]
                assert await opened.journal.job(JobId("01")) == told
                assert (told.request, told.outputs[0].finished, told.missing) == (REQUEST, BlobId("bb"), 1)
                assert (told.state, told.request_id, told.revised_prompt) == (JobState.SUCCEEDED, "r", "green")
                assert told.started is not None
                assert told.ended is not None
                assert told.created <= told.started <= told.ended

        asyncio.run(scene())

    @pytest.mark.parametrize(
        "event",
        [
            Failed(problem=problem("engine-died")),
            Cancelled(billed=None),
            OutcomeUnknown(problem=problem("outcome-unknown")),
        ],
    )
    def test_other_ends(self, event: Failed | Cancelled | OutcomeUnknown) -> None:
        async def scene() -> None:
            async with self.open() as opened:
                told = [await opened.journal.append(JobId("01"), each) for each in (*LIFE[:2], event)][-1]
                assert await opened.journal.job(JobId("01")) == told
                assert told.state.is_final
                assert told.problem == getattr(event, "problem", None)

        asyncio.run(scene())

    def test_what_may_not_come_is_refused_and_not_kept(self) -> None:
        async def scene() -> None:
            async with self.open() as opened:
                with pytest.raises(ValueError, match="01"):
                    await opened.journal.append(JobId("01"), LIFE[1])
                assert await opened.journal.job(JobId("01")) is None
                before = await opened.journal.append(JobId("01"), LIFE[0])
                with pytest.raises(ValueError, match="01"):
                    await opened.journal.append(JobId("01"), LIFE[2], row(JobId("01")))
                assert await opened.journal.job(JobId("01")) == before
                assert await opened.row(JobId("01")) is None

        asyncio.run(scene())

    def test_jobs_come_newest_first(self) -> None:
        async def scene() -> None:
            async with self.open() as opened:
                for name in ("02", "01", "03"):
                    await opened.journal.append(JobId(name), replace(Queued(request=REQUEST)))
                assert [job.id for job in await opened.journal.jobs()] == ["03", "02", "01"]
                assert [job.id for job in await opened.journal.jobs(limit=2)] == ["03", "02"]

        asyncio.run(scene())

    def test_those_that_wait_or_run_are_never_too_old(self) -> None:
        async def scene() -> None:
            async with self.open() as opened:
                for name in ("02", "01", "03", "04"):
                    await opened.journal.append(JobId(name), replace(Queued(request=REQUEST)))
                await opened.journal.append(JobId("02"), LIFE[1])
                await opened.journal.append(JobId("03"), Cancelled())
                assert [job.id for job in await opened.journal.live()] == ["01", "02", "04"]

        asyncio.run(scene())

    def test_a_row_comes_with_its_event_and_keeps_its_time(self) -> None:
        async def scene() -> None:
            async with self.open() as opened:
                job = JobId("01")
                for event in LIFE[:2]:
                    await opened.journal.append(job, event)
                await opened.journal.append(job, LIFE[2], row(job))
                assert await opened.row(job) == row(job)
                later = replace(row(job, BlobId("bb")), created=99.0)
                await opened.journal.append(job, LIFE[3], later)
                assert await opened.row(job) == replace(later, created=5.0)

        asyncio.run(scene())
