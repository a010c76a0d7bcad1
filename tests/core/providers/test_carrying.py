"""The parts of carrying that need no connection: unpacking, deadlines, retries, proxies, progress."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest

from studio.domain.catalogue import problem
from studio.domain.problems import OutcomeLost, ProviderError
from studio.providers.calls import Phase, Unsent
from studio.providers.pace import Pace
from studio.providers.proxies import described, is_usable, proxy_for
from studio.providers.retries import LONGEST_S, TRIES, backoff, resend_after
from studio.providers.timing import DeadlinePassed, SystemTimer, within
from studio.providers.unpacking import LARGE, STEP, BadEncoding, Body, OverCap

if TYPE_CHECKING:
    from studio.domain.job import ProviderEvent

TEXT = b"a picture " * 1000


def collected(data: bytes, encoding: str | None, step: int, cap: int = 1 << 20) -> bytes:
    body = Body(cap, encoding)
    for start in range(0, len(data), step):
        body.add(data[start : start + step])
    return body.whole()


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(("encoding", "data"), [
    (None, TEXT), ("identity", TEXT), ("gzip", gzip.compress(TEXT)), ("x-gzip", gzip.compress(TEXT)),
    ("deflate", zlib.compress(TEXT)), (" GZIP ", gzip.compress(TEXT)),
], ids=["none", "identity", "gzip", "x-gzip", "deflate", "GZIP"])  # fmt: skip
def test_a_body_is_unpacked_in_whatever_pieces_it_comes(encoding: str | None, data: bytes, step: int) -> None:
    assert collected(data, encoding, step) == TEXT


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "aws-chunked"])
def test_what_was_not_asked_for_is_not_unpacked(encoding: str) -> None:
    with pytest.raises(BadEncoding):
        Body(100, encoding)


def test_a_packed_body_that_ends_early_or_is_damaged_is_told() -> None:
    packed = gzip.compress(TEXT)
    for data in (packed[:-9], b"", b"not packed at all"):
        with pytest.raises(BadEncoding):
            collected(data, "gzip", 50)


@pytest.mark.parametrize("encoding", [None, "gzip"])
def test_edge_42_the_cap_counts_what_it_unpacks_to(encoding: str | None) -> None:
    data = TEXT if encoding is None else gzip.compress(TEXT)
    assert len(collected(data, encoding, 500, cap=len(TEXT))) == len(TEXT)
    body = Body(len(TEXT) - 1, encoding)
    with pytest.raises(OverCap):
        body.add(data)
    assert len(body) == len(TEXT) - 1
    assert body.so_far == TEXT[:-1]


def test_edge_42_a_bomb_takes_no_more_memory_than_its_cap() -> None:
    bomb = gzip.compress(bytes(16 << 20))
    assert len(bomb) < 25_000
    body = Body(1 << 20, "gzip")
    tracemalloc.start()
    with pytest.raises(OverCap):
        body.add(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 << 20


class Never:
    """Deadlines that pass at once, or never."""

    def __init__(self, *, late: bool) -> None:
        self._late = late

    def now(self) -> float:
        return 0.0

    async def pause(self, seconds: float) -> None: ...

    async def alarm(self, seconds: float) -> None:
        if not self._late:
            await asyncio.Event().wait()


def test_work_within_its_time_gives_what_it_gives() -> None:
    async def work() -> int:
        return 7

    async def failing() -> int:
        raise KeyError("x")

    assert asyncio.run(within(Never(late=False), 1, work())) == 7
    with pytest.raises(KeyError):
        asyncio.run(within(Never(late=False), 1, failing()))


def test_edge_29_work_over_its_time_is_ended_before_it_is_told() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("work")

    with pytest.raises(DeadlinePassed):
        asyncio.run(within(Never(late=True), 1, work()))
    assert ended == ["work"]


def test_who_is_cancelled_ends_the_work_too() -> None:
    ended: list[str] = []
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("work")

    async def scene() -> None:
        waiting = asyncio.create_task(within(Never(late=False), 1, work()))
        await begun.wait()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    asyncio.run(scene())
    assert ended == ["work"]


def test_the_systems_clock_only_goes_forward() -> None:
    timer = SystemTimer()
    assert timer.now() <= timer.now()


def unsent(code: str = "unreachable") -> Unsent:
    return Unsent(problem(code, provider="X", host="x", reason="y"))


def refused(code: str, retry_after: float | None) -> ProviderError:
    error = ProviderError(problem(code, provider="X", when="soon", said=""))
    error.retry_after = retry_after
    return error


def test_edge_20_what_never_left_may_leave_again() -> None:
    assert [resend_after(unsent(), tries, 0.0) for tries in range(1, TRIES + 1)] == [0.5, 1.0, None]
    assert resend_after(unsent("tls-refused"), 1, 0.0) is None


@pytest.mark.parametrize(("wait", "expected"), [
    (0.0, 0.5), (3.0, 3.0), (LONGEST_S, LONGEST_S), (LONGEST_S + 0.1, None), (86_400.0, None), (None, None),
])  # fmt: skip
def test_edge_21_a_time_to_come_back_is_kept_up_to_two_minutes(wait: float | None, expected: float | None) -> None:
    assert resend_after(refused("rate-limited", wait), 1, 0.0) == expected
    assert resend_after(refused("rate-limited", wait), TRIES, 0.0) is None


@pytest.mark.parametrize("code", ["quota-reached", "no-balance", "key-refused", "too-large-there", "order-refused"])
def test_edge_21_and_24_other_refusals_are_told_at_once(code: str) -> None:
    assert resend_after(refused(code, 1.0), 1, 0.0) is None


@pytest.mark.parametrize("code", ["server-failed", "connection-lost", "deadline-passed", "proxy-failed"])
def test_edge_22_what_may_have_been_charged_never_leaves_again(code: str) -> None:
    error = OutcomeLost(problem(code, provider="X", said="", seconds=1, status=502))
    error.retry_after = 1.0
    assert resend_after(error, 1, 0.0) is None


def test_tries_are_spread_by_up_to_a_quarter() -> None:
    assert (backoff(2, 0.0), backoff(2, 1.0)) == (1.0, 1.25)


def test_the_systems_proxy_is_taken_but_not_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert proxy_for("https", "api.example") is None
    monkeypatch.setenv("https_proxy", "ada:word@proxy.house:3128")
    monkeypatch.setenv("all_proxy", "socks5://proxy.house:1080")
    monkeypatch.setenv("no_proxy", "inside.example")
    assert proxy_for("https", "api.example") == "http://ada:word@proxy.house:3128"
    assert proxy_for("http", "api.example") == "socks5://proxy.house:1080"
    assert proxy_for("https", "a.inside.example") is None
    assert [proxy_for("https", host) for host in ("localhost", "127.0.0.1", "::1", "a.localhost")] == [None] * 4
    assert described(proxy_for("https", "api.example")) == "http://proxy.house:3128"
    assert (described(None), is_usable("https://proxy"), is_usable("socks5://proxy")) == ("none", True, False)


def test_small_and_large_pieces_keep_their_order_and_the_cap_counts_both() -> None:
    pieces = [bytes([number]) * size for number, size in enumerate((3, LARGE, 1, STEP, 5, 7, LARGE - 1, LARGE + 1))]
    whole = b"".join(pieces)
    body = Body(len(whole) - 9, None)
    for piece in pieces[:-1]:
        body.add(piece)
    assert body.so_far == b"".join(pieces[:-1])
    with pytest.raises(OverCap):
        body.add(pieces[-1])
    assert (body.so_far, len(body)) == (whole[:-9], len(whole) - 9)


def test_progress_is_told_in_whole_percents_and_never_goes_back() -> None:
    told: list[ProviderEvent] = []
    pace = Pace(told.append)
    for done in (0, 1, 5, 4, 1000, 1000):
        pace(Phase.UPLOADING, done, 1000)
    pace(Phase.WAITING, 0, None)
    pace(Phase.WAITING, 0, None)
    shown = [(getattr(each, "phase", ""), getattr(each, "fraction", 0)) for each in told]
    assert shown == [("Uploading", 0.0), ("Uploading", 1.0), ("Waiting", None)]


def test_progress_is_told_ten_times_a_second_and_at_its_end() -> None:
    told: list[ProviderEvent] = []
    now = [0.0]
    pace = Pace(told.append, lambda: now[0])
    for percent in range(101):
        now[0] = percent / 32
        pace(Phase.DOWNLOADING, percent, 100)
    shown = [getattr(each, "fraction", None) for each in told]
    assert shown[:3] == [0.0, 0.04, 0.08]
    assert shown[-1] == 1.0
    assert len(shown) == 26
