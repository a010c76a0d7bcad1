"""An order that is sent again belongs to the picture that it was made of, whichever is open by then."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.document.edits import extend_canvas
from studio.domain.catalogue import problem
from studio.domain.geometry import Margins
from studio.domain.ids import output_id
from studio.domain.job import Failed, Submitting
from tests.core.session.window import photo

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.job import Job
    from tests.core.session.window import Window, Work


async def ended(at: Window) -> Job:
    """An order of the first picture whose result was not taken."""
    at.mask()
    job = await at.order()
    await at.answer(job)
    at.studio.perform("staging.discard")
    return job


async def again(at: Window, job: Job) -> Job:
    at.studio.results.run_again(job.id)
    await at.rest()
    return at.jobs.orders[-1]


def test_it_is_shown_on_its_own_picture(work: Work) -> None:
    async def story(at: Window) -> None:
        second = await again(at, await ended(at))
        assert at.studio.staging_view() is not None
        await at.answer(second)
        at.studio.perform("staging.apply")
        assert len(at.state.layers) == 2

    work(story)


@pytest.mark.parametrize("times", [1, 2])
def test_it_is_laid_over_no_other_picture_of_the_same_size_but_kept_in_the_gallery(work: Work, times: int) -> None:
    async def story(at: Window) -> None:
        job = await ended(at)
        at.open(photo(2), "Another")
        other = at.state
        for _ in range(times):
            job = await again(at, job)
            assert at.studio.staging_view() is None
            await at.answer(job)
            assert at.studio.staging_view() is None
        assert at.state is other
        assert at.studio.gallery.entry(output_id(job.id, 0)) is not None

    work(story)


def test_it_waits_on_no_canvas_that_it_does_not_fit_any_more(work: Work) -> None:
    async def story(at: Window) -> None:
        job = await ended(at)
        at.studio.editor.push("Extend", extend_canvas(at.state, Margins(left=10)))
        second = await again(at, job)
        assert at.studio.staging_view() is None
        await at.answer(second)
        assert at.studio.staging_view() is None

    work(story)


def test_that_it_failed_is_told_wherever_it_belongs(work: Work) -> None:
    async def story(at: Window) -> None:
        job = await ended(at)
        at.open(photo(2), "Another")
        second = await again(at, job)
        refused = problem("no-image-arrived", provider="Nano")
        await at.jobs.tell(second.id, Submitting(attempt=1), Failed(problem=refused))
        assert [each.problem for each in at.notices].count(refused) == 1

    work(story)


def test_what_is_opened_while_a_refusal_is_mended_does_not_get_it(work: Work) -> None:
    async def story(at: Window) -> None:
        at.mask()
        job = await at.order()
        refused = problem("no-image-arrived", provider="Nano")
        await at.jobs.tell(job.id, Submitting(attempt=1), Failed(problem=refused))
        at.keys.slow = asyncio.Event()
        at.studio.perform("generate.other-field")
        await at.busy()
        at.open(photo(2), "Another")
        at.keys.slow.set()
        await at.rest()
        assert len(at.jobs.orders) == 2
        assert at.studio.staging_view() is None

    work(story)


def test_a_project_that_is_opened_again_knows_the_jobs_of_its_layers(work: Work, tmp_path: Path) -> None:
    async def story(at: Window) -> None:
        at.mask()
        job, _ = await at.applied()
        path = str(tmp_path / "picture.ora")
        at.studio.document.save(path)
        await at.rest()
        at.open(photo(2), "Another")
        at.studio.document.open([path])
        await at.rest()
        await again(at, job)
        assert at.studio.staging_view() is not None

    work(story)
