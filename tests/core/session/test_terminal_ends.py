"""What a terminal is told of a job that has ended, whatever becomes of its files."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from studio.domain.capabilities import Price
from studio.domain.geometry import Rect, Size
from studio.domain.ids import BlobId, JobId, ModelId, OutputId, ProviderId
from studio.domain.job import Job, JobNews, JobState, Output
from studio.domain.request import EditRequest, Outcome, Placement
from studio.domain.signal import Signal
from studio.session.face.terminal import EndedNews
from studio.session.terminal import Terminal
from studio.session.terminal_world import TerminalWorld
from tests.fakes.offload import AtOnce

SIZE = Size(width=8, height=6)
REQUEST = EditRequest(
    provider=ProviderId("far"),
    model=ModelId("paint"),
    outcome=Outcome.PASTE,
    paste_mask=BlobId("m" * 64),
    placement=Placement(document=Size(width=16, height=6), box=Rect(x=0, y=0, width=8, height=6), sent=SIZE),
)
RAW = BlobId("a" * 64)
PAID = Job(
    id=JobId("01"),
    request=REQUEST,
    created=1.0,
    state=JobState.SUCCEEDED,
    billed=True,
    cost=Price(amount="0.04"),
    request_id="r",
    outputs=(Output(index=0, raw=RAW, media_type="image/png", size=SIZE),),
)


class Ended:
    """The jobs of a runner that has done its work."""

    def __init__(self, job: Job) -> None:
        self.news: Signal[JobNews] = Signal()
        self._job = job

    async def cancel(self, job: JobId) -> None: ...

    async def job(self, job: JobId) -> Job | None:
        return self._job


class Jammed:
    """Blobs that nobody foresaw to break like this."""

    def path(self, blob: BlobId) -> str:
        return f"/blobs/{blob[:2]}"

    async def get(self, blob: BlobId) -> bytes:
        raise UnicodeEncodeError("utf-8", "\udce9", 0, 1, "surrogates not allowed")


def told_of(job: Job) -> list[object]:
    unused = cast("Any", None)
    world = TerminalWorld(
        offload=cast("Any", AtOnce()),
        jobs=cast("Any", Ended(job)),
        blobs=cast("Any", Jammed()),
        masks=unused,
        library=unused,
        files=unused,
        keys=unused,
        remotes=unused,
        profiles=unused,
        save_profiles=unused,
        read_key=unused,
        keep_in=unused,
        doctor=unused,
    )

    async def told() -> list[object]:
        return [each async for each in Terminal(world).cancel(job.id)]

    return asyncio.run(told())


def test_what_was_paid_for_is_told_though_its_files_fail_by_our_mistake() -> None:
    (ended,) = told_of(PAID)
    assert isinstance(ended, EndedNews)
    assert (ended.job, ended.state, ended.cost, ended.request_id) == ("01", JobState.FAILED, PAID.cost, "r")
    assert [(each.id, each.raw) for each in ended.outputs] == [(OutputId("01-0"), "/blobs/aa")]
    assert ended.problem is not None
    assert (ended.problem.code, ended.problem.cost) == ("bug", "It was charged.")
    assert "UnicodeEncodeError" in ended.problem.detail
