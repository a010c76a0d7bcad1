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
"""New orders before each kill; what a kill leaves in the queue goes on in the next life, beside them."""
SECOND = 0.2
"""How often the restart is killed too."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])
def test_whatever_came_is_kept_and_nothing_is_paid_twice(tmp_path: Path, seed: int) -> None:
    with witness() as seen:
        house = House(tmp_path / f"house-{seed}", seen, random.Random(seed))
        house.place(CLICKS)
        house.live("jobs", "run")
        kills = 0
        while kills < KILLS * (1 if seed in SHORT else 2):
            house.place(CLICKS)
            kills += _killed(house, "run")
            if house.chance.random() < SECOND:
                kills += _killed(house, "resume")
            _restarted(house)
        last = house.live("jobs", "run")
        assert last.status in (0, 4), last.errors
        found = check(house)
    states = found.states()
    assert states["queued"] == 0
    # An answer that was lost to a kill may have been charged; each kill cuts two orders of each provider at most.
    assert states["succeeded"] + states["unknown"] + states["expired"] == len(house.clicks)
    told = f"{kills} kills, {len(house.clicks)} clicks, most bills of a click {max(seen.billed().values())}"
    print(f"{told}, pictures due {len(found.due)}, of them kept {len(found.due)}, states {dict(states)}")
    assert states["succeeded"] > 0


def _killed(house: House, verb: str) -> int:
    """How many kills that was: none where the program had ended before, as the shortest of its lives tells."""
    usual = min(life.lasted for life in house.lives if life.ended is None)
    life = house.live("jobs", verb, kill_after=house.chance.uniform(0.0, usual if verb == "resume" else 2 * usual))
    return int(life.ended is not None)


def _restarted(house: House) -> None:
    life = house.live("jobs", "resume")
    assert life.ended is None
    assert life.status in (0, 4), life.errors
    ends = Counter(str(each["state"]) for each in life.said() if each["event"] == "ended")
    assert set(ends) <= {"succeeded", "unknown", "expired", "queued"}, ends
    check(house)
