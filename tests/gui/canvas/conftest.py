"""A canvas area before a fake desk with a real photograph, and a hand that sends it events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from studio.domain.geometry import Size
from studio.domain.pen import Brush
from studio.domain.settings import Settings
from studio.session.face.views import DocumentView, Tool
from studio.ui.canvas.area import CanvasArea
from tests.fakes.desk import FakeDesk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

PHOTO = Path(__file__).parents[2] / "photos" / "friends_by_Aitzol_Berasategi.jpg"
Type = QEvent.Type
Button = Qt.MouseButton
Modifier = Qt.KeyboardModifier
NONE = Modifier.NoModifier


@dataclass(slots=True)
class Hand:
    """Sends events to one widget, in its own coordinates."""

    widget: QWidget
    buttons: Qt.MouseButton = Button.NoButton
    at: QPointF = field(default_factory=QPointF)

    def move(self, x: float, y: float, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.at = QPointF(x, y)
        self._mouse(Type.MouseMove, Button.NoButton, modifiers)

    def press(self, button: Qt.MouseButton = Button.LeftButton, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.buttons |= button
        self._mouse(Type.MouseButtonPress, button, modifiers)

    def release(self, button: Qt.MouseButton = Button.LeftButton, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.buttons &= ~button
        self._mouse(Type.MouseButtonRelease, button, modifiers)

    def drag(self, *points: tuple[float, float], modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press at the first point, move through the others, let go at the last."""
        self.move(*points[0])
        self.press(modifiers=modifiers)
        for point in points[1:]:
            self.move(*point, modifiers)
        self.release(modifiers=modifiers)

    def pen(self, kind: QEvent.Type, x: float, y: float, pressure: float = 0.5, *, eraser: bool = False) -> None:
        ends = QPointingDevice.PointerType
        device = QPointingDevice.primaryPointingDevice()
        device = QPointingDevice(
            "pen", 7, device.type().Stylus, ends.Eraser if eraser else ends.Pen, device.capabilities(), 1, 3
        )
        button = Button.LeftButton if kind is not Type.TabletMove else Button.NoButton
        held = Button.NoButton if kind is Type.TabletRelease else Button.LeftButton
        at = QPointF(x, y)
        event = QTabletEvent(kind, device, at, at, pressure, 0, 0, 0, 0, 0, NONE, button, held)
        QApplication.sendEvent(self.widget, event)

    def wheel(self, notches: float, modifiers: Qt.KeyboardModifier = NONE) -> None:
        turned = QPoint(0, round(notches * 120))
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(self.at, self.at, QPoint(), turned, Button.NoButton, modifiers, phase, False)
        QApplication.sendEvent(self.widget, event)

    def key(self, kind: QEvent.Type, key: int, modifiers: Qt.KeyboardModifier = NONE, *, repeat: bool = False) -> None:
        QApplication.sendEvent(self.widget, QKeyEvent(kind, key, modifiers, "", repeat))

    def down(self, key: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.key(Type.KeyPress, key, modifiers)

    def up(self, key: int) -> None:
        self.key(Type.KeyRelease, key)

    def lose_focus(self) -> None:
        QApplication.sendEvent(self.widget, QFocusEvent(Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))

    def _mouse(self, kind: QEvent.Type, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> None:
        event = QMouseEvent(kind, self.at, self.at, button, self.buttons, modifiers)
        QApplication.sendEvent(self.widget, event)


@dataclass(slots=True)
class Stage:
    """What the tests play on."""

    area: CanvasArea
    desk: FakeDesk
    hand: Hand

    def take(self, tool: Tool, size: float = 40.0) -> None:
        self.desk.show_tool(replace(self.desk.tool_view(), tool=tool, brush=Brush(size=size)))

    def open(self, image: QImage, title: str = "friends.jpg") -> None:
        self.desk.canvas.show(image)
        size = Size(width=image.width(), height=image.height())
        self.desk.show_document(DocumentView(title=title, size=size))


@pytest.fixture
def empty_stage(qtbot: QtBot) -> Stage:
    area = CanvasArea(Settings())
    qtbot.addWidget(area)
    area.resize(640, 480)
    area.show()
    qtbot.waitExposed(area)
    desk = FakeDesk()
    area.attach(desk)
    return Stage(area=area, desk=desk, hand=Hand(area.surface))


@pytest.fixture(scope="session")
def photo() -> QImage:
    image = QImage(str(PHOTO))
    assert not image.isNull()
    return image


@pytest.fixture
def stage(empty_stage: Stage, photo: QImage) -> Stage:
    empty_stage.open(QImage(photo))  # whoever paints on it gets pixels of its own
    return empty_stage
