"""Answers and pictures that are larger than they should be, or say less than they are."""

from __future__ import annotations

import asyncio
import gzip

import pytest

from studio.domain.problems import OutcomeLost, ProviderError
from studio.playground.faults import bomb
from tests.whole.providers.house import house, orders, picture, playing
from tests.whole.providers.wayside import answer, standing, urls

ORDER = "/v1/images/generations"
PNG = picture(1)


def fetched(given: bytes) -> bytes | ProviderError:
    """The picture that this answer brings."""

    async def run() -> bytes | ProviderError:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            server.says = {ORDER: urls(f"{server.url}/a.png"), "/a.png": given}
            try:
                return (await found.run(found.request("any"))).outputs[0].image.data
            except ProviderError as error:
                return error

    return asyncio.run(run())


def test_edge_42_a_picture_that_is_packed_is_unpacked() -> None:
    assert fetched(answer(gzip.compress(PNG), Content_Encoding="gzip")) == PNG


@pytest.mark.parametrize("encoding", ["zstd", "br"])
def test_edge_42_what_was_not_asked_for_is_not_unpacked(encoding: str) -> None:
    assert isinstance(fetched(answer(PNG, Content_Encoding=encoding)), OutcomeLost)


def test_edge_42_an_answer_over_its_cap_may_have_been_charged() -> None:
    async def run() -> tuple[ProviderError, int]:
        async with playing("nanogpt", route="generations") as (playground, found):
            playground.faults.add(bomb(300))
            with pytest.raises(ProviderError) as caught:
                await found.run(found.request("hidream"))
            return caught.value, len(orders(playground))

    error, asked = asyncio.run(run())
    assert isinstance(error, OutcomeLost)
    assert (error.problem.code, asked) == ("answer-too-large", 1)
    assert "256 MB" in error.problem.what


def test_edge_42_a_list_of_models_over_its_cap_is_not_read() -> None:
    async def run() -> ProviderError:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            server.says["/v1/models"] = answer(b" " * (11 << 20))
            with pytest.raises(ProviderError) as caught:
                await found.provider().refresh()
            return caught.value

    error = asyncio.run(run())
    assert not isinstance(error, OutcomeLost)
    assert "larger than 10 MB" in error.problem.what
