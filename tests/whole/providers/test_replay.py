"""What was received before the program died, read again: all of it or nothing, and never by asking."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import JobId
from studio.domain.job import ProviderDone, ProviderSending
from studio.domain.problems import OutcomeLost, ProviderError, ResultExpired
from tests.whole.providers.house import Told, house, picture, told
from tests.whole.providers.wayside import answer, standing, urls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from studio.domain.job import ProviderEvent
    from studio.wire.messages import Answer
    from tests.whole.providers.house import House
    from tests.whole.providers.wayside import Wayside

ORDER = "/v1/images/generations"
JOB = JobId("18bcfe56be8e4f3ee7e")
PNG = picture(1)
CODED = json.dumps({"data": [{"b64_json": base64.b64encode(PNG).decode()}] * 2, "cost": "0.25"}).encode()
TEXT = b'"' + base64.b64encode(PNG) + b'"'
ADDRESSES = ("https://pictures.example/a.png?sig=1", "https://pictures.example/b.png")
DATED = {"Content_Type": "application/json", "X_Request_ID": "req-7", "Date": "Sat, 21 Nov 2026 10:00:00 GMT"}


def chunked(body: bytes, size: int = 999) -> bytes:
    """An answer that does not tell its length."""
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    parts = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return b"HTTP/1.1 200 OK\r\nX-Request-Id: req-7\r\nTransfer-Encoding: chunked\r\n\r\n" + parts + b"0\r\n\r\n"


def to_its_end(body: bytes) -> bytes:
    """An answer that ends with its connection."""
    return b"HTTP/1.1 200 OK\r\nx-request-id: req-7\r\n\r\n" + body


ANSWERS = {
    "within": answer(CODED, **DATED),
    "packed": answer(gzip.compress(CODED), Content_Encoding="gzip", **DATED),
    "by address": urls(*ADDRESSES),
    "in chunks": chunked(CODED),
    "to its end": to_its_end(CODED),
    "the picture itself": answer(PNG, Content_Type="image/png"),
    "the picture to its end": to_its_end(PNG),
    "refused": answer(b'{"error": {"message": "no", "code": "content_policy_violation"}}', "400 No", **DATED),
    "no balance": answer(b"{}", "402 Pay", **DATED),
    "busy": answer(b"{}", "429 Slow", Retry_After="Sat, 21 Nov 2026 10:10:00 GMT", **DATED),
    "elsewhere": answer(b"", "307 There", Location="https://other.example/path?token=canary", **DATED),
    "failed": answer(b"oh", "500 Oh", **DATED),
    "a page": answer(b"<html><title>Log in</title></html>", **DATED),
    "empty": answer(b'{"data": []}', **DATED),
}


async def heard(events: AsyncIterator[ProviderEvent]) -> list[object]:
    """Its pictures, its end, and the error in words."""
    found = Told()
    try:
        await told(events, found)
    except ProviderError as error:
        named = [each.url for each in found.named]
        return [*found.outputs, *named, (type(error), error.problem, error.request_id, error.retry_after)]
    return [*found.outputs, *([] if found.done is None else [found.done])]


async def ordered(server: Wayside, found: House, said: bytes) -> list[object]:
    server.says[ORDER] = said
    return await heard(found.provider().submit(JOB, found.request("any", count=2)))


@pytest.mark.parametrize("name", ANSWERS)
def test_a_whole_answer_says_the_same_again_and_nobody_is_asked(name: str) -> None:
    async def run() -> tuple[list[object], list[object], int]:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            first = await ordered(server, found, ANSWERS[name])
            second = await heard(found.provider().replay(JOB, found.request("any", count=2)))
            return first, second, len(server.came)

    first, second, came = asyncio.run(run())
    if name in ("failed", "a page", "empty"):
        assert [each[0] for each in (*first, *second) if isinstance(each, tuple)] == [OutcomeLost] * 2
    assert first == second
    assert came == 1


@pytest.mark.parametrize(
    "name", ["within", "packed", "by address", "in chunks", "to its end", "the picture to its end"]
)
@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.97])
def test_a_part_of_an_answer_settles_nothing_and_its_whole_pictures_are_kept(name: str, share: float) -> None:
    async def run() -> tuple[list[object], int]:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            await ordered(server, found, ANSWERS[name])
            raw = found.spool.read(JOB, None)
            assert raw is not None
            found.spool.begin(JOB, None, _cut(raw, share)).close()
            came = int(len(raw.body) * share)
            return await heard(found.provider().replay(JOB, found.request("any", count=2))), came

    (*outputs, (kind, problem, request_id, _)), came = asyncio.run(run())  # type: ignore[misc]  # the error is the last
    assert (kind, problem.code) == (OutcomeLost, "outcome-unknown")
    assert request_id == "req-7"
    if name == "by address":
        body = ANSWERS[name].partition(b"\r\n\r\n")[2][:came]
        assert outputs == [each for each in ADDRESSES if f'"{each}"'.encode() in body]
        return
    whole = CODED.count(TEXT, 0, came) if name in ("within", "in chunks", "to its end") else 0
    assert [(each.index, each.image.data) for each in outputs] == [(index, PNG) for index in range(whole)]  # type: ignore[attr-defined]  # all others are outputs


def test_nothing_received_is_nothing_known() -> None:
    async def run() -> list[object]:
        async with house("http://127.0.0.1:9/v1", "openai") as found:
            return await heard(found.provider().replay(JOB, found.request("any")))

    ((kind, problem, request_id, _),) = asyncio.run(run())  # type: ignore[misc]  # the one error
    assert (kind, problem.code, request_id) == (OutcomeLost, "outcome-unknown", None)


def test_a_refusal_is_forgotten_before_the_order_goes_again() -> None:
    async def run() -> tuple[list[object], int]:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            busy = answer(b"{}", "429 Slow", Retry_After="1")
            server.says[ORDER] = lambda _came: busy if len(server.came) == 1 else b""
            await heard(found.provider().submit(JOB, found.request("any")))
            return await heard(found.provider().replay(JOB, found.request("any"))), len(server.came)

    ((kind, *_),), came = asyncio.run(run())  # type: ignore[misc]  # the one error
    assert (kind, came) == (OutcomeLost, 2)


def test_neither_key_nor_order_is_written_and_nobody_else_may_read() -> None:
    async def run() -> list[tuple[bytes, int, int]]:
        async with standing() as server, house(f"{server.url}/v1", "openai", "sk-canary") as found:
            server.says[ORDER] = ANSWERS["elsewhere"]
            await heard(found.provider().submit(JOB, found.request("any", prompt="canary fox")))
            return [_seen(path) for path in _files(found)]

    before = os.umask(0)
    try:
        ((data, mode, folder),) = asyncio.run(run())
    finally:
        os.umask(before)
    assert b"canary" not in data
    assert b"other.example" in data
    assert (mode, folder) == (0o600, 0o700)


@pytest.mark.parametrize("where", ["head", "body", "address", "refusal"])
def test_an_answer_that_repeats_the_key_leaves_it_nowhere(where: str) -> None:
    key = "sk-canary-0123456789"
    said = {
        "head": answer(CODED, X_Request_ID=key, Content_Type="application/json"),
        "body": answer(CODED[:-1] + f', "note": "{key}"}}'.encode(), **DATED),
        "address": urls(f"https://pictures.example/a.png?key={key}", "https://pictures.example/b.png"),
        "refusal": answer(f'{{"error": "bad key {key}"}}'.encode(), "500 No", X_Request_ID=key),
    }[where]

    async def run() -> tuple[list[object], list[object], list[bytes]]:
        async with standing() as server, house(f"{server.url}/v1", "openai", key) as found:
            server.says[ORDER] = said
            heard_all = [event async for event in _all(found.provider().submit(JOB, found.request("any")))]
            kept = [path.read_bytes() for path in _files(found)]
            again = await heard(found.provider().replay(JOB, found.request("any")))
            await found.provider().settled(JOB, unread=True)
            return heard_all, again, [*kept, *(path.read_bytes() for path in _files(found))]

    events, again, kept = asyncio.run(run())
    assert key not in repr((events, again))
    assert not [data for data in kept if key.encode() in data]
    if where == "head":
        assert len(again) == 3


async def _all(events: AsyncIterator[ProviderEvent]) -> AsyncIterator[object]:
    """Everything, an error in words at the end."""
    try:
        async for event in events:
            yield event
    except ProviderError as error:
        yield (str(error), error.request_id)


def test_a_picture_that_came_whole_is_not_fetched_again_and_a_part_is() -> None:
    async def run() -> tuple[list[object], list[str]]:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            server.says[ORDER] = urls(f"{server.url}/a.png", f"{server.url}/b.png", f"{server.url}/c.png")
            server.says |= {"/a.png": answer(PNG), "/b.png": answer(PNG), "/c.png": to_its_end(PNG)}
            request = found.request("any", count=3)
            (done,) = await heard(found.provider().submit(JOB, request))
            assert isinstance(done, ProviderDone)
            await heard(found.provider().fetch(JOB, request, done.results, patient=False))
            raw = found.spool.read(JOB, 1)
            assert raw is not None
            found.spool.begin(JOB, 1, _cut(raw, 0.5)).close()
            server.came.clear()
            again = await heard(found.provider().fetch(JOB, request, done.results, patient=False))
            return again, server.paths

    again, paths = asyncio.run(run())
    assert sorted((each.index, each.image.data) for each in again) == [(0, PNG), (1, PNG), (2, PNG)]  # type: ignore[attr-defined]  # all of them are outputs
    assert paths == ["/b.png"]


@pytest.mark.parametrize(("name", "unread", "kept"), [
    ("a page", True, True), ("within", True, False), ("a page", False, False), ("refused", True, False),
])  # fmt: skip
def test_what_a_job_leaves_behind(name: str, unread: bool, kept: bool) -> None:
    async def run() -> tuple[list[Path], int]:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            await ordered(server, found, ANSWERS[name])
            await found.provider().settled(JOB, unread=unread)
            place = _files(found)
            modes = [stat.S_IMODE(path.stat().st_mode) for path in place]
            assert modes == [0o600] * len(place)
            return place, len(server.came)

    files, _ = asyncio.run(run())
    assert [path.parent.name for path in files] == (["unread"] if kept else [])


def test_an_order_is_told_to_leave_before_it_does_and_named_as_soon_as_it_is() -> None:
    async def run() -> list[tuple[str | None, int]]:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            server.says[ORDER] = ANSWERS["within"]
            return [
                (event.request_id, len(server.came))
                async for event in found.provider().submit(JOB, found.request("any"))
                if isinstance(event, ProviderSending)
            ]

    assert asyncio.run(run()) == [(None, 0), ("req-7", 1)]


def test_who_leaves_before_he_took_that_it_leaves_keeps_it_here() -> None:
    async def run() -> tuple[int, list[str]]:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            server.says[ORDER] = ANSWERS["within"]
            events = found.provider().submit(JOB, found.request("any"))
            async for event in events:
                if isinstance(event, ProviderSending):
                    break
            await events.aclose()  # type: ignore[attr-defined]  # it is an asynchronous generator
            return len(server.came), [path.name for path in _files(found)]

    assert asyncio.run(run()) == (0, [])


@pytest.mark.parametrize("status", [403, 404, 410])
def test_its_host_alone_says_that_it_is_gone(status: int) -> None:
    async def run() -> list[object]:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            server.says[ORDER] = urls(f"{server.url}/a.png")
            server.says["/a.png"] = answer(b"", f"{status} Gone")
            request = found.request("any")
            (done,) = await heard(found.provider().submit(JOB, request))
            assert isinstance(done, ProviderDone)
            # An hour by the server's clock, whatever ours says.
            found.timer.time += 90_000
            return await heard(found.provider().fetch(JOB, request, done.results, patient=True))

    ((kind, problem, *_),) = asyncio.run(run())  # type: ignore[misc]  # the one error
    assert (kind, problem.code) == (ResultExpired, "results-gone")


def test_an_address_lives_an_hour_by_the_servers_clock() -> None:
    async def run(said: bytes) -> list[object]:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            return await ordered(server, found, said)

    body = b'{"data": [{"url": "https://pictures.example/a.png"}]}'
    (dated,), (undated,) = asyncio.run(run(answer(body, **DATED))), asyncio.run(run(answer(body)))
    assert isinstance(dated, ProviderDone)
    assert isinstance(undated, ProviderDone)
    assert [each.expires for each in dated.results] == [1_795_255_200.0 + 3600]
    assert [each.expires for each in undated.results] == [None]


def _cut(raw: Answer, share: float) -> Answer:
    return replace(raw, body=raw.body[: int(len(raw.body) * share)])


def _files(found: House) -> list[Path]:
    return sorted(path for path in found.folder.rglob("*") if path.is_file())


def _seen(path: Path) -> tuple[bytes, int, int]:
    return path.read_bytes(), stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)
