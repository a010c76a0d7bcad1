"""Errors that a person can see.

    StudioError
        ProviderError      the provider or the local engine: not run, refused, unreachable; nothing was charged
            Offline        this machine has no network: provably nothing left
            OutcomeLost    sent, and what came back settles nothing: it may have been charged
            ResultExpired  charged, and its pictures are no longer there
        StorageError       full, read-only, damaged, newer version, in use
        ImagingError       too large, unreadable
        UsageError         what was asked for cannot be done as it stands; nothing was sent

Each carries one `Problem` out of the catalogue (`catalogue.py`). Anything else that is raised is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What happened, did it cost, what now. `action` is the command of the button that helps, `button` its label.

    `detail` is for the log and the Details fold, never for the first line. `wait` is how many seconds must pass before
    the button helps, where somebody said so.
    """

    code: str
    title: str
    what: str
    cost: str
    next: str
    action: str = ""
    button: str = ""
    detail: str = ""
    wait: float | None = None

    def sentence(self) -> str:
        """All of it in one line, for a terminal."""
        return " ".join(part for part in (self.what, self.cost, self.next) if part)


class StudioError(Exception):
    """The world's fault or the user's slip: shown, never a crash."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.problem.code}: {self.problem.what} {self.problem.detail}".rstrip()

    def __reduce__(self) -> tuple[type[StudioError], tuple[Problem]]:
        return type(self), (self.problem,)


class ProviderError(StudioError):
    """The provider or the local engine could not do it. `request_id` is the provider's own, where it told one;
    `retry_after` (seconds) is when it may be asked again, where it said so. `key` is what an order was sent with, None
    where it had none."""

    request_id: str | None = None
    retry_after: float | None = None
    key: Secret | None = None


class Offline(ProviderError):
    """This machine has no network, so provably nothing left. Waiting helps."""


class OutcomeLost(ProviderError):
    """Sent, and what came back settles nothing: it may have been charged. Never sent again by itself."""


class ResultExpired(ProviderError):
    """Done and charged, and its pictures are no longer where the provider had put them."""


class StorageError(StudioError):
    """Disk, database or keyring."""


class ImagingError(StudioError):
    """A picture that cannot be read or made."""


class UsageError(StudioError):
    """What was asked for cannot be done as it stands. Nothing was sent."""
