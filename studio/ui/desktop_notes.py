"""A message of the desktop's own: by its portal where there is one, else by an icon beside the clock.

The portal takes what every desktop of Linux shows, from programs in a sandbox and from others. The older
`org.freedesktop.Notifications` wants an unsigned number, which Qt's binding for Python cannot send.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

if TYPE_CHECKING:
    from PySide6 import QtDBus

if sys.platform.startswith("linux"):
    import PySide6.QtDBus  # noqa: F401 -- so that the first message does not wait for it

SERVICE, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Notification"
NOTE, OPEN = "jobs", "open"
SHOWN_MS = 10_000
UNSEEN = ("offscreen", "minimal")


class DesktopNotes(QObject):
    """Shows one message at a time. `opened`: the user pressed it. Nothing here waits for the desktop's answer."""

    opened = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tray: QSystemTrayIcon | None = None
        self._asked: QtDBus.QDBusPendingCallWatcher | None = None
        self._shown = self._listens = False

    def show(self, text: str) -> None:
        """In the place of an earlier message. On a screen that nobody sees there is none."""
        if QApplication.platformName() in UNSEEN:
            return
        self._shown = True
        if not sys.platform.startswith("linux") or not self._ask_portal(text):
            self._show_tray(text)

    def forget(self) -> None:
        """Take the message away."""
        if not self._shown:
            return
        self._shown = False
        if self._tray is not None:
            self._tray.hide()
        elif sys.platform.startswith("linux"):
            self._call("RemoveNotification", [NOTE])

    def _ask_portal(self, text: str) -> bool:
        from PySide6.QtDBus import QDBusPendingCallWatcher  # first use

        call = self._call(
            "AddNotification",
            [
                NOTE,
                {"title": QApplication.applicationDisplayName() or "Overpaint", "body": text, "default-action": OPEN},
            ],
        )
        if call is None:
            return False
        self._asked = QDBusPendingCallWatcher(call, self)
        self._asked.finished.connect(lambda watcher: self._show_tray(text) if watcher.isError() else None)
        return True

    def _call(self, method: str, arguments: list[Any]) -> QtDBus.QDBusPendingCall | None:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage  # first use

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return None
        if not self._listens:
            slot = SLOT("_invoked(QString,QString,QVariantList)")
            self._listens = bus.connect(SERVICE, PATH, INTERFACE, "ActionInvoked", self, slot)  # pyright: ignore[reportArgumentType]  bytes in the stub, but text is what it takes
        message = QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, method)
        message.setArguments(arguments)
        return bus.asyncCall(message)

    @Slot(str, str, "QVariantList")
    def _invoked(self, note: str, action: str, _parameters: list[Any]) -> None:
        if note == NOTE and action == OPEN:
            self.opened.emit()

    def _show_tray(self, text: str) -> None:
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._tray.messageClicked.connect(self.opened)
            self._tray.activated.connect(lambda _: self.opened.emit())
        self._tray.show()
        self._tray.showMessage("Overpaint", text, QApplication.windowIcon(), SHOWN_MS)
