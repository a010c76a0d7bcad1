"""A picture in a round box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QPixmapCache

from studio.ui.widgets import thumbnails

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PHOTO = "tests/photos/small_friends_by_Aitzol_Berasategi.jpg"


def painted(picture: QImage, ratio: float) -> QImage:
    shown = QPixmap(int(150 * ratio), int(150 * ratio))
    shown.setDevicePixelRatio(ratio)
    shown.fill(Qt.GlobalColor.white)
    painter = QPainter(shown)
    thumbnails.thumbnail(painter, QRect(3, 5, 128, 131), QPixmap.fromImage(picture), 6, "#333333")
    painter.end()
    return shown.toImage()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("holes", [False, True])
def test_bands_leave_no_seam(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ratio: float, holes: bool) -> None:
    picture = QImage(PHOTO).scaled(170, 256)
    assert not picture.isNull()
    if holes:
        picture = picture.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
    in_bands = painted(picture, ratio)
    monkeypatch.setattr(thumbnails, "_BAND", 10_000)
    QPixmapCache.clear()  # or the same picture would be compared with itself
    assert in_bands == painted(picture, ratio)
