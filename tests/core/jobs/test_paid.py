"""What was paid for: addresses written down before they are fetched, starts after a kill, and what an end cost."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.capabilities import Price
from studio.domain.catalogue import problem, trouble
from studio.domain.ids import BlobId, JobId, ProviderId
from studio.domain.job import (
    Answered,
    Cancelled,
    JobEvent,
    JobState,
    OutcomeUnknown,
    Output,
    OutputStored,
    ProviderDone,
    ProviderSending,
    Queued,
    ResultAddress,
    Submitting,
)
from studio.domain.problems import ResultExpired, StorageError, UsageError
from tests.core.jobs.house import House, order
from tests.core.jobs.test_endings import earlier_run
from tests.fakes.provider import SIZE, FakeProvider, Step, answer, lost

FAR = ProviderId("far")
CENTS = Price(amount="0.04", currency="USD")


def remote(*scripts: list[Step]) -> FakeProvider:
    return FakeProvider(*scripts, name=FAR, local=False)


def named(*indices: int, expires: float | None = None, request_id: str | None = None) -> ProviderDone:
    """An answer that only names its pictures."""
    results = tuple(ResultAddress(index=each, url=f"https://far/{each}", expires=expires) for each in indices)
    return ProviderDone(results=results, cost=CENTS, request_id=request_id)


def answered(*indices: int, expires: float | None = None, provider: str = FAR) -> list[JobEvent]:
    """The life of a job that was answered and not fetched."""
    results = named(*indices, expires=expires).results
    return [Queued(request=order(provider, len(indices))), Submitting(attempt=1), Answered(results=results, cost=CENTS)]


class Refuge:
    """Keeps in memory; `full` where no folder takes anything."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.full = False

    async def keep(self, name: str, data: bytes) -> str:
        if self.full:
            raise trouble("nowhere-to-keep", places="memory")
        self.kept[name] = data
        return f"/elsewhere/{name}"


class TestFetching:
    """Pictures that an answer only names."""

    def test_their_addresses_are_written_down_before_the_first_is_fetched(self) -> None:
        async def scene() -> None:
            gate = asyncio.Event()
            provider = remote([named(0, 1, request_id="r")])
            provider.fetches = [[gate, answer(0), answer(1)]]
            house = House(provider)
            job = await house.enqueue(FAR, count=2)
            await provider.reached.wait()
            assert house.journal.kinds(job)[-1] == "Answered"
            known = await house.journal.job(job)
            assert known is not None
            assert (known.billed, known.cost, [each.index for each in known.results]) == (True, CENTS, [0, 1])
            gate.set()
            ended = await house.end(job)
            assert (ended.state, ended.cost, ended.request_id, ended.results) == (
                JobState.SUCCEEDED,
                CENTS,
                "r",
                (),
            )
            assert provider.cleared == [(job, False)]

        asyncio.run(scene())

    def test_one_that_is_missing_does_not_take_the_others_along_and_is_fetched_later(self) -> None:
        async def scene() -> None:
            provider = remote([named(0, 1)])
            provider.fetches = [[answer(1), lost()], [answer(0)]]
            house = House(provider)
            job = await house.enqueue(FAR, count=2)
            ended = await house.end(job)
            assert (ended.state, ended.missing, [each.index for each in ended.results]) == (JobState.SUCCEEDED, 1, [0])
            await house.runner.look_again(job)
            whole = await house.until(lambda news: news.job.state is JobState.SUCCEEDED and not news.job.missing)
            assert [each.index for each in whole.job.outputs] == [0, 1]
            assert (provider.submitted, provider.fetched[-1]) == ([job], (job, (0,)))
            with pytest.raises(UsageError, match="nothing-to-fetch"):
                await house.runner.look_again(job)

        asyncio.run(scene())

    def test_none_that_comes_is_paid_and_may_be_looked_for_again(self) -> None:
        async def scene() -> None:
            provider = remote([named(0)])
            provider.fetches = [[lost()], [ResultExpired(problem("results-gone", provider="X", host="far"))]]
            house = House(provider)
            job = await house.enqueue(FAR)
            ended = await house.end(job)
            assert (ended.state, ended.billed, ended.cost) == (JobState.UNKNOWN, True, CENTS)
            await house.runner.look_again(job)
            gone = (await house.until(lambda news: news.job.state is JobState.EXPIRED)).job
            assert (gone.billed, gone.cost, provider.submitted) == (True, CENTS, [job])

        asyncio.run(scene())

    def test_a_cancel_while_fetching_says_that_it_was_charged(self) -> None:
        async def scene() -> None:
            provider = remote([named(0, 1)])
            provider.fetches = [[answer(0), asyncio.Event()], [answer(1)]]
            house = House(provider)
            job = await house.enqueue(FAR, count=2)
            await provider.reached.wait()
            await house.runner.cancel(job)
            ended = await house.end(job)
            assert (ended.state, ended.billed, ended.cost, len(ended.outputs)) == (JobState.CANCELLED, True, CENTS, 1)
            await house.runner.look_again(job)
            await house.until(lambda news: news.job.state is JobState.SUCCEEDED)

        asyncio.run(scene())

    def test_a_close_while_fetching_leaves_it_for_the_next_start(self) -> None:
        async def scene() -> None:
            provider = remote([named(0)])
            provider.fetches = [[asyncio.Event()]]
            house = House(provider)
            job = await house.enqueue(FAR)
            await provider.reached.wait()
            await house.runner.close()
            assert house.journal.kinds(job)[-1] == "Answered"
            assert provider.cleared == []

        asyncio.run(scene())


class TestUnreadable:
    """Bytes that came and are no picture stay in the library, named by the job."""

    def test_alone_they_may_have_been_charged(self) -> None:
        async def scene() -> None:
            house = House(remote([answer(0, b"broken"), ProviderDone()]))
            ended = await house.end(await house.enqueue(FAR))
            assert ended.problem is not None
            assert ended.state is JobState.UNKNOWN
            assert (await house.blobs.get(BlobId(ended.problem.detail))) == b"broken"

        asyncio.run(scene())

    def test_beside_others_they_are_told(self) -> None:
        async def scene() -> None:
            house = House(remote([answer(0), answer(1, b"broken"), ProviderDone()]))
            ended = await house.end(await house.enqueue(FAR, count=2))
            assert ended.problem is not None
            assert (ended.state, ended.missing) == (JobState.SUCCEEDED, 1)
            assert (await house.blobs.get(BlobId(ended.problem.detail))) == b"broken"

        asyncio.run(scene())


class TestStart:
    """What an earlier run of the program had paid for."""

    def test_is_fetched_soonest_gone_first_and_before_any_new_order(self) -> None:
        async def scene() -> None:
            provider = remote([answer(0), ProviderDone()])
            gate = asyncio.Event()
            provider.fetches = [[gate, answer(0)] for _ in range(5)]
            lives = [(f"0{at}", answered(0, expires=900.0 - at)) for at in range(5)]
            house = House(provider, journal=earlier_run(*lives, ("10", [Queued(request=order(FAR))])))
            await house.runner.resume()
            await house.runner.run()
            await provider.reached.wait()
            assert provider.submitted == []
            gate.set()
            await house.end(JobId("10"))
            assert [job for job, _ in provider.fetched] == ["04", "03", "02", "01", "00"]
            assert provider.submitted == ["10"]
            states = house.states()
            assert {states[JobId(name)] for name, _ in lives} == {JobState.SUCCEEDED}

        asyncio.run(scene())

    def test_however_many_jobs_came_later_it_is_not_forgotten(self) -> None:
        async def scene() -> None:
            ended: list[JobEvent] = [Queued(request=order(FAR)), Cancelled()]
            later = [(f"9{number:04}", ended) for number in range(1100)]
            journal = earlier_run(("01", answered(0)), ("02", [Queued(request=order(FAR))]), *later)
            house = House(remote([answer(0), ProviderDone()]), journal=journal)
            assert [job.id for job in (await house.runner.jobs())[-2:]] == ["02", "01"]
            assert [job.id for job in await house.runner.resume()] == ["01"]
            assert [job.id for job in await house.runner.run()] == ["02"]
            assert {(await house.end(JobId(name))).state for name in ("01", "02")} == {JobState.SUCCEEDED}

        asyncio.run(scene())

    def test_an_answer_that_had_come_whole_is_taken_from_the_disk(self) -> None:
        async def scene() -> None:
            provider = remote()
            provider.replays = [[answer(0), answer(1), named(2)]]
            raw = OutputStored(output=Output(index=0, raw=BlobId("x"), media_type="image/png", size=SIZE))
            life: list[JobEvent] = [Queued(request=order(FAR, 3)), Submitting(attempt=1), raw]
            house = House(provider, journal=earlier_run(("01", life)))
            await house.runner.resume()
            await house.runner.resumed()
            job = await house.journal.job(JobId("01"))
            assert job is not None
            assert (job.state, [each.index for each in job.outputs]) == (JobState.SUCCEEDED, [0, 1, 2])
            assert (provider.submitted, provider.cleared) == ([], [("01", False)])

        asyncio.run(scene())

    @pytest.mark.parametrize(
        ("charge", "state", "billed"),
        [(None, JobState.UNKNOWN, None), (CENTS, JobState.EXPIRED, True), ("0.00", JobState.FAILED, False)],
    )
    def test_a_cut_answer_is_settled_where_the_charge_is_told(
        self, charge: Price | str | None, state: JobState, billed: bool | None
    ) -> None:
        async def scene() -> None:
            provider = remote()
            provider.replays = [[lost("r-1")]]
            price = Price(amount=charge, currency="USD") if isinstance(charge, str) else charge
            provider.charges = {} if price is None else {"r-1": price}
            life: list[JobEvent] = [Queued(request=order(FAR)), Submitting(attempt=1)]
            house = House(provider, journal=earlier_run(("01", life)))
            await house.runner.resume()
            ended = await house.end(JobId("01"))
            assert (ended.state, ended.billed) == (state, billed)
            assert provider.submitted == []
            if charge is None:
                provider.charges = {"r-1": CENTS}
                provider.replays = [[lost()]]
                await house.runner.look_again(JobId("01"))
                settled = (await house.until(lambda news: news.job.state is JobState.EXPIRED)).job
                assert (settled.cost, settled.request_id) == (CENTS, "r-1")

        asyncio.run(scene())

    def test_a_second_look_that_learns_nothing_leaves_what_was_said(self) -> None:
        async def scene() -> None:
            said = problem("connection-lost", provider="Far")
            life: list[JobEvent] = [Queued(request=order(FAR)), Submitting(attempt=1)]
            cut = OutcomeUnknown(problem=said, request_id="r-1")
            house = House(remote(), journal=earlier_run(("01", [*life, cut])))
            assert await house.runner.resume() == []
            ended = await house.end(JobId("01"))
            assert house.journal.kinds(JobId("01"))[-2:] == ["LookedAgain", "OutcomeUnknown"]
            assert (ended.problem, ended.request_id, ended.billed) == (said, "r-1", None)

        asyncio.run(scene())

    def test_what_could_not_be_fetched_is_tried_again_at_each_start(self) -> None:
        async def scene() -> None:
            provider = remote()
            lost_there = OutcomeUnknown(problem=problem("outcome-unknown"))
            life = [*answered(0), lost_there]
            house = House(provider, journal=earlier_run(("01", life), ("02", [*answered(0)[:2], lost_there])))
            assert await house.runner.resume() == []
            await house.runner.resumed()
            assert house.states() == {"01": JobState.SUCCEEDED}
            assert (provider.submitted, provider.fetched) == ([], [("01", (0,))])

        asyncio.run(scene())

    def test_where_all_pictures_had_come_only_the_note_of_it_is_made(self) -> None:
        async def scene() -> None:
            stored = OutputStored(output=Output(index=0, raw=BlobId("x"), media_type="image/png", size=SIZE))
            life: list[JobEvent] = [Queued(request=order(FAR)), Submitting(attempt=1), stored]
            house = House(remote(), journal=earlier_run(("01", life)))
            await house.runner.resume()
            assert (await house.end(JobId("01"))).state is JobState.SUCCEEDED

        asyncio.run(scene())


class TestCharge:
    """What a stopped order cost."""

    @pytest.mark.parametrize(("amount", "billed"), [("0.04", True), ("0", False), (None, None)])
    def test_a_cancelled_order_tells_it_where_the_provider_does(self, amount: str | None, billed: bool | None) -> None:
        async def scene() -> None:
            provider = remote([ProviderSending(request_id="r"), asyncio.Event()])
            provider.charges = {} if amount is None else {"r": Price(amount=amount, currency="USD")}
            house = House(provider)
            job = await house.enqueue(FAR)
            await provider.reached.wait()
            await house.runner.cancel(job)
            ended = await house.end(job)
            assert (ended.state, ended.billed) == (JobState.CANCELLED, billed)

        asyncio.run(scene())


class TestFullDisk:
    """The library takes nothing more."""

    def test_what_was_paid_for_is_kept_elsewhere_and_the_rest_goes_on(self) -> None:
        async def scene() -> None:
            refuge = Refuge()
            provider = remote([answer(0), named(1)])
            house = House(provider, refuge=refuge)
            house.blobs.full = True
            house.journal.refuse[Answered] = trouble("disk-full", place="here")
            job = await house.enqueue(FAR, count=2)
            ended = await house.end(job)
            assert ended.state is JobState.UNKNOWN
            assert sorted(refuge.kept) == [f"overpaint-{job}-{index}.png" for index in (0, 1)]

        asyncio.run(scene())

    def test_where_nothing_takes_it_that_is_said(self) -> None:
        async def scene() -> None:
            refuge = Refuge()
            refuge.full = True
            house = House(remote([answer(0), ProviderDone()]), refuge=refuge)
            house.blobs.full = True
            ended = await house.end(await house.enqueue(FAR))
            assert ended.problem is not None
            assert (ended.state, ended.problem.code) == (JobState.UNKNOWN, "nowhere-to-keep")

        asyncio.run(scene())

    def test_the_disk_that_refuses_an_order_keeps_it_from_leaving(self) -> None:
        async def scene() -> None:
            provider = remote([answer(0), ProviderDone()])
            house = House(provider)
            house.journal.refuse[Queued] = trouble("disk-full", place="here")
            with pytest.raises(StorageError):
                await house.enqueue(FAR)
            assert provider.submitted == []

        asyncio.run(scene())
