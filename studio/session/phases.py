"""Where a job stands, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.job import JobState

if TYPE_CHECKING:
    from studio.domain.job import Job, ProviderProgress

NETWORK, KEY = "Waiting for the network", "Waiting for a key"
IN_LINE, PAUSED, HELD = "Waiting in the queue", "Paused", "Waiting to be sent"
LIMITED = "Stopped by your limit"
PREPARING, DOWNLOADING, PASTING = "Preparing", "Downloading", "Pasting"
ENDS = {
    JobState.SUCCEEDED: "Done",
    JobState.FAILED: "Failed",
    JobState.CANCELLED: "Cancelled",
    JobState.UNKNOWN: "May have been charged",
    JobState.EXPIRED: "Expired",
}
_KEYLESS = ("key-missing", "key-wanted", "keyring-unavailable", "keyring-locked", "keyring-slow")
WANTS = {"offline": NETWORK, **dict.fromkeys(_KEYLESS, KEY)}
"""What a job waits for whose order was put back, by the code of its problem."""
LIMITS = ("limit-reached", "price-unknown-limit")
PLAIN = {"Waiting": "Working"}
"""What a provider's phase is called where its own word could be taken for another."""
WORDS = (NETWORK, KEY, IN_LINE, PAUSED, HELD, LIMITED, PREPARING, DOWNLOADING, PASTING, *ENDS.values(), *PLAIN.values())


def phase(job: Job, progress: ProviderProgress | None, *, paused: bool = False, in_line: bool = True) -> str:
    """A job's phase. `in_line`: whether the runner has it among those that will go."""
    if job.state is JobState.QUEUED:
        return _waiting(job, paused=paused, in_line=in_line)
    if job.state is not JobState.RUNNING:
        return ENDS[job.state]
    if _is_pasting(job):
        return PASTING
    if progress is not None:
        return PLAIN.get(progress.phase, progress.phase)
    return DOWNLOADING if job.results else PREPARING


def waits_for_network(job: Job) -> bool:
    """Whether a waiting job goes on by itself once there is a network."""
    return job.problem is not None and WANTS.get(job.problem.code) == NETWORK


def stopped_by_limit(job: Job) -> bool:
    """Whether a waiting job was not sent because a limit would have been passed."""
    return job.problem is not None and job.problem.code in LIMITS


def _waiting(job: Job, *, paused: bool, in_line: bool) -> str:
    wants = None if job.problem is None else WANTS.get(job.problem.code)
    if wants == NETWORK and paused:
        return PAUSED  # with a network it would not go on either
    if wants is not None:
        return wants
    if not in_line:
        return LIMITED if stopped_by_limit(job) else HELD
    return PAUSED if paused else IN_LINE


def _is_pasting(job: Job) -> bool:
    """All that was ordered is here, and some of it is not yet part of the whole picture."""
    return len(job.outputs) >= job.request.count and any(each.finished is None for each in job.outputs)
