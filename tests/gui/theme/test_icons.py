from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from studio.session.face.commands import COMMANDS
from studio.ui import resources
from studio.ui.panels import PANEL_COMMANDS
from studio.ui.theme import icons
from studio.ui.theme.menu_icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from studio.domain.command import Command


def ink(name: str, size: int, ratio: float, colour: str = "#ff0000") -> int:
    """How many pixels the icon covers."""
    image = icons.pixmap(name, size, QColor(colour), ratio).toImage()
    return sum(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("row", [*COMMANDS, *PANEL_COMMANDS], ids=lambda row: row.id)
def test_every_command_has_an_icon_that_is_shipped(row: Command) -> None:
    assert not row.icon or Path(resources.path("icons", f"{row.icon}.svg")).is_file()


def test_an_icon_is_drawn_at_device_pixels_in_the_colour_asked_for(qapp: QApplication) -> None:
    single, double = (
        icons.pixmap("brush", 20, QColor("#ff0000"), 1.0),
        icons.pixmap("brush", 20, QColor("#ff0000"), 2.0),
    )
    assert (single.width(), double.width(), double.deviceIndependentSize().width()) == (20, 40, 20)
    assert ink("brush", 20, 2.0) > 2 * ink("brush", 20, 1.0)
    image = double.toImage()
    drawn = [image.pixelColor(x, y) for x in range(40) for y in range(40)]
    assert all(colour.green() == 0 for colour in drawn if colour.alpha() == 255)


def test_an_unknown_icon_is_empty_and_no_crash(qapp: QApplication) -> None:
    assert ink("no-such-icon", 16, 1.0) == 0


def test_a_menu_icon_follows_the_device_pixel_ratio(qapp: QApplication) -> None:
    drawn = icon("save").pixmap(QSize(16, 16), 2.0, QIcon.Mode.Normal, QIcon.State.Off)
    assert drawn.width() == 32
