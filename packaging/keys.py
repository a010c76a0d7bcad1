"""Writes resources/help/keys.md from the command table, so that the help tells what is.

python packaging/keys.py            writes the page
python packaging/keys.py --check    ends with 1 where the page is not up to date
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.command import Command

HOUSE = Path(__file__).resolve().parent.parent
TARGET = HOUSE / "resources" / "help" / "keys.md"
HEAD = """# Keys

The same list with a search field: [Keyboard shortcuts](command:help.keys), with `?`. A key marked with a dot works
while no text field has the focus. Other keys are chosen on the page Keys of the [settings](command:edit.settings).

| Command | Key | |
|---|---|---|
"""
HELD = """
## Held on the canvas

| Key | While it is held |
|---|---|
| `Space` | the hand: drag to move the view |
| `O` | the original is shown |
| `\\` | the mask is hidden |
| a tool's key | that tool, until it is let go |
| `Alt` with the brush | the eraser |
| `Shift` with a click | a straight line from the last stroke |
| `Shift` or `Alt` with rectangle, lasso, select | adds to the mask, takes away from it |

The wheel zooms or scrolls, as chosen in the [settings](command:edit.settings); with `Ctrl` it always zooms.
"""


def page() -> str:
    """The page's text: a row for each command with a key, in the order of the menus."""
    from studio.session.face.commands import COMMANDS
    from studio.ui.panels import PANEL_COMMANDS

    rows = [row for row in (*COMMANDS, *PANEL_COMMANDS) if row.keys]
    menus = list(dict.fromkeys(row.menu for row in rows))
    rows.sort(key=lambda row: menus.index(row.menu))
    return HEAD + "".join(_line(row) for row in rows) + HELD


def _line(row: Command) -> str:
    keys = ", ".join(dict.fromkeys(f"`{_spoken(key)}`" for key in row.keys))
    return f"| [{row.title.rstrip('…')}](command:{row.id}) | {keys} | {'·' if row.canvas_only else ''} |\n"


def _spoken(key: str) -> str:
    return key.replace("Return", "Enter").replace("|", "\\|")


def main(arguments: list[str]) -> int:
    """Write or check; the answer is the exit status."""
    text = page()
    if "--check" in arguments:
        return 0 if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))
    raise SystemExit(main(sys.argv[1:]))
