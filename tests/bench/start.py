"""How long from the spawn of the process to the first painted frame, against a bare QMainWindow of the same toolkit.

Run `python -m tests.bench.start [runs]`: offscreen, and on the display too where there is one (`xvfb-run` brings one).
Bare, ours with empty folders and ours with used ones (a result in the gallery, a recent file, the panels'
arrangement kept) start in turn; each process ends right after its first paint event was processed. Ours takes the
program's own path, and is stopped where it would begin to build the session. One JSON line a platform tells the
medians of wall and processor time, the ratios pair by pair, the peak memory, and which modules that must wait were
loaded.
"""

from __future__ import annotations

import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import studio
from studio.app.ground import resources
from studio.domain.settings import Settings
from studio.storage.settings import SettingsFile

RUNS = 15
LATE = (
    *("numpy", "cv2", "httpx", "keyring", "PIL", "qasync", "asyncio", "scipy", "msgspec", "tomlkit"),
    *("sqlite3", "ssl", "multiprocessing"),
)
"""None of these may be loaded at the first frame."""

TELL = """
import os, sys, time
def tell():
    now = time.monotonic()
    print(now, *sys.modules, flush=True)
    os._exit(0)
"""
BARE = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
{TELL}
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, tell)
app = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""
OURS = f"""
import sys
from studio.app.run import run
from studio.ui import toolkit
{TELL}
load = toolkit.load_toolkit
def loaded():
    load()
    from studio.app import opening
    opening.Opening._begin = lambda self: END
toolkit.load_toolkit = loaded
sys.exit(run(sys.argv[1:]))
"""
"""The program's own path; what it does once the first frame was painted is replaced by END."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One start: milliseconds from spawn to frame, milliseconds of processor, peak MB, modules loaded."""

    wall: float
    cpu: float
    peak: float
    loaded: frozenset[str]


def started(code: str, environment: dict[str, str]) -> Start:
    """Run one process to its first frame."""
    began = time.monotonic()
    process = subprocess.Popen(
        (sys.executable, "-P", "-c", code),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    )
    assert process.stdout is not None
    told = process.stdout.read().split()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    assert process.returncode == 0
    assert told
    return Start(
        wall=(float(told[0]) - began) * 1000,
        cpu=(used.ru_utime + used.ru_stime) * 1000,
        peak=used.ru_maxrss / 1024,
        loaded=frozenset(told[1:]),
    )


def make_used(home: Path, environment: dict[str, str]) -> None:
    """A user's folders as a day's work leaves them: gallery, recent files, and where the panels stand."""
    photo = str(resources() / "sample" / "friends.jpg")
    edit = ("edit", "--image", photo, "--prompt", "cut out", "--output", str(home / "out"))
    quietly(("-m", "studio", *edit), environment)
    settings = home / "config" / "overpaint" / "settings.toml"
    SettingsFile(settings).save(Settings(recent=(photo, str(home / "out" / "gone.png"))))
    quietly(("-P", "-c", OURS.replace("END", "self._window.close()")), environment)
    assert settings.with_name("window.ini").exists()


def quietly(arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    """Run Python to its end."""
    subprocess.run((sys.executable, *arguments), check=True, capture_output=True, env=environment)


def of_user(home: Path, platform: str) -> dict[str, str]:
    """The environment of a user whose folders lie below `home`."""
    strangers = ("QT_", "XDG_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(strangers)}
    places = {f"XDG_{name.upper()}_HOME": str(home / name) for name in ("config", "data", "cache", "state")}
    source = str(Path(studio.__path__[0]).parent)
    return kept | places | {"QT_QPA_PLATFORM": platform, "PYTHONPATH": source}


def measured(platform: str, runs: int) -> dict[str, object]:
    """All starts on one platform; the first of each warms the caches and does not count."""
    # As an installation does: a start that has to compile is another measurement.
    compileall.compile_dir(str(Path(studio.__path__[0])), quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        homes = {name: of_user(Path(folder, name), platform) for name in ("bare", "empty", "used")}
        make_used(Path(folder, "used"), homes["used"])
        found: dict[str, list[Start]] = {name: [] for name in homes}
        for run in range(runs + 1):
            for name, environment in homes.items():
                start = started(BARE if name == "bare" else OURS.replace("END", "tell()"), environment)
                if run:
                    found[name].append(start)
    return {"platform": platform, "runs": runs} | told(found)


def told(found: dict[str, list[Start]]) -> dict[str, object]:
    """Medians, and the ratios to the bare window that started just before."""
    report: dict[str, object] = {}
    bare = found["bare"]
    for name, starts in found.items():
        report[f"{name}_ms"] = round(statistics.median(each.wall for each in starts), 1)
        report[f"{name}_cpu_ms"] = round(statistics.median(each.cpu for each in starts), 1)
        report[f"{name}_peak_mb"] = round(statistics.median(each.peak for each in starts), 1)
        if name != "bare":
            pairs = list(zip(starts, bare, strict=True))
            report[f"{name}_ratio"] = round(statistics.median(one.wall / two.wall for one, two in pairs), 2)
            report[f"{name}_cpu_ratio"] = round(statistics.median(one.cpu / two.cpu for one, two in pairs), 2)
            report[f"{name}_too_early"] = sorted(set(LATE) & starts[-1].loaded)
    return report


def main() -> None:
    """A line for each platform that there is."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    platforms = ["offscreen", *(["xcb"] if os.environ.get("DISPLAY") else [])]
    for platform in platforms:
        print(json.dumps(measured(platform, runs)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
