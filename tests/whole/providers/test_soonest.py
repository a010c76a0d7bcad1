"""After a restart pictures are fetched in the order in which their addresses end, so that none ends while it waits."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.ids import JobId
from studio.domain.job import Answered, JobState, Queued, Submitting
from studio.playground.faults import late
from studio.providers.downloads import AT_A_TIME
from tests.whole.providers.driven import driven
from tests.whole.providers.house import told
from tests.whole.providers.rig import LINK, rig

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from studio.domain.job import Job
    from tests.whole.providers.rig import Rig

LIFE_S = 3600.0
SLOW_S = 40.0
"""What the host takes for each picture."""
LEFT_S = 30.0
"""What is left of the first addresses at the restart: less than one picture takes."""
SOON = [JobId(f"28bcfe56be8e4f{number:05x}") for number in range(AT_A_TIME)]
LATE = [JobId(f"18bcfe56be8e4f{number:05x}") for number in range(AT_A_TIME)]
"""Ordered before those, and answered long after them."""


async def answered(it: Rig, jobs: Sequence[JobId]) -> None:
    """Orders whose pictures were made and named, and not fetched before the program ended."""
    for job in jobs:
        request = it.found.request("hidream", prompt=str(job))
        found = await told(it.found.provider().submit(job, request))
        assert found.done is not None
        await it.desk.journal.append(job, Queued(request=request))
        await it.desk.journal.append(job, Submitting(attempt=1))
        await it.desk.journal.append(job, Answered(results=found.done.results, request_id=found.done.request_id))


def test_what_ends_first_is_fetched_first(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.time()

    async def run() -> tuple[list[Job], list[str]]:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(time, "time", lambda: begun + loop.time())
        async with rig("nanogpt", LINK, patient=True) as it:
            it.playground.results.lifetime_s = LIFE_S
            await answered(it, SOON)
            await asyncio.sleep(LIFE_S - LEFT_S)
            await answered(it, LATE)
            it.playground.faults.add(replace(late(SLOW_S), method="GET", path="/results/", times=None))
            await it.desk.runner.resume()
            ended = [await it.desk.end(job) for job in (*SOON, *LATE)]
            return ended, [asked.path for asked in it.playground.requests if "/results/" in asked.path]

    ended, asked = driven(run())
    assert [(job.state, len(job.outputs)) for job in ended] == [(JobState.SUCCEEDED, 1)] * len(ended)
    assert len(set(asked)) == len(asked) == len(ended)
