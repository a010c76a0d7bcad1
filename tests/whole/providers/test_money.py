"""One click, at most one charge: what is sent again, what never is, and what is told of it."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import JobId
from studio.domain.job import JobState, ProviderProgress
from studio.domain.problems import OutcomeLost, ProviderError
from studio.playground.faults import End as Ending
from studio.playground.faults import Place, cut, drip, false_length, page, refuse, too_many
from studio.providers.calls import Unsent
from tests.core.jobs.house import House as Counter
from tests.whole.providers.house import house, orders, playing, told

if TYPE_CHECKING:
    from studio.domain.job import Job
    from studio.playground.exchange import Asked
    from studio.playground.faults import Fault
    from tests.whole.providers.house import House, Told

EDIT = {"route": "edits", "response_format": "b64_json"}


async def failed(found: House, images: int = 1) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        await found.run(found.request("gpt-image-1", images=images))
    return caught.value


async def too_late(found: House, phase: str) -> None:
    """An order whose deadline passes when it has come this far."""
    async for event in found.provider().submit(JobId("one"), found.request("gpt-image-1", images=1)):
        if isinstance(event, ProviderProgress) and event.phase == phase:
            found.timer.late.set()


def against(*faults: Fault) -> tuple[ProviderError, list[Asked], int, list[float]]:
    """What an order comes to where these things go wrong; the orders that came, what was billed, the pauses."""

    async def run() -> tuple[ProviderError, list[Asked], int, list[float]]:
        async with playing("nanogpt", **EDIT) as (playground, found):
            playground.faults.add(*faults)
            error = await failed(found)
            return error, orders(playground), len(playground.ledger), found.timer.pauses

    return asyncio.run(run())


def test_edge_20_nothing_left_so_it_is_tried_three_times() -> None:
    async def run() -> tuple[ProviderError, list[float]]:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
            async with house(f"http://127.0.0.1:{taken.getsockname()[1]}", "openai") as found:
                return await failed(found), found.timer.pauses

    error, pauses = asyncio.run(run())
    assert isinstance(error, Unsent)
    assert error.problem.code == "unreachable"
    assert "nothing listens there" in error.problem.what
    assert error.problem.cost == "Nothing was charged."
    assert pauses == [0.5, 1.0]


@pytest.mark.parametrize("how", [Ending.RESET, Ending.CLOSE])
@pytest.mark.parametrize("place", list(Place))
def test_edge_22_a_connection_that_breaks_leaves_the_outcome_open(place: Place, how: Ending) -> None:
    error, asked, billed, pauses = against(cut(place, how))
    assert isinstance(error, OutcomeLost)
    assert error.problem.code == "connection-lost"
    assert error.problem.cost == "It may have been charged."
    assert (len(asked), billed) == ((0, 0) if place is Place.UPLOAD else (1, 1))
    assert pauses == []
    assert error.request_id == (asked[0].request_id if place is Place.BODY else None)


@pytest.mark.parametrize("after", [0, 1, 2, 5, 9, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120])
def test_edge_22_wherever_the_answer_is_cut_it_is_not_sent_again(after: int) -> None:
    error, asked, billed, _ = against(cut(Place.BODY, Ending.CLOSE, after=after))
    assert isinstance(error, OutcomeLost)
    assert (len(asked), billed) == (1, 1)


def test_edge_22_a_body_shorter_than_its_length_leaves_the_outcome_open() -> None:
    error, asked, _, _ = against(false_length(10))
    assert isinstance(error, OutcomeLost)
    assert len(asked) == 1


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 520, 524])
def test_edge_22_a_failing_server_is_not_asked_again(status: int) -> None:
    error, asked, _, pauses = against(refuse(status, headers=(("retry-after", "1"),)))
    assert isinstance(error, OutcomeLost)
    assert (len(asked), pauses) == (1, [])
    assert error.request_id == asked[0].request_id


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"null", b"<html><title>Log in</title></html>", b'{"data": []}'])
def test_edge_32_a_success_that_is_none_is_not_sent_again(body: bytes) -> None:
    error, asked, _, _ = against(refuse(200, body.decode(), billed=True))
    assert isinstance(error, OutcomeLost)
    assert len(asked) == 1
    assert error.request_id == asked[0].request_id


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 413, 415, 422, 451])
def test_edge_24_a_refusal_is_told_and_never_sent_again(status: int) -> None:
    error, asked, billed, pauses = against(refuse(status, headers=(("retry-after", "1"),)))
    assert not isinstance(error, OutcomeLost)
    assert error.problem.cost == "Nothing was charged."
    assert (len(asked), billed, pauses) == (1, 0, [])


@pytest.mark.parametrize("place", [Place.BODY])
def test_edge_24_a_refusal_that_breaks_off_is_still_one(place: Place) -> None:
    fault = refuse(402, "x" * 5000)
    broken = type(fault)(instead=fault.instead, cut=(place, Ending.RESET))
    error, asked, billed, _ = against(broken)
    assert error.problem.code == "no-balance"
    assert (len(asked), billed) == (1, 0)


@pytest.mark.parametrize("wait", ["7", "7.5", "120"])
def test_edge_21_a_time_to_come_back_is_kept(wait: str) -> None:
    async def run() -> tuple[Told, int, int, list[float]]:
        async with playing("nanogpt", **EDIT) as (playground, found):
            playground.faults.add(too_many(wait))
            done = await found.run(found.request("gpt-image-1", images=1))
            return done, len(orders(playground)), len(playground.ledger), found.timer.pauses

    done, asked, billed, pauses = asyncio.run(run())
    assert (len(done.outputs), asked, billed, pauses) == (1, 2, 1, [float(wait)])
    assert any("waiting" in phase for phase in done.phases)


def test_edge_21_three_times_and_no_more() -> None:
    error, asked, _, pauses = against(*[too_many("3") for _ in range(5)])
    assert error.problem.code == "rate-limited"
    assert (len(asked), pauses) == (3, [3.0, 3.0])


@pytest.mark.parametrize("wait", ["121", "86400", "1000000000"])
def test_edge_21_longer_is_told_instead(wait: str) -> None:
    error, asked, _, pauses = against(too_many(wait))
    assert error.problem.code in ("rate-limited", "quota-reached")
    assert (len(asked), pauses) == (1, [])
    assert error.retry_after is not None
    assert error.retry_after > 120
    assert "again in" in error.problem.next


def test_edge_21_a_silly_time_is_not_believed() -> None:
    error, asked, _, pauses = against(*[too_many("-1") for _ in range(3)])
    assert (len(asked), pauses) == (3, [0.5, 1.0])
    assert error.problem.code == "rate-limited"


@pytest.mark.parametrize("code", ["insufficient_quota", "daily_usd_limit_exceeded", "daily_rpd_limit_exceeded"])
def test_edge_21_a_quota_is_not_waited_for(code: str) -> None:
    error, asked, _, pauses = against(too_many("5", code))
    assert error.problem.code == "quota-reached"
    assert (len(asked), pauses) == (1, [])


def test_without_a_time_to_come_back_it_is_told() -> None:
    error, asked, _, pauses = against(refuse(429))
    assert error.problem.code == "rate-limited"
    assert (len(asked), pauses) == (1, [])


def test_a_wait_beyond_the_deadline_is_told_instead() -> None:
    async def run() -> tuple[ProviderError, int]:
        async with playing("nanogpt", deadline_s="30", **EDIT) as (playground, found):
            playground.faults.add(too_many("40"))
            return await failed(found), len(orders(playground))

    error, asked = asyncio.run(run())
    assert (error.problem.code, asked) == ("rate-limited", 1)


@pytest.mark.parametrize("place", [Place.START, Place.HEADERS, Place.BODY])
def test_edge_29_the_deadline_ends_what_stalls(place: Place) -> None:
    async def run() -> tuple[ProviderError, int, list[float]]:
        async with playing("nanogpt", deadline_s="200", **EDIT) as (playground, found):
            playground.faults.add(cut(place, Ending.STALL))
            with pytest.raises(ProviderError) as caught:
                await too_late(found, "Downloading" if place is Place.BODY else "Waiting")
            return caught.value, len(orders(playground)), found.timer.alarms

    error, asked, alarms = asyncio.run(run())
    assert isinstance(error, OutcomeLost)
    assert error.problem.code == "deadline-passed"
    assert "200 seconds" in error.problem.what
    assert asked == 1
    assert 200 in alarms


def test_edge_29_one_byte_at_a_time_does_not_hold_it_up() -> None:
    async def run() -> ProviderError:
        async with playing("nanogpt", **EDIT) as (playground, found):
            playground.faults.add(drip(1, 0.001))
            with pytest.raises(ProviderError) as caught:
                await too_late(found, "Downloading")
            return caught.value

    assert asyncio.run(run()).problem.code == "deadline-passed"


def test_edge_23_what_is_stopped_after_it_left_may_have_been_charged() -> None:
    async def run() -> tuple[Job, int]:
        async with playing("nanogpt", **EDIT) as (playground, found):
            playground.faults.add(cut(Place.START, Ending.STALL))
            counter = Counter()
            await counter.runner.set_providers([found.provider()])
            job = (await counter.runner.enqueue(found.request("gpt-image-1", images=1), None)).id
            await counter.until(lambda news: news.progress is not None and news.progress.phase == "Waiting")
            await counter.runner.cancel(job)
            return await counter.end(job), len(orders(playground))

    job, asked = asyncio.run(run())
    assert (job.state, job.billed) == (JobState.CANCELLED, None)
    assert asked <= 1


def test_edge_27_the_providers_own_id_is_kept_whatever_comes() -> None:
    error, asked, _, _ = against(refuse(400))
    assert error.request_id == asked[0].request_id


def test_edge_38_a_page_of_a_proxy_is_called_that() -> None:
    error, asked, _, _ = against(page(502, "502 Bad Gateway"))
    assert error.problem.code == "proxy-failed"
    assert len(asked) == 1


def test_a_prompt_over_the_limit_never_leaves() -> None:
    async def run() -> tuple[ProviderError, int]:
        async with playing("nanogpt", **EDIT) as (playground, found):
            provider = found.provider()
            await provider.refresh()
            request = found.request("flux-kontext", images=1, prompt="🦊" * 401)
            with pytest.raises(ProviderError) as caught:
                await told(provider.submit(JobId("one"), request))
            return caught.value, len(orders(playground))

    error, asked = asyncio.run(run())
    assert (error.problem.code, error.problem.cost, asked) == ("prompt-over-limit", "Nothing was sent.", 0)
