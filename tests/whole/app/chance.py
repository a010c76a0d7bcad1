"""Uses the real window at random: commands, strokes, keys, buttons, fields, drops, orders to a server with faults.

`python -m tests.whole.app.chance use SEED STEPS` with an environment that has URL and KEY of a server; the program's
own folders are those of the user. When it has ended it prints one JSON line: what was done last, and what went wrong
(exceptions anywhere, errors in the log). The same seed chooses the same things, but what they meet hangs on how long
all else takes. `... chance serve SEED FAULTS` is such a server, until its input ends; then it tells how often it
charged.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import threading
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDrag, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from studio.app.run import run
from studio.domain.ids import ProviderId
from studio.session.face.commands import COMMANDS
from studio.storage.folders import Folders
from studio.ui.window import MainWindow
from tests.whole.providers.faults import SERVERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.session.face.desk import Desk

    Choice = Callable[[], object]

Kind = TypeVar("Kind", bound=QWidget)

PICTURES = Path(__file__).resolve().parents[2] / "photos"
PHOTO = PICTURES / "small_friends_by_Aitzol_Berasategi.jpg"
SERVER = ProviderId("chance")
ODD = tuple(map(os.path.abspath, ("clear.png", "one pixel.tif", "flat.gif", "printed.jpg")))
STEP_MS, FREE_MS, REST_MS = 5, 150, 2000
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_X, Qt.Key.Key_B, Qt.Key.Key_5, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight),
)
HELD = (*(Qt.KeyboardModifier.NoModifier,) * 4, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier)
PROMPTS = ("remove", "extend", "cut out", "a red bicycle", "", "x" * 5000, "ünïcode 🦊")
TEXTS = ("", "12", "abc", "-5", "99999999999", "https://x.y/v1", "ü" * 50)


class Wrong(list[str]):
    """What went wrong, wherever it did."""

    def listen(self) -> None:
        """To all that nobody catches."""
        sys.excepthook = lambda _kind, error, _trace: self.note(error)
        sys.unraisablehook = lambda seen: self.note(seen.exc_value)
        threading.excepthook = lambda seen: self.note(seen.exc_value)

    def note(self, error: BaseException | None) -> None:
        """One of them."""
        self.append("".join(traceback.format_exception(error)) if error is not None else "an error without a name")

    def read(self, folder: Path) -> None:
        """What the log has of errors."""
        for log in sorted(folder.glob("*")):
            text = log.read_text(encoding="utf-8")
            self.extend(text[at : at + 3000] for at in _places(text, " ERROR "))


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


class Chance:
    """One step after the other, until there were enough."""

    def __init__(self, window: MainWindow, seed: int, steps: int, wrong: Wrong) -> None:
        self._window, self._left, self._wrong = window, steps, wrong
        self._random = random.Random(seed)
        self.done: list[str] = []
        self._within = False
        self._choices: dict[str, tuple[int, Choice]] = {
            "command": (16, self._command),
            "pointer": (16, self._pointer),
            "button": (14, self._button),
            "dialog": (10, self._dialog),
            "key": (6, self._key),
            "field": (6, self._field),
            "order": (6, self._order),
            "model": (4, self._model),
            "row": (4, self._row),
            "drop": (2, self._drop),
            "clipboard": (1, self._clipboard),
            "size": (1, lambda: window.resize(self._random.randrange(600, 2000), self._random.randrange(400, 1200))),
        }
        self._steps = self._timer(STEP_MS, self._step)
        self._timer(FREE_MS, self._free).start()
        self._begun = self._timer(50, self._begin)
        self._begun.start()

    def _timer(self, milliseconds: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self._window)
        timer.setInterval(milliseconds)
        timer.timeout.connect(work)
        return timer

    @property
    def _desk(self) -> Desk:
        assert self._window.desk is not None
        return self._window.desk

    def _begin(self) -> None:
        """Once there is a picture: a provider, and when its models are there, the steps."""
        providers = self._desk.providers
        if self._desk.canvas.size() is None:
            return
        if not providers.rows():
            providers.add("openai", url=f"{os.environ['URL']}/openai/v1", provider=SERVER)
            providers.give_key(SERVER, os.environ["KEY"], session_only=True)
        elif any(each.provider == SERVER for each in self._desk.form_view().models):
            self._begun.stop()
            self._steps.start()

    def _step(self) -> None:
        if self._within:
            return
        if not self._left:
            self._steps.stop()
            for each in _others(self._window):
                each.close()
            QTimer.singleShot(REST_MS, self._window, self._window.close)
            return
        self._left -= 1
        weights = [weight for weight, _ in self._choices.values()]
        (name,) = self._random.choices(list(self._choices), weights)
        self._within = True
        try:
            self.done.append(f"{name} {self._choices[name][1]() or ''}")
        except Exception as error:
            self._wrong.note(error)
        finally:
            self._within = False

    def _free(self) -> None:
        """Out of loops that wait for a hand: menus, drags and the file dialog's own questions within a step."""
        if self._within:
            QDrag.cancel()
            waiting = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if waiting is not None:
                waiting.close()

    def _one(self, those: list[Kind]) -> Kind | None:
        return self._random.choice(those) if those else None

    def _seen(self, kind: type[Kind], root: QWidget | None = None) -> list[Kind]:
        roots = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        found = (root or self._random.choice(roots or [self._window])).findChildren(kind)
        return [each for each in found if each.isVisible() and each.isEnabled()]

    def _command(self) -> str:
        command = self._random.choice([each.id for each in COMMANDS if each.id != "file.quit"])
        self._window.commands.run(command)
        return command

    def _pointer(self) -> str:
        surface = self._window.canvas.surface

        def somewhere() -> QPoint:
            return QPoint(self._random.randrange(surface.width() or 1), self._random.randrange(surface.height() or 1))

        button = self._random.choice((*(Qt.MouseButton.LeftButton,) * 6, Qt.MouseButton.RightButton))
        held = self._random.choice(HELD)
        kind = self._random.choice(("click", "double", "press", "release", "stroke", "stroke", "stroke"))
        if kind in ("press", "stroke"):
            QTest.mousePress(surface, button, held, somewhere())
        for _ in range(self._random.randrange(1, 6) if kind == "stroke" else 0):
            QTest.mouseMove(surface, somewhere())
        if kind in ("release", "stroke"):
            QTest.mouseRelease(surface, button, held, somewhere())
        if kind == "click":
            QTest.mouseClick(surface, button, held, somewhere())
        if kind == "double":
            QTest.mouseDClick(surface, button, held, somewhere())
        self._close_menus()
        return kind

    def _close_menus(self) -> None:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu) and self._random.random() < 0.4:
            actions = [each for each in popup.actions() if each.isEnabled() and each.text() and not each.menu()]
            chosen = self._random.choice(actions) if actions else None
            if chosen is not None and "uit" not in chosen.text():
                chosen.trigger()
        if popup is not None:
            popup.close()

    def _button(self, root: QWidget | None = None) -> str:
        button = self._one(self._seen(QAbstractButton, root))
        if button is None:
            return ""
        name = f"{type(button).__name__} {button.accessibleName() or button.text()}"
        QTimer.singleShot(0, self._window, self._close_menus)
        button.click()
        self._close_menus()
        return name

    def _dialog(self) -> str:
        dialog = self._one(_others(self._window))
        if dialog is None:
            return ""
        name = type(dialog).__name__
        if isinstance(dialog, QFileDialog):
            self._choose_file(dialog)
            return name
        way = self._random.randrange(5)
        if way < 2:
            dialog.close()
        elif way < 4:
            name = f"{name}: {self._button(dialog)}"
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return name

    def _path(self) -> str:
        return str(self._random.choice((PHOTO, *ODD)))

    def _choose_file(self, dialog: QFileDialog) -> None:
        if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave:
            name = f"saved {self._random.randrange(5)}.{dialog.defaultSuffix() or 'png'}"
            dialog.fileSelected.emit(os.path.abspath(name))
        elif self._random.random() < 0.5:
            path = self._path()
            dialog.fileSelected.emit(path)
            dialog.filesSelected.emit([path])
        dialog.reject()

    def _key(self) -> str:
        target = QApplication.focusWidget() or self._window
        key, name = self._random.choice(KEYS), type(target).__name__
        (QTest.keyPress if self._random.random() < 0.3 else QTest.keyClick)(target, key, self._random.choice(HELD))
        self._close_menus()
        return f"{name} {key.name}"

    def _field(self) -> str:
        kinds = (QComboBox, QLineEdit, QPlainTextEdit, QAbstractSlider)
        field = self._one([each for kind in kinds for each in self._seen(kind)])
        text = self._random.choice(TEXTS)
        if isinstance(field, QComboBox) and field.count():
            field.setCurrentIndex(self._random.randrange(field.count()))
            field.activated.emit(field.currentIndex())
        elif isinstance(field, QLineEdit):
            field.setText(text)
            field.textEdited.emit(text)
            if self._random.random() < 0.5:
                QTest.keyClick(field, Qt.Key.Key_Return)
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        elif isinstance(field, QAbstractSlider):
            field.setValue(self._random.randint(field.minimum(), field.maximum()))
        return type(field).__name__

    def _order(self) -> None:
        if self._random.random() < 0.5:
            self._desk.form.set_prompt(self._random.choice(PROMPTS))
        if self._random.random() < 0.5:
            paid = [each for each in self._desk.form_view().models if each.provider == SERVER]
            self._desk.form.set_model(self._random.choice(paid).id, SERVER)
        self._desk.form.set_count(self._random.choice((1, 1, 2, 4)))
        self._desk.perform("generate.run")

    def _model(self) -> str:
        model = self._random.choice(self._desk.form_view().models)
        self._desk.form.set_model(model.id, model.provider)
        return str(model.id)

    def _row(self) -> str:
        view = self._one([each for each in self._seen(QAbstractItemView) if each.model() and each.model().rowCount()])
        if view is None:
            return ""
        index = view.model().index(self._random.randrange(view.model().rowCount()), 0)
        view.setCurrentIndex(index)
        at = view.visualRect(index).center()
        click = QTest.mouseDClick if self._random.random() < 0.3 else QTest.mouseClick
        click(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self._close_menus()
        return type(view).__name__

    def _drop(self) -> str:
        target = self._one([each for each in self._window.findChildren(QWidget) if each.acceptDrops()])
        if target is None:
            return ""
        left, free, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        at, mime = target.rect().center(), self._files()
        target.dragEnterEvent(QDragEnterEvent(at, copy, mime, left, free))
        target.dropEvent(QDropEvent(QPointF(at), copy, mime, left, free))
        return type(target).__name__

    def _files(self) -> QMimeData:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(self._random.choice((self._path(), self._path(), __file__, "/nowhere.png")))])
        return mime

    def _clipboard(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if self._random.random() < 0.5:
            clipboard.setMimeData(self._files())
        else:
            clipboard.clear()


def draw_odd() -> None:
    """Pictures unlike a photo, in the folder that is current."""
    clear = Image.new("RGBA", (640, 480), (200, 40, 10, 255))
    clear.paste((10, 200, 90, 80), (100, 100, 400, 300))
    clear.paste((0, 0, 0, 0), (400, 0, 640, 480))
    for path, picture in zip(
        ODD, (clear, Image.new("L", (1, 1)), Image.new("P", (2000, 3)), Image.new("CMYK", (300, 700))), strict=True
    ):
        picture.save(path)


def _others(window: QWidget) -> list[QWidget]:
    found = (each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window)
    return [each for each in found if not isinstance(each, QMenu)]


def use(seed: int, steps: int) -> int:
    """Until the window is closed; the program's exit status."""
    wrong, made = Wrong(), list[Chance]()
    wrong.listen()
    QDesktopServices.openUrl = staticmethod(lambda _: True)  # pyright: ignore[reportAttributeAccessIssue]  no browser here
    attaching = MainWindow.attaching

    def attached(self: MainWindow, desk: Desk) -> Iterator[None]:
        yield from attaching(self, desk)
        made.append(Chance(self, seed, steps, wrong))

    MainWindow.attaching = attached
    draw_odd()
    status = run([str(PHOTO)])
    wrong.read(Folders.at(None).log)
    QGuiApplication.clipboard().clear()
    print(json.dumps({"last": made[0].done[-12:], "steps": len(made[0].done), "wrong": wrong}), flush=True)
    return status


async def serve(seed: int, faults: int) -> None:
    """A server that has faults for so many orders, and then none."""
    from studio.playground.server import Playground

    chosen = random.Random(seed)
    async with await Playground.start() as playground:
        for each in chosen.choices(list(SERVERS.values()), k=faults):
            playground.faults.add(replace(each, method="POST", path="/images", times=1))
        print(json.dumps({"url": playground.url, "key": playground.key}), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        print(json.dumps({"charged": len(playground.ledger.charges)}), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        asyncio.run(serve(int(sys.argv[2]), int(sys.argv[3])))
    else:
        sys.exit(use(int(sys.argv[2]), int(sys.argv[3])))
