from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from studio.domain.geometry import Size
from studio.domain.ids import LayerId
from studio.domain.pixels import PixelFormat, Pixels
from studio.session.face.views import Combine, LayerRow
from studio.ui.layers.history import HistoryPanel
from studio.ui.layers.layers import LayersPanel
from studio.ui.layers.masks import MaskList, MasksPanel
from studio.ui.layers.rows import LayerList, corners

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk


@pytest.fixture
def layers(window: MainWindow) -> LayersPanel:
    panel = window.layers.made()
    assert isinstance(panel, LayersPanel)
    return panel


def test_rows_are_shown_top_first_with_their_state(layers: LayersPanel) -> None:
    said = [layers.list.item(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(layers.list.count())]
    assert said == [
        "Empty wooden fence, generated · 3 variations, shown",
        "fig cut out, Normal · 100 %, shown",
        "friends.jpg, original, never changed, shown, locked",
    ]


def test_a_click_chooses_and_eye_and_lock_switch(layers: LayersPanel, desk: FakeDesk, qtbot: QtBot) -> None:
    item = layers.list.item(1)
    rect = layers.list.visualItemRect(item)
    eye, lock = corners(rect, False)
    viewport = layers.list.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=eye.center())
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=lock.center())
    assert desk.called("set_layer") == [("b", {"visible": False}), ("b", {"locked": True})]
    assert not desk.called("select_layer")
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=rect.center())
    assert desk.called("select_layer") == [("b",)]


def test_f2_renames(layers: LayersPanel, desk: FakeDesk, qtbot: QtBot) -> None:
    layers.list.setFocus()
    qtbot.keyClick(layers.list, Qt.Key.Key_F2)
    field = layers.list.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "fence")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.called("set_layer")))
    assert desk.called("set_layer") == [("a", {"name": "fence"})]


def test_a_name_that_is_typed_is_left_alone_by_news(layers: LayersPanel, desk: FakeDesk, qtbot: QtBot) -> None:
    view = desk.document_view()
    assert view is not None
    layers.list.setFocus()
    qtbot.keyClick(layers.list, Qt.Key.Key_F2)
    field = layers.list.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.selectedText() == field.text() == view.layers[0].name
    qtbot.keyClicks(field, "Sky repl")
    pixels = Pixels(size=Size(width=4, height=4), stride=16, format=PixelFormat.BGRA, data=memoryview(bytes(64)))
    painted = replace(view.layers[0], thumbnail=pixels, note="generated · 4 variations")
    desk.show_document(replace(view, layers=(painted, *view.layers[1:])))
    assert field.text() == "Sky repl"
    qtbot.keyClicks(field, "aced")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.called("set_layer")))
    assert desk.called("set_layer") == [("a", {"name": "Sky replaced"})]


def typing(rows: LayerList, layer: str, text: str, qtbot: QtBot) -> QLineEdit:
    """The field of a layer's name with this in it, all but the first letter selected backwards."""
    rows.rename(layer)
    (field,) = (each for each in rows.findChildren(QLineEdit) if each.isVisible())
    field.window().activateWindow()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    qtbot.keyClicks(field, text)
    field.setSelection(len(text), 1 - len(text))
    return field


def undisturbed(field: QLineEdit) -> bool:
    return field.hasFocus() and (field.text(), field.selectedText(), field.cursorPosition()) == ("fog", "og", 1)


A, B, C, NEW = (LayerRow(id=LayerId(name), name=name.upper(), note="") for name in ("a", "b", "c", "new"))


@pytest.fixture
def bare_list(qtbot: QtBot) -> LayerList:
    """Nobody answers what it tells."""
    rows = LayerList()
    qtbot.addWidget(rows)
    rows.show()
    rows.show_rows((A, B, C), "a")
    return rows


@pytest.mark.parametrize("rows", [(NEW, A, B, C), (A, NEW, B, C), (C, A, B), (C, B, A), (B, NEW, A, C), (B, C, A)])
@pytest.mark.parametrize("layer", ["a", "b", "c"])
@pytest.mark.parametrize("active", ["a", "b", "c", "new"])
def test_a_name_that_is_typed_stays_with_its_layer_when_the_list_changes(
    bare_list: LayerList, qtbot: QtBot, rows: tuple[LayerRow, ...], layer: str, active: str
) -> None:
    told: list[tuple[str, ...]] = []
    bare_list.renamed.connect(lambda *words: told.append(words))
    bare_list.chosen.connect(lambda *words: told.append(words))
    field = typing(bare_list, layer, "fog", qtbot)
    now = active if any(row.id == active for row in rows) else "a"
    bare_list.show_rows(rows, now)
    QApplication.processEvents()
    assert undisturbed(field)
    at = [row.id for row in rows].index(LayerId(layer))
    assert bare_list.visualItemRect(bare_list.item(at)).contains(field.geometry().center())
    assert [bare_list.item(each).text() for each in range(bare_list.count())] == [row.name for row in rows]
    assert [item.text() for item in bare_list.selectedItems()] == [now.upper()]
    assert told == []
    qtbot.keyClicks(field, "ence")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bare_list.currentItem().text() == now.upper())
    assert told == [(layer, "fence")]


@pytest.mark.parametrize("rows", [(A, C), (NEW,), ()])
def test_a_name_that_is_typed_for_a_layer_that_goes_lands_on_no_other(
    bare_list: LayerList, qtbot: QtBot, rows: tuple[LayerRow, ...]
) -> None:
    told: list[tuple[str, ...]] = []
    bare_list.renamed.connect(lambda *words: told.append(words))
    field = typing(bare_list, "b", "fog", qtbot)
    bare_list.show_rows(rows, rows[0].id if rows else None)
    QApplication.processEvents()
    assert not field.isVisible()
    assert told == []


def test_a_key_that_goes_to_another_layer_ends_the_typing_there(bare_list: LayerList, qtbot: QtBot) -> None:
    field = typing(bare_list, "a", "fog", qtbot)
    bare_list.show_rows((NEW, A, B, C), "new")
    with qtbot.waitSignal(bare_list.chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert chosen.args == ["b"]
    assert bare_list.currentItem().text() == "B"


def test_a_name_is_typed_while_a_result_is_applied(layers: LayersPanel, desk: FakeDesk, qtbot: QtBot) -> None:
    view = desk.document_view()
    assert view is not None
    many = tuple(replace(view.layers[0], id=LayerId(str(number)), name=str(number)) for number in range(40))
    desk.show_document(replace(view, layers=many, active=many[20].id))
    QApplication.processEvents()
    field = typing(layers.list, "20", "fog", qtbot)
    before = field.geometry()
    desk.show_document(replace(view, layers=(NEW, *many), active=NEW.id))
    QApplication.processEvents()
    assert undisturbed(field)
    assert field.geometry() == before
    desk.calls.clear()
    there = layers.list.visualItemRect(layers.list.item(20)).center()
    qtbot.mouseClick(layers.list.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert desk.calls == [("set_layer", "20", {"name": "fog"}), ("select_layer", "19")]


def test_space_hides_the_layer(layers: LayersPanel, desk: FakeDesk, qtbot: QtBot) -> None:
    qtbot.keyClick(layers.list, Qt.Key.Key_Space)
    assert desk.called("set_layer") == [("a", {"visible": False})]


def test_news_do_not_choose_a_layer_by_themselves(layers: LayersPanel, desk: FakeDesk) -> None:
    view = desk.document_view()
    assert view is not None
    fresh = LayerRow(id=view.layers[0].id, name="another", note="generated", opacity=0.5)
    desk.show_document(replace(view, layers=(fresh, *view.layers[1:])))
    desk.show_document(replace(view, layers=view.layers[1:], active=view.layers[1].id))
    assert not desk.called("select_layer")
    assert layers.list.count() == 2


def test_opacity_and_blend_of_the_active_layer(layers: LayersPanel, desk: FakeDesk) -> None:
    layers.opacity.changed.emit(40.0)
    layers.blend.activated.emit(layers.blend.findData("multiply"))
    assert desk.called("set_layer") == [("a", {"opacity": 0.4}), ("a", {"blend": "multiply"})]


def test_history_goes_to_a_step_on_a_click(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    window.commands.run("panel.history")
    panel = window.history.made()
    assert isinstance(panel, HistoryPanel)
    qtbot.waitUntil(panel.list.isVisible)
    assert next(panel.list.item(at).text() for at in range(panel.list.count())) == "Open friends.jpg"
    qtbot.mouseClick(
        panel.list.viewport(), Qt.MouseButton.LeftButton, pos=panel.list.visualItemRect(panel.list.item(1)).center()
    )
    assert desk.called("go_to") == [(1,)]


@pytest.fixture
def masks(window: MainWindow, qtbot: QtBot) -> MaskList:
    window.commands.run("panel.masks")
    panel = window.masks.made()
    assert isinstance(panel, MasksPanel)
    qtbot.waitUntil(panel.list.isVisible)
    panel.list.setCurrentRow(0)
    panel.list.setFocus()
    return panel.list


def test_masks_are_listed_with_their_share(masks: MaskList) -> None:
    assert masks.item(0).text() == "dog"


@pytest.mark.parametrize(
    ("held", "how"),
    [
        (Qt.KeyboardModifier.NoModifier, Combine.REPLACE),
        (Qt.KeyboardModifier.ShiftModifier, Combine.ADD),
        (Qt.KeyboardModifier.AltModifier, Combine.SUBTRACT),
    ],
)
def test_a_kept_mask_is_used_added_or_taken_away(
    masks: MaskList, desk: FakeDesk, qtbot: QtBot, held: Qt.KeyboardModifier, how: Combine
) -> None:
    at = masks.visualItemRect(masks.item(0)).center()
    qtbot.mouseDClick(masks.viewport(), Qt.MouseButton.LeftButton, held, at)
    qtbot.keyClick(masks, Qt.Key.Key_Return, held)
    assert desk.called("use_mask") == [("dog", how)] * 2


def test_a_kept_mask_is_deleted_by_its_key(masks: MaskList, desk: FakeDesk, qtbot: QtBot) -> None:
    qtbot.keyClick(masks, Qt.Key.Key_Delete)
    assert desk.called("delete_mask") == [("dog",)]


def test_a_kept_mask_is_renamed_though_its_thumbnail_comes_meanwhile(
    masks: MaskList, desk: FakeDesk, qtbot: QtBot
) -> None:
    view = desk.document_view()
    assert view is not None
    qtbot.keyClick(masks, Qt.Key.Key_F2)
    field = masks.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "puppy")
    desk.show_document(replace(view, masks=(replace(view.masks[0], share=0.5), *view.masks[1:])))
    assert field.text() == "puppy"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.called("rename_mask") == [("dog", "puppy")])


def test_the_menu_of_a_kept_mask_has_all_that_can_be_done_with_it(masks: MaskList, desk: FakeDesk) -> None:
    masks.customContextMenuRequested.emit(masks.visualItemRect(masks.item(0)).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for action in menu.actions():
        if "F2" not in action.text():
            action.trigger()
    menu.close()
    assert desk.called("use_mask") == [("dog", how) for how in Combine]
    assert desk.called("delete_mask") == [("dog",)]
