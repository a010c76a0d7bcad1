"""Pictures that were made of words alone: the first becomes the document, where none is open by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.catalogue import problem
from studio.domain.job import Cancelled, Expired, Failed, Succeeded
from tests.core.session.window import NANO, SIZE, WORDS, photo

if TYPE_CHECKING:
    from studio.domain.job import Job, JobEvent
    from tests.core.session.window import Window, Work

EMPTY = problem("key-refused", provider="Nano")


async def ordered(at: Window, count: int = 1) -> Job:
    """Nothing is open, and so many pictures of words are ordered."""
    at.studio.document.close()
    await at.rest()
    at.studio.form.set_model(WORDS.id, NANO)
    at.studio.form.set_prompt("a lighthouse")
    at.studio.form.set_count(count)
    return await at.order()


def title(at: Window) -> str | None:
    document = at.studio.editor.document
    return document.title if document is not None else None


def told(at: Window) -> list[str]:
    return [each.text.format(**each.facts) for each in at.notices if each.problem is None]


def test_the_first_is_opened_and_the_rest_is_in_the_gallery(work: Work) -> None:
    async def story(at: Window) -> None:
        job = await ordered(at, 3)
        await at.answer(job, 3)
        document = at.studio.editor.document
        assert document is not None
        assert (document.title, document.parent, at.state.size) == ("a lighthouse", f"{job.id}-0", SIZE)
        assert told(at) == ["2 new pictures are in the gallery."]

    work(story)


@pytest.mark.parametrize("ends", ["before", "after"])
def test_a_document_that_is_opened_while_it_is_decoded_stays_with_all_that_was_done(work: Work, ends: str) -> None:
    async def story(at: Window) -> None:
        job = await ordered(at)
        at.pool.hold()
        await at.output(job)
        await at.busy()
        if ends == "before":
            await at.jobs.tell(job.id, Succeeded())
        mine = at.open(photo(), "Mine")
        at.mask()
        await at.rest()
        if ends == "after":
            await at.jobs.tell(job.id, Succeeded())
        assert at.studio.editor.document is mine
        assert at.state.mask.tiles
        assert told(at) == ["The new picture is in the gallery."]

    work(story)


@pytest.mark.parametrize("end", [Cancelled(billed=False), Failed(problem=EMPTY), Expired(problem=EMPTY)])
def test_after_a_run_that_ended_short_the_next_one_opens_its_picture(work: Work, end: JobEvent) -> None:
    async def story(at: Window) -> None:
        first = await ordered(at, 2)
        await at.output(first)
        await at.rest()
        assert title(at) == "a lighthouse"
        await at.jobs.tell(first.id, end)
        at.studio.document.close()
        at.studio.results.run_again(first.id)
        await at.rest()
        assert title(at) is None
        await at.answer(at.jobs.orders[1])
        assert title(at) == "a lighthouse"

    work(story)


def test_where_the_first_is_no_picture_the_second_is_opened(work: Work) -> None:
    async def story(at: Window) -> None:
        job = await ordered(at, 2)
        at.damaged = True
        await at.output(job)
        await at.rest()
        assert title(at) is None
        at.damaged = False
        await at.output(job, 1)
        await at.rest()
        assert title(at) == "a lighthouse"

    work(story)


def test_a_document_that_is_closed_while_its_run_goes_on_gets_no_other_picture_of_it(work: Work) -> None:
    async def story(at: Window) -> None:
        job = await ordered(at, 2)
        await at.output(job)
        await at.rest()
        at.studio.document.close()
        await at.rest()
        await at.output(job, 1)
        await at.rest()
        assert title(at) is None
        await at.jobs.tell(job.id, Succeeded())
        assert told(at) == ["The new picture is in the gallery."]

    work(story)
