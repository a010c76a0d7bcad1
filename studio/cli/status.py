"""Exit statuses: what a script may conclude from how the program ended."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from studio.domain.catalogue import CATALOGUE
from studio.domain.job import JobState
from studio.domain.phrases import PAID
from studio.domain.problems import ImagingError, StorageError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.problems import Problem
    from studio.session.face.terminal import EndedNews


class Status(IntEnum):
    """The program's exit statuses."""

    DONE = 0
    BUG = 1
    USAGE = 2
    """Bad usage or bad input; nothing was sent."""
    FAILED = 3
    """Refused or failed, and not charged as far as anyone can tell."""
    UNKNOWN = 4
    """Unknown, or charged without a picture."""
    STORAGE = 5
    CANCELLED = 130
    PIPE_CLOSED = 141
    """All was done, and whoever read what was said of it had gone."""


_BAD_INPUT = frozenset(("file-missing", "file-forbidden", "project-damaged"))
"""Troubles with storage whose cause is what was given on the command line."""

_WORST_FIRST = (Status.BUG, Status.UNKNOWN, Status.STORAGE, Status.FAILED, Status.USAGE, Status.CANCELLED)


def status_of(problem: Problem) -> Status:
    """The status that a problem ends the program with."""
    if problem.code in _BAD_INPUT:
        return Status.USAGE
    if problem.code == "bug":
        return Status.BUG
    kind = CATALOGUE[problem.code][0]
    if issubclass(kind, StorageError):
        return Status.STORAGE
    return Status.USAGE if issubclass(kind, UsageError | ImagingError) else Status.FAILED


def status_of_end(news: EndedNews) -> Status:
    """The status of a job's end."""
    match news.state:
        case JobState.SUCCEEDED:
            return Status.DONE
        case JobState.QUEUED:
            # Waiting is what --no-wait asks for; whoever waited is told why nobody sends it.
            return Status.DONE if news.problem is None else status_of(news.problem)
        case JobState.CANCELLED:
            return Status.CANCELLED
        case JobState.UNKNOWN | JobState.EXPIRED:
            return Status.UNKNOWN
        case _:
            status = Status.FAILED if news.problem is None else status_of(news.problem)
            charged = news.problem is not None and news.problem.cost == PAID
            return Status.UNKNOWN if charged and status is Status.FAILED else status


def status_of_cancel(news: EndedNews) -> Status:
    """The status of the end of a job that was to be cancelled. That it is cancelled is what was asked for; but whoever
    orders it again may pay twice where it had been sent and brought nothing."""
    if news.state is not JobState.CANCELLED:
        return status_of_end(news)
    return Status.DONE if news.problem is None or news.outputs else Status.UNKNOWN


def worst(statuses: Iterable[Status]) -> Status:
    """The one that counts where several jobs ended."""
    seen = set(statuses)
    return next((status for status in _WORST_FIRST if status in seen), Status.DONE)
