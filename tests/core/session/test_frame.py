"""The frame on the canvas and the words beside it are what Run would send."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import output_id
from tests.core.session.window import NANO, SMALL, Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.session.face.views import FormView
    from tests.core.session.window import Work


def widen(at: Window) -> None:
    at.studio.form.set_parameter("size", "1536x1024")


def choose(at: Window) -> None:
    at.studio.form.set_model(SMALL.id, NANO)


def grow(at: Window) -> None:
    at.studio.change_settings(replace(at.studio.settings(), grow=60))


@pytest.mark.parametrize("change", [widen, choose, grow])
def test_it_is_what_is_sent_whatever_is_chosen_after_the_mask_was_painted(
    work: Work, change: Callable[[Window], None]
) -> None:
    async def story(at: Window) -> None:
        at.mask()
        await at.rest()
        before = at.studio.form_view()
        change(at)
        await at.rest()
        shown = at.studio.form_view()
        assert (shown.frame, shown.frame_label) != (before.frame, before.frame_label)
        await matches(at, shown)

    work(story)


def test_it_is_what_is_sent_once_an_earlier_order_was_restored(work: Work) -> None:
    async def story(at: Window) -> None:
        at.mask()
        widen(at)
        await at.rest()
        wide = at.studio.form_view()
        job = await at.order()
        await at.answer(job)
        at.studio.form.set_parameter("size", None)
        choose(at)
        await at.rest()
        assert at.studio.form_view().frame_label != wide.frame_label
        at.studio.gallery.restore(output_id(job.id, 0))
        shown = at.studio.form_view()
        assert (shown.frame, shown.frame_label) == (wide.frame, wide.frame_label)

    work(story)


async def matches(at: Window, shown: FormView) -> None:
    placement = (await at.order()).request.placement
    assert placement is not None
    assert placement.box == shown.frame
    full = placement.sent == placement.box.size
    how = "at full size" if full else f"as {placement.sent.width} × {placement.sent.height}"
    assert shown.frame_label == f"Sent: {placement.box.width} × {placement.box.height} {how}"


def test_the_last_that_is_told_is_what_is_true(work: Work) -> None:
    async def story(at: Window) -> None:
        told: list[FormView] = []
        at.studio.form_changed.connect(told.append)
        at.mask()
        await at.rest()
        for change in (widen, choose):
            change(at)
            await at.rest()
            assert told[-1] == at.studio.form_view()
        told.clear()
        at.studio.form.set_prompt("a")
        assert len(told) == 1

    work(story)
