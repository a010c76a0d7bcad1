"""Selecting an object by clicks: guesses as they are found, and what happens meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.domain.catalogue import trouble
from studio.domain.geometry import Point, Rect, Size
from studio.domain.pen import Brush
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.settings import Overlay
from studio.imaging.masks import rectangle
from studio.imaging.tiles import read_all
from studio.session.editor import Editor
from studio.session.face.views import Combine, Tool
from studio.session.selecting import ObjectSelection
from studio.session.tasks import Tasks
from studio.session.tooling import Tooling
from tests.fakes.offload import AtOnce, HeldSelector

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from studio.domain.problems import Problem

SIZE = Size(width=60, height=40)
HERE, THERE = Point(x=10, y=10), Point(x=40, y=20)
DRAWN = rectangle(SIZE, Rect(x=1, y=1, width=3, height=3))


def guess(edge: int) -> Pixels:
    return read_all(rectangle(SIZE, Rect(x=5, y=5, width=edge, height=edge)))


class Scene:
    """A picture that is clicked at."""

    def __init__(self) -> None:
        self.told: list[Problem] = []
        self.editor, self.tasks = Editor(), Tasks(self.told.append)
        self.tooling, self.selector = Tooling(Brush(), Overlay()), HeldSelector()
        self.selection = ObjectSelection(self.editor, self.tooling, AtOnce(), self.selector, self.tasks)
        data = memoryview(bytes((90, 90, 90, 255)) * SIZE.area)
        picture = Pixels(size=SIZE, stride=SIZE.width * 4, format=PixelFormat.BGRA, data=data)
        self.editor.open(new_document(picture, "Photo"), "a")

    async def find(self, *found: Pixels | None) -> None:
        """Until all of it was taken, and what follows from it was done."""
        for each in found:
            self.selector.found.put_nowait(each)
        for _ in range(40):
            await asyncio.sleep(0)
        assert self.selector.found.empty()

    def draw(self) -> None:
        """The mask becomes another by other means."""
        assert self.editor.state is not None
        self.editor.push("Paint", with_mask(self.editor.state, DRAWN))

    @property
    def mask(self) -> Pixels:
        assert self.editor.state is not None
        return read_all(self.editor.state.mask)

    @property
    def seen(self) -> tuple[int, int, bool]:
        view = self.tooling.view()
        return view.candidate, view.candidates, view.busy


def played(story: Callable[[Scene], Coroutine[None, None, None]]) -> None:
    async def play() -> None:
        scene = Scene()
        await story(scene)
        scene.selector.found.put_nowait(None)
        scene.selector.found.put_nowait(None)
        await scene.tasks.settle()
        assert not scene.seen[2]
        await scene.tasks.close()

    asyncio.run(play())


def same(one: Pixels, other: Pixels) -> bool:
    return bytes(one.data) == bytes(other.data)


def test_what_looks_for_objects_gets_ready_when_the_tool_is_taken_in_hand() -> None:
    async def story(at: Scene) -> None:
        at.tooling.set_tool(Tool.BRUSH)
        assert at.selector.warmed == 0
        at.tooling.set_tool(Tool.SELECT)
        at.tooling.set_candidates(2, 1)
        assert at.selector.warmed == 1
        at.tooling.set_tool(Tool.LASSO)
        at.tooling.set_tool(Tool.SELECT)
        assert at.selector.warmed == 2

    played(story)


def test_the_best_guess_is_shown_while_the_others_are_looked_for() -> None:
    async def story(at: Scene) -> None:
        at.selection.click(HERE, Combine.REPLACE)
        await at.find()
        assert at.seen == (0, 0, True)
        await at.find(guess(10))
        assert at.seen == (0, 1, False)
        assert same(at.mask, guess(10))
        await at.find(guess(20))
        at.selection.cycle(1)
        assert at.seen == (1, 2, False)
        assert same(at.mask, guess(20))
        await at.find(guess(30))
        assert at.seen == (1, 3, False)
        assert same(at.mask, guess(20))
        at.selection.cycle(1)
        assert same(at.mask, guess(30))
        at.editor.undo()
        assert not any(at.mask.data)

    played(story)


def test_what_is_overtaken_before_it_began_is_not_looked_for() -> None:
    async def story(at: Scene) -> None:
        at.selection.click(HERE, Combine.REPLACE)
        at.selection.click(THERE, Combine.REPLACE)
        await at.find(guess(10))
        assert at.selector.asked == [((THERE,), ())]
        at.selection.click(HERE, Combine.REPLACE)
        at.selection.forget()
        await at.find(guess(20), None)
        assert at.seen == (0, 0, False)
        assert (len(at.selector.asked), at.told) == (1, [])

    played(story)


@pytest.mark.parametrize("told", [True, False], ids=["told of it", "not told"])
def test_what_became_of_the_mask_meanwhile_stays(told: bool) -> None:
    async def story(at: Scene) -> None:
        at.selection.click(HERE, Combine.REPLACE)
        await at.find()
        if told:
            at.selection.forget()
        at.draw()
        await at.find(guess(10), guess(20))
        assert at.seen == (0, 0, False)
        assert same(at.mask, read_all(DRAWN))

    played(story)


def test_a_later_click_counts_alone() -> None:
    async def story(at: Scene) -> None:
        at.selection.click(HERE, Combine.REPLACE)
        await at.find()
        at.selection.click(THERE, Combine.REPLACE)
        await at.find(guess(10), None)
        assert at.seen == (0, 0, True)
        await at.find(guess(20))
        assert same(at.mask, guess(20))
        assert at.selector.asked == [((HERE,), ()), ((THERE,), ())]

    played(story)


def test_what_a_click_adds_comes_after_another_guess_was_chosen_meanwhile() -> None:
    async def story(at: Scene) -> None:
        at.selection.click(HERE, Combine.REPLACE)
        await at.find(guess(10), guess(20), None)
        at.selection.click(THERE, Combine.ADD)
        await at.find()
        at.selection.cycle(1)
        assert same(at.mask, guess(20))
        await at.find(guess(30))
        assert at.seen == (0, 1, False)
        assert same(at.mask, guess(30))
        assert at.selector.asked[-1] == ((HERE, THERE), ())

    played(story)


def test_trouble_after_the_first_guess_is_told_and_takes_nothing_away() -> None:
    async def story(at: Scene) -> None:
        at.selection.click(HERE, Combine.REPLACE)
        await at.find(guess(10))
        at.selector.found.put_nowait(trouble("engine-died"))
        await at.find()
        assert [each.code for each in at.told] == ["engine-died"]
        assert at.seen == (0, 1, False)
        assert same(at.mask, guess(10))

    played(story)
