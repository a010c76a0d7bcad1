"""The two commands: what they say where they cannot bring what is missing, and that they stay out of the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
ORDINARY = ("sh", "dirname", "uname", "cat", "cksum", "grep", "find", "head", "id", "ldconfig")


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A search path with the ordinary commands, but neither a package tool nor Python nor sudo."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ORDINARY:
        found = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
        assert found, f"this system has no {name}"
        (folder / name).symlink_to(found)
    return str(folder)


def source(script: str, path: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Runs a piece of sh that has read prepare.sh."""
    return subprocess.run(
        ["/bin/sh", "-c", f'set -eu; here={PACKAGING}; . "$here/prepare.sh"; {script}'],
        env={"PATH": path, "HOME": str(home)},
        capture_output=True,
        text=True,
    )


def test_elsewhere_it_names_what_is_missing_and_ends(bare_path: str, tmp_path: Path) -> None:
    done = source("qt_libraries='libnothere.so.9 libnothere9'; prepare run", bare_path, tmp_path)
    assert done.returncode != 0
    assert done.stdout == ""
    assert "libnothere9" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_compiler_and_its_headers_are_brought_for_the_tests_alone(bare_path: str, tmp_path: Path) -> None:
    found = source("missing_packages test", bare_path, tmp_path).stdout.split()
    assert {"gcc", "libc6-dev"} <= set(found)
    assert not {"gcc", "libc6-dev"} & set(source("missing_packages run", bare_path, tmp_path).stdout.split())
    compiler = Path(bare_path) / "cc"
    compiler.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    compiler.chmod(0o755)
    found = source("missing_packages test", bare_path, tmp_path).stdout.split()
    assert "gcc" not in found
    assert "libc6-dev" in found


def test_without_root_it_says_what_to_ask_for(bare_path: str, tmp_path: Path) -> None:
    script = "on_debian() { true; }; id() { echo 1000; }; install_packages libnothere9 libelse1"
    done = source(script, bare_path, tmp_path)
    assert done.returncode != 0
    assert done.stderr.strip().endswith("apt-get install libnothere9 libelse1")


def test_without_a_python_that_fits_it_says_which_do(bare_path: str, tmp_path: Path) -> None:
    script = "find_python() { true; }; choose_python"
    done = source(script, bare_path, tmp_path)
    assert done.returncode != 0
    assert "3.11, 3.12 or 3.13" in done.stderr


def test_another_python_than_ours_is_passed_over(bare_path: str, tmp_path: Path) -> None:
    old = Path(bare_path) / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    (Path(bare_path) / "python3.12").symlink_to(sys.executable)
    done = source("find_python", bare_path, tmp_path)
    assert done.stdout.strip().endswith("python3.12")


def test_an_active_environment_does_not_leak_in(bare_path: str, tmp_path: Path) -> None:
    script = 'printf "%s" "${PYTHONPATH-none} ${VIRTUAL_ENV-none}"'
    done = subprocess.run(
        ["/bin/sh", "-c", f'here={PACKAGING}; . "$here/prepare.sh"; {script}'],
        env={"PATH": bare_path, "PYTHONPATH": "/elsewhere", "VIRTUAL_ENV": "/other"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "none none"


def test_a_ring_that_does_not_exist_is_refused() -> None:
    ladder = [sys.executable, str(PACKAGING / "ladder.py"), "cor"]
    done = subprocess.run(ladder, capture_output=True, text=True)
    assert done.returncode == 2
    assert "there is no ring cor" in done.stderr
    assert "usage: test.sh" in done.stderr


@pytest.mark.long
def test_the_pictures_of_the_help_are_taken_from_the_running_program(tmp_path: Path) -> None:
    script = (sys.executable, PACKAGING / "pictures.py", tmp_path)
    done = subprocess.run(script, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    shown = PACKAGING.parent / "resources" / "help" / "pictures"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in shown.iterdir())
