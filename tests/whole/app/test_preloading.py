"""What is loaded where: what touches the toolkit on the window's thread, step by step and before it is asked for, the
rest on another, and little for a terminal that only asks."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.whole.conftest import Desk

PHOTO = Path(__file__).resolve().parents[2] / "photos" / "small_friends_by_Aitzol_Berasategi.jpg"

WATCH = """
import json, sys, threading
from enum import EnumType
from studio.app.run import run
from studio.ui import toolkit
found = []  # what was done, on the window's thread or not, and to which module or class
def tell(what, name):
    found.append((what, threading.current_thread() is threading.main_thread(), name))
class Finder:
    def find_spec(self, name, path=None, target=None):
        tell("load", name)
def stepped(preload):
    async def watched(names):
        for name in names:
            tell("step", name)
            await preload((name,))
        tell("step", "")
    return watched
load = toolkit.load_toolkit
def loaded():
    load()
    make = EnumType._create_
    def made(kind, name, names, **others):
        tell("make", name)
        return make(kind, name, names, **others)
    EnumType._create_ = made
    from studio.app.opening import Opening
    begin, furnish = Opening._begin, Opening._furnish
    def watch(self):
        sys.meta_path.insert(0, Finder())
        begin(self)
    async def furnished(self):
        from studio.app import preloading
        preloading.preload_between_events = stepped(preloading.preload_between_events)
        await furnish(self)
    Opening._begin, Opening._furnish = watch, furnished
toolkit.load_toolkit = loaded
run(["--demo"])
print(json.dumps(found))
"""
ALL = """
import json, pkgutil, sys
import studio.ui
import studio.ui.window
from studio.app.preloading import DIALOGS, FACE, JOBS, WORK, preload
preload(WORK + FACE + JOBS + DIALOGS)
print(json.dumps([each.name for each in pkgutil.walk_packages(studio.ui.__path__, "studio.ui.")
                  if each.name not in sys.modules]))
"""
START = {f"studio.ui.{name}" for name in ("application", "demo", "lean_enums", "posting", "signals", "toolkit")}
"""What there is before a window."""
SMALL = {"studio.ui.signals", "studio.ui.demo", "signal", "socket", "_socket", "selectors", "select", "array"}
"""What hands signals of the system over, and the demo itself."""
STEP = 10
"""How many modules of ours a step of the window may load: most take half a millisecond, a few take five."""
TOUCHING = ("PySide6", "qasync", "studio.imaging.painting", "studio.ui", "class ")
"""What only the window's thread may load or make: PySide makes its classes without a lock."""
CLOSE = """
import sys
from studio.app.run import run
from studio.ui import toolkit
load = toolkit.load_toolkit
def loaded():
    load()
    from studio.ui.window import MainWindow
    attaching = MainWindow.attaching
    def closing(self, desk):
        for number, step in enumerate(attaching(self, desk)):
            if number == int(sys.argv[1]):
                self.close()
            yield step
    MainWindow.attaching = closing
toolkit.load_toolkit = loaded
sys.exit(run([]))
"""
SLOW = """
import json, threading
import studio.app.rooms as rooms
from studio.app.run import run
from studio.ui import toolkit
told, seen = [], threading.Event()
def after(hops, work):
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, (lambda: after(hops - 1, work)) if hops else work)
load, open_library = toolkit.load_toolkit, rooms.open_library
def loaded():
    load()
    from studio.app import opening
    from studio.storage.lock import Lock
    begin, build, release = opening.Opening._begin, opening.Opening._build, Lock.release
    def built(self):
        build(self)
        def slow(*given, **named):
            self._poster.post(lambda: (self._window.close(), after(5, seen.set)))
            seen.wait()
            opened = open_library(*given, **named)
            told.append("opened")
            return opened
        rooms.open_library = slow
    def released(self):
        told.append("released")
        seen.set()
        release(self)
    opening.Opening._build, Lock.release = built, released
toolkit.load_toolkit = loaded
run([])
print(json.dumps(told))
"""
ASK = """
import json, sys
from studio.app.run import run
run([*sys.argv[1:], "--json"])
print(json.dumps(sorted(sys.modules)))
"""


def test_the_window_loads_by_steps_and_no_other_thread_touches_the_toolkit(desk: Desk) -> None:
    output, errors = desk.launch(sys.executable, "-P", "-c", WATCH, QT_QPA_PLATFORM="offscreen").communicate(timeout=90)
    assert "export: " in output, errors
    step, here, elsewhere = "", dict[str, list[str]](), set[str]()
    for what, on_window, name in json.loads(output.splitlines()[-1]):
        if what == "step":
            step = name
        elif not on_window:
            elsewhere.add(name if what == "load" else f"class {name}")
        elif what == "load":
            here.setdefault(step, []).append(name)
    between = set(here.pop("")) - SMALL
    assert {name for name in between if not name.startswith("qasync")} == set()
    assert {name for name in elsewhere if name.startswith(TOUCHING)} == set()
    assert "studio.session.application" in elsewhere
    assert "studio.ui.canvas.surface" in here
    ours = {step: [name for name in loaded if name.startswith("studio.")] for step, loaded in here.items()}
    assert {step: loaded for step, loaded in ours.items() if len(loaded) > STEP} == {}


def test_no_dialog_is_loaded_when_it_is_asked_for(desk: Desk) -> None:
    output, errors = desk.launch(sys.executable, "-P", "-c", ALL, QT_QPA_PLATFORM="offscreen").communicate(timeout=60)
    assert set(json.loads(output.splitlines()[-1])) == START, errors


def test_a_list_for_a_terminal_loads_nothing_that_works_on_pictures_or_sends(desk: Desk) -> None:
    loaded = loaded_for(desk, "jobs", "list")
    assert loaded & {"numpy", "cv2", "PIL", "PySide6", "httpx", "studio.playground.server"} == set()


def test_a_verb_that_sends_nothing_loads_nothing_that_works_on_pictures_either(desk: Desk) -> None:
    loaded = loaded_for(desk, "gallery", "trash", "none")
    assert loaded & {"numpy", "cv2", "PIL", "PySide6", "httpx"} == set()


def test_a_verb_that_sends_loads_no_command_line_but_ours(desk: Desk) -> None:
    loaded = loaded_for(desk, "jobs", "resume")
    assert "httpx" in loaded
    assert loaded & {"click", "rich", "pygments"} == set()


def test_an_order_with_one_picture_does_not_load_the_toolkit(desk: Desk) -> None:
    loaded = loaded_for(desk, "edit", "--image", PHOTO, "--prompt", "extend", "--set", "left=16", "--output", ".")
    assert {"numpy", "cv2", "PIL"} <= loaded
    assert "PySide6" not in loaded
    assert list(desk.home.glob("*.png"))


def loaded_for(desk: Desk, *words: str | Path) -> set[str]:
    """The modules that a program has loaded that was started with these words."""
    output, errors = desk.launch(sys.executable, "-P", "-c", ASK, *words).communicate(timeout=60)
    loaded = set(json.loads(output.splitlines()[-1]))
    assert "studio.app.rooms" in loaded, errors
    return loaded


@pytest.mark.parametrize("step", [0, 4, 9])
def test_a_window_that_is_closed_while_it_gets_its_session_ends_as_any_other(desk: Desk, step: int) -> None:
    window = desk.launch(sys.executable, "-P", "-c", CLOSE, str(step), QT_QPA_PLATFORM="offscreen")
    _, errors = window.communicate(timeout=60)
    assert (window.returncode, said(errors)) == (0, [])


def test_a_window_that_is_closed_while_its_library_is_opened_keeps_the_lock_until_that_is_done(desk: Desk) -> None:
    output, errors = desk.launch(sys.executable, "-P", "-c", SLOW, QT_QPA_PLATFORM="offscreen").communicate(timeout=60)
    assert json.loads(output.splitlines()[-1]) == ["opened", "released"], errors


def said(errors: str) -> list[str]:
    """Without what the toolkit says of a platform that has no screen."""
    return [line for line in errors.splitlines() if "propagateSizeHints" not in line]
