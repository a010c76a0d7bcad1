"""The layers, top one first: list, and below it opacity and blend mode of the active one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studio.ui.layers.rows import LayerList
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look, icon_button
from studio.ui.widgets.combo import Choice
from studio.ui.widgets.labels import Line, dim_label
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.numbers import NumberField, SliderField

if TYPE_CHECKING:
    from studio.domain.ids import LayerId
    from studio.session.face.desk import Desk
    from studio.session.face.views import DocumentView, LayerRow
    from studio.ui.actions import Actions

BLENDS = (
    ("normal", "Normal"),
    ("multiply", "Multiply"),
    ("screen", "Screen"),
    ("overlay", "Overlay"),
    ("darken", "Darken"),
    ("lighten", "Lighten"),
    ("color-dodge", "Colour dodge"),
    ("color-burn", "Colour burn"),
    ("hard-light", "Hard light"),
    ("soft-light", "Soft light"),
    ("difference", "Difference"),
    ("hue", "Hue"),
    ("saturation", "Saturation"),
    ("color", "Colour"),
    ("luminosity", "Luminosity"),
)
"""Blend modes that OpenRaster names, in the order of the list."""


class LayersPanel(QWidget):
    """Shows the document's layers and hands on what is done to them."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._desk: Desk | None = None
        self._active: LayerRow | None = None
        self.list = LayerList()
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.empty = QWidget()
        words = QVBoxLayout(self.empty)
        words.setContentsMargins(14, 12, 14, 12)
        words.setSpacing(8)
        words.addWidget(dim_label(tr("Layers appear here once a picture is open."), wrap=True))
        first = Button(tr("Open"), look=Look.EDGED)
        first.clicked.connect(actions["file.open"].trigger)
        words.addWidget(first)
        words.addStretch(1)
        self._foot = self._made_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line())
        column.addWidget(self.empty, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)
        self.show_state(None)

    def attach(self, desk: Desk) -> None:
        """Connect both ways and show what is."""
        self._desk = desk
        document = desk.document
        self.list.chosen.connect(document.select_layer)
        self.list.moved.connect(document.move_layer)
        self.list.renamed.connect(lambda layer, name: document.set_layer(layer, name=name))
        self.list.shown.connect(lambda layer, on: document.set_layer(layer, visible=on))
        self.list.locked.connect(lambda layer, on: document.set_layer(layer, locked=on))
        desk.document_changed.connect(self.show_state)
        self.show_state(desk.document_view())

    def show_state(self, view: DocumentView | None) -> None:
        """Show rows and the active layer's values."""
        rows = () if view is None else view.layers
        self.list.show_rows(rows, None if view is None else view.active)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._active = next((row for row in rows if view is not None and row.id == view.active), None)
        self._foot.setVisible(self._active is not None)
        if self._active is not None:
            self.opacity.set_value(self._active.opacity * 100)
            self.blend.setCurrentIndex(max(0, self.blend.findData(self._active.blend)))

    def sizeHint(self) -> QSize:
        return QSize(328, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 96)

    def _made_foot(self) -> QWidget:
        foot = QWidget()
        self.blend = Choice(tr("Blend mode of the layer"))
        for value, label in BLENDS:
            self.blend.addItem(tr(label), value)
        self.blend.activated.connect(self._set_blend)
        self.blend.setMinimumWidth(self.fontMetrics().horizontalAdvance(tr("Normal")) + 44)
        self.opacity = SliderField("", NumberField(tr("Opacity of the layer"), low=0, high=100, suffix=" %"), width=70)
        self.opacity.changed.connect(self._set_opacity)
        row = QHBoxLayout()
        set_margins(row, 14, 5, 8, 5)
        row.setSpacing(8)
        row.addWidget(self.blend, 1)
        row.addWidget(self.opacity)
        for command in ("layer.duplicate", "layer.delete"):
            action = self._actions[command]
            button = icon_button(action.property("glyph"), action.text(), size=26, tip=self._actions.tip(command))
            row.addWidget(button.follow(action))
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line())
        column.addLayout(row)
        return foot

    def _set_blend(self, at: int) -> None:
        if self._desk is not None and self._active is not None:
            self._desk.document.set_layer(self._active.id, blend=self.blend.itemData(at))

    def _set_opacity(self, value: float) -> None:
        if self._desk is not None and self._active is not None:
            self._desk.document.set_layer(self._active.id, opacity=value / 100)

    def _menu(self, at: QPoint) -> None:
        layer: LayerId | None = self.list.layer_at(at)
        if self._desk is None or layer is None:
            return
        self._desk.document.select_layer(layer)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Rename  (F2)"), lambda: self.list.rename(layer))
        for row in self._actions.rows:
            if row.menu == "Layer":
                menu.addAction(self._actions[row.id])
        menu.popup(self.list.viewport().mapToGlobal(at))
