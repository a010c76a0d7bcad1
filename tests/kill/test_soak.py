"""A working day in one process: memory, open files and threads stay as they were, and nothing is left unheard."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from studio.playground.faults import Fault, Place, cut, too_many
from tests.kill.soak import Size, works
from tests.whole.providers.driven import driven

if TYPE_CHECKING:
    from pathlib import Path

DAY_S = 8 * 3600.0
WARM = 0.2
"""The part of the day after which the process has all that it needs."""
SILENCE_S = 600.0
"""An outage; what is ordered meanwhile fails, as nobody listens."""


async def day(folder: Path, jobs: int) -> tuple[Size, Size, Counter[str]]:
    """Orders all day long, with refusals, broken answers, long waits and outages; sizes when warm and at the end."""
    unheard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))
    async with works(folder) as found:
        warm = None
        for number in range(jobs):
            found.playground.faults.add(*_trouble(number))
            if number % 50 == 25:
                asyncio.get_running_loop().create_task(found.outage(SILENCE_S))
            await found.order(number)
            await asyncio.sleep(DAY_S / jobs)
            if number + 1 == int(jobs * WARM):
                await found.all_ended(number + 1)
                found.forget()
                warm = Size.now()
        await found.all_ended(jobs)
        found.forget()
        assert warm is not None
        sizes = warm, Size.now(), Counter(job.state.value for job in found.ended.values())
    gc.collect()
    assert unheard == []
    return sizes


def _trouble(number: int) -> list[Fault]:
    """What goes wrong with the next order; with most of them nothing."""
    match number % 10:
        case 3:
            return [too_many("20")]
        case 5:
            return [cut(Place.BODY)]
        case 7:
            return [Fault(path="/images", delay_s=90.0)]
        case 8:
            return [Fault(path="/results", method="GET", delay_s=30.0)]
        case _:
            return []


@pytest.mark.timeout(900)
@pytest.mark.parametrize("jobs", [60, pytest.param(500, marks=pytest.mark.long)])
def test_a_day_leaves_nothing_behind(tmp_path: Path, jobs: int) -> None:
    warm, end, states = driven(day(tmp_path, jobs))
    growth = end.resident / warm.resident - 1
    told = f"resident {warm.resident >> 20} to {end.resident >> 20} MB ({growth:+.1%})"
    print(f"{jobs} jobs: {told}, descriptors {warm.descriptors} to {end.descriptors}, {states}")
    assert growth < 0.1
    assert end.descriptors <= warm.descriptors
    assert end.threads <= warm.threads
    # An answer that broke off was charged, as the account tells.
    assert states["expired"] == jobs // 10
    assert states["failed"] <= -(-jobs // 50) * (SILENCE_S * jobs / DAY_S + 1)
    assert states["succeeded"] == jobs - states["expired"] - states["failed"]
