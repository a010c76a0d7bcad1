"""Short turns for one thread, and for no other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from studio.app.precedence import TURN_NS, give_short_turns

ASK = """
import os, sys, threading
from studio.app.precedence import give_short_turns
def turn():
    print(open(f"/proc/self/task/{threading.get_native_id()}/sched").read())
os.nice(int(sys.argv[1]))
print(give_short_turns(threading.get_native_id()))
turn()
later = threading.Thread(target=turn)
later.start()
later.join()
print(os.getpriority(os.PRIO_PROCESS, 0))
"""


def turn_of(facts: str) -> list[int]:
    return [int(number) for number in re.findall(r"se\.slice\s*:\s*(\d+)", facts)]


@pytest.mark.skipif(
    not turn_of(Path("/proc/self/sched").read_text(encoding="ascii") if os.path.exists("/proc/self/sched") else ""),
    reason="this kernel does not tell how long turns are",
)
@pytest.mark.parametrize("nice", [0, 3])
def test_one_thread_gets_short_turns_and_keeps_its_priority(nice: int) -> None:
    ran = subprocess.run([sys.executable, "-c", ASK, str(nice)], capture_output=True, text=True, check=True, timeout=60)
    lines = ran.stdout.splitlines()
    assert lines[0] == "True"
    assert lines[-1] == str(os.getpriority(os.PRIO_PROCESS, 0) + nice)
    asker, later = turn_of(ran.stdout)
    assert asker == TURN_NS
    assert later > TURN_NS


def test_where_the_system_has_no_such_thing_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not give_short_turns(threading.get_native_id())
