"""The queue in the real session and with the real runner, against the playground: its order, its pause, its bill."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.domain.job import JobState
from studio.playground.server import Playground
from studio.session.clicks import APART
from tests.whole.app.test_main_job import on_a_loop, studio_at, until
from tests.whole.app.test_remote_job import set_up

if TYPE_CHECKING:
    from pathlib import Path

    from studio.session.application import Studio
    from studio.session.face.views import JobCard


async def _order(studio: Studio, prompt: str) -> str:
    """A click on Run; the job that came of it."""
    known = {card.job for card in studio.job_cards()}
    await asyncio.sleep(APART)  # nearer presses are one click
    studio.form.set_prompt(prompt)
    await until(studio.form_changed, lambda: studio.form_view().run.enabled)
    studio.perform("generate.run")
    await until(studio.jobs_changed, lambda: len(studio.job_cards()) > len(known))
    return next(card.job for card in studio.job_cards() if card.job not in known)


def _card(studio: Studio, job: str) -> JobCard:
    return next(card for card in studio.job_cards() if card.job == job)


async def _ready(studio: Studio, playground: Playground) -> None:
    await set_up(studio, playground, "hidream")
    studio.form.set_parameter("size", "1024*768")
    studio.form.set_count(1)


@on_a_loop
async def test_a_paused_queue_waits_in_the_order_that_was_made_and_goes_on_in_it(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        await _ready(studio, playground)
        studio.perform("generate.pause")
        await until(studio.queue_changed, lambda: studio.queue_view().paused)
        one, two, three = [await _order(studio, words) for words in ("one", "two", "three")]
        await until(studio.jobs_changed, lambda: [_card(studio, job).place for job in (one, two, three)] == [1, 2, 3])
        assert {_card(studio, job).phase for job in (one, two, three)} == {"Paused"}
        assert len(playground.ledger) == 0
        studio.results.move_job(_card(studio, three).job, -2)
        await until(studio.jobs_changed, lambda: [_card(studio, job).place for job in (one, two, three)] == [2, 3, 1])
        studio.results.cancel_job(_card(studio, two).job)
        await until(studio.jobs_changed, lambda: _card(studio, two).state is JobState.CANCELLED)
        assert _card(studio, two).billed is False
        studio.perform("generate.go-on")
        await until(
            studio.jobs_changed,
            lambda: [_card(studio, job).state for job in (one, three)] == [JobState.SUCCEEDED] * 2,
        )
        assert len(playground.ledger) == 2
        begun = sorted((one, three), key=lambda job: _card(studio, job).started or 0.0)
        assert begun == [three, one]


@on_a_loop
async def test_cancel_all_ends_what_waits_unsent(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        await _ready(studio, playground)
        studio.perform("generate.pause")
        await until(studio.queue_changed, lambda: studio.queue_view().paused)
        jobs = [await _order(studio, words) for words in ("one", "two", "three")]
        studio.perform("generate.cancel-all")
        await until(studio.jobs_changed, lambda: {_card(studio, job).state for job in jobs} == {JobState.CANCELLED})
        assert len(playground.ledger) == 0


@on_a_loop
async def test_a_card_tells_the_price_before_and_the_cost_after(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        await _ready(studio, playground)
        job = await _order(studio, "one")
        said = _card(studio, job).price
        await until(studio.jobs_changed, lambda: _card(studio, job).state is JobState.SUCCEEDED)
        card = _card(studio, job)
        assert said is not None
        assert card.price == said
        assert card.cost is not None
        assert card.again == said
        assert len(card.outputs) == 1
