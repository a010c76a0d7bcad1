"""The settings: each takes effect at once and can be seen doing so."""

from __future__ import annotations

import glob
import os
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio.domain.settings import OVERLAY_COLOURS, OVERLAY_PATTERNS, THEMES, WHEEL_ACTIONS, Overlay, Settings
from studio.ui import resources
from studio.ui.dialogs.costs_page import CostsPage
from studio.ui.dialogs.form import Rows, choice, tick
from studio.ui.dialogs.keys_page import KeysPage
from studio.ui.dialogs.overlay_preview import OverlayPreview
from studio.ui.dialogs.providers.page import ProvidersPage
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.labels import Line
from studio.ui.widgets.made_when_seen import MadeWhenSeen
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.numbers import NumberField, SliderField
from studio.ui.widgets.page_list import PageList
from studio.ui.widgets.segmented import Segmented
from studio.ui.widgets.tab_order import step

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.session.face.desk import Desk
    from studio.ui.actions import Actions

THEME_NAMES = {"system": "As the system", "light": "Light", "dark": "Dark"}
WHEEL_NAMES = {"zoom": "Zooms", "scroll": "Scrolls"}
COLOUR_NAMES = {
    "red": "Red",
    "green": "Green",
    "blue": "Blue",
    "yellow": "Yellow",
    "cyan": "Cyan",
    "magenta": "Magenta",
}
PATTERN_NAMES = {"stripe": "Stripes", "checker": "Checks", "plain": "Plain"}


class SettingsDialog(QDialog):
    """Writes through `desk.change_settings`; there is nothing to confirm. `asked` tells a command."""

    asked = Signal(str)
    _grey: SliderField | None = None

    def __init__(self, desk: Desk, actions: Actions, folder: str, parent: QWidget, page: str = "appearance") -> None:
        """`actions` are those that get other keys; `folder` is where the log is; `page` is shown first."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Settings"))
        self._desk, self._actions, self._folder = desk, actions, folder
        pages: dict[str, tuple[str, Callable[[], QWidget]]] = {
            "appearance": (tr("Appearance"), lambda: _page(self._appearance())),
            "mask": (tr("Mask"), lambda: _page(self._mask())),
            "work": (tr("Work"), lambda: _page(self._work())),
            "providers": (tr("Providers"), lambda: self.providers),
            "costs": (tr("Costs"), lambda: _page(self.costs)),
            "keys": (tr("Keys"), lambda: self.keys),
            "saving": (tr("Saving"), lambda: _page(self._saving())),
        }
        self.list = PageList(tr("Pages of the settings"), [(name, title) for name, (title, _) in pages.items()])
        stack = MadeWhenSeen([make for _, make in pages.values()])
        self.list.currentRowChanged.connect(stack.setCurrentIndex)
        self.list.turn_to(page)
        self._lay_out(stack)
        self.resize(760, min(620, parent.screen().availableGeometry().height() - 60))

    @cached_property
    def preview(self) -> OverlayPreview:
        """The mask's colours over a picture."""
        return OverlayPreview()

    @cached_property
    def keys(self) -> KeysPage:
        """The page of the keys."""
        return KeysPage(self._desk, self._actions)

    @cached_property
    def providers(self) -> ProvidersPage:
        """The page of the providers."""
        page = ProvidersPage(self._desk)
        page.asked.connect(self.asked)
        return page

    @cached_property
    def costs(self) -> CostsPage:
        """The page of what was spent."""
        return CostsPage(self._desk)

    def _lay_out(self, stack: QWidget) -> None:
        close = Button(tr("Close"), look=Look.EDGED)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 8, 20, 12)
        foot.addStretch(1)
        foot.addWidget(close)
        sides = QHBoxLayout()
        sides.setSpacing(0)
        set_margins(sides, 8, 8, 0, 0)
        sides.addWidget(self.list)
        sides.addWidget(stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(sides, 1)
        column.addWidget(Line())
        column.addLayout(foot)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step(self, (self,), forward=forward) or super().focusNextPrevChild(forward)

    def turn_to(self, page: str) -> None:
        """Show a page by its name."""
        self.list.turn_to(page)

    @property
    def _now(self) -> Settings:
        return self._desk.settings()

    def _set(self, **changes: object) -> None:
        self._desk.change_settings(replace(self._now, **changes))  # pyright: ignore[reportArgumentType]  fields by name

    def _set_overlay(self, **changes: object) -> None:
        overlay: Overlay = replace(self._now.overlay, **changes)  # pyright: ignore[reportArgumentType]  fields by name
        self._set(overlay=overlay)
        self.preview.show_overlay(overlay)

    def _appearance(self) -> Rows:
        rows, now = Rows(), self._now
        theme = Segmented([(name, tr(THEME_NAMES[name])) for name in THEMES], tr("Theme"))
        theme.set_value(now.theme)
        theme.chosen.connect(lambda name: self._set(theme=name))
        rows.add(tr("Theme"), theme)
        if len(languages()) > 2:
            rows.add(
                tr("Language"),
                choice(tr("Language"), languages(), now.language, lambda code: self._set(language=code)),
            )
            rows.note(tr("Takes effect at the next start."))
        grey = NumberField(tr("Grey around the picture"), low=0, high=255)
        self._grey = slider = SliderField("", grey, width=140)
        slider.changed.connect(lambda value: self._set(surround=round(value)))
        self._show_grey()
        rows.add(tr("Grey around the picture"), slider)
        own = Button(tr("Use the theme's grey"), look=Look.EDGED)
        own.clicked.connect(self._take_theme_grey)
        rows.add("", own)
        wheel = Segmented([(name, tr(WHEEL_NAMES[name])) for name in WHEEL_ACTIONS], tr("Mouse wheel"))
        wheel.set_value(now.wheel)
        wheel.chosen.connect(lambda name: self._set(wheel=name))
        rows.add(tr("Mouse wheel"), wheel)
        rows.note(tr("Ctrl+wheel always zooms at the pointer."))
        return rows

    def _take_theme_grey(self) -> None:
        self._set(surround=None)
        self._show_grey()

    def _show_grey(self) -> None:
        """The user's grey, or that of the theme where it is in use."""
        if self._grey is None:
            return  # not built yet
        chosen = self._now.surround
        self._grey.set_value(QColor(tokens_of(self).surround).red() if chosen is None else chosen)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._show_grey()

    def _mask(self) -> Rows:
        rows, overlay = Rows(), self._now.overlay
        colours = [(name, tr(COLOUR_NAMES[name])) for name in OVERLAY_COLOURS]
        patterns = [(name, tr(PATTERN_NAMES[name])) for name in OVERLAY_PATTERNS]
        rows.add(
            tr("Colour"),
            choice(tr("Colour of the mask"), colours, overlay.colour, lambda name: self._set_overlay(colour=name)),
        )
        pattern = Segmented(patterns, tr("Pattern of the mask"))
        pattern.set_value(overlay.pattern)
        pattern.chosen.connect(lambda name: self._set_overlay(pattern=name))
        rows.add(tr("Pattern"), pattern)
        strength = SliderField(
            "", NumberField(tr("Strength of the mask colour"), low=10, high=100, suffix=" %"), width=140
        )
        strength.set_value(overlay.opacity * 100)
        strength.changed.connect(lambda value: self._set_overlay(opacity=value / 100))
        rows.add(tr("Strength"), strength)
        rows.add("", tick(tr("Draw its outline"), overlay.outline, lambda on: self._set_overlay(outline=on)))
        self.preview.show_overlay(overlay)
        rows.add(tr("Preview"), self.preview)
        return rows

    def _work(self) -> Rows:
        rows, now = Rows(), self._now
        brush = now.brush
        rows.add(
            tr("Pen pressure"),
            tick(tr("changes the brush size"), brush.pressure_size, lambda on: self._set_pen(pressure_size=on)),
        )
        rows.add(
            "",
            tick(tr("changes the opacity"), brush.pressure_opacity, lambda on: self._set_pen(pressure_opacity=on)),
        )
        count = Segmented([(number, str(number)) for number in range(1, 5)], tr("Variations at the start"))
        count.set_value(now.variations)
        count.chosen.connect(lambda number: self._set(variations=number))
        rows.add(tr("Variations at the start"), count)
        said = tr("when a job ends and the window is not in front")
        rows.add(tr("Message of the desktop"), tick(said, now.notify, lambda on: self._set(notify=on)))
        return rows

    def _set_pen(self, **changes: bool) -> None:
        brush = replace(self._desk.tool_view().brush, **changes)  # pyright: ignore[reportArgumentType]  fields by name
        self._desk.set_brush(brush)
        self._set(brush=brush)

    def _saving(self) -> Rows:
        rows, now = Rows(), self._now
        seconds = NumberField(tr("Seconds until a change is safe"), low=5, high=300, suffix=" s")
        seconds.setValue(now.autosave_seconds)
        seconds.valueChanged.connect(lambda value: self._set(autosave_seconds=round(value)))
        rows.add(tr("Autosave after"), seconds)
        rows.note(tr("Unsaved work is kept aside after this time, so that it comes back after a crash."))
        show = Button(tr("Show log folder"), look=Look.EDGED)
        show.setEnabled(bool(self._folder))
        show.clicked.connect(self._show_folder)
        rows.add(tr("Folders"), show)
        return rows

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))


def _page(rows: QWidget) -> QScrollArea:
    body = QWidget()
    inner = QVBoxLayout(body)
    inner.setContentsMargins(20, 16, 20, 16)
    inner.addWidget(rows)
    inner.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(body)
    return scroll


def languages() -> list[tuple[object, str]]:
    """Those that a catalogue is shipped for, with English and the system's."""
    found: list[tuple[object, str]] = [("system", tr("As the system")), ("en", "English")]
    for path in sorted(glob.glob(resources.path("translations", "overpaint_*.qm"))):
        code = os.path.basename(path).removeprefix("overpaint_").removesuffix(".qm")
        found.append((code, QLocale(code).nativeLanguageName().capitalize()))
    return found
