"""The toolkit from kept code is the toolkit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[3]
LOAD = """
import sys
from pathlib import Path
compiled = []
def hear(event, about):
    if event == "compile" and str(about[1]).startswith("shibokensupport/"):
        compiled.append(about[1])
sys.addaudithook(hear)
from studio.app.kept_code import kept_code
from studio.ui.toolkit import load_toolkit
flags = sys.getdlopenflags()
with kept_code(Path(sys.argv[1])):
    load_toolkit()
assert sys.getdlopenflags() == flags
from PySide6.QtCore import QPoint, QSize
print(len(compiled))
from PySide6.support.signature import get_signature
print(get_signature(QSize.scaled))
try:
    QPoint("far")
except TypeError as error:
    print(error)
"""


def loaded(kept: Path) -> list[str]:
    """Parts compiled, a signature, and what is said to a wrong call."""
    ran = subprocess.run(
        [sys.executable, "-c", LOAD, str(kept)], capture_output=True, text=True, cwd=HOUSE, check=True, timeout=60
    )
    return ran.stdout.splitlines()


def test_the_toolkit_is_compiled_at_the_first_start_alone(tmp_path: Path) -> None:
    first, second = loaded(tmp_path / "code"), loaded(tmp_path / "code")
    assert int(first[0]) > 5
    assert second[0] == "0"
    assert "AspectRatioMode" in second[1]
    assert "QPoint" in second[2]
    assert first[1:] == second[1:]
