"""A job's life as events. The journal keeps them in order; a job is the fold of its events."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from studio.domain.capabilities import Price  # noqa: TC001  # the journal's decoder resolves the fields' types when it runs
from studio.domain.geometry import Size  # noqa: TC001  # the journal's decoder resolves the fields' types when it runs
from studio.domain.ids import BlobId, JobId  # noqa: TC001  # the journal's decoder resolves the fields' types when it runs
from studio.domain.problems import Problem  # noqa: TC001  # the journal's decoder resolves the fields' types when it runs
from studio.domain.request import EditRequest  # noqa: TC001  # the journal's decoder resolves the fields' types when it runs

if TYPE_CHECKING:
    from studio.domain.pixels import EncodedImage


class JobState(Enum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """Sent, no answer seen: it may have been charged. Never re-sent by itself."""
    EXPIRED = "expired"

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens by itself."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One picture that a job brought: `raw` the provider's bytes, `finished` the whole picture with it pasted in."""

    index: int
    raw: BlobId
    media_type: str
    size: Size
    seed: int | None = None
    finished: BlobId | None = None
    finished_size: Size | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """The order was accepted; committed before anyone hears of the job."""

    request: EditRequest
    price: Price | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitting:
    """From here on money may be spent; committed before the first byte leaves."""

    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """Provably nothing of the order left, so it waits again; `problem` says for what (a network, a key)."""

    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAddress:
    """Where a picture is that was made and is yet to be fetched, without any key. `expires` is in seconds since 1970
    by the provider's clock, None where nobody said; it orders fetching and is shown, and never decides that a picture
    is gone: only its host does."""

    index: int
    url: str
    expires: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The provider made it, so it is paid for; `results` are the pictures yet to be fetched. Committed before the first
    of them is."""

    results: tuple[ResultAddress, ...] = ()
    cost: Price | None = None
    request_id: str | None = None
    revised_prompt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAgain:
    """A job that had ended without all its pictures is looked at again: nothing is ordered, nothing is charged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputStored:
    """An output's bytes are safe on disk, in the same transaction as its gallery row."""

    output: Output


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFinished:
    """The output was pasted into the whole picture and that is on disk too."""

    index: int
    finished: BlobId
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Succeeded:
    """All that will come has come. `missing` counts outputs that were asked for and did not come.

    `problem` tells why an output that came could not be pasted into the whole picture; it is kept as it came.
    """

    missing: int = 0
    cost: Price | None = None
    request_id: str | None = None
    revised_prompt: str | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """It ended without success, and as far as anyone can tell it was not charged."""

    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """The user stopped it. `billed` None: it may have been charged. `cost`: what it was charged, where that is told;
    `request_id`: by which it can be asked for."""

    billed: bool | None = False
    cost: Price | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeUnknown:
    """Sent, and no answer was seen. `received`: what was received is kept, as pictures may still be had by it alone."""

    problem: Problem
    request_id: str | None = None
    received: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """Done and charged, and those of its pictures that are not here cannot be had any more."""

    problem: Problem
    request_id: str | None = None
    cost: Price | None = None


JobEvent = (
    Queued
    | Submitting
    | PutBack
    | Answered
    | LookedAgain
    | OutputStored
    | OutputFinished
    | Succeeded
    | Failed
    | Cancelled
    | OutcomeUnknown
    | Expired
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The fold of a job's events. Times are seconds since 1970. `results` are the addresses whose pictures are not
    stored yet; `answered` whether the provider is known to have made it; `received` whether an ended job's pictures may
    still be had by what was received, and by nothing else."""

    id: JobId
    request: EditRequest
    created: float
    state: JobState = JobState.QUEUED
    started: float | None = None
    ended: float | None = None
    attempts: int = 0
    outputs: tuple[Output, ...] = ()
    answered: bool = False
    results: tuple[ResultAddress, ...] = ()
    missing: int = 0
    price: Price | None = None
    cost: Price | None = None
    billed: bool | None = False
    problem: Problem | None = None
    request_id: str | None = None
    revised_prompt: str | None = None
    received: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderProgress:
    """Not journalled. `fraction` is None where nobody can tell; it never goes back within a phase."""

    phase: str
    fraction: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderPreview:
    """A rough picture on the way, of the shape of what was sent, but it may be smaller. Not kept."""

    index: int
    image: EncodedImage


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderOutput:
    """A finished answer as received."""

    index: int
    image: EncodedImage
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSending:
    """The first byte of an order that may cost is about to leave; told once more where the answer's head named the
    request."""

    request_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDone:
    """The answer is here whole. `results` are pictures that it names and that are yet to be fetched."""

    cost: Price | None = None
    request_id: str | None = None
    revised_prompt: str | None = None
    results: tuple[ResultAddress, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderNamed:
    """Pictures that an answer names which is not here whole, yet to be fetched. Where the answer is read again, they
    are named again."""

    results: tuple[ResultAddress, ...]


ProviderEvent = ProviderProgress | ProviderPreview | ProviderSending | ProviderOutput | ProviderNamed | ProviderDone


@dataclass(frozen=True, slots=True, kw_only=True)
class JobNews:
    """What the runner tells about a job: its fold after an event, and transient progress or preview."""

    job: Job
    event: JobEvent | None = None
    progress: ProviderProgress | None = None
    preview: ProviderPreview | None = None
    outputs_ready: tuple[int, ...] = field(default=())
