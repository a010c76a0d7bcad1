"""The runner from the order to the end, in a world of fakes."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.catalogue import problem, trouble
from studio.domain.ids import output_id
from studio.domain.job import (
    JobState,
    OutputFinished,
    OutputStored,
    ProviderDone,
    ProviderPreview,
    ProviderProgress,
    Queued,
    Submitting,
    Succeeded,
)
from studio.domain.problems import StorageError, UsageError
from tests.core.jobs.house import House, order
from tests.fakes.provider import FakeProvider, answer


def test_an_order_becomes_a_finished_picture() -> None:
    async def scene() -> None:
        step = ProviderProgress(phase="Filling", fraction=0.5)
        rough = ProviderPreview(index=0, image=answer(0, b"rough").image)
        house = House(FakeProvider([step, rough, answer(0), answer(1), ProviderDone(request_id="r7")]))
        job = await house.end(await house.enqueue(count=2))
        assert (job.state, job.missing, job.request_id) == (JobState.SUCCEEDED, 0, "r7")
        assert [house.blobs.kept[output.raw] for output in job.outputs] == [b"picture 0", b"picture 1"]
        finished = [house.blobs.kept[output.finished] for output in job.outputs if output.finished]
        assert finished == [b"finished picture 0", b"finished picture 1"]
        told = [(news.progress, news.preview) for news in house.news if news.event is None]
        assert told == [(step, None), (None, rough)]

    asyncio.run(scene())


def test_every_output_has_a_gallery_row_that_follows_its_pasting() -> None:
    async def scene() -> None:
        house = House(FakeProvider([answer(0), ProviderDone()]))
        house.finisher.gate = asyncio.Event()
        job = await house.enqueue()
        await house.until(lambda news: isinstance(news.event, OutputStored))
        row = house.journal.rows[output_id(job, 0)]
        assert (row.finished, row.size.width) == (None, 8)
        house.finisher.gate.set()
        await house.end(job)
        after = house.journal.rows[output_id(job, 0)]
        assert (after.finished is not None, after.size.width, after.created) == (True, 16, row.created)

    asyncio.run(scene())


def test_nobody_hears_of_an_event_that_is_not_in_the_journal() -> None:
    async def scene() -> None:
        house = House(FakeProvider([answer(0), ProviderDone()]))
        await house.end(await house.enqueue())
        told = ["Queued", "Submitting", "OutputStored", "OutputFinished", "Succeeded"]
        assert house.told_and_written == [(event, event) for event in told]

    asyncio.run(scene())


def test_the_raw_output_is_told_before_the_pasting_ends() -> None:
    async def scene() -> None:
        house = House(FakeProvider([answer(0), answer(1), ProviderDone()]))
        house.finisher.gate = asyncio.Event()
        job = await house.enqueue(count=2)
        both = await house.until(lambda news: len(news.job.outputs) == 2)
        assert both.outputs_ready == (1,)
        assert house.finisher.pasted == []
        house.finisher.gate.set()
        assert (await house.end(job)).state is JobState.SUCCEEDED
        assert sorted(house.finisher.pasted) == [0, 1]

    asyncio.run(scene())


def test_one_job_at_a_time_in_the_order_of_asking() -> None:
    async def scene() -> None:
        gate = asyncio.Event()
        provider = FakeProvider([gate, answer(0), ProviderDone()], [answer(0), ProviderDone()])
        house = House(provider)
        first, second = await house.enqueue(), await house.enqueue()
        await provider.reached.wait()
        assert house.states() == {first: JobState.RUNNING, second: JobState.QUEUED}
        gate.set()
        await house.end(second)
        assert provider.submitted == [first, second]
        assert first < second

    asyncio.run(scene())


def test_providers_do_not_wait_for_each_other() -> None:
    async def scene() -> None:
        slow = FakeProvider([asyncio.Event()])
        house = House(slow, FakeProvider([answer(0), ProviderDone()], name="far", local=False))
        stuck = await house.enqueue()
        assert (await house.end(await house.enqueue("far"))).state is JobState.SUCCEEDED
        assert house.states()[stuck] is JobState.RUNNING
        await house.runner.close()

    asyncio.run(scene())


def test_fewer_pictures_than_asked_are_counted_as_missing() -> None:
    async def scene() -> None:
        house = House(FakeProvider([answer(0), answer(1, b"broken"), ProviderDone()]))
        job = await house.end(await house.enqueue(count=3))
        assert (job.state, job.missing, len(job.outputs)) == (JobState.SUCCEEDED, 2, 1)
        assert b"broken" in house.blobs.kept.values(), "what was received is kept even where it is no picture"

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("local", "state", "code"),
    [(True, JobState.FAILED, "result-unreadable"), (False, JobState.UNKNOWN, "pictures-unreadable")],
)
def test_an_answer_without_a_picture(local: bool, state: JobState, code: str) -> None:
    async def scene() -> None:
        house = House(FakeProvider([answer(0, b"broken"), ProviderDone()], local=local))
        job = await house.end(await house.enqueue())
        assert (job.state, job.problem and job.problem.code) == (state, code)

    asyncio.run(scene())


def test_a_provider_that_refuses_fails_the_job_and_the_next_one_runs() -> None:
    async def scene() -> None:
        house = House(FakeProvider([answer(0), trouble("engine-died")], [answer(0), ProviderDone()]))
        job = await house.end(await house.enqueue(count=3))
        assert (job.state, job.problem, len(job.outputs)) == (JobState.FAILED, problem("engine-died"), 1)
        assert (await house.end(await house.enqueue())).state is JobState.SUCCEEDED

    asyncio.run(scene())


@pytest.mark.parametrize(("local", "state"), [(True, JobState.FAILED), (False, JobState.UNKNOWN)])
def test_a_bug_ends_the_job_in_a_sentence(local: bool, state: JobState) -> None:
    async def scene() -> None:
        house = House(FakeProvider([ZeroDivisionError("oh")], local=local))
        job = await house.end(await house.enqueue())
        assert (job.state, job.problem and job.problem.code) == (state, "bug")
        assert job.problem
        assert "ZeroDivisionError: oh" in job.problem.detail

    asyncio.run(scene())


def test_an_unknown_provider_is_refused_before_anything_is_written() -> None:
    async def scene() -> None:
        house = House(FakeProvider())
        with pytest.raises(UsageError, match="unknown-provider"):
            await house.enqueue("elsewhere")
        assert house.journal.events == {}

    asyncio.run(scene())


class TestDisk:
    """The journal or the blobs refuse."""

    def test_an_order_that_cannot_be_written_makes_no_job(self) -> None:
        async def scene() -> None:
            provider = FakeProvider()
            house = House(provider)
            house.journal.refuse[Queued] = trouble("disk-full", place="here")
            with pytest.raises(StorageError):
                await house.enqueue()
            assert (provider.submitted, house.news) == ([], [])

        asyncio.run(scene())

    def test_nothing_is_sent_that_is_not_journalled(self) -> None:
        async def scene() -> None:
            provider = FakeProvider(local=False)
            house = House(provider)
            house.journal.refuse[Submitting] = trouble("disk-full", place="here")
            job = await house.end(await house.enqueue())
            assert (job.state, provider.submitted) == (JobState.FAILED, [])

        asyncio.run(scene())

    @pytest.mark.parametrize(("local", "state"), [(True, JobState.FAILED), (False, JobState.UNKNOWN)])
    def test_an_answer_that_cannot_be_kept(self, local: bool, state: JobState) -> None:
        async def scene() -> None:
            provider = FakeProvider([answer(0), answer(1), ProviderDone()], local=local)
            house = House(provider)
            house.blobs.full = True
            job = await house.end(await house.enqueue(count=2))
            assert (job.state, job.problem and job.problem.code) == (state, "disk-full")
            assert house.blobs.refused == 2, "what came besides is tried all the same"
            assert provider.closed == [job.id], "the provider works for nobody once the run is over"

        asyncio.run(scene())

    def test_an_end_that_cannot_be_written_is_told_all_the_same(self) -> None:
        async def scene() -> None:
            house = House(FakeProvider([answer(0), ProviderDone()]))
            house.journal.refuse[Succeeded] = trouble("disk-full", place="here")
            job = await house.end(await house.enqueue())
            assert (job.state, len(job.outputs)) == (JobState.SUCCEEDED, 1)
            assert "Succeeded" not in house.journal.kinds(job.id)

        asyncio.run(scene())

    def test_a_pasting_that_fails_is_told_and_the_raw_output_stays(self) -> None:
        async def scene() -> None:
            house = House(FakeProvider([answer(0), ProviderDone()]))
            house.finisher.problem = problem("disk-full", place="here")
            job = await house.end(await house.enqueue())
            assert (job.state, job.problem and job.problem.code) == (JobState.SUCCEEDED, "disk-full")
            assert house.journal.rows[output_id(job.id, 0)].finished is None

        asyncio.run(scene())


def test_a_raw_output_that_is_all_there_is_to_it_is_settled() -> None:
    async def scene() -> None:
        house = House(FakeProvider([answer(0), ProviderDone()]))
        house.finisher.raw_is_all = True
        job = await house.end(await house.enqueue())
        assert [output.finished == output.raw for output in job.outputs] == [True]
        assert isinstance(house.journal.events[job.id][-2][1], OutputFinished)

    asyncio.run(scene())


def test_models_and_providers_of_all() -> None:
    async def scene() -> None:
        house = House(FakeProvider(), FakeProvider(name="far", local=False))
        assert [info.id for info in house.runner.providers()] == ["local", "far"]
        assert [model.provider for model in await house.runner.models()] == ["local", "far"]

    asyncio.run(scene())


def test_a_held_order_waits_for_run() -> None:
    async def scene() -> None:
        provider = FakeProvider([answer(0), ProviderDone()])
        house = House(provider)
        job = (await house.runner.enqueue(order(), None, held=True)).id
        assert (house.states(), provider.submitted) == ({job: JobState.QUEUED}, [])
        assert [each.id for each in await house.runner.run()] == [job]
        assert (await house.end(job)).state is JobState.SUCCEEDED
        assert await house.runner.run() == []

    asyncio.run(scene())
