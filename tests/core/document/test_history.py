"""Undo goes back to the very same objects; sliders merge; memory is bounded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document.edits import (
    LayerChange,
    delete_layer,
    duplicate_layer,
    extend_canvas,
    move_content,
    move_layer,
    new_document,
    paste_layer,
    set_layer,
)
from studio.document.history import History
from studio.document.masked import save_mask, with_mask
from studio.document.stroke import BrushTool
from studio.domain.geometry import Margins, Size
from studio.domain.pen import Brush, PenSample
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.problems import UsageError
from studio.imaging.masks import invert

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from studio.document.state import DocumentState

ACTIONS = ("brush", "invert", "save-mask", "paste", "duplicate", "delete", "up", "shift", "hide", "fade", "extend")
Action = tuple[str, int]


def plain(edge: int) -> Pixels:
    size = Size(width=edge, height=edge)
    return Pixels(size=size, stride=edge * 4, format=PixelFormat.BGRA, data=memoryview(b"\x07" * (edge * edge * 4)))


def act(state: DocumentState, action: Action) -> DocumentState:
    """One edit of the session's kinds, its details drawn from the number."""
    kind, number = action
    layer = state.layers[number % len(state.layers)].id
    if kind == "brush":
        tool = BrushTool(state.mask, Brush(size=4 + number % 60))
        tool.begin(PenSample(x=number % 97 * 7, y=number % 89 * 5))
        return with_mask(state, tool.end())
    edits = {
        "invert": lambda: with_mask(state, invert(state.mask)),
        "save-mask": lambda: save_mask(state, f"mask {number % 3}"),
        "paste": lambda: paste_layer(state, plain(8 + number % 40), "pasted"),
        "duplicate": lambda: duplicate_layer(state, layer) if len(state.layers) < 6 else state,
        "delete": lambda: delete_layer(state, layer),
        "up": lambda: move_layer(state, layer, number % 4),
        "shift": lambda: move_content(state, layer, number % 9 - 4, number % 7 - 3),
        "hide": lambda: set_layer(state, layer, LayerChange(visible=number % 2 == 0)),
        "fade": lambda: set_layer(state, layer, LayerChange(opacity=number % 11 / 10)),
        "extend": lambda: extend_canvas(state, Margins(left=number % 3)) if state.size.width < 700 else state,
    }
    try:
        return edits[kind]()
    except UsageError:
        return state


def actions(count: int) -> SearchStrategy[list[Action]]:
    """Each one a single number: to draw two in a tuple takes twice as long as to work through them."""
    one = st.integers(0, len(ACTIONS) * 10_000 - 1)
    return st.lists(one, min_size=count, max_size=count).map(
        lambda numbers: [(ACTIONS[number % len(ACTIONS)], number // len(ACTIONS)) for number in numbers]
    )


@given(actions(500))
@settings(max_examples=3, deadline=None)
def test_undoing_all_then_redoing_all_passes_the_very_same_states(steps: list[Action]) -> None:
    history = History("Open", new_document(plain(300)))
    states = [history.state]
    for number, step in enumerate(steps):
        after = act(history.state, step)
        history.push(f"{step[0]} {number}", after)
        if after is not states[-1]:
            states.append(after)

    back = [history.state]
    while history.can_undo:
        back.append(history.undo())
    assert all(a is b for a, b in zip(reversed(back), states, strict=True))

    forth = [history.state]
    while history.can_redo:
        forth.append(history.redo())
    assert all(a is b for a, b in zip(forth, states, strict=True))


@given(actions(40), st.lists(st.integers(0, 40), max_size=20))
@settings(max_examples=15, deadline=None)
def test_a_push_after_going_back_drops_what_was_undone(steps: list[Action], jumps: list[int]) -> None:
    history = History("Open", new_document(plain(40)))
    for step in steps:
        history.push(step[0], act(history.state, step))
    for jump in jumps:
        history.go_to(jump % len(history.steps))
        kept = list(history.steps[: history.index + 1])
        history.push("pasted", paste_layer(history.state, plain(4), "p"))
        assert list(history.steps[:-1]) == kept
        assert not history.can_redo


def test_a_slider_dragged_is_one_step(document: DocumentState) -> None:
    history = History("Open", document)
    for opacity in (0.9, 0.7, 0.5):
        history.push("Opacity", _faded(history.state, opacity), key="opacity")
    assert [step.title for step in history.steps] == ["Open", "Opacity"]
    assert history.state.layers[0].opacity == 0.5
    assert history.undo() is document


def test_the_same_slider_after_the_gesture_is_a_step_of_its_own(document: DocumentState) -> None:
    history = History("Open", document)
    history.push("Opacity", _faded(document, 0.9), key="opacity")
    history.settle()
    history.push("Opacity", _faded(document, 0.8), key="opacity")
    assert len(history.steps) == 3


def test_other_keys_and_undo_in_between_do_not_merge(document: DocumentState) -> None:
    history = History("Open", document)
    history.push("Opacity", _faded(document, 0.9), key="a")
    history.push("Opacity", _faded(document, 0.8), key="b")
    assert len(history.steps) == 3
    history.undo()
    history.push("Opacity", _faded(document, 0.7), key="a")
    assert len(history.steps) == 3
    assert [step.state.layers[0].opacity for step in history.steps] == [1.0, 0.9, 0.7]


def test_the_same_state_pushed_again_adds_nothing(document: DocumentState) -> None:
    history = History("Open", document)
    history.push("Nothing", document)
    assert len(history.steps) == 1


def test_dirty_follows_the_saved_step(document: DocumentState) -> None:
    history = History("Open", document)
    assert history.is_dirty
    history.mark_saved()
    assert not history.is_dirty
    history.push("Opacity", _faded(document, 0.5), key="k")
    assert history.is_dirty
    history.undo()
    assert not history.is_dirty


def test_a_save_that_ends_late_marks_the_state_it_wrote(document: DocumentState) -> None:
    history = History("Open", document)
    history.push("Opacity", _faded(document, 0.5))
    history.mark_saved(document)
    assert history.is_dirty
    history.undo()
    assert not history.is_dirty


def test_a_merge_after_saving_makes_it_dirty(document: DocumentState) -> None:
    history = History("Open", document)
    history.push("Opacity", _faded(document, 0.5), key="k")
    history.mark_saved()
    history.push("Opacity", _faded(document, 0.4), key="k")
    assert history.is_dirty
    assert len(history.steps) == 3


def test_a_place_that_is_not_there_is_refused(document: DocumentState) -> None:
    with pytest.raises(IndexError):
        History("Open", document).go_to(1)


def test_shared_tiles_are_counted_once_and_the_current_state_not_at_all(document: DocumentState) -> None:
    history = History("Open", document)
    history.push("Opacity", _faded(document, 0.5))
    assert history.held_bytes() == 0

    history.push("Replaced", _repainted(history.state))
    assert history.held_bytes() == 600 * 520 * 4
    history.undo()
    assert history.held_bytes() == 600 * 520 * 4
    history.undo()
    history.push("Opacity", _faded(document, 0.4))
    assert history.held_bytes() == 0


def test_over_the_budget_the_oldest_go_but_twenty_stay(document: DocumentState) -> None:
    one = 600 * 520 * 4
    history = History("Open", document, budget=30 * one)
    for _ in range(60):
        history.push("Replaced", _repainted(history.state))
    assert len(history.steps) == 31
    assert history.dropped == 30
    assert history.held_bytes() == 30 * one

    tight = History("Open", document, budget=one)
    for _ in range(60):
        tight.push("Replaced", _repainted(tight.state))
    assert len(tight.steps) == 21
    assert sum(1 for _ in iter(lambda: tight.can_undo and tight.undo(), False)) == 20


def _faded(state: DocumentState, opacity: float) -> DocumentState:
    return set_layer(state, state.layers[0].id, LayerChange(opacity=opacity))


def _repainted(state: DocumentState) -> DocumentState:
    fresh = new_document(
        Pixels(size=state.size, stride=600 * 4, format=PixelFormat.BGRA, data=memoryview(b"\x05" * (600 * 520 * 4)))
    )
    return replace(state, layers=(replace(state.layers[0], raster=fresh.layers[0].raster),))
