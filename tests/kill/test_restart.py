"""What was paid for and not fetched yet comes first after a restart: at once, and before new orders."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from studio.domain.job import JobState
from studio.playground.faults import End, Fault, Place
from tests.kill.house import NAMED, House
from tests.kill.truth import check, look
from tests.kill.witness import witness

if TYPE_CHECKING:
    from pathlib import Path

LEFT = 6
WAITING = 2
SOON_S = 10.0


def test_pictures_come_before_new_orders_and_within_ten_seconds(tmp_path: Path) -> None:
    with witness() as seen:
        house = House(tmp_path / "house", seen, random.Random(1), parallel=LEFT)
        seen.playground.faults.script.insert(
            0, Fault(path="/results", method="GET", times=None, cut=(Place.START, End.STALL))
        )
        house.place(LEFT + WAITING, NAMED)
        assert house.live_to("after Answered", "jobs", "run", times=LEFT).ended is not None
        left = [job for job in look(house).jobs.values() if job.state is JobState.RUNNING]
        assert len(left) == LEFT
        seen.playground.faults.script.pop(0)
        before = len(seen.playground.requests)
        life = house.live("jobs", "run")
        requests = seen.playground.requests[before:]
        orders = [number for number, asked in enumerate(requests) if asked.method == "POST" and "/images" in asked.path]
        fetches = {asked.path: number for number, asked in reversed([*enumerate(requests)]) if "/results" in asked.path}
        firsts = [[fetches[_path(result.url)] for result in job.results] for job in left]
        assert len(orders) == WAITING
        assert max(max(each) for each in firsts) < min(orders)
        last = max(requests[number].time for each in firsts for number in each)
        print(f"the last of {sum(map(len, firsts))} pictures was asked for {last - life.began:.1f} s after the start")
        assert last - life.began < SOON_S
        assert check(house).states() == {"succeeded": LEFT + WAITING}


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]
