"""Edits of a document that are asked for while others are under way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.document.masked import with_mask
from studio.domain.pen import PenSample
from studio.imaging.masks import rectangle
from studio.session.face.views import Tool
from tests.core.session.scene import LEFT, RIGHT, Scene, photo

if TYPE_CHECKING:
    from pathlib import Path

    from studio.document.state import DocumentState
    from tests.core.session.scene import Play


def test_an_edit_that_is_asked_for_while_another_is_made_follows_it(play: Play) -> None:
    async def story(at: Scene) -> None:
        at.pool.hold()
        at.add(LEFT)
        at.layering.invert_mask()
        await at.busy()
        at.layering.clear_mask()
        at.add(RIGHT)
        await at.rest()
        assert at.steps() == ["Open", "Add", "Invert mask", "Clear mask", "Add"]
        assert not at.masked(LEFT)
        assert at.masked(RIGHT)

    play(story)


@pytest.mark.parametrize("tool", [Tool.RECTANGLE, Tool.BRUSH])
def test_a_shape_is_not_lost_to_a_stroke_that_is_begun_before_it_is_joined(play: Play, tool: Tool) -> None:
    async def story(at: Scene) -> None:
        at.pool.hold()
        at.draw(LEFT, Tool.RECTANGLE)
        await at.busy()
        at.press(RIGHT, tool)
        at.pool.let_go()
        await at.busy()
        at.canvas.end()
        await at.rest()
        assert at.masked(LEFT)
        assert at.masked(RIGHT)

    play(story)


@pytest.mark.parametrize("ends", ["before", "after"])
def test_a_stroke_is_over_the_edit_that_was_asked_for_before_it(play: Play, ends: str) -> None:
    async def story(at: Scene) -> None:
        at.pool.hold()
        at.layering.invert_mask()
        await at.busy()
        at.press(LEFT, Tool.ERASER)
        if ends == "before":
            at.canvas.end()
        at.pool.let_go()
        await at.busy()
        at.canvas.move([PenSample(x=LEFT.right, y=LEFT.bottom + 5)])
        at.canvas.end()
        await at.rest()
        assert at.steps() == ["Open", "Invert mask", "Erase mask"]
        assert not at.masked(LEFT)
        assert at.masked(RIGHT)

    play(story)


@pytest.mark.parametrize("way", ["changes nothing", "is given up"])
def test_an_edit_that_came_during_a_stroke_is_seen_after_it(play: Play, way: str) -> None:
    async def story(at: Scene) -> None:
        at.pool.hold()
        at.add(RIGHT)
        await at.busy()
        at.press(LEFT, Tool.ERASER)
        at.pool.let_go()
        await at.busy()
        if way == "is given up":
            at.canvas.cancel()
        else:
            at.canvas.end()
        await at.rest()
        assert at.steps() == ["Open", "Add"]
        assert at.masked(RIGHT)

    play(story)


def test_undo_takes_back_what_was_asked_for_last_though_it_is_not_there_yet(play: Play) -> None:
    async def story(at: Scene) -> None:
        at.draw(LEFT)
        at.pool.hold()
        at.layering.invert_mask()
        at.editing.now(at.desk.undo)
        await at.busy()
        await at.rest()
        assert at.masked(LEFT)
        assert not at.masked(RIGHT)

    play(story)


def test_what_a_command_asks_for_comes_before_what_waits_behind_the_command(play: Play) -> None:
    async def story(at: Scene) -> None:
        def both() -> None:
            at.layering.duplicate()
            at.layering.invert_mask()

        at.pool.hold()
        at.draw(LEFT, Tool.RECTANGLE)
        at.editing.now(both)
        at.editing.now(at.desk.undo)
        at.add(RIGHT)
        await at.busy()
        await at.rest()
        assert at.steps() == ["Open", "Rectangle mask", "Duplicate layer", "Add"]
        assert at.masked(LEFT)
        assert at.masked(RIGHT)

    play(story)


def test_undo_takes_back_the_stroke_that_is_being_drawn_and_nothing_else(play: Play) -> None:
    async def story(at: Scene) -> None:
        at.draw(LEFT)
        at.press(RIGHT)
        at.desk.undo()
        at.canvas.end()
        await at.rest()
        assert at.steps() == ["Open", "Brush mask"]
        assert at.masked(LEFT)
        assert not at.masked(RIGHT)

    play(story)


def test_what_was_asked_of_another_document_is_left_out(play: Play) -> None:
    async def story(at: Scene) -> None:
        at.pool.hold()
        at.layering.invert_mask()
        at.add(LEFT)
        await at.busy()
        at.editor.open(photo(), "Another")
        await at.rest()
        assert at.steps() == ["Open"]

    play(story)


def test_an_edit_is_made_once_more_of_what_came_in_between(play: Play) -> None:
    async def story(at: Scene) -> None:
        at.pool.hold()
        at.add(LEFT)
        await at.busy()
        at.editor.push("Select object", with_mask(at.state, rectangle(at.state.size, RIGHT)))
        await at.rest()
        assert at.steps() == ["Open", "Select object", "Add"]
        assert at.masked(LEFT)
        assert at.masked(RIGHT)

    play(story)


def test_an_edit_that_fails_is_told_and_the_next_one_is_made(tmp_path: Path) -> None:
    async def story() -> None:
        at = Scene(tmp_path)

        def fails(_: DocumentState) -> DocumentState:
            raise ValueError("no such tile")

        at.editing.edit_in_pool("Fails", fails)
        at.add(LEFT)
        await at.rest()
        assert [each.code for each in at.told] == ["bug"]
        assert at.steps() == ["Open", "Add"]
        await at.tasks.close()

    asyncio.run(story())


def test_a_layer_that_is_chosen_while_an_edit_is_made_does_not_undo_it(play: Play) -> None:
    async def story(at: Scene) -> None:
        at.layering.duplicate()
        await at.busy()
        below = at.state.layers[0].id
        at.pool.hold()
        at.add(LEFT)
        at.layering.select_layer(below)
        at.layering.toggle()
        await at.rest()
        assert at.steps() == ["Open", "Duplicate layer", "Add", "Hide layer"]
        assert [each.visible for each in at.state.layers] == [False, True]

    play(story)


def test_waiting_ends_with_the_session(tmp_path: Path) -> None:
    async def story() -> None:
        at = Scene(tmp_path)
        at.pool.hold()
        at.add(LEFT)
        waits = asyncio.ensure_future(at.editing.settled())
        await at.busy()
        assert not waits.done()
        await at.tasks.close()
        await waits
        at.add(RIGHT)
        await at.editing.settled()

    asyncio.run(story())
