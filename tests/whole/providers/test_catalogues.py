"""Models and accounts, free of charge: what is fetched, what stays when nothing can be, and what is learnt of a key."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import JobId, ModelId
from studio.domain.problems import ProviderError
from studio.domain.secret import Secret
from studio.playground.faults import Fault, page, refuse
from tests.whole.providers.house import PROVIDER, house, orders, playing, told
from tests.whole.providers.wayside import answer, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.capabilities import Model
    from studio.domain.problems import Problem
    from studio.wire.messages import Account


def free(fault: Fault, path: str) -> Fault:
    """The same for a question."""
    return Fault(path=path, method="GET", times=None, instead=fault.instead)


@pytest.mark.parametrize("kind", ["nanogpt", "naga", "openai"])
def test_the_models_of_each_kind_are_fetched_and_serve_offline(kind: str) -> None:
    async def run() -> tuple[Sequence[Model], Sequence[Model], Sequence[Model], int]:
        async with playing(kind) as (playground, found):
            provider = found.provider()
            before = await provider.models()
            asked = len(playground.requests)
            fetched = await provider.refresh()
            await playground.close()
            with pytest.raises(ProviderError):
                await provider.refresh()
            assert await provider.models() == fetched
            return before, fetched, await found.provider().models(), asked

    before, fetched, offline, asked = asyncio.run(run())
    assert (list(before), asked) == ([], 0), "something was fetched that nobody had asked for"
    assert len(fetched) > 1
    assert list(offline) == list(fetched)


@pytest.mark.parametrize(
    "given", [refuse(500), refuse(200, "not a list"), page(200, "Log in"), page(502, "Bad Gateway")]
)
def test_edge_47_a_list_that_does_not_come_leaves_the_last_good_one(given: Fault) -> None:
    async def run() -> tuple[Sequence[Model], Sequence[Model]]:
        async with playing("nanogpt") as (playground, found):
            provider = found.provider()
            good = await provider.refresh()
            playground.faults.add(free(given, "models"))
            with pytest.raises(ProviderError):
                await provider.refresh()
            return good, await found.provider().models()

    good, after = asyncio.run(run())
    assert list(good) == list(after)


def test_edge_47_a_typed_model_needs_no_list() -> None:
    async def run() -> tuple[int, int]:
        async with playing("nanogpt", route="generations") as (playground, found):
            done = await found.run(found.request("hidream"))
            return len(done.outputs), len(playground.ledger)

    assert asyncio.run(run()) == (1, 1)


def test_a_damaged_list_on_disk_is_none() -> None:
    async def run() -> list[int]:
        async with playing("nanogpt") as (_, found):
            counts: list[int] = []
            for data in (b"", b"[", b"{}", b"[1]", b'["no list"]', json.dumps([None]).encode()):
                found.store.kept[PROVIDER] = data
                counts.append(len(await found.provider().models()))
            return counts

    assert asyncio.run(run()) == [0] * 6


def test_prices_may_be_missing() -> None:
    async def run() -> Sequence[Model]:
        async with playing("nanogpt") as (playground, found):
            playground.faults.add(free(refuse(500), "/image-models"))
            return await found.provider().refresh()

    assert len(asyncio.run(run())) > 1


def test_a_model_that_the_code_has_never_seen_is_there_after_a_refresh() -> None:
    async def run() -> Model:
        async with playing("nanogpt") as (playground, found):
            provider = found.provider()
            await provider.refresh()
            record = next(each for each in playground.catalogue.nanogpt if each["id"] == "qwen-image")
            playground.catalogue.nanogpt.append(record | {"id": "never/seen:before 1"})
            models = await provider.refresh()
            return next(each for each in models if each.id == "never/seen:before 1")

    assert asyncio.run(run()).capabilities.parameters


def test_a_list_of_before_that_is_read_slowly_does_not_take_the_place_of_the_one_that_was_fetched() -> None:
    async def run() -> tuple[Sequence[Model], ...]:
        async with playing("openai") as (_, found):
            found.store.hold = asyncio.Event()
            provider = found.provider()
            slow = asyncio.create_task(provider.models())
            await asyncio.sleep(0)
            fetched = await provider.refresh()
            found.store.hold.set()
            return fetched, await slow, await provider.models()

    fetched, *shown = asyncio.run(run())
    assert len(fetched) > 1
    assert [list(each) for each in shown] == [list(fetched)] * 2


def test_a_list_for_a_provider_that_was_set_up_anew_meanwhile_is_not_kept() -> None:
    async def run() -> tuple[Sequence[Model], Sequence[Model]]:
        async with playing("nanogpt") as (playground, found):
            found.keys.hold = early = asyncio.Event()
            overtaken = asyncio.create_task(found.provider().refresh())
            await asyncio.sleep(0)
            found.keys.hold = None
            later = await found.provider().refresh()
            del playground.catalogue.nanogpt[1:]
            early.set()
            await overtaken
            return later, await found.provider().models()

    later, kept = asyncio.run(run())
    assert len(later) > 1
    assert list(kept) == list(later)


def test_an_answer_that_a_later_one_overtook_is_not_shown() -> None:
    async def run() -> tuple[Sequence[Model], ...]:
        async with playing("nanogpt") as (playground, found):
            provider = found.provider()
            found.keys.hold = early = asyncio.Event()
            overtaken = asyncio.create_task(provider.refresh())
            await asyncio.sleep(0)
            found.keys.hold = None
            later = await provider.refresh()
            del playground.catalogue.nanogpt[1:]
            early.set()
            return later, await overtaken, await provider.models(), await found.provider().models()

    later, *shown = asyncio.run(run())
    assert len(later) > 1
    assert [list(each) for each in shown] == [list(later)] * 3


def test_edge_18_what_is_told_of_one_model_is_asked_for_once() -> None:
    async def run() -> tuple[Model, list[str]]:
        async with playing("nanogpt") as (playground, found):
            provider = found.provider()
            await provider.refresh()
            await provider.detailed(ModelId("bytedance/seedream-v5.0-pro"))
            model = await provider.detailed(ModelId("bytedance/seedream-v5.0-pro"))
            await told(provider.submit(JobId("one"), found.request("bytedance/seedream-v5.0-pro")))
            return model, [each.path for each in playground.requests if each.path.endswith("/endpoints")]

    model, asked = asyncio.run(run())
    assert model.prices or model.price
    assert len(asked) == 1


def test_edge_18_an_order_that_follows_the_choice_of_its_model_at_once_knows_what_is_told_of_it() -> None:
    async def run() -> tuple[Model, Model, int]:
        async with playing("nanogpt") as (playground, found):
            provider = found.provider()
            await provider.refresh()
            wanted = ModelId("bytedance/seedream-v5.0-pro")
            chosen, ordered = await asyncio.gather(provider.detailed(wanted), provider.detailed(wanted))
            asked = [each.path for each in playground.requests if each.path.endswith("/endpoints")]
            return chosen, ordered, len(asked)

    chosen, ordered, asked = asyncio.run(run())
    assert chosen.prices or chosen.price
    assert ordered == chosen
    assert asked == 1


def test_an_endpoints_address_that_leads_elsewhere_is_not_followed() -> None:
    async def run() -> tuple[int, int]:
        async with standing() as bait, playing("nanogpt") as (playground, found):
            playground.catalogue.nanogpt[0]["endpoints"] = f"{bait.url}/endpoints"
            provider = found.provider()
            await provider.refresh()
            await told(provider.submit(JobId("one"), found.request("gpt-image-2")))
            return bait.connections, len(orders(playground))

    assert asyncio.run(run()) == (0, 1)


def checked(kind: str, key: str | None = None, **settings: str) -> Account:
    async def run() -> Account:
        async with playing(kind, **settings) as (_, found):
            if key is not None:
                found.keys.secret = Secret(key) if key else None
            return await found.provider().check()

    return asyncio.run(run())


def test_edge_28_a_good_key_shows_its_balance() -> None:
    account = checked("nanogpt")
    assert account.good is True
    assert account.balance is not None
    assert account.balance.amount.startswith("25")


@pytest.mark.parametrize("kind", ["nanogpt", "naga", "openai"])
def test_a_bad_key_is_called_bad(kind: str) -> None:
    account = checked(kind, "sk-wrong-key")
    assert account.good is False
    assert "does not accept the key" in account.reason


@pytest.mark.parametrize("kind", ["nanogpt", "naga"])
def test_no_key_is_no_bad_key(kind: str) -> None:
    account = checked(kind, "")
    assert account.good is None
    assert "no key" in account.reason


def test_a_server_of_ones_own_that_wants_a_key_says_so_where_there_is_none() -> None:
    async def run() -> tuple[Account, Problem]:
        async with playing("openai") as (_, found):
            found.keys.secret = None
            provider = found.provider()
            with pytest.raises(ProviderError) as caught:
                await provider.refresh()
            return await provider.check(), caught.value.problem

    account, told = asyncio.run(run())
    assert (account.good, account.reason) == (None, told.what)
    assert (told.code, told.cost) == ("key-wanted", "Nothing was charged.")
    assert told.what == "there wants a key, and none was given."
    assert told.action == "providers.open"


def test_a_server_of_ones_own_that_lets_nobody_in_proves_the_key() -> None:
    assert checked("openai").good is True


def test_edge_28_nagas_balance_wants_another_kind_of_key_and_says_nothing_of_this_one() -> None:
    account = checked("naga")
    assert account.good is not False
    assert account.balance is None


def test_edge_47_a_list_that_anyone_gets_proves_no_key() -> None:
    async def run() -> Account:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            server.says["/v1/models"] = answer(b'{"object":"list","data":[]}')
            return await found.provider().check()

    account = asyncio.run(run())
    assert account.good is None
    assert "shows its models to anyone" in account.reason


def test_what_cannot_be_asked_is_told_as_such() -> None:
    async def run() -> ProviderError:
        async with house("http://127.0.0.1:9/v1", "openai") as found:
            with pytest.raises(ProviderError) as caught:
                await found.provider().check()
            return caught.value

    assert asyncio.run(run()).problem.code == "unreachable"


def test_what_one_order_cost_can_be_asked_afterwards() -> None:
    async def run() -> tuple[str, object]:
        async with playing("nanogpt", route="generations") as (_, found):
            provider = found.provider()
            done = await told(provider.submit(JobId("one"), found.request("hidream")))
            assert done.done is not None
            assert done.done.request_id is not None
            price = await provider.charged(JobId("one"), done.done.request_id)
            return price.amount if price else "", await provider.charged(JobId("one"), "never-was")

    amount, other = asyncio.run(run())
    assert float(amount) == 0.01
    assert other is None


@pytest.mark.parametrize("key", ["sk with space", "sk-\u00e9", "sk-\nHost: x"])
def test_a_key_that_cannot_stand_in_a_header_never_leaves(key: str) -> None:
    async def run() -> tuple[ProviderError, int]:
        async with playing("nanogpt", route="generations") as (playground, found):
            found.keys.secret = Secret(key)
            with pytest.raises(ProviderError) as caught:
                await found.run(found.request("hidream"))
            return caught.value, len(orders(playground))

    error, asked = asyncio.run(run())
    assert (error.problem.code, asked) == ("bad-key", 0)


def test_an_order_without_a_key_never_leaves_but_to_a_server_of_ones_own() -> None:
    async def run(kind: str) -> tuple[str, int]:
        async with playing(kind) as (playground, found):
            found.keys.secret = None
            with pytest.raises(ProviderError) as caught:
                await found.run(found.request("gpt-image-1"))
            return caught.value.problem.code, len(orders(playground))

    assert asyncio.run(run("naga")) == ("key-missing", 0)
    assert asyncio.run(run("openai")) == ("key-wanted", 1)


@pytest.mark.parametrize(
    ("kind", "keyring", "ends"),
    [
        ("openai", "keyring-unavailable", ("key-wanted", 1)),
        ("openai", "keyring-locked", ("keyring-locked", 0)),
        ("openai", "keyring-slow", ("keyring-slow", 0)),
        ("naga", "keyring-unavailable", ("keyring-unavailable", 0)),
    ],
)
def test_where_there_is_no_keyring_a_server_of_ones_own_is_asked_without_a_key(
    kind: str, keyring: str, ends: tuple[str, int]
) -> None:
    async def run() -> tuple[str, int]:
        async with playing(kind) as (playground, found):
            found.keys.broken = keyring
            with pytest.raises(ProviderError) as caught:
                await found.run(found.request("gpt-image-1"))
            return caught.value.problem.code, len(orders(playground))

    assert asyncio.run(run()) == ends
