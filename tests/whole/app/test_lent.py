"""Keys that jobs were lent, in one queue with the stored one, before a real server: who has a good key is not held."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.job import JobState
from studio.domain.secret import Secret
from tests.whole.app.test_moved import NANO, scene
from tests.whole.providers.house import orders

if TYPE_CHECKING:
    from pathlib import Path

BAD = "sk-of-somebody-else"


@pytest.mark.parametrize("is_lent_good", [True, False])
def test_a_key_that_is_refused_holds_only_those_that_have_it(tmp_path: Path, *, is_lent_good: bool) -> None:
    """Of four orders the first two have the bad key, one of another file or the keyring, then one of each."""

    async def story() -> None:
        async with scene(tmp_path) as at:
            stored, lent = (BAD, at.old.key) if is_lent_good else (at.old.key, BAD)
            await at.setup.set(NANO, [("parallel", "1")])
            await at.setup.give_key(NANO, stored)
            at.limits.go_on.set()
            await at.runner.pause()
            bad, good = (None, Secret(lent)) if is_lent_good else (Secret(lent), None)
            first, second, third, fourth = [await at.order(each) for each in (bad, bad, good, bad)]
            await at.runner.go_on()
            ends = {job.id: job for job in [await at.ended.get() for _ in range(4)]}
            assert [ends[job].state for job in (first, third)] == [JobState.FAILED, JobState.SUCCEEDED]
            for job in (ends[second], ends[fourth]):
                assert job.problem is not None
                assert (job.state, job.problem.code) == (JobState.QUEUED, "key-refused")
            assert (len(orders(at.old)), len(at.old.ledger)) == (2, 1)

    asyncio.run(story())


def test_orders_without_a_key_hold_none_that_was_lent_one(tmp_path: Path) -> None:
    async def story() -> None:
        async with scene(tmp_path) as at:
            await at.setup.set(NANO, [("parallel", "1")])
            at.limits.go_on.set()
            await at.runner.pause()
            first, lent, third = [await at.order(each) for each in (None, Secret(at.old.key), None)]
            await at.runner.go_on()
            ends = {job.id: job.state for job in [await at.ended.get() for _ in range(3)]}
            assert ends == {first: JobState.FAILED, lent: JobState.SUCCEEDED, third: JobState.QUEUED}

    asyncio.run(story())
