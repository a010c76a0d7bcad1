"""Cancelling in every phase, against providers that bill at once, at the end, and whoever leaves: what is then true."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from studio.domain.job import JobState
from studio.playground.faults import End, Fault, Place, cut
from studio.playground.world import Billing
from tests.whole.providers.driven import driven
from tests.whole.providers.house import orders
from tests.whole.providers.rig import EDIT, LINK, rig

if TYPE_CHECKING:
    from studio.domain.ids import JobId
    from studio.domain.job import Job
    from tests.whole.providers.rig import Rig

PHASES = ("queued", "preparing", "connecting", "uploading", "waiting", "receiving", "downloading")
WORK_S = 30.0
SLOWLY = (100, 1.0)

# What is known of the charge, and the charges that there are when everything has ended; where it differs, by billing.
TRUTH: dict[str, tuple[bool | None, dict[Billing, int]]] = {
    "queued": (False, dict.fromkeys(Billing, 0)),
    "preparing": (False, dict.fromkeys(Billing, 0)),
    "connecting": (False, dict.fromkeys(Billing, 0)),
    "uploading": (None, dict.fromkeys(Billing, 0)),
    "waiting": (None, {Billing.ARRIVAL: 1, Billing.END: 0, Billing.ANYWAY: 1}),
    "receiving": (True, dict.fromkeys(Billing, 1)),
    "downloading": (True, dict.fromkeys(Billing, 1)),
}


async def reached(it: Rig, phase: str) -> JobId:
    """An order in this phase."""
    it.playground.rules.work_s = WORK_S
    match phase:
        case "queued":
            await it.desk.runner.pause()
            return await it.order()
        case "preparing":
            it.found.keys.hold = asyncio.Event()
        case "connecting":
            it.door.stall()
        case "uploading":
            it.playground.faults.add(cut(Place.UPLOAD, End.STALL))
        case "receiving":
            it.playground.faults.add(Fault(path="/images", pace=SLOWLY))
        case "downloading":
            it.playground.faults.add(Fault(method="GET", path="/results/", pace=SLOWLY, times=None))
        case _:
            pass
    job = await it.order()
    told = {"connecting": "Preparing", "receiving": "Downloading"}.get(phase, phase.capitalize())
    fetching = phase == "downloading"
    await it.desk.until(
        lambda news: news.progress is not None and news.progress.phase == told and news.job.answered == fetching
    )
    if phase in ("connecting", "waiting"):
        await asyncio.sleep(5)
    return job


async def cancelled(it: Rig, phase: str) -> tuple[Job, float, float]:
    """The end of an order that is cancelled in this phase; seconds of real time until the answer to the click, and of
    the clock's until the end."""
    job = await reached(it, phase)
    loop = asyncio.get_running_loop()
    real, at = time.perf_counter(), loop.time()
    await it.desk.runner.cancel(job)
    if phase != "queued":
        await it.desk.phase(job, "Cancelling")
    answered = time.perf_counter() - real
    if it.found.keys.hold is not None:
        it.found.keys.hold.set()
    ended = await it.desk.end(job)
    return ended, answered, loop.time() - at


@pytest.mark.parametrize("billing", list(Billing), ids=lambda each: each.value)
@pytest.mark.parametrize("phase", PHASES)
def test_the_end_is_the_true_one(phase: str, billing: Billing) -> None:
    async def run() -> None:
        async with rig("nanogpt", LINK if phase == "downloading" else EDIT) as it:
            it.playground.rules.billing = billing
            job, answered, seconds = await cancelled(it, phase)
            await asyncio.sleep(3 * WORK_S)
            billed, charges = TRUTH[phase]
            assert (job.state, job.billed) == (JobState.CANCELLED, billed)
            assert len(it.playground.ledger) == charges[billing]
            assert it.desk.ends(job.id) == ["Cancelled"]
            assert len(orders(it.playground)) <= 1
            assert answered <= 0.1
            assert seconds <= 11
            if phase == "receiving":
                assert job.cost is not None
                assert job.cost.amount == f"{it.playground.ledger.total:.8f}" or job.cost.amount == "0.05"
            # Whatever is called free was, and whatever is called charged was.
            assert (billed is False) <= (charges[billing] == 0)
            assert (billed is True) <= (charges[billing] == 1)

    driven(run())


def test_pictures_of_a_cancelled_order_can_still_be_had() -> None:
    async def run() -> tuple[Job, int, int]:
        async with rig("nanogpt", LINK) as it:
            job, _, _ = await cancelled(it, "downloading")
            assert job.results
            it.playground.faults.clear()
            await asyncio.sleep(1)
            await it.desk.runner.look_again(job.id)
            end = await it.desk.until(lambda news: news.job.state is JobState.SUCCEEDED)
            return end.job, len(orders(it.playground)), len(it.playground.ledger)

    job, sent, charged = driven(run())
    assert (len(job.outputs), job.billed, sent, charged) == (1, True, 1, 1)


def test_a_second_look_at_a_cancelled_order_learns_its_price() -> None:
    async def run() -> tuple[Job, Job]:
        async with rig("nanogpt", EDIT) as it:
            it.playground.faults.add(Fault(method="GET", path="/usage/", cut=(Place.START, End.RESET)))
            first, _, _ = await cancelled(it, "receiving")
            await asyncio.sleep(1)
            it.desk.news.clear()
            await it.desk.runner.look_again(first.id)
            return first, await it.desk.end(first.id)

    first, second = driven(run())
    assert (first.state, first.billed) == (JobState.CANCELLED, None)
    assert second.billed is True
    assert second.cost is not None
