"""Kill -9 at any instant of a run: what was paid for is not lost, nothing is paid twice, every state is true."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.kill.house import House
from tests.kill.truth import check
from tests.kill.witness import witness

if TYPE_CHECKING:
    from pathlib import Path

SHORT, LONG = range(2), range(2, 12)
KILLS = 10
"""In each house; twice as many in the long form."""
CLICKS = 3
"""Orders for each kill, put into the queue beforehand. What a kill leaves there goes on in the next life."""
SECOND = 0.2
"""How often the restart is killed too."""


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])
def test_whatever_came_is_kept_and_nothing_is_paid_twice(tmp_path: Path, seed: int) -> None:
    number = KILLS * (1 if seed in SHORT else 2)
    with witness() as seen:
        house = House(tmp_path / f"house-{seed}", seen, random.Random(seed))
        house.place(CLICKS)
        usual = house.live("jobs", "run").lasted
        house.place(CLICKS * number)
        kills = 0
        while kills < number:
            kills += _killed(house, "run", usual)
            if house.chance.random() < SECOND:
                kills += _killed(house, "resume", usual / 2)
            _restarted(house)
        last = house.live("jobs", "run")
        assert last.status in (0, 4), last.errors
        found = check(house)
    states = found.states()
    assert states["queued"] == 0
    # An answer that was lost to a kill may have been charged.
    assert states["succeeded"] + states["unknown"] + states["expired"] == len(house.clicks)
    told = f"{kills} kills, {len(house.clicks)} clicks, most bills of a click {max(seen.billed().values())}"
    print(f"{told}, {len(found.due)} pictures that had come, all kept, states {dict(states)}")
    assert states["succeeded"] > 0


def _killed(house: House, verb: str, usual: float) -> int:
    """How many kills that was: none where the program had ended before. Then there is more for it to do."""
    life = house.live("jobs", verb, kill_after=house.chance.uniform(0.0, usual))
    if life.ended is None and verb == "run":
        house.place(CLICKS * KILLS)
    return int(life.ended is not None)


def _restarted(house: House) -> None:
    life = house.live("jobs", "resume")
    assert life.ended is None
    assert life.status in (0, 4), life.errors
    ends = Counter(str(each["state"]) for each in life.said() if each["event"] == "ended")
    assert set(ends) <= {"succeeded", "unknown", "expired", "queued"}, ends
    check(house)
