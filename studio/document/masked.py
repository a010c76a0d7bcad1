"""Edits of the document's masks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.document.state import DocumentState, SavedMask
from studio.domain.pixels import PixelFormat

if TYPE_CHECKING:
    from studio.imaging.tiles import Raster


def with_mask(state: DocumentState, mask: Raster) -> DocumentState:
    """The working mask replaced. Raises ValueError where it is not gray or not of the document's size."""
    if mask.size != state.size or mask.format is not PixelFormat.GRAY:
        raise ValueError(f"a {mask.format.value} mask of {mask.size} does not fit a document of {state.size}")
    return state if mask is state.mask else replace(state, mask=mask)


def save_mask(state: DocumentState, name: str) -> DocumentState:
    """The working mask kept under a name, in place of one that has it; its tiles are shared."""
    kept = SavedMask(name=name, raster=state.mask)
    names = [each.name for each in state.masks]
    if name not in names:
        return replace(state, masks=(*state.masks, kept))
    return replace(state, masks=tuple(kept if each.name == name else each for each in state.masks))


def load_mask(state: DocumentState, name: str) -> DocumentState:
    """A kept mask made the working one. Raises KeyError where there is none of this name."""
    return with_mask(state, state.saved_mask(name).raster)
