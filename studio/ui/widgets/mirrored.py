"""What Qt does not mirror by itself where the window runs from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout


def set_margins(layout: QLayout, lead: int, top: int, trail: int, bottom: int) -> None:
    """Margins by reading direction: `lead` is at the side where lines begin. A layout's own are left and right."""
    if is_mirrored():
        lead, trail = trail, lead
    layout.setContentsMargins(lead, top, trail, bottom)


def back_and_forth() -> tuple[str, str]:
    """Icons of the steps back and forth along a row."""
    icons = ("chevron-left", "chevron-right")
    return (icons[1], icons[0]) if is_mirrored() else icons


def is_mirrored() -> bool:
    """Whether the window runs from right to left."""
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
