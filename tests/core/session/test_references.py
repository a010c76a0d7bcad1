"""References come into the tray in the order in which they were given: the models take them by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.geometry import Size
from studio.imaging.png import png
from tests.core.session.window import noise, photo

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.session.window import Window, Work

DOT = png(noise(Size(width=8, height=8), 3))


def names(at: Window) -> list[str]:
    return [each.name for each in at.studio.form_view().references]


async def one_by_one(at: Window) -> None:
    """The pool does a piece at a time, so that what needs fewer of them could be done first."""
    for _ in range(40):
        await at.busy()
        at.pool.step()


def test_a_file_that_takes_longer_stays_before_what_was_given_after_it(work: Work, tmp_path: Path) -> None:
    async def story(at: Window) -> None:
        (tmp_path / "1.png").write_bytes(DOT)
        kept = await at.blobs.put(DOT)
        at.pool.hold()
        at.studio.form.add_reference_file(str(tmp_path / "1.png"))
        at.studio.form.add_reference(DOT, "2.png")
        at.studio.form.add_reference_file(str(tmp_path / "1.png"))
        at.studio.form.add_blob(kept, "4.png")
        await one_by_one(at)
        assert names(at) == ["1.png", "2.png", "1.png", "4.png"]

    work(story)


def test_one_that_is_no_picture_holds_up_none(work: Work, tmp_path: Path) -> None:
    async def story(at: Window) -> None:
        at.pool.hold()
        at.studio.form.add_reference_file(str(tmp_path / "nowhere.png"))
        at.studio.form.add_reference(b"text", "text.png")
        at.studio.form.add_reference(DOT, "3.png")
        await one_by_one(at)
        assert names(at) == ["3.png"]
        assert [each.problem.code for each in at.notices if each.problem] == ["file-missing", "not-an-image"]

    work(story)


@pytest.mark.parametrize("command", ["generate.run", "generate.without-mask"])
def test_a_run_waits_for_what_was_given_before_it(work: Work, tmp_path: Path, command: str) -> None:
    async def story(at: Window) -> None:
        at.mask()
        (tmp_path / "1.png").write_bytes(DOT)
        at.pool.hold()
        at.studio.form.add_reference_file(str(tmp_path / "1.png"))
        at.studio.form.add_reference(DOT, "2.png")
        at.studio.perform(command)
        at.studio.perform(command)
        await at.busy()
        assert at.jobs.orders == []
        await at.rest()
        (job,) = at.jobs.orders
        assert len(job.request.references) == 2

    work(story)


def test_a_run_that_waits_for_a_reference_does_not_go_to_a_picture_that_is_opened_meanwhile(work: Work) -> None:
    async def story(at: Window) -> None:
        at.mask()
        at.pool.hold()
        at.studio.form.add_reference(DOT, "1.png")
        at.studio.perform("generate.run")
        await at.busy()
        at.studio.editor.open(photo(2), "Second")
        at.mask()
        await at.rest()
        assert at.jobs.orders == []
        assert at.notices[-1].text.startswith("Nothing was sent")

    work(story)


def test_a_run_does_not_go_without_one_that_cannot_be_read(work: Work) -> None:
    async def story(at: Window) -> None:
        at.mask()
        at.studio.form.add_reference(DOT, "1.png")
        at.studio.form.add_reference(b"text", "text.png")
        at.studio.perform("generate.run")
        await at.rest()
        assert at.jobs.orders == []
        (told,) = [each.problem for each in at.notices if each.problem]
        assert (told.code, told.button, told.action) == ("not-an-image", "Choose", "reference.browse")
        assert at.notices[-1].text.startswith("Nothing was sent")
        assert names(at) == ["1.png"]
        await at.order()

    work(story)
