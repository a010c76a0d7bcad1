"""The gallery before a real library: what is trashed leaves, is listed as trash, and comes back."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from studio.domain.command import Needs
from studio.domain.ids import OutputId
from studio.session.gallery import Gallery, GalleryActions
from studio.session.tasks import Tasks
from studio.storage.adapters import AsyncLibrary
from tests.core.storage.shelf import folders_in, live, opened, run_here

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from pathlib import Path

    from studio.domain.gallery import GalleryEntry
    from studio.domain.problems import Problem
    from studio.session.face.views import Notice

    Story: TypeAlias = "Callable[[Scene], Coroutine[Any, Any, None]]"
    Run: TypeAlias = Callable[[Story], None]

FIRST, SECOND, THIRD = OutputId("01-0"), OutputId("02-0"), OutputId("03-0")


async def _nothing(*_: object) -> Any:
    raise AssertionError("no thumbnail, no file")


class Scene:
    """Three pictures; `settled` waits until all that was asked for is done."""

    def __init__(self, library: AsyncLibrary) -> None:
        self.notices: list[Notice] = []
        self.troubles: list[Problem] = []
        self.tasks = Tasks(self.troubles.append)
        self.handing: asyncio.Event | None = None
        self.gallery = Gallery(
            library,
            self.tasks,
            GalleryActions(
                thumbnail=_nothing,
                open_entry=lambda _: None,
                restore=lambda _: None,
                reference=lambda _: None,
                export=_nothing,
                hand_out=self._hand_out,
                notice=self.notices.append,
            ),
        )

    async def _hand_out(self, entry: GalleryEntry) -> str:
        """The first one takes as long as the test says."""
        if entry.id == FIRST and self.handing is not None:
            await self.handing.wait()
        return f"/tmp/{entry.id}.png"

    async def listed(self, *, trashed: bool = False) -> list[str]:
        """What is listed after this search."""
        self.gallery.search("", trashed=trashed)
        await self.tasks.settle()
        return [row.id for row in self.gallery.view().rows]


@contextmanager
def _scene(place: Path) -> Iterator[Scene]:
    with opened(folders_in(place)) as library:
        for job in ("01", "02", "03"):
            live(library, job)
        scene = Scene(AsyncLibrary(library.gallery, run_here))
        yield scene
        assert scene.troubles == []


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def through(story: Story) -> None:
        with _scene(tmp_path) as scene:
            asyncio.run(story(scene))

    return through


def test_a_trashed_picture_is_listed_in_the_trash_alone(run: Run) -> None:
    async def story(scene: Scene) -> None:
        assert await scene.listed() == [THIRD, SECOND, FIRST]
        scene.gallery.trash([SECOND])
        await scene.tasks.settle()
        assert [row.id for row in scene.gallery.view().rows] == [THIRD, FIRST]
        assert await scene.listed(trashed=True) == [SECOND]
        view = scene.gallery.view()
        assert (view.trashed_only, view.total, view.rows[0].trashed) == (True, 1, True)

    run(story)


def test_the_news_of_it_carries_the_way_back(run: Run) -> None:
    async def story(scene: Scene) -> None:
        await scene.listed()
        scene.gallery.trash([FIRST, THIRD])
        await scene.tasks.settle()
        assert [(each.words(), each.button, each.action) for each in scene.notices] == [
            ("2 pictures moved to trash.", "Undo", "gallery.untrash-last")
        ]
        scene.gallery.untrash_last()
        await scene.tasks.settle()
        assert await scene.listed() == [THIRD, SECOND, FIRST]
        scene.gallery.untrash_last()
        await scene.tasks.settle()
        assert scene.notices[-1].text == "Nothing was moved to the trash lately."

    run(story)


def test_restoring_takes_it_out_of_the_trash(run: Run) -> None:
    async def story(scene: Scene) -> None:
        await scene.listed()
        scene.gallery.trash([FIRST, SECOND])
        await scene.tasks.settle()
        assert await scene.listed(trashed=True) == [SECOND, FIRST]
        scene.gallery.untrash([FIRST])
        await scene.tasks.settle()
        assert [row.id for row in scene.gallery.view().rows] == [SECOND]
        assert await scene.listed() == [THIRD, FIRST]
        assert scene.notices[-1].text == "Picture restored to the gallery."

    run(story)


def test_only_what_lies_in_the_trash_can_be_restored(run: Run) -> None:
    async def story(scene: Scene) -> None:
        await scene.listed()
        assert scene.gallery.met() is Needs.NOTHING
        scene.gallery.select([FIRST])
        assert scene.gallery.met() == Needs.GALLERY_SELECTION
        scene.gallery.trash([FIRST])
        await scene.tasks.settle()
        await scene.listed(trashed=True)
        assert scene.gallery.met() == Needs.GALLERY_SELECTION | Needs.TRASH_SELECTION
        scene.gallery.trash([FIRST])
        assert scene.notices[-1].text == "That is in the trash already."

    run(story)


def test_files_of_several_pictures_come_together_in_their_order(run: Run) -> None:
    async def story(at: Scene) -> None:
        await at.listed()
        given: list[tuple[str, ...]] = []
        at.handing = asyncio.Event()
        for outputs in ((FIRST, SECOND, THIRD), (THIRD, OutputId("gone-0")), (OutputId("gone-0"),)):
            at.gallery.files(outputs, lambda paths: given.append(tuple(paths)))
        await asyncio.sleep(0)
        at.handing.set()
        await at.tasks.settle()
        assert sorted(given) == [("/tmp/01-0.png", "/tmp/02-0.png", "/tmp/03-0.png"), ("/tmp/03-0.png",)]

    run(story)
