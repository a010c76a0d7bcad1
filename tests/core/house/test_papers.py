"""Lock files, notices and the change log say what is true of the project file beside them."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from studio.session.face.commands import COMMANDS
from tests.core.house import source

PROJECT = tomllib.loads((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROGRAM = "packaging/requirements.txt"
TESTS = "packaging/requirements-test.txt"
PEERS = "packaging/requirements-peers.txt"
ENTRY = re.compile(r"^(?P<name>[\w.\-]+)==(?P<version>[^\s;\\]+)")


def pins(lock: str) -> dict[str, set[str]]:
    """Package to the versions that a lock file pins (more than one where Python versions differ)."""
    found: dict[str, set[str]] = {}
    for line in (source.ROOT / lock).read_text(encoding="utf-8").splitlines():
        if entry := ENTRY.match(line):
            found.setdefault(canonicalize_name(entry["name"]), set()).add(entry["version"])
    return found


def wanted(lock: str) -> list[Requirement]:
    """What the project file asks of a lock file."""
    if lock == PEERS:
        return [Requirement(line) for line in PROJECT["dependency-groups"]["peers"]]
    groups = [*PROJECT["project"]["dependencies"]]
    if lock == TESTS:
        groups += PROJECT["dependency-groups"]["test"]
    return [Requirement(line) for line in groups]


@pytest.mark.parametrize("lock", [PROGRAM, TESTS, PEERS])
def test_a_lock_names_no_address(lock: str) -> None:
    content = (source.ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"\S*(?:://|^-|--(?!hash)|@)\S*", content, re.MULTILINE) == []


@pytest.mark.parametrize("lock", [PROGRAM, TESTS, PEERS])
def test_a_lock_gives_a_hash_for_everything(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (source.ROOT / lock).read_text(encoding="utf-8").strip())
    assert entries
    assert [entry[:40] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", [PROGRAM, TESTS, PEERS])
def test_a_lock_holds_what_the_project_asks_for(lock: str) -> None:
    pinned = pins(lock)
    bad = [
        f"{need} is not met by {sorted(versions)}: run packaging/lock.sh"
        for need in wanted(lock)
        for versions in [pinned.get(canonicalize_name(need.name), set())]
        if not versions or not all(need.specifier.contains(version) for version in versions)
    ]
    assert bad == []


def test_the_lock_of_peers_for_node_names_no_address_and_gives_every_hash() -> None:
    lock = json.loads((source.ROOT / "packaging/peers/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry or "integrity" not in entry] == []


def test_tests_run_on_what_is_shipped() -> None:
    tested = pins(TESTS)
    assert {name: versions for name, versions in pins(PROGRAM).items() if tested.get(name) != versions} == {}


def test_the_toolkit_stays_below_the_release_that_aborts() -> None:
    need = next(need for need in wanted(PROGRAM) if need.name == "PySide6-Essentials")
    assert not need.specifier.contains("6.12.0")
    assert not need.specifier.contains("6.10.0")


def test_the_change_log_has_a_place_for_what_comes() -> None:
    log = (source.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[Unreleased\]$", log, re.MULTILINE)


def test_what_is_shipped_of_others_is_credited() -> None:
    notices = (source.ROOT / "resources/THIRD-PARTY.md").read_text(encoding="utf-8")
    assert "Lucide" in notices
    uncredited = [need.name for need in wanted(PROGRAM) if need.name.lower() not in notices.lower()]
    assert uncredited == []


def test_every_shipped_model_is_credited() -> None:
    folder = source.ROOT / "resources/models"
    credits = (folder / "MODELS.md").read_text(encoding="utf-8")
    models = [path.name for path in folder.iterdir() if path.suffix != ".md"]
    assert models
    assert [name for name in models if name not in credits] == []


def test_every_icon_is_drawn_with_the_one_stroke() -> None:
    icons = sorted((source.ROOT / "resources/icons").glob("*.svg"))
    assert icons
    strokes = {path.name: set(re.findall(r'stroke-width="([^"]+)"', path.read_text("utf-8"))) for path in icons}
    assert {name: stroke for name, stroke in strokes.items() if stroke != {"1.75"}} == {}


def test_every_command_has_its_icon() -> None:
    folder = source.ROOT / "resources/icons"
    icons = {command.icon for command in COMMANDS if command.icon}
    assert icons
    assert sorted(icon for icon in icons if not (folder / f"{icon}.svg").exists()) == []


@pytest.mark.parametrize("name", ["README.md", ".github/CONTRIBUTING.md", "CHANGELOG.md"])
def test_a_document_points_at_what_is_there(name: str) -> None:
    page = source.ROOT / name
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []
