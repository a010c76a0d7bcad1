"""Dialogs that ask about the open picture.

Another one may come up under them: a large file that was chosen before, a result that is opened. A name and a folder
that were meant for the first must not be given to the second, over whatever has that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from studio.session.face.desk import Desk
    from studio.session.face.views import DocumentView


def tie_to_document(dialog: QDialog, desk: Desk) -> None:
    """Cancel the dialog once the picture is open no more that is open now."""
    key = _key(desk.document_view())

    def look(view: DocumentView | None) -> None:
        if _key(view) != key and dialog.isVisible():
            dialog.reject()

    leave = desk.document_changed.connect(look)
    dialog.destroyed.connect(lambda: leave())


def _key(view: DocumentView | None) -> str | None:
    return None if view is None else view.key
