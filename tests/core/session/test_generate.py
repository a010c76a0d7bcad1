"""A click is one order in the queue, however it bounces; nothing else is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import Capabilities, Model, Price, ProviderInfo
from studio.domain.geometry import Margins
from studio.domain.ids import BlobId, JobId, ModelId, ProviderId
from studio.domain.job import Job, JobNews
from studio.domain.settings import Settings
from studio.domain.signal import Signal
from studio.session.clicks import Clicks
from studio.session.editor import Editor
from studio.session.form import Form
from studio.session.generate import Generate
from studio.session.orders import Orders
from studio.session.tasks import Tasks
from tests.fakes.offload import AtOnce

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.request import EditRequest

NANO = ProviderId("nano")
MODEL = Model(
    id=ModelId("m"),
    provider=NANO,
    name="M",
    price=Price(amount="0.04"),
    capabilities=Capabilities(needs_base=False, text_to_image=True),
)


class NoBlobs:
    async def put(self, data: bytes) -> BlobId:
        raise AssertionError("words alone are sent")

    async def get(self, blob: BlobId) -> bytes:
        raise AssertionError("words alone are sent")

    def path(self, blob: BlobId) -> str:
        return ""


@dataclass(slots=True)
class Ledger:
    """`studio.session.ports.Jobs`: every order with its price."""

    orders: list[tuple[EditRequest, Price | None]] = field(default_factory=list)
    news: Signal[JobNews] = field(default_factory=Signal)

    async def enqueue(self, request: EditRequest, price: Price | None) -> Job:
        await asyncio.sleep(0)
        self.orders.append((request, price))
        return Job(id=JobId(f"j{len(self.orders)}"), request=request, created=0.0, price=price)

    async def run(self, *, free_only: bool = False) -> Sequence[Job]:
        raise AssertionError("nothing waits here")

    async def cancel(self, job: JobId) -> None: ...
    async def pause(self) -> None: ...
    async def go_on(self) -> None: ...
    async def order(self) -> Sequence[JobId]:
        return ()

    async def move(self, job: JobId, offset: int) -> None: ...
    async def look_again(self, job: JobId) -> None: ...
    async def jobs(self) -> Sequence[Job]:
        return ()

    async def job(self, job: JobId) -> Job | None:
        return None

    async def models(self) -> Sequence[Model]:
        return (MODEL,)

    def providers(self) -> Sequence[ProviderInfo]:
        return (ProviderInfo(id=NANO, name="Nano"),)


class Scene:
    """The form with a prompt and a paid model; time goes on when the test says so."""

    def __init__(self) -> None:
        self.ledger, self.now = Ledger(), 100.0
        self.tasks = Tasks(lambda trouble: pytest.fail(trouble.what))
        form = Form(1)
        form.offer(self.ledger.providers(), (MODEL,), MODEL.id, NANO)
        form.set_prompt("A boat")
        self.generate = Generate(
            editor=Editor(),
            form=form,
            orders=Orders(AtOnce(), NoBlobs()),
            jobs=self.ledger,
            tasks=self.tasks,
            settings=Settings,
            margins=Margins,
            accepted=lambda _job, _document: None,
            document_of=str,
            clicks=Clicks(lambda: self.now),
        )
        self.generate.models = (MODEL,)

    async def press(self, button: Callable[[], None], *at: float) -> int:
        """Press at these seconds, with all that a press brings done before the next; the orders that came of it."""
        start = len(self.ledger.orders)
        for each in at:
            self.now = 100.0 + each
            button()
            await self.tasks.settle()
        return len(self.ledger.orders) - start


@pytest.mark.parametrize(
    ("at", "orders"), [((0.0,), 1), ((0.0, 0.1), 1), ((0.0, 0.39), 1), ((0.0, 0.41), 2), ((0.0, 0.2, 0.4, 0.6), 1)]
)
def test_a_double_click_on_run_is_one_order_even_where_the_first_is_out_already(
    at: tuple[float, ...], orders: int
) -> None:
    async def play() -> int:
        scene = Scene()
        return await scene.press(scene.generate.run, *at)

    assert asyncio.run(play()) == orders


@pytest.mark.parametrize(("at", "orders"), [(0.0, 0), (0.39, 0), (0.41, 1)])
def test_a_press_that_had_a_field_hand_on_what_does_not_fit_orders_nothing(at: float, orders: int) -> None:
    async def play() -> int:
        scene = Scene()
        scene.now = 100.0
        scene.generate.pass_over()
        return await scene.press(scene.generate.run, at)

    assert asyncio.run(play()) == orders


def test_presses_while_an_order_is_prepared_are_the_same_click() -> None:
    async def play() -> int:
        scene = Scene()
        for at in range(5):
            scene.now = 100.0 + at
            scene.generate.run()
        await scene.tasks.settle()
        return len(scene.ledger.orders)

    assert asyncio.run(play()) == 1


def test_a_double_click_on_send_again_is_one_order_with_the_price_of_now() -> None:
    async def play() -> Scene:
        scene = Scene()
        await scene.press(scene.generate.run, 0.0)
        old = Job(id=JobId("old"), request=scene.ledger.orders[0][0], created=0.0, price=Price(amount="0.01"))
        assert await scene.press(lambda: scene.generate.again(old), 5.0, 5.1, 5.2) == 1
        other = Job(id=JobId("other"), request=old.request, created=0.0)
        assert await scene.press(lambda: scene.generate.again(other), 5.3) == 1
        return scene

    assert [price for _, price in asyncio.run(play()).ledger.orders] == [Price(amount="0.04")] * 3
