"""Pictures that are fetched: by whom, from where, how often, and what becomes of those that do not come."""

from __future__ import annotations

import asyncio
import io
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from studio.domain.ids import JobId
from studio.domain.problems import OutcomeLost, ProviderError, ResultExpired
from tests.whole.providers.house import House, house, orders, picture, playing, told
from tests.whole.providers.wayside import Wayside, answer, moved, standing, urls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.whole.providers.house import Told
    from tests.whole.providers.wayside import Came

ORDER = "/v1/images/generations"
PNG = picture(1)
KEYS = ("authorization", "x-api-key", "cookie", "proxy-authorization", "referer")


@asynccontextmanager
async def wayside(**settings: str) -> AsyncIterator[tuple[Wayside, House]]:
    """A scripted server that is the provider too."""
    async with standing() as server, house(f"{server.url}/v1", "openai", **settings) as found:
        yield server, found


async def ordered(found: House, count: int = 1) -> Told:
    return await found.run(found.request("any", count=count))


async def refused(found: House) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        await ordered(found)
    return caught.value


def run_against(says: Callable[[Wayside], dict[str, object]]) -> tuple[Told | ProviderError, Wayside, House]:
    """What an order comes to, and what the server saw."""

    async def run() -> tuple[Told | ProviderError, Wayside, House]:
        async with wayside() as (server, found):
            server.says.update(says(server))  # type: ignore[arg-type]  # bytes or a function of the request
            try:
                return await ordered(found), server, found
            except ProviderError as error:
                return error, server, found

    return asyncio.run(run())


def fetches(server: Wayside) -> list[Came]:
    return [each for each in server.came if each.method == "GET"]


@pytest.mark.parametrize("auth", ["bearer", "x-api-key"])
def test_edge_39_whoever_has_the_pictures_gets_no_credential(auth: str) -> None:
    async def run() -> tuple[list[Came], list[Came]]:
        async with standing() as elsewhere, wayside(auth=auth) as (server, found):
            # The same host and port as the API, then another path of it by way of a redirect.
            cookie = "session=abc; Path=/"
            server.says[ORDER] = answer(
                urls(f"{server.url}/a.png").partition(b"\r\n\r\n")[2],
                Set_Cookie=cookie,
                Content_Type="application/json",
            )
            server.says["/a.png"] = moved("/b.png", Set_Cookie=cookie)
            server.says["/b.png"] = answer(PNG)
            await ordered(found)
            await ordered(found)
            return server.came, elsewhere.came

    came, _ = asyncio.run(run())
    posts = [each for each in came if each.method == "POST"]
    gets = [each for each in came if each.method == "GET"]
    assert [each.header("authorization" if auth == "bearer" else "x-api-key") is not None for each in posts] == [
        True
    ] * 2
    assert [each.target for each in gets] == ["/a.png", "/b.png"] * 2
    assert not [name for each in gets for name in KEYS if each.header(name) is not None]
    assert [each.header("cookie") for each in posts] == [None, None]


def test_edge_42_pictures_are_asked_for_as_they_are() -> None:
    _, server, _ = run_against(lambda it: {ORDER: urls(f"{it.url}/a.png"), "/a.png": answer(PNG)})
    assert [each.header("accept-encoding") for each in fetches(server)] == ["identity"]


REDIRECTS = [(status, where) for status in (301, 302, 303, 307, 308) for where in (
    "same host, other port", "other name", "other scheme", "//host", "a path", "downgrade",
)][:24]  # fmt: skip


@pytest.mark.parametrize(("status", "where"), REDIRECTS)
def test_edge_25_and_39_the_key_reaches_its_own_origin_alone(status: int, where: str) -> None:
    async def run() -> tuple[ProviderError, Wayside, Wayside]:
        async with standing() as other, wayside() as (server, found):
            server.says[ORDER] = moved({
                "same host, other port": f"{other.url}/v1/images/generations",
                "other name": f"http://localhost:{other.port}/x",
                "other scheme": f"https://127.0.0.1:{other.port}/x",
                "//host": f"//127.0.0.1:{other.port}/x",
                "a path": "/v1/elsewhere",
                "downgrade": "http://provider.example/x",
            }[where], status)  # fmt: skip
            return await refused(found), server, other

    error, server, other = asyncio.run(run())
    # 303 says that the order was taken and that its result is elsewhere.
    assert error.problem.code == ("answer-unreadable" if status == 303 else "redirected")
    assert isinstance(error, OutcomeLost) is (status == 303)
    assert other.connections == 0
    assert [each.target for each in server.came] == [ORDER]
    assert server.came[0].header("authorization") == "Bearer sk-canary"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_edge_40_each_hop_of_a_download_is_judged_anew(status: int) -> None:
    async def run() -> tuple[ProviderError, int, int]:
        async with standing() as bait, wayside() as (server, found):
            server.says[ORDER] = urls(f"{server.url}/a.png")
            server.says["/a.png"] = moved(f"{bait.url}/inside", status)
            error = await refused(found)
            return error, bait.connections, len(fetches(server))

    error, connections, asked = asyncio.run(run())
    assert isinstance(error, OutcomeLost)
    assert (error.problem.code, error.problem.cost) == ("result-address", "It was charged.")
    assert (connections, asked) == (0, 1)


def test_edge_40_five_redirects_and_no_more() -> None:
    def says(server: Wayside, hops: int) -> dict[str, object]:
        way: dict[str, object] = {f"/{step}": moved(f"/{step + 1}") for step in range(hops)}
        return {ORDER: urls(f"{server.url}/0"), **way, f"/{hops}": answer(PNG)}

    found, _, _ = run_against(lambda it: says(it, 5))
    assert not isinstance(found, ProviderError)
    error, server, _ = run_against(lambda it: says(it, 6))
    assert isinstance(error, ProviderError)
    assert error.problem.code == "result-address"
    assert len(fetches(server)) == 6


@pytest.mark.parametrize("status", [403, 404, 410])
def test_edge_41_a_picture_that_is_gone_says_that_it_was_paid_for(status: int) -> None:
    async def run() -> tuple[ProviderError, int, int, int]:
        async with playing("nanogpt", route="generations", response_format="url") as (playground, found):
            playground.results.expired = status
            with pytest.raises(ProviderError) as caught:
                await found.run(found.request("hidream"))
            gets = [each for each in playground.requests if each.path.startswith("/results/")]
            assert found.request_id is not None
            return caught.value, len(orders(playground)), len(gets), len(playground.ledger)

    error, posts, gets, billed = asyncio.run(run())
    assert isinstance(error, ResultExpired)
    assert (error.problem.code, error.problem.cost) == ("results-gone", "It was charged.")
    assert (posts, gets, billed) == (1, 1, 1)


@pytest.mark.parametrize("trouble", [
    b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: 1\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n" + PNG,
    b"HTTP/1.1 200 OK\r\n\r\n" + PNG[:-40],
    answer(PNG[: len(PNG) // 2]),
    answer(b"<html><title>Sign in</title></html>", Content_Type="image/png"),
    answer(b""),
    None,
    b"nonsense\r\n\r\n",
])  # fmt: skip
def test_edge_41_and_43_the_picture_is_fetched_again_and_the_order_never(trouble: bytes | None) -> None:
    def says(server: Wayside) -> dict[str, object]:
        def picture_of(came: Came) -> bytes | None:
            return answer(PNG) if len(fetches(server)) == 3 else trouble

        return {ORDER: urls(f"{server.url}/a.png"), "/a.png": picture_of}

    found, server, at = run_against(says)
    assert not isinstance(found, ProviderError)
    assert [each.image.data for each in found.outputs] == [PNG]
    assert [each.method for each in server.came] == ["POST", "GET", "GET", "GET"]
    # Whoever asks for a longer pause gets it.
    assert at.timer.pauses == ([1.0, 1.0] if trouble is not None and b"Retry-After" in trouble else [0.5, 1.0])


def test_edge_41_what_does_not_come_at_all_is_told_as_paid() -> None:
    error, server, at = run_against(lambda it: {ORDER: urls(f"{it.url}/a.png"), "/a.png": None})
    assert isinstance(error, OutcomeLost)
    assert (error.problem.code, error.problem.cost) == ("result-not-fetched", "It was charged.")
    assert at.request_id == "req-7"
    assert len(fetches(server)) == 3


def test_edge_43_what_is_no_picture_is_handed_on_as_such_to_be_kept() -> None:
    page = b"<html><title>Sign in</title></html>"
    found, server, _ = run_against(lambda it: {ORDER: urls(f"{it.url}/a.png"), "/a.png": answer(page)})
    assert not isinstance(found, ProviderError)
    assert [(each.image.data, each.image.media_type) for each in found.outputs] == [(page, "application/octet-stream")]
    assert len(fetches(server)) == 3


@pytest.mark.parametrize("told_type", ["text/html", "application/octet-stream", "image/jpeg", ""])
def test_edge_43_the_bytes_say_what_it_is(told_type: str) -> None:
    found, _, _ = run_against(
        lambda it: {ORDER: urls(f"{it.url}/a.jpg"), "/a.jpg": answer(PNG, Content_Type=told_type)}
    )
    assert not isinstance(found, ProviderError)
    assert found.outputs[0].image.media_type == "image/png"


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "GIF"])
def test_edge_43_a_cut_picture_of_any_kind_is_fetched_again(kind: str) -> None:
    file = io.BytesIO()
    with Image.open(io.BytesIO(PNG)) as image:
        image.convert("RGB").save(file, kind)
    whole = file.getvalue()

    def says(server: Wayside) -> dict[str, object]:
        return {
            ORDER: urls(f"{server.url}/a"),
            "/a": lambda _: answer(whole if len(fetches(server)) == 2 else whole[: len(whole) * 2 // 3]),
        }

    found, server, _ = run_against(says)
    assert not isinstance(found, ProviderError)
    assert found.outputs[0].image.data == whole
    assert len(fetches(server)) == 2


def test_edge_45_two_pictures_at_one_address_are_two() -> None:
    found, _, _ = run_against(lambda it: {ORDER: urls(f"{it.url}/a.png", f"{it.url}/a.png"), "/a.png": answer(PNG)})
    assert not isinstance(found, ProviderError)
    assert sorted((each.index, each.image.data) for each in found.outputs) == [(0, PNG), (1, PNG)]


def test_those_that_come_are_kept_where_others_do_not() -> None:
    found, _, _ = run_against(lambda it: {
        ORDER: urls(*[f"{it.url}/{name}.png" for name in "abcde"]),
        **{f"/{name}.png": answer(PNG) for name in "abd"},
    })  # fmt: skip
    assert not isinstance(found, ProviderError)
    assert sorted(each.index for each in found.outputs) == [0, 1, 3]
    assert found.done is not None


async def too_late(found: House, server: Wayside) -> None:
    provider, request = found.provider(), found.request("any")
    done = (await told(provider.submit(JobId("one"), request))).done
    assert done is not None
    async for _ in provider.fetch(JobId("one"), request, done.results, patient=False):
        if fetches(server):
            found.timer.late.set()


def test_edge_29_a_download_has_a_deadline_of_its_own() -> None:
    async def run() -> tuple[ProviderError, int]:
        async with wayside() as (server, found):
            server.says[ORDER] = urls(f"{server.url}/a.png")
            server.says["/a.png"] = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabc"

            server.hold = asyncio.Event()
            with pytest.raises(ProviderError) as caught:
                await too_late(found, server)
            return caught.value, len(fetches(server))

    error, asked = asyncio.run(run())
    assert error.problem.code == "result-not-fetched"
    assert asked >= 1
