"""What a server said of a key, or at an address, is not shown beside another one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import Price
from studio.domain.catalogue import trouble
from studio.wire.messages import Account
from tests.core.session.test_providers import NANO, Page, show, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

ELSEWHERE = "https://elsewhere.example"
RICH = Account(good=True, balance=Price(amount="12.5"))


def key(page: Page) -> None:
    page.desk.give_key(NANO, "sk-2")


def forget(page: Page) -> None:
    page.desk.forget_key(NANO)


def move(page: Page) -> None:
    page.desk.set(NANO, "url", ELSEWHERE)


def renew(page: Page) -> None:
    page.desk.remove(NANO)
    page.desk.add("nanogpt")


async def asked(page: Page, ask: Callable[[], None], change: Callable[[Page], None]) -> None:
    """The first key is given; the server is slow to answer this, and the change is made meanwhile."""
    page.desk.add("nanogpt")
    await page.settle()
    page.desk.give_key(NANO, "sk-1")
    await page.settle()
    page.at.remotes.slow, asks = asyncio.Event(), len(page.at.remotes.asked)
    ask()
    await wait_for(lambda: len(page.at.remotes.asked) > asks)
    slow, page.at.remotes.slow, page.at.remotes.failure = page.at.remotes.slow, None, None
    change(page)
    for _ in range(50):
        await asyncio.sleep(0)
    slow.set()
    await page.settle()


@pytest.mark.parametrize("change", [key, forget, move, renew])
@pytest.mark.parametrize("account", [Account(good=False, reason="Invalid key."), RICH])
def test_a_check_that_is_late_tells_nothing(change: Callable[[Page], None], account: Account) -> None:
    async def scene(page: Page) -> None:
        page.at.remotes.account = account
        await asked(page, lambda: page.desk.check(NANO), change)
        assert (page.row.check, page.row.busy) == (None, False)
        assert page.told[-1] == (page.row,)

    show(scene)


@pytest.mark.parametrize("change", [key, forget, move, renew])
def test_neither_does_a_refusal(change: Callable[[Page], None]) -> None:
    async def scene(page: Page) -> None:
        page.at.remotes.failure = trouble("key-refused", provider="NanoGPT")
        await asked(page, lambda: page.desk.check(NANO), change)
        assert page.row.problem is None

    show(scene)


@pytest.mark.parametrize("change", [move, renew])
def test_nor_does_a_list_of_models(change: Callable[[Page], None]) -> None:
    async def scene(page: Page) -> None:
        await asked(page, lambda: page.desk.refresh(NANO), change)
        assert page.row.models is None

    show(scene)


def test_another_address_is_neither_checked_nor_listed_and_has_no_balance() -> None:
    async def scene(page: Page) -> None:
        page.desk.add("nanogpt")
        await page.settle()
        page.at.remotes.account = RICH
        page.desk.give_key(NANO, "sk-1")
        page.desk.check(NANO)
        await page.settle()
        assert (page.row.check is None, page.row.models) == (False, 1)
        page.desk.set(NANO, "parallel", "5")
        page.desk.set(NANO, "url", "https://nano-gpt.com/api/v1")
        await page.settle()
        assert (page.row.check is None, page.row.models) == (False, 1)
        page.desk.set(NANO, "url", ELSEWHERE)
        await page.settle()
        assert (page.row.check, page.row.models, page.row.key) == (None, None, "none")

    show(scene)
