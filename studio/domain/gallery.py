"""A row of the gallery: one output of one job, with all that is needed to do it again."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.geometry import Size  # noqa: TC001  # the journal's decoder resolves the fields' types when it runs
from studio.domain.ids import BlobId, JobId, OutputId  # noqa: TC001  # the journal's decoder resolves the fields' types when it runs
from studio.domain.request import EditRequest  # noqa: TC001  # the journal's decoder resolves the fields' types when it runs


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryEntry:
    """Keyed by job and output index. `size` is the finished picture's where there is one, else the raw one's."""

    id: OutputId
    job: JobId
    index: int
    created: float
    request: EditRequest
    raw: BlobId
    finished: BlobId | None
    media_type: str
    size: Size
    seed: int | None = None
    starred: bool = False
    applied: bool = False
    trashed: bool = False

    @property
    def shown(self) -> BlobId:
        """The blob to open, export and drag out."""
        return self.finished or self.raw


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryQuery:
    """What to list: words of prompt, model or provider; newest first, from before an entry."""

    words: str = ""
    starred: bool = False
    trashed: bool = False
    before: OutputId | None = None
    limit: int = 200
