"""Cancelling in every phase, closing, and what a start finds of an earlier run."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.geometry import Size
from studio.domain.ids import BlobId, JobId
from studio.domain.job import (
    JobEvent,
    JobState,
    Output,
    OutputStored,
    ProviderDone,
    Queued,
    Submitting,
    Succeeded,
)
from studio.domain.problems import UsageError
from tests.core.jobs.house import House, order
from tests.fakes.journal import MemoryJournal, TickingClock
from tests.fakes.provider import FakeProvider, answer

SIZE = Size(width=8, height=6)


class TestCancel:
    """Ends in exactly one of: cancelled, or finished all the same."""

    def test_a_waiting_job_is_cancelled_at_once_and_never_sent(self) -> None:
        async def scene() -> None:
            gate = asyncio.Event()
            provider = FakeProvider([gate, answer(0), ProviderDone()])
            house = House(provider)
            first, second = await house.enqueue(), await house.enqueue()
            await provider.reached.wait()
            await house.runner.cancel(second)
            assert (await house.end(second)).state is JobState.CANCELLED
            gate.set()
            assert (await house.end(first)).state is JobState.SUCCEEDED
            assert provider.submitted == [first]
            assert house.journal.kinds(second) == ["Queued", "Cancelled"]

        asyncio.run(scene())

    def test_a_job_is_cancelled_before_its_first_step(self) -> None:
        async def scene() -> None:
            provider = FakeProvider()
            house = House(provider)
            job = await house.enqueue()
            await house.runner.cancel(job)
            assert ((await house.end(job)).state, provider.submitted) == (JobState.CANCELLED, [])

        asyncio.run(scene())

    @pytest.mark.parametrize(("local", "billed"), [(True, False), (False, None)])
    def test_a_running_job_closes_its_provider_and_keeps_what_came(self, local: bool, billed: bool | None) -> None:
        async def scene() -> None:
            provider = FakeProvider([answer(0), asyncio.Event()], local=local)
            house = House(provider)
            job = await house.enqueue(count=2)
            await provider.reached.wait()
            await house.runner.cancel(job)
            await house.runner.cancel(job)
            ended = await house.end(job)
            assert (ended.state, ended.billed, len(ended.outputs)) == (JobState.CANCELLED, billed, 1)
            assert provider.closed == [job]
            assert house.journal.kinds(job).count("Cancelled") == 1

        asyncio.run(scene())

    def test_pasting_goes_on_after_the_cancel(self) -> None:
        async def scene() -> None:
            provider = FakeProvider([answer(0), asyncio.Event()])
            house = House(provider)
            house.finisher.gate = asyncio.Event()
            job = await house.enqueue(count=2)
            await house.until(lambda news: bool(news.job.outputs))
            await house.runner.cancel(job)
            assert (await house.end(job)).outputs[0].finished is None
            house.finisher.gate.set()
            after = await house.until(lambda news: any(output.finished for output in news.job.outputs))
            assert after.job.state is JobState.CANCELLED

        asyncio.run(scene())

    def test_a_job_whose_provider_is_done_finishes_all_the_same(self) -> None:
        async def scene() -> None:
            house = House(FakeProvider([answer(0), ProviderDone()]))
            house.finisher.gate = asyncio.Event()
            job = await house.enqueue()
            await house.until(lambda news: bool(news.job.outputs))
            await house.runner.cancel(job)
            house.finisher.gate.set()
            assert (await house.end(job)).state is JobState.SUCCEEDED
            await house.runner.cancel(job)
            assert house.journal.kinds(job)[-1] == "Succeeded"

        asyncio.run(scene())

    def test_a_held_job_and_a_stranger(self) -> None:
        async def scene() -> None:
            house = House(FakeProvider())
            job = (await house.runner.enqueue(order(), None, held=True)).id
            await house.runner.cancel(job)
            assert house.journal.kinds(job) == ["Queued", "Cancelled"]
            with pytest.raises(UsageError, match="unknown-job"):
                await house.runner.cancel(JobId("nobody"))

        asyncio.run(scene())


@pytest.mark.parametrize(
    ("local", "state", "code"),
    [(True, JobState.FAILED, "interrupted"), (False, JobState.UNKNOWN, "outcome-unknown")],
)
def test_closing_ends_what_runs_and_leaves_the_queue(local: bool, state: JobState, code: str) -> None:
    async def scene() -> None:
        provider = FakeProvider([asyncio.Event()], local=local)
        house = House(provider)
        running, waiting = await house.enqueue(), await house.enqueue()
        await provider.reached.wait()
        await house.runner.close()
        job = await house.journal.job(running)
        assert job
        assert (job.state, job.problem and job.problem.code) == (state, code)
        assert provider.closed == [running]
        assert house.journal.kinds(waiting) == ["Queued"]

    asyncio.run(scene())


def test_closing_waits_for_the_pasting() -> None:
    async def scene() -> None:
        house = House(FakeProvider([answer(0), asyncio.Event()]))
        house.finisher.gate = asyncio.Event()
        job = await house.enqueue(count=2)
        await house.until(lambda news: bool(news.job.outputs))
        closing = asyncio.create_task(house.runner.close())
        await house.end(job)
        assert not closing.done()
        house.finisher.gate.set()
        await closing
        assert house.journal.kinds(job)[-1] == "OutputFinished"

    asyncio.run(scene())


def earlier_run(*lives: tuple[str, list[JobEvent]]) -> MemoryJournal:
    """A journal that an earlier run of the program left."""
    clock = TickingClock()
    journal = MemoryJournal(clock)
    journal.events = {JobId(name): [(clock.now(), event) for event in events] for name, events in lives}
    return journal


class TestResume:
    """What a start finds of an earlier run."""

    def test_running_jobs_get_their_end_and_nothing_is_sent(self) -> None:
        async def scene() -> None:
            near, far = FakeProvider(), FakeProvider(name="far", local=False)
            sent: list[JobEvent] = [Queued(request=order("far")), Submitting(attempt=1)]
            journal = earlier_run(
                ("01", [Queued(request=order()), Submitting(attempt=1)]),
                ("02", sent),
                ("03", [Queued(request=order("gone")), Submitting(attempt=1)]),
                ("04", [Queued(request=order("far"))]),
            )
            house = House(near, far, journal=journal)
            assert [job.id for job in await house.runner.resume()] == ["01", "02", "03"]
            await house.runner.resumed()
            assert house.states() == {
                "01": JobState.FAILED,
                "02": JobState.UNKNOWN,
                "03": JobState.UNKNOWN,
            }
            assert near.submitted == far.submitted == []
            assert await house.runner.resume() == []

        asyncio.run(scene())

    def test_stored_outputs_get_finished(self) -> None:
        async def scene() -> None:
            house = House(FakeProvider())
            raw = await house.blobs.put(b"raw")
            outputs: list[JobEvent] = [
                OutputStored(output=Output(index=index, raw=raw, media_type="image/png", size=SIZE))
                for index in range(2)
            ]
            whole: list[JobEvent] = [Queued(request=order(count=2)), Submitting(attempt=1), *outputs]
            part: list[JobEvent] = [Queued(request=order(count=3)), Submitting(attempt=1), *outputs]
            house.journal.events = earlier_run(("01", part), ("02", [*whole, Succeeded()]), ("03", whole)).events
            await house.runner.resume()
            for job, state in (("01", JobState.FAILED), ("02", JobState.SUCCEEDED), ("03", JobState.SUCCEEDED)):
                after = await house.journal.job(JobId(job))
                assert after
                assert after.state is state
                assert [output.finished is not None for output in after.outputs] == [True, True]
            assert await house.runner.resume() == []

        asyncio.run(scene())

    def test_an_output_without_its_base_is_tried_once_a_start(self) -> None:
        async def scene() -> None:
            lost = OutputStored(output=Output(index=0, raw=BlobId("lost"), media_type="image/png", size=SIZE))
            life: list[JobEvent] = [Queued(request=order()), Submitting(attempt=1), lost, Succeeded()]
            house = House(FakeProvider(), journal=earlier_run(("01", life)))
            assert [job.id for job in await house.runner.resume()] == ["01"]
            assert house.journal.kinds(JobId("01"))[-1] == "Succeeded"

        asyncio.run(scene())

    def test_queued_jobs_go_when_asked_oldest_first(self) -> None:
        async def scene() -> None:
            provider = FakeProvider([answer(0), ProviderDone()], [answer(0), ProviderDone()])
            journal = earlier_run(
                ("02", [Queued(request=order())]),
                ("01", [Queued(request=order())]),
                ("03", [Queued(request=order("gone"))]),
            )
            house = House(provider, journal=journal)
            await house.runner.resume()
            assert provider.submitted == []
            assert [job.id for job in await house.runner.run()] == ["01", "02", "03"]
            assert (await house.end(JobId("02"))).state is JobState.SUCCEEDED
            assert provider.submitted == ["01", "02"]
            gone = await house.end(JobId("03"))
            assert (gone.state, gone.problem and gone.problem.code) == (JobState.FAILED, "unknown-provider")

        asyncio.run(scene())

    def test_only_free_ones_go_by_themselves(self) -> None:
        async def scene() -> None:
            near, far = FakeProvider([answer(0), ProviderDone()]), FakeProvider(name="far", local=False)
            journal = earlier_run(
                ("01", [Queued(request=order("far"))]),
                ("02", [Queued(request=order())]),
                ("03", [Queued(request=order("gone"))]),
            )
            house = House(near, far, journal=journal)
            assert [job.id for job in await house.runner.run(free_only=True)] == ["02"]
            assert (await house.end(JobId("02"))).state is JobState.SUCCEEDED
            assert far.submitted == []
            assert house.journal.kinds(JobId("01")) == house.journal.kinds(JobId("03")) == ["Queued"]

        asyncio.run(scene())
