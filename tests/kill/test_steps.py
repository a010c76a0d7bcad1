"""Kill -9 at each step of a job's life, in the run that ordered it and in the one that finds it again."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.kill.house import NAMED, WHOLE, House
from tests.kill.truth import check
from tests.kill.witness import witness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXPECTED = {
    *(f"{when} {event}" for when in ("before", "after") for event in (
        "Queued", "Submitting", "Answered", "OutputStored", "OutputFinished", "Succeeded", "the bytes are kept",
    )),
}  # fmt: skip
"""Steps that every click comes by; whatever else is told as one is tried too."""
LEFT = ("after Submitting", "after Answered", "after the bytes are kept", "after OutputStored", "before Succeeded")
"""Where the first life ends whose restart is killed in turn."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty one."""
    with witness() as seen:
        yield House(tmp_path / "house", seen, random.Random(1))


def clicked(house: House, step: str, provider: str, times: int = 1) -> bool:
    """Click once, and end at a step; whether it was reached."""
    return house.live_to(step, *house.words(house.order(provider)), times=times).ended is not None


def steps_of(house: House, provider: str) -> list[str]:
    """All that a click comes by, in its order."""
    life = house.live_to("", *house.words(house.order(provider)))
    assert life.status == 0, life.errors
    return list(dict.fromkeys(life.steps))


@pytest.mark.parametrize("provider", [WHOLE, NAMED])
def test_a_kill_at_any_step_of_a_click_loses_nothing(house: House, provider: str) -> None:
    steps = steps_of(house, provider)
    assert set(steps) >= EXPECTED
    for step in steps:
        assert clicked(house, step, provider), f"{step} was not reached"
        assert house.live("jobs", "resume").status in (0, 4)
        check(house)
    billed = house.witness.billed()
    print(f"{len(steps)} steps, {len(house.clicks)} clicks, most bills of a click {max(billed.values())}")


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("provider", [WHOLE, NAMED])
@pytest.mark.parametrize("left", LEFT)
def test_a_kill_at_any_step_of_a_restart_loses_nothing(house: House, provider: str, left: str) -> None:
    assert clicked(house, left, provider)
    steps = list(dict.fromkeys(house.live_to("", "jobs", "resume").steps))
    for step in steps:
        assert clicked(house, left, provider)
        house.live_to(step, "jobs", "resume")
        assert house.live("jobs", "resume").status in (0, 4)
        check(house)
    print(f"{len(steps)} steps of a restart after {left}, {len(house.clicks)} clicks")
