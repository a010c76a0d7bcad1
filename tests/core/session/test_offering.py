"""Which models the form offers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.ids import ModelId
from studio.domain.settings import Settings
from studio.session.form import Form
from studio.session.offering import Offering
from tests.core.session.test_generate import MODEL, Ledger, Scene
from tests.fakes.remotes import FakeRemotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.capabilities import Model

NEW = replace(MODEL, id=ModelId("new"))


class Slow(Ledger):
    """Its first answer comes late."""

    def __init__(self) -> None:
        super().__init__()
        self.offered: tuple[Model, ...] = (MODEL,)
        self.first, self.late = asyncio.Event(), asyncio.Event()

    async def models(self) -> Sequence[Model]:
        known = self.offered
        if not self.first.is_set():
            self.first.set()
            await self.late.wait()
        return known


def test_an_answer_that_comes_late_does_not_take_new_models_away() -> None:
    async def play() -> tuple[Form, Scene]:
        jobs, form, scene = Slow(), Form(1), Scene()
        offering = Offering(jobs, FakeRemotes(), form, scene.generate, Settings)
        before = asyncio.ensure_future(offering.show())
        await jobs.first.wait()
        jobs.offered = (MODEL, NEW)
        after = asyncio.ensure_future(offering.show())
        for _ in range(5):
            await asyncio.sleep(0)
        jobs.late.set()
        await asyncio.gather(before, after)
        return form, scene

    form, scene = asyncio.run(play())

    assert form.find(NEW.id) == NEW
    assert scene.generate.models == (MODEL, NEW)
