from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, Qt, QUrl
from PySide6.QtWidgets import QAbstractButton, QLabel

from studio.domain.capabilities import Parameter, ParameterKind
from studio.domain.catalogue import problem
from studio.session.face.views import ReferenceRow, RunView
from studio.ui.generate.offers import Kind
from studio.ui.generate.picker import ModelPicker
from studio.ui.widgets.numbers import NumberField, computed
from studio.ui.widgets.segmented import Segmented
from tests.fakes.desk_scene import PAID_MODEL, filled_desk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk


def paid(desk: FakeDesk) -> None:
    desk.show_form(filled_desk(paid=True, pictures=False).form_view())


def test_news_leave_caret_and_text_alone(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    prompt = window.generate.prompt
    prompt.edited.connect(lambda text: desk.show_form(replace(desk.form_view(), prompt=text)))
    words = "a wooden fence in the evening light"
    for at, letter in enumerate(words):
        qtbot.keyClicks(prompt, letter)
        desk.show_jobs(desk.job_cards()[: at % 3])
        desk.show_gallery(desk.gallery_view())
        desk.show_form(replace(desk.form_view(), count=at % 4 + 1))
    assert prompt.toPlainText() == words
    assert prompt.textCursor().position() == len(words)


def test_the_prompt_grows_to_four_lines(window: MainWindow, qtbot: QtBot) -> None:
    prompt = window.generate.prompt
    qtbot.waitUntil(lambda: prompt.height() == prompt.sizeHint().height())
    low = prompt.height()
    prompt.setPlainText("one\ntwo\nthree\nfour\nfive\nsix")
    qtbot.waitUntil(lambda: prompt.height() > low)
    line = prompt.fontMetrics().lineSpacing()
    assert prompt.height() - low == 2 * line


def test_price_and_reason_are_on_the_button(window: MainWindow, desk: FakeDesk) -> None:
    run = window.generate.run
    assert run.button.text() == "Run · free"
    paid(desk)
    assert run.button.text() == "Run · about $0.12"
    desk.show_form(replace(desk.form_view(), run=RunView(free=False, reason="Paint over what should change.")))
    assert run.button.text() == "Run · price unknown"
    assert run.button.dimmed
    assert run.button.accessibleDescription() == "Paint over what should change."


def test_the_time_that_a_run_takes_is_told_where_it_is_known(window: MainWindow, desk: FakeDesk) -> None:
    desk.show_jobs(())
    run = RunView(enabled=True, expected=(20.0, 40.0))
    desk.show_form(replace(desk.form_view(), run=run))
    captions = [each.text() for each in window.generate.run.findChildren(QLabel)]
    assert any(words.startswith("about 20 to 40 s") for words in captions)
    desk.show_form(replace(desk.form_view(), run=replace(run, expected=None)))
    captions = [each.text() for each in window.generate.run.findChildren(QLabel)]
    assert not any("about" in words for words in captions)


def test_the_form_is_built_from_the_parameters(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    parameters = (
        Parameter(name="size", label="Size", kind=ParameterKind.CHOICE, values=("auto", "1:1"), default="auto"),
        Parameter(name="style", label="Style", kind=ParameterKind.CHOICE, values=tuple(f"style {n}" for n in range(9))),
        Parameter(name="steps", label="Steps", kind=ParameterKind.INTEGER, minimum=1, maximum=50, default=20),
        Parameter(name="face", label="Faces", kind=ParameterKind.FLAG, default=True),
        Parameter(name="avoid", label="Avoid", kind=ParameterKind.TEXT),
    )
    desk.show_form(replace(desk.form_view(), model=PAID_MODEL, parameters=parameters, values=(("steps", 30),)))
    form = window.generate.parameters
    size = next(each for each in form.findChildren(Segmented) if each.accessibleName() == "Size")
    qtbot.mouseClick(size.segment("1:1"), Qt.MouseButton.LeftButton)
    steps = next(each for each in form.findChildren(NumberField) if each.accessibleName() == "Steps")
    assert steps.value() == 30
    steps.setValue(12)
    faces = next(each for each in form.findChildren(QAbstractButton) if each.accessibleName() == "Faces")
    assert faces.isChecked()
    faces.click()
    assert desk.called("set_parameter") == [("size", "1:1"), ("steps", 12), ("face", False)]


def test_controls_stay_the_same_while_the_model_stays(window: MainWindow, desk: FakeDesk) -> None:
    before = set(window.generate.parameters.findChildren(Segmented))
    desk.show_form(replace(desk.form_view(), count=1))
    assert set(window.generate.parameters.findChildren(Segmented)) == before


def test_seed_and_variations(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    form = window.generate.parameters
    count = next(each for each in form.findChildren(Segmented) if each.accessibleName() == "Variations")
    qtbot.mouseClick(count.segment(2), Qt.MouseButton.LeftButton)
    assert desk.called("set_count") == [(2,)]
    dice = next(each for each in form.findChildren(QAbstractButton) if "Draw a seed" in each.accessibleName())
    dice.click()
    ((seed,),) = desk.called("set_seed")
    assert isinstance(seed, int)
    assert 0 <= seed < 2**31


def test_sums_can_be_typed(qtbot: QtBot) -> None:
    assert computed("1024*1.5") == 1536
    assert computed("(2+3)*4") == 20
    assert computed("__import__('os')") is None
    assert computed("9**9") is None
    field = NumberField("Width", low=1, high=4000, suffix=" px")
    qtbot.addWidget(field)
    field.selectAll()
    qtbot.keyClicks(field, "1024*1.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 1536


def test_references_take_files_and_raw_bytes(window: MainWindow, desk: FakeDesk) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/pictures/tree.jpg")])
    window.commands.take_references(mime)
    raw = QMimeData()
    raw.setData("image/png", QByteArray(b"\x89PNG as it came"))
    window.commands.take_references(raw)
    assert desk.called("add_reference_file") == [("/pictures/tree.jpg",)]
    assert desk.called("add_reference") == [(b"\x89PNG as it came", "clipboard.png")]


def test_the_tray_says_when_the_model_takes_none(window: MainWindow, desk: FakeDesk) -> None:
    tray = window.generate.references
    assert tray.count.text() == "model takes none"
    paid(desk)
    assert tray.count.text() == "1 of 4"
    thumbs = [each for each in tray.findChildren(QAbstractButton) if each.accessibleName().startswith("Reference ")]
    assert [each.accessibleName() for each in thumbs] == ["Reference 1: aitzgorri.jpg, on", "Reference 2: fig.jpg, off"]
    thumbs[0].click()
    assert desk.called("set_reference") == [("r1", False)]


def test_references_are_moved_and_removed_by_keys(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    paid(desk)
    rows = (*desk.form_view().references, ReferenceRow(id="r3", name="third"))
    desk.show_form(replace(desk.form_view(), references=rows))
    tray = window.generate.references
    last = next(each for each in tray.findChildren(QAbstractButton) if "third" in each.accessibleName())
    qtbot.keyClick(last, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(last, Qt.Key.Key_Delete)
    assert desk.called("move_reference") == [("r3", 1)]
    assert desk.called("remove_reference") == [("r3",)]


def test_the_picker_finds_a_model_and_takes_it(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    picker = ModelPicker(desk.form_view(), window.generate.model)
    qtbot.addWidget(picker)
    taken: list[tuple[str, str]] = []
    picker.chosen.connect(lambda model, provider: taken.append((model, provider)))
    picker.open_below(window.generate.model)
    picker.search.setText("nanogpt")
    assert [offer.title for offer in picker.offers.offers() if offer.kind is Kind.MODEL] == ["GPT Image 2"]
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert taken == [("gpt-image-2", "nanogpt")]


def test_a_problem_is_shown_in_place_with_its_button(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.show_form(replace(desk.form_view(), problem=problem("prompt-needs-provider")))
    box = window.generate.run.problem
    assert box.isVisible()
    button = next(each for each in box.findChildren(QAbstractButton) if each.accessibleName() == "Clear prompt")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.called("perform") == [("prompt.clear",)]
    desk.show_form(replace(desk.form_view(), problem=None))
    assert not box.isVisible()


def test_cancel_ends_the_running_job(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    button = next(
        each for each in window.generate.run.findChildren(QAbstractButton) if each.accessibleName().startswith("Cancel")
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.called("cancel_job") == [("j2",)]
