"""Runs the checks and the rings of tests, cheapest first, and stops at the first that fails.

Started by test.sh inside the environment that it made. The last line counts all tests of all rings.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from defusedxml import ElementTree

if TYPE_CHECKING:
    from collections.abc import Collection

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
USAGE = "usage: test.sh [--long | --peers] [checks] [core] [gui] [whole] [kill] [krita]"
RINGS = ("checks", "core", "gui", "whole", "kill", "krita")
HOUSE = "tests/core/house"
"""Tests that read the sources."""
PEERS = "peers"
"""A ring of its own, that only `--peers` runs: it needs programs of others."""

# The core ring is two plain runs side by side: to give out one list of tests by messages takes a fifth of the time, as
# both sides read all of them and tell of each. The rooms named here are one half of the work.
CORE = "tests/core"
WIRE = f"{CORE}/wire"
HALF = tuple(f"{CORE}/{room}" for room in ("engine", "framing", "imaging", "storage"))
INSTEAD = tuple(f"{CORE}/{room}" for room in ("document", "jobs"))
"""Rooms of that half where the other one has the protocols."""
# The plugins that the core ring uses: the others would take as long to load as many tests, Qt with them. To listen to
# the log takes a fifth of what pytest does for a test; of one that fails, what was logged is seen all the same.
LEAN = ("--disable-plugin-autoload", "-p", "timeout", "-p", "hypothesispytest", "-p", "no:logging")
# Every branch of the protocols is taken by their own tests: what a server sends is nobody's to choose.
BRANCHES = (
    "-p",
    "pytest_cov",
    "--cov=studio/wire",
    "--cov-branch",
    "--cov-fail-under=100",
    "--cov-report=term-missing:skip-covered",
)

# A real secret service for the tests that need one: a bus of its own and a keyring that is unlocked.
WITH_KEYRING = (
    "dbus-run-session",
    "--",
    "sh",
    "-c",
    'printf "test\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"',
    "sh",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One command; `counts` marks runs of pytest whose tests are added up."""

    command: tuple[str, ...]
    counts: bool = False

    def status(self, environment: dict[str, str], report: Path, words: IO[bytes] | None = None) -> int:
        """Runs it; returns its exit status. What it says goes to `words`, or straight to the reader."""
        extra = (f"--junit-xml={report}",) if self.counts else ()
        errors = None if words is None else subprocess.STDOUT
        command = (*self.command, *extra)
        return subprocess.run(command, cwd=ROOT, env=environment, stdout=words, stderr=errors).returncode


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of the ladder: a run, and others that run one after the other beside it, on the second processor."""

    ring: str
    name: str
    run: Run
    beside: tuple[Run, ...] = ()
    needs: str | None = None

    def climbed(self, environment: dict[str, str], reports: Path) -> int:
        """Does all its runs; returns the first exit status that is not 0. What those beside say comes at the end."""
        with tempfile.TemporaryFile() as words, ThreadPoolExecutor(1) as other:
            beside = other.submit(self._beside, environment, reports, words)
            status = self.run.status(environment, reports / f"{self.ring}.xml")
            later = beside.result()
            words.seek(0)
            print(words.read().decode(errors="replace"), end="", flush=True)
        return status or later

    def _beside(self, environment: dict[str, str], reports: Path, words: IO[bytes]) -> int:
        for number, run in enumerate(self.beside):
            status = run.status(environment, reports / f"{self.ring}-{number}.xml", words)
            if status:
                return status
        return 0


@dataclass(slots=True, kw_only=True)
class Tally:
    """How many tests ended how, over all rings."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Adds the tests of one JUnit report."""
        root = ElementTree.parse(report).getroot()
        for suite in () if root is None else root.iter("testsuite"):
            bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            self.failed += bad
            self.skipped += skipped
            self.passed += int(suite.get("tests", 0)) - bad - skipped

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def stages(long: bool, chosen: Collection[str] = RINGS) -> list[Stage]:
    """The whole ladder in order; its stages are made so that those of the chosen rings take the least time together."""
    tool = str(BIN)
    marks = "not krita" if long else "not krita and not long"
    pytest = (sys.executable, "-m", "pytest", "--quiet")
    both = (*pytest, "-n", "2", "-m", marks)
    # Tests that mostly wait, for a painted frame or for an instant to kill at, leave a processor idle.
    waiting = (*pytest, "-n", "3", "-m", marks)
    core = (*quick_disk(), *pytest, *LEAN, "-m", marks)
    house = Run(command=(*pytest, HOUSE), counts=True)
    branches = Run(command=(*core, *BRANCHES, WIRE), counts=True)
    # Tests of the protocols that the checks have run need no second run.
    rooms = HALF if "checks" in chosen else (*HALF, *INSTEAD)
    elsewhere = (HOUSE, *rooms, WIRE) if "checks" in chosen else (HOUSE, *rooms)
    rest = Run(command=(*core, CORE, *(f"--ignore={folder}" for folder in elsewhere)), counts=True)
    # To check the types takes a processor for a minute: next to nothing beside the whole ring, which leaves some idle.
    types = Run(command=("nice", "-n", "19", f"{tool}/pyright"))
    later = {"checks", "whole"} <= set(chosen)
    return [
        _step("checks", "format", f"{tool}/ruff", "format", "--check", "--quiet"),
        _step("checks", "lint", f"{tool}/ruff", "check", "--quiet"),
        _step("checks", "import law", f"{tool}/lint-imports"),
        Stage(ring="checks", name="branches of the protocols, house", run=branches, beside=(house,))
        if later
        else Stage(ring="checks", name="types, branches of the protocols, house", run=types, beside=(branches, house)),
        Stage(ring="core", name="core ring", run=rest, beside=(Run(command=(*core, *rooms), counts=True),)),
        _tests("gui", *waiting, "tests/gui"),
        Stage(
            ring="whole",
            name="whole ring, types" if later else "whole ring",
            run=Run(command=(*WITH_KEYRING, *both, "tests/whole"), counts=True),
            beside=(types,) if later else (),
        ),
        _tests("kill", *waiting, "tests/kill"),
        # In one process, which starts Krita in one home: the first start in a home takes longer than all others.
        _tests("krita", *pytest, "-m", "krita", "tests/whole/krita", needs="krita"),
        _tests(PEERS, *pytest, "tests/peers"),
    ]


def _step(ring: str, name: str, *command: str) -> Stage:
    return Stage(ring=ring, name=name, run=Run(command=command))


def _tests(ring: str, *command: str, needs: str | None = None) -> Stage:
    return Stage(ring=ring, name=f"{ring} ring", run=Run(command=command, counts=True), needs=needs)


def quick_disk() -> tuple[str, ...]:
    """What lets a command put its temporary files into memory, where the system has such a place: the core ring is run
    after every change, and waits for the disk otherwise. The whole ring writes to the real one."""
    memory = "/dev/shm"
    return ("env", f"TMPDIR={memory}") if os.access(memory, os.W_OK) else ()


def surroundings(home: Path) -> dict[str, str]:
    """The environment of every stage: nothing of the user's own folders, display or bus. Compiled tests are kept: each
    process of each run would compile all of them anew. Threads for matrices are few, as the program's entry has it."""
    strangers = ("XDG_", "DBUS_", "QT_", "PYTEST_", "PYTHONDONTWRITEBYTECODE", "GNOME_KEYRING", "PYRIGHT_", "COV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(strangers)}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        kept.pop(name, None)
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    return kept | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "LC_ALL": "C.UTF-8",
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
        "COVERAGE_FILE": str(home / "coverage"),
        "OPENBLAS_NUM_THREADS": "1",
    }


def climb(chosen: list[Stage]) -> int:
    """Runs the stages until one fails, then prints what ran and the count; returns the exit status."""
    tally = Tally()
    ran: list[str] = []
    status = 0
    with tempfile.TemporaryDirectory(prefix="overpaint-tests-", ignore_cleanup_errors=True) as folder:
        environment = surroundings(Path(folder))
        for stage in chosen:
            if stage.needs and not shutil.which(stage.needs):
                ran.append(f"skipped          {stage.name}: {stage.needs} is not installed")
                continue
            print(f"== {stage.name}", flush=True)
            began = time.monotonic()
            reports = Path(folder) / "reports"
            reports.mkdir(exist_ok=True)
            status = stage.climbed(environment, reports)
            verdict = "ok    " if status == 0 else "FAILED"
            ran.append(f"{verdict}  {time.monotonic() - began:6.1f} s  {stage.name}")
            for report in reports.iterdir():
                tally.add(report)
                report.unlink()
            if status:
                break
    done = len(ran)
    ran += [f"not run          {stage.name}" for stage in chosen[done:]]
    print("\n" + "\n".join(ran), end="\n\n")
    print(tally, flush=True)
    return status


def main(arguments: list[str]) -> int:
    """Reads the choice of rings; returns the exit status of the ladder, 2 for a choice that does not exist."""
    rings = [argument for argument in arguments if argument not in ("--long", "--peers")]
    unknown = [ring for ring in rings if ring not in RINGS]
    if unknown:
        print(f"test.sh: there is no ring {unknown[0]}\n{USAGE}", file=sys.stderr)
        return 2
    if "--peers" in arguments:
        rings.append(PEERS)
    chosen = rings or RINGS
    return climb([stage for stage in stages("--long" in arguments, chosen) if stage.ring in chosen])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
