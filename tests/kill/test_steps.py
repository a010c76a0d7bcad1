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

pytestmark = pytest.mark.timeout(600)
EXPECTED = {
    *(f"{when} {event}" for when in ("before", "after") for event in (
        "Queued", "Submitting", "Answered", "OutputStored", "OutputFinished", "Succeeded", "the bytes are kept",
    )),
}  # fmt: skip
"""Steps that every click comes by; whatever else is told as one is tried too."""
TOGETHER = 3
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
    """All that a click comes by, in its order, in a house that has seen others."""
    lives = [house.live_to("", *house.words(house.order(provider))) for _ in range(2)]
    assert [life.status for life in lives] == [0, 0]
    life = lives[1]
    assert set(life.steps) >= EXPECTED
    return list(dict.fromkeys(life.steps))


def tried(house: House, provider: str, steps: list[str], together: int = 1) -> None:
    """A click for each step, killed there; after so many of them the program is started again and held to all of it.
    Only calls to the disk may once not be needed."""
    missed: list[str] = []
    for number, step in enumerate(steps, start=1):
        if not clicked(house, step, provider):
            missed.append(step)
        if number % together == 0 or number == len(steps):
            assert house.live("jobs", "resume").status in (0, 4)
            check(house)
    assert not EXPECTED & set(missed)
    told = f"{len(house.clicks)} clicks, most bills of a click {max(house.witness.billed().values())}"
    print(f"{len(steps)} steps of which {len(missed)} were not reached, {told}")


def test_a_kill_at_any_step_of_an_answer_with_pictures_loses_nothing(house: House) -> None:
    tried(house, WHOLE, [step for step in steps_of(house, WHOLE) if step in EXPECTED], TOGETHER)


def test_a_kill_at_any_step_of_an_answer_with_addresses_loses_nothing(house: House) -> None:
    tried(house, NAMED, [step for step in steps_of(house, NAMED) if step in EXPECTED], TOGETHER)


def test_a_kill_at_any_call_to_the_disk_loses_nothing(house: House) -> None:
    tried(house, WHOLE, [step for step in steps_of(house, WHOLE) if step not in EXPECTED], TOGETHER)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("provider", [WHOLE, NAMED])
def test_a_kill_at_any_step_and_a_restart_after_each(house: House, provider: str) -> None:
    tried(house, provider, steps_of(house, provider))


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
