"""The window's thread goes before all others where the system lets it.

A thread that wakes waits until the one that has the processor has had its turn, 3 ms on Linux and often 4, whatever
the priorities of both. Since Linux 6.12 a thread may ask for shorter turns of its own, and then it interrupts those
with longer ones as soon as it wakes; it gets no more time in all. No other system needs it or offers it.

Source: sched_setattr(2); Linux, kernel/sched/syscalls.c (`sched_runtime` of SCHED_OTHER).
"""

from __future__ import annotations

import os
import struct
import sys

TURN_NS = 100_000
"""The shortest that Linux takes."""
_NUMBERS = {"x86_64": 314, "aarch64": 274}
"""Of the system call: libraries have had a name for it only since 2025."""
_ATTRIBUTES = struct.Struct("=IIQiIQQQ")
"""Size, policy, flags, nice, priority, runtime, deadline, period."""
_RESET_ON_FORK = 1
"""Threads and processes that this one starts have turns of the usual length again."""


def give_short_turns(thread: int) -> bool:
    """Let a thread of ours, by the system's number of it, interrupt others; whether the system took that. Its priority
    stays as it is."""
    if sys.platform != "linux":
        return False
    number = _NUMBERS.get(os.uname().machine)
    if number is None or os.sched_getscheduler(thread) != os.SCHED_OTHER:
        return False
    import ctypes  # some milliseconds, and not at the first frame

    nice = os.getpriority(os.PRIO_PROCESS, thread)
    asked = _ATTRIBUTES.pack(_ATTRIBUTES.size, os.SCHED_OTHER, _RESET_ON_FORK, nice, 0, TURN_NS, 0, 0)
    return ctypes.CDLL(None).syscall(number, thread, asked, 0) == 0
