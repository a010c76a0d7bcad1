"""Short turns for one thread, and for no other."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import threading

import pytest

from studio.app.precedence import TURN_NS, give_short_turns

ASK = """
import os, sys, threading
from studio.app.precedence import give_short_turns
def turn():
    print(open(f"/proc/self/task/{threading.get_native_id()}/sched").read())
os.nice(int(sys.argv[1]))
print(give_short_turns(threading.get_native_id()))
print(os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0) & ~os.SCHED_RESET_ON_FORK == os.SCHED_OTHER)
if os.path.exists("/proc/self/sched"):
    turn()
    later = threading.Thread(target=turn)
    later.start()
    later.join()
"""
SINCE = (6, 12)


def told(nice: int) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", ASK, str(nice)], capture_output=True, text=True, check=True, timeout=60)
    return ran.stdout.splitlines()


def takes_turns() -> bool:
    """Whether this is a system whose threads may ask, and that tells how long turns are."""
    release = tuple(int(part) for part in re.findall(r"\d+", platform.release())[:2])
    known = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")
    return known and release >= SINCE and os.path.exists("/proc/self/sched")


@pytest.mark.skipif(sys.platform != "linux", reason="priorities of threads are Linux's")
@pytest.mark.parametrize("nice", [0, 3])
def test_a_thread_keeps_its_priority(nice: int) -> None:
    _, now, *_ = told(nice)
    assert now == f"{os.getpriority(os.PRIO_PROCESS, 0) + nice} True"


@pytest.mark.skipif(not takes_turns(), reason="this system is no Linux 6.12 or does not tell how long turns are")
@pytest.mark.parametrize("nice", [0, 3])
def test_one_thread_gets_short_turns_and_those_that_it_starts_do_not(nice: int) -> None:
    lines = told(nice)
    asker, later = (int(line.split(":")[1]) for line in lines if line.startswith("se.slice"))
    assert lines[0] == "True"
    assert asker == TURN_NS
    assert later > TURN_NS


def test_where_the_system_has_no_such_thing_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not give_short_turns(threading.get_native_id())
