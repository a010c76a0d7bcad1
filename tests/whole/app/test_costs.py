"""What a window's jobs cost, counted from its own journal, and limits that stop an order before it leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.capabilities import Price
from studio.domain.ids import ModelId, ProviderId
from studio.domain.settings import Limits
from studio.playground.server import Playground
from tests.whole.app.test_main_job import on_a_loop, studio_at, until
from tests.whole.app.test_remote_job import PLAY, set_up

if TYPE_CHECKING:
    from pathlib import Path

    from studio.session.application import Studio
    from studio.session.face.views import Notice


async def ready(studio: Studio, playground: Playground, model: str = "hidream") -> None:
    await set_up(studio, playground, model)
    studio.form.set_prompt("a lighthouse")
    studio.form.set_count(1)
    await until(studio.form_changed, lambda: studio.form_view().run.enabled)


async def ran(studio: Studio) -> None:
    """One click, to the end of its job."""
    before = len(studio.job_cards())
    studio.perform("generate.run")
    await until(studio.jobs_changed, lambda: len(ended(studio)) == before + 1)


def ended(studio: Studio) -> list[object]:
    return [card for card in studio.job_cards() if card.state.is_final]


def limit(studio: Studio, limits: Limits) -> None:
    studio.change_settings(replace(studio.settings(), limits=limits))


def charged(studio: Studio) -> list[tuple[str, str, int]]:
    """What was spent today, by provider."""
    return [(row.name, each.charged, each.jobs) for row in studio.costs.view().rows for each in row.today.sums]


@on_a_loop
async def test_what_was_charged_is_counted_when_a_job_ends(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        await ready(studio, playground)
        assert studio.form_view().run.price == Price(amount="0.01")
        await ran(studio)
        await until(studio.costs.changed, lambda: charged(studio) == [("NanoGPT", "0.01", 1)])
        assert studio.job_cards()[0].cost == Price(amount="0.01")
        assert str(playground.ledger.total) == "0.01"


@on_a_loop
async def test_a_limit_stops_run_in_place(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        await ready(studio, playground)
        limit(studio, Limits(click="0.005"))
        studio.perform("generate.run")
        await until(studio.form_changed, lambda: studio.form_view().problem is not None)
        told = studio.form_view().problem
        assert told is not None
        assert (told.code, told.cost, told.action) == ("limit-reached", "Nothing was sent.", "costs.open")
        assert told.what == "This run costs $0.01. Your limit for one run is $0.005."
        assert (len(playground.ledger), studio.job_cards()) == (0, ())


@on_a_loop
async def test_a_limit_stops_the_same_order_once_more_by_a_notice(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        notices: list[Notice] = []
        studio.noticed.connect(notices.append)
        await ready(studio, playground)
        await ran(studio)
        limit(studio, Limits(day="0.015"))
        studio.results.run_again(studio.job_cards()[0].job)
        await until(studio.noticed, lambda: bool(notices) and notices[-1].problem is not None)
        told = notices[-1].problem
        assert told is not None
        assert told.code == "limit-reached"
        assert (len(playground.ledger), len(studio.job_cards())) == (1, 1)


@on_a_loop
async def test_a_job_that_waited_is_looked_at_again_and_goes_when_the_limit_is_raised(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        notices: list[Notice] = []
        studio.noticed.connect(notices.append)
        await ready(studio, playground)
        studio.queue.pause()
        await until(studio.queue_changed, lambda: studio.queue_view().paused)
        studio.perform("generate.run")
        await until(studio.jobs_changed, lambda: len(studio.job_cards()) == 1)
        limit(studio, Limits(day="0.005"))
        studio.queue.go_on()
        await until(studio.noticed, lambda: bool(notices) and notices[-1].problem is not None)
        told = notices[-1].problem
        assert told is not None
        assert (told.code, told.cost, len(playground.ledger)) == ("limit-reached", "Nothing was sent.", 0)
        await until(studio.jobs_changed, lambda: studio.job_cards()[0].phase == "Stopped by your limit")
        limit(studio, Limits(day="0.01"))
        studio.perform("generate.send-waiting")
        await until(studio.jobs_changed, lambda: len(ended(studio)) == 1)
        assert len(playground.ledger) == 1


@on_a_loop
async def test_an_order_whose_price_nobody_knows_is_stopped_by_any_limit(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        await ready(studio, playground)
        studio.form.type_model(PLAY, "odd-prices")
        await until(studio.form_changed, lambda: studio.form_view().model is not None)
        assert studio.form_view().run.price is None
        limit(studio, Limits(month="100"))
        studio.perform("generate.run")
        await until(studio.form_changed, lambda: studio.form_view().problem is not None)
        told = studio.form_view().problem
        assert told is not None
        assert told.code == "price-unknown-limit"
        assert len(playground.ledger) == 0


@on_a_loop
async def test_the_playground_of_the_window_takes_play_money(tmp_path: Path) -> None:
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        limit(studio, Limits(day="0", month="0"))
        studio.providers.start_playground()
        await until(studio.form_changed, lambda: any(each.id == "hidream" for each in studio.form_view().models))
        studio.form.set_model(ModelId("hidream"), ProviderId("playground"))
        studio.form.set_prompt("a lighthouse")
        await until(studio.form_changed, lambda: studio.form_view().run.enabled)
        await ran(studio)
        studio.costs.look()
        await until(studio.costs.changed, lambda: studio.costs.view().today is not None)
        assert charged(studio) == []
