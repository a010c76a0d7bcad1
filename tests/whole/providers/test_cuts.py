"""An answer cut at fifteen places: never sent again, and settled wherever its request can be asked after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.job import JobState
from studio.playground.faults import End, Place, cut, refuse
from tests.whole.providers.driven import driven
from tests.whole.providers.house import orders
from tests.whole.providers.rig import EDIT, rig

if TYPE_CHECKING:
    from studio.domain.job import Job
    from studio.playground.faults import Fault

PLACES: tuple[Fault, ...] = (
    cut(Place.START),
    cut(Place.HEADERS),
    *(cut(Place.BODY, after=after) for after in (0, 1, 2, 5, 10, 30, 100, 300, 1000, 3000, 5000, 10_000, 15_000)),
)
USAGE = "/usage/requests/"
"""Where it can be asked what a request was charged."""


def through(place: Fault, *usage: Fault) -> tuple[Job, int, int, int]:
    """What an order comes to whose answer is cut there; how often it was sent, charged, and asked after."""

    async def run() -> tuple[Job, int, int, int]:
        async with rig("nanogpt", EDIT) as it:
            it.playground.faults.add(place, *usage)
            job = await it.run()
            asked = [each for each in it.playground.requests if USAGE in each.path]
            return job, len(orders(it.playground)), len(it.playground.ledger), len(asked)

    return driven(run())


@pytest.mark.parametrize("place", PLACES, ids=range(len(PLACES)))
@pytest.mark.parametrize("end", [End.RESET, End.CLOSE])
def test_a_cut_answer_leaves_it_open(place: Fault, end: End) -> None:
    assert place.cut is not None
    silent = replace(refuse(404), method="GET", path=USAGE, times=None)
    job, sent, charged, asked = through(replace(place, cut=(place.cut[0], end)), silent)
    assert (job.state, job.billed, job.cost) == (JobState.UNKNOWN, None, None)
    assert job.problem is not None
    assert (job.problem.code, job.problem.cost) == ("connection-lost", "It may have been charged.")
    assert (sent, charged) == (1, 1)
    named = place.cut[0] is Place.BODY
    assert (job.request_id is not None) is named
    assert asked == (3 if named else 0)


@pytest.mark.parametrize("place", PLACES, ids=range(len(PLACES)))
def test_where_its_bill_can_be_asked_for_it_is_settled(place: Fault) -> None:
    assert place.cut is not None
    job, sent, charged, asked = through(place)
    assert (sent, charged) == (1, 1)
    if place.cut[0] is not Place.BODY:
        assert (job.state, asked) == (JobState.UNKNOWN, 0)
        return
    assert (job.state, job.billed, asked) == (JobState.EXPIRED, True, 1)
    assert job.cost is not None
    assert job.problem is not None
    assert job.problem.cost == "It was charged 0.05 USD."


@pytest.mark.parametrize("late", [1, 2])
def test_a_bill_that_comes_late_is_waited_for(late: int) -> None:
    yet = replace(refuse(404), method="GET", path=USAGE, times=late)
    job, sent, _, asked = through(cut(Place.BODY, after=10), yet)
    assert (job.state, job.billed, sent, asked) == (JobState.EXPIRED, True, 1, late + 1)


def test_a_bill_that_does_not_come_holds_nothing_up() -> None:
    stalled = replace(cut(Place.START, End.STALL), method="GET", path=USAGE)

    async def run() -> tuple[Job, float]:
        async with rig("nanogpt", EDIT) as it:
            it.playground.faults.add(cut(Place.BODY), stalled)
            begun = it.found.http.world.timer.now()
            job = await it.run()
            return job, it.found.http.world.timer.now() - begun

    job, seconds = driven(run())
    assert (job.state, job.billed) == (JobState.UNKNOWN, None)
    assert seconds <= 11
