"""Rough pictures on the way: the newest one is looked at, however long each takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.job import ProviderPreview, Submitting
from studio.domain.pixels import EncodedImage
from studio.imaging.png import png
from studio.imaging.thumbnails import thumbnail
from studio.session.placing import THUMBNAIL
from tests.core.session.window import SIZE, noise

if TYPE_CHECKING:
    from studio.domain.job import Job
    from tests.core.session.window import Window, Work


async def rough(at: Window, job: Job, seed: int, index: int = 0) -> None:
    image = EncodedImage(data=png(noise(SIZE, seed)), media_type="image/png", size=SIZE)
    await at.jobs.preview(job.id, ProviderPreview(index=index, image=image))


def shown(at: Window) -> list[bytes]:
    view = at.studio.staging_view()
    assert view is not None
    return [bytes(each.thumbnail.data) for each in view.variations if each.thumbnail is not None]


def small(*seeds: int) -> list[bytes]:
    return [bytes(thumbnail(noise(SIZE, seed), THUMBNAIL).data) for seed in seeds]


async def begun(at: Window) -> Job:
    at.mask()
    at.studio.form.set_count(2)
    job = await at.order()
    await at.jobs.tell(job.id, Submitting(attempt=1))
    at.pool.hold()
    return job


async def done(at: Window, *, newest: bool = False) -> None:
    await at.busy()
    at.pool.step(newest=newest)
    await at.busy()


def test_an_older_one_that_takes_longer_is_left_out(work: Work) -> None:
    async def story(at: Window) -> None:
        job = await begun(at)
        await rough(at, job, 1)
        await rough(at, job, 2)
        await done(at, newest=True)
        assert shown(at) == small(2)
        await rough(at, job, 3)
        await done(at)
        assert shown(at) == small(2)
        await at.rest()
        assert shown(at) == small(3)

    work(story)


def test_each_picture_of_an_order_has_its_own_newest(work: Work) -> None:
    async def story(at: Window) -> None:
        job = await begun(at)
        await rough(at, job, 1)
        await rough(at, job, 2, index=1)
        await done(at, newest=True)
        await done(at)
        assert shown(at) == small(1, 2)

    work(story)
