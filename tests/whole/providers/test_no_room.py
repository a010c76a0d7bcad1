"""A picture that was paid for and that no folder takes: what was received holds it until one does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.job import JobState
from studio.playground.faults import refuse
from tests.whole.providers.driven import driven
from tests.whole.providers.house import orders
from tests.whole.providers.rig import EDIT, LINK, rig

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.job import Job

GONE = replace(refuse(404), method="GET", path="/results/", times=None)


@pytest.mark.parametrize("settings", [EDIT, LINK])
def test_another_look_takes_it_once_there_is_room(settings: Mapping[str, str]) -> None:
    async def run() -> tuple[Job, int]:
        async with rig("nanogpt", settings) as it:
            it.desk.blobs.full = True
            job = await it.order()
            ended = await it.desk.end(job)
            assert (ended.state, ended.received, len(ended.outputs)) == (JobState.UNKNOWN, True, 0)
            it.desk.blobs.full = False
            it.playground.faults.add(GONE)
            await it.desk.runner.look_again(job)
            kept = await it.desk.until(lambda news: news.job.state in (JobState.SUCCEEDED, JobState.EXPIRED))
            return kept.job, len(orders(it.playground))

    job, sent = driven(run())
    assert (job.state, len(job.outputs), sent) == (JobState.SUCCEEDED, 1, 1)
