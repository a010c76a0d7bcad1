"""Standard streams as a daemon, a cron table or an odd locale leaves them: real programs started with them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
NAME = "caf\udce9 日"
CHILD = """
import os, sys
from studio.cli.streams import mend_streams
mend_streams()
held = os.open(os.devnull, os.O_RDONLY)
sys.stdout.write(sys.argv[1] + "\\n")
print("words", file=sys.stderr)
sys.stdout.flush()
assert sys.stdin.read() == "" and held > 2, held
"""
needs_sh = pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")


def said(closing: str, **environment: str) -> tuple[int, bytes, bytes]:
    """Status, standard output and standard error of a program whose streams are closed as told."""
    command = ["sh", "-c", f'exec "$@" {closing}', "sh", sys.executable, "-P", "-c", CHILD, NAME]
    path = {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        command,
        env=os.environ | {"LC_ALL": "C.UTF-8"} | path | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return ended.returncode, ended.stdout, ended.stderr


@needs_sh
@pytest.mark.parametrize(
    ("closing", "out", "err"),
    [
        ("", True, True),
        (">&-", False, True),
        ("2>&-", True, False),
        (">&- 2>&-", False, False),
        ("<&- >&- 2>&-", False, False),
        ("<&-", True, True),
    ],
)
def test_a_closed_stream_swallows_its_own_words_and_no_others(closing: str, out: bool, err: bool) -> None:
    name = os.fsencode(NAME) + b"\n"
    assert said(closing) == (0, name if out else b"", b"words\n" if err else b"")


@needs_sh
def test_an_encoding_without_a_letter_says_which_it_was() -> None:
    status, out, _ = said("", PYTHONIOENCODING="cp1252")
    assert (status, out) == (0, b"caf\\udce9 \\u65e5\n")


@needs_sh
def test_what_somebody_chose_for_letters_that_are_not_there_stays() -> None:
    assert said("", PYTHONIOENCODING="ascii:replace")[:2] == (0, b"caf? ?\n")
