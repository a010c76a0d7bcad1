"""What came of one answer: what it said, and which of its pictures are in no library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.job import ProviderDone
from studio.jobs.shortfall import Came, shortfall, unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.capabilities import ProviderInfo
    from studio.domain.ids import BlobId
    from studio.domain.job import Job, ResultAddress
    from studio.domain.problems import Problem
    from studio.jobs.outputs import Unseen

ELSEWHERE = "kept-elsewhere"
"""What is said of a picture that is in no library, but in a file."""
_NOTE = -1
"""Where the index of a picture would be: the note that the answer is here."""


class Haul:
    """Of one run. `done` is what the answer said, as far as it came; `named` are the pictures that it names where it is
    not here whole, `gone` those of them that nobody can have any more; `unread` the blobs of bytes that are no picture.
    """

    def __init__(self) -> None:
        self.done = ProviderDone()
        self.named: tuple[ResultAddress, ...] = ()
        self.gone: set[int] = set()
        self.unread: list[BlobId] = []
        self._unkept: dict[int, Problem] = {}
        self._unseen: dict[int, BlobId] = {}

    def asked_for_by(self, request_id: str | None) -> None:
        """The request has this name; None where it was not told."""
        self.done = replace(self.done, request_id=request_id or self.done.request_id)

    def not_read(self, blob: BlobId, index: int) -> None:
        """What came for a picture is none, and no other look makes it one."""
        self.unread.append(blob)
        self.gone.add(index)

    def kept(self, index: int) -> None:
        """A picture is in the library, whatever was said of it before."""
        self._unkept.pop(index, None)
        self._unseen.pop(index, None)

    def not_kept(self, reason: Problem, index: int = _NOTE) -> None:
        """A picture, or the note of the answer, is not in the library; the reason says where it is."""
        self._unkept[index] = reason

    def not_seen(self, bytes_: Unseen, index: int) -> None:
        """What came for a picture is in the library, and another look may find that it is one."""
        self._unseen[index] = bytes_.raw
        self._unkept[index] = bytes_.said

    @property
    def unkept(self) -> tuple[Problem, ...]:
        """What is said of all that is not in the library, in the order in which it came."""
        return tuple(self._unkept.values())

    @property
    def is_nowhere(self) -> bool:
        """Whether a picture came that no folder took."""
        return any(index != _NOTE and said.code != ELSEWHERE for index, said in self._unkept.items())

    @property
    def is_unseen(self) -> bool:
        """Whether bytes came that nobody could look at."""
        return bool(self._unseen)

    @property
    def may_be_kept(self) -> bool:
        """Whether a picture came that another look may bring into the gallery."""
        return self.is_nowhere or self.is_unseen

    def is_named(self, job: Job) -> bool:
        """Whether pictures are missing, and may be had, whose addresses are in no journal."""
        wanted = missing(job, (*self.named, *self.done.results))
        return not job.answered and any(each.index not in self.gone for each in wanted)

    def short(self, told: Problem, job: Job) -> Problem:
        """What is said where an answer broke off, and of its pictures that came."""
        came = Came(pictures=len(job.outputs), unkept=self.unkept, unread=self._blobs)
        return shortfall(told, came, job.request.count)

    def unkept_of_all(self) -> Problem:
        """What is said where all of an answer came, and not all of it is in the gallery. It names the bytes that are no
        picture, or not yet one, so that they stay in the library."""
        first = self.unkept[0]
        others = [blob for blob in self._blobs if blob not in first.detail]
        return replace(first, detail=" ".join((first.detail, *others)).strip())

    @property
    def _blobs(self) -> list[BlobId]:
        return [*self.unread, *self._unseen.values()]

    def unreadable(self, provider: ProviderInfo) -> Problem:
        """What is said of bytes that are no picture."""
        return unreadable(provider, self.unread)


def missing(job: Job, results: Sequence[ResultAddress]) -> list[ResultAddress]:
    """Those whose pictures are not stored."""
    stored = {output.index for output in job.outputs}
    return [each for each in results if each.index not in stored]
