"""The help names only what is there: commands, pages and pictures."""

from __future__ import annotations

import ast
import re
import struct
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from studio.session.face.commands import COMMANDS
from studio.ui.panels import PANEL_COMMANDS, PANELS
from tests.core.house import source

if TYPE_CHECKING:
    from pathlib import Path

HELP = source.ROOT / "resources/help"
PAGES = sorted(HELP.glob("*.md"))
README = source.ROOT / "README.md"
KNOWN = {str(row.id): row for row in (*COMMANDS, *PANEL_COMMANDS)}
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
COLUMN = 600
HEAVIEST = 400_000
LONGEST = 60
"""Lines of a page: about a screen."""


def links(page: Path) -> list[tuple[bool, str, str]]:
    """Whether it is a picture, its text, and where it leads."""
    return [(bool(mark), text, target) for mark, text, target in LINK.findall(source.text(page))]


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height as a PNG file's first chunk tells them."""
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def test_there_are_pages() -> None:
    assert {"index", "keys", "masks", "remove-an-object", "troubleshooting"} <= {page.stem for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    commands = [target.partition(":")[2] for _, _, target in links(page) if target.startswith("command:")]
    files = [target for _, _, target in links(page) if not target.startswith("command:")]
    assert [name for name in commands if name not in KNOWN] == []
    assert [name for name in files if not (HELP / name).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_written_as_code_exists(page: Path) -> None:
    menus = {name.partition(".")[0] for name in KNOWN}
    spoken = [name for name in re.findall(r"`([a-z]+\.[a-z0-9-]+)`", source.text(page)) if name.split(".")[0] in menus]
    assert [name for name in spoken if name not in KNOWN] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_short_and_calm(page: Path) -> None:
    lines = source.text(page).splitlines()
    assert lines[0].startswith("# ")
    assert "!" not in source.text(page).replace("![", "[")
    assert page.stem == "keys" or len(lines) <= LONGEST
    assert [line for line in lines if len(line) > 120 and not line.startswith("|")] == []


def test_pictures_of_the_help_fit_its_column() -> None:
    shown = {HELP / target for page in PAGES for picture, _, target in links(page) if picture}
    assert shown
    assert {path.name: size_of(path) for path in shown if size_of(path)[0] > COLUMN} == {}


def test_every_picture_is_light_and_shown_somewhere() -> None:
    pictures = set((HELP / "pictures").iterdir())
    shown = {HELP / target for page in PAGES for _, _, target in links(page)}
    shown |= {source.ROOT / target for _, _, target in links(README)}
    assert {path.name: path.stat().st_size for path in pictures if path.stat().st_size > HEAVIEST} == {}
    assert sorted(path.name for path in pictures - shown) == []


def test_every_page_can_be_reached_from_the_first() -> None:
    reached, open_ends = set[str](), ["index.md"]
    while open_ends:
        name = open_ends.pop()
        reached.add(name)
        ways = [target for _, _, target in links(HELP / name) if target.endswith(".md")]
        open_ends += [way for way in ways if way not in reached]
    assert sorted({page.name for page in PAGES} - reached) == []


def test_the_list_of_keys_is_the_table() -> None:
    script = source.ROOT / "packaging/keys.py"
    assert subprocess.run([sys.executable, str(script), "--check"], check=False).returncode == 0


def test_every_panel_has_its_page() -> None:
    """Read from the source: the core ring loads no window."""
    body = source.tree(source.ROOT / "studio/ui/dialogs/help.py").body
    (table,) = [node.value for node in body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PAGES"]
    pages: dict[str, str] = ast.literal_eval(table)
    assert set(pages) == set(PANELS)
    assert [page for page in pages.values() if not (HELP / f"{page}.md").is_file()] == []
