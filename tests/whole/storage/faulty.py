"""A process in which each call of a writer fails in turn, with each error. Its last line is what it found, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.problems import StorageError
from tests.whole.storage.faulting import ERRORS, Faults
from tests.whole.storage.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.whole.storage.writers import Scene

SAID = ("disk-full", "folder-read-only", "write-failed", "nowhere-to-keep")


def files_below(root: Path, loose: str) -> dict[str, bytes]:
    """All files and their bytes, but for those whose names hold `loose`."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not (loose and loose in path.name)
    }


class Rig:
    """Tries one writer."""

    def __init__(self, make: Callable[[Path], Scene], root: Path) -> None:
        self._make = make
        self._root = root
        self._faults = Faults()
        self.cases = 0
        self.calls: list[str] = []
        self.complaints: list[str] = []

    def run(self) -> None:
        """A good run to count the calls, then one for each call and error."""
        scene, place = self._scene()
        self._faults.count(place)
        scene.act()
        number = self._faults.end()
        if not scene.done():
            self.complaints.append("nothing was written")
        scene.close()
        for error in ERRORS:
            for call in range(1, number + 1):
                self._case(call, error)

    def _scene(self) -> tuple[Scene, Path]:
        place = self._root / f"{self.cases:04}"
        place.mkdir()
        self.cases += 1
        return self._make(place), place

    def _case(self, number: int, error: str) -> None:
        scene, place = self._scene()
        before = files_below(place, scene.loose)
        self._faults.fail(place, number, error)
        said = self._said(scene)
        self._faults.end()
        met = self._faults.met()
        if error == ERRORS[0]:
            self.calls.append(met)
        self.complaints += [f"{met} {number} {error}: {each}" for each in self._wrong(scene, place, before, said)]
        scene.close()

    def _said(self, scene: Scene) -> str | None:
        try:
            scene.act()
        except StorageError as error:
            where = error.problem.what + error.problem.detail
            return error.problem.code if str(self._root) in where else f"{error.problem.code} without a place"
        except Exception as error:  # whatever else comes out is what this looks for
            return repr(error)
        return None

    def _wrong(self, scene: Scene, place: Path, before: dict[str, bytes], said: str | None) -> list[str]:
        after = files_below(place, scene.loose)
        found = [f"{name} was left" for name in after if name.endswith(".part") or ".part" in name]
        if said is None:
            return found if scene.quiet or scene.done() else [*found, "it said nothing and did nothing"]
        if said not in SAID or scene.quiet:
            found.append(f"it said {said}")
        found += [f"{name} was changed" for name, data in before.items() if after.get(name) != data]
        found += [f"{name} is new" for name in after.keys() - before.keys()]
        scene.act()  # with room again
        return found if scene.done() else [*found, "it does not work any more"]


def main(name: str, root: Path) -> None:
    rig = Rig(WRITERS[name], root)
    rig.run()
    print(json.dumps({"cases": rig.cases, "calls": rig.calls, "complaints": rig.complaints}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
