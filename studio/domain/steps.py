"""The numbered steps of a job at which a test may end the program, so that no instant goes untried."""

from __future__ import annotations

from typing import Protocol


class Steps(Protocol):
    """Told each step as it is reached, on whatever thread. The program itself passes `no_steps`."""

    def __call__(self, name: str, /) -> None: ...


def no_steps(_name: str, /) -> None:
    """Nothing happens at any step."""
