"""Edits of the document's masks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.document.state import DocumentState, SavedMask
from studio.domain.pixels import PixelFormat
from studio.imaging.masks import combine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from studio.imaging.masks import How
    from studio.imaging.tiles import Raster


def with_mask(state: DocumentState, mask: Raster) -> DocumentState:
    """The working mask replaced. Raises ValueError where it is not gray or not of the document's size."""
    if mask.size != state.size or mask.format is not PixelFormat.GRAY:
        raise ValueError(f"a {mask.format.value} mask of {mask.size} does not fit a document of {state.size}")
    return state if mask is state.mask else replace(state, mask=mask)


def save_mask(state: DocumentState, name: str) -> DocumentState:
    """The working mask kept under a name, in place of one that has it; its tiles are shared."""
    kept = SavedMask(name=name, raster=state.mask)
    if all(each.name != name for each in state.masks):
        return replace(state, masks=(*state.masks, kept))
    return _each(state, name, lambda _: kept)


def use_mask(state: DocumentState, name: str, how: How = "replace") -> DocumentState:
    """A kept mask put in the place of the working one, or joined with it. The same state where there is none of this
    name."""
    kept = next((each for each in state.masks if each.name == name), None)
    return state if kept is None else with_mask(state, combine(state.mask, kept.raster, how))


def rename_mask(state: DocumentState, name: str, to: str) -> DocumentState:
    """A kept mask under another name, with a number where another one has it. The same state where nothing changes."""
    to = to.strip()
    if not to or to == name:
        return state
    others = {each.name for each in state.masks if each.name != name}
    return _each(state, name, lambda kept: SavedMask(name=free_name(to, others), raster=kept.raster))


def delete_mask(state: DocumentState, name: str) -> DocumentState:
    """Without a kept mask. The same state where there is none of this name."""
    return _each(state, name, lambda _: None)


def free_name(name: str, taken: Collection[str]) -> str:
    """The name itself, or with the first number from 2 on that makes it one that is not taken."""
    names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)


def _each(state: DocumentState, name: str, change: Callable[[SavedMask], SavedMask | None]) -> DocumentState:
    changed = [change(each) if each.name == name else each for each in state.masks]
    if len(changed) == len(state.masks) and all(a is b for a, b in zip(changed, state.masks, strict=True)):
        return state
    return replace(state, masks=tuple(each for each in changed if each is not None))
