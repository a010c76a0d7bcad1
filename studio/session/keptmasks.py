"""Masks that are kept with the picture under a name, to be used again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.masked import delete_mask, free_name, rename_mask, save_mask, use_mask

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.session.editing import Editing
    from studio.session.face.views import Combine

FIRST = "Mask"


class KeptMasks:
    """Each method is one step of the history. What is asked about one that has gone since then does nothing."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def keep(self) -> None:
        """The mask as it is, under a name that is free."""
        self._editing.edit("Keep mask", _kept)

    def use(self, name: str, combine: Combine) -> None:
        """In the place of the mask that is there, added to it or taken from it."""
        self._editing.edit_in_pool("Use kept mask", lambda state: use_mask(state, name, combine.value))

    def rename(self, name: str, to: str) -> None:
        """Nothing changes where the new name is empty."""
        self._editing.edit("Rename kept mask", lambda state: rename_mask(state, name, to))

    def delete(self, name: str) -> None:
        """The mask that is there stays as it is."""
        self._editing.edit("Delete kept mask", lambda state: delete_mask(state, name))


def _kept(state: DocumentState) -> DocumentState:
    return save_mask(state, free_name(FIRST, {each.name for each in state.masks}))
