"""The button of an empty list: what is to be done before something can appear in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look

if TYPE_CHECKING:
    from studio.ui.actions import Actions


class FirstStep(Button):
    """Opens a picture while none is open, and runs once one is."""

    def __init__(self, actions: Actions) -> None:
        super().__init__(tr("Open"), look=Look.EDGED)
        self._actions = actions
        self._command = "file.open"
        self.clicked.connect(lambda: self._actions.asked.emit(self._command))
        actions["generate.run"].changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        ready = self._actions["generate.run"].isEnabled()
        command = "generate.run" if ready else "file.open"
        if command != self._command:
            self._command = command
            self.setText(tr("Run") if ready else tr("Open"))
            self.setAccessibleName(self.text())
