"""View states: frozen snapshots that a view can draw without asking further."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.command import Needs
from studio.session.face.form import FormView, ReferenceRow, RunView
from studio.session.face.tools import Combine, CompareMode, Tool, ToolView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.capabilities import Price
    from studio.domain.geometry import Point, Rect, Size
    from studio.domain.ids import BlobId, JobId, LayerId, OutputId
    from studio.domain.job import JobState
    from studio.domain.pixels import Pixels
    from studio.domain.problems import Problem

__all__ = [
    "Combine",
    "CompareMode",
    "FormView",
    "ReferenceRow",
    "RunView",
    "Tool",
    "ToolView",
]
"""Those that are part of the first frame have files of their own: making a class of this kind takes half a
millisecond, and the frame waits for what it imports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRow:
    """One row of the layer list, top layer first. `note` is the dim second line."""

    id: LayerId
    name: str
    note: str
    visible: bool = True
    locked: bool = False
    opacity: float = 1.0
    blend: str = "normal"
    variations: int = 0
    thumbnail: Pixels | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One step, oldest first; those behind `DocumentView.history_index` were undone."""

    title: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskRow:
    """A saved mask of the document."""

    name: str
    share: float
    thumbnail: Pixels | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """The open document. `key` tells it from every other one, whatever they are called; `masked` is the share of pixels
    under the mask, 0 to 1."""

    title: str
    size: Size
    key: str = ""
    profile: str = "sRGB"
    dirty: bool = False
    path: str | None = None
    saved_at: float | None = None
    layers: tuple[LayerRow, ...] = ()
    active: LayerId | None = None
    masked: float = 0.0
    mask_box: Rect | None = None
    masks: tuple[MaskRow, ...] = ()
    history: tuple[HistoryRow, ...] = ()
    history_index: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VariationRow:
    """One candidate that waits on the canvas."""

    output: OutputId | None
    label: str
    thumbnail: Pixels | None = None
    preview: bool = False
    """A rough picture; the full one is on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StagingView:
    """A result on the canvas that was not applied yet. `verb` says what Apply does with it."""

    job: JobId
    variations: tuple[VariationRow, ...]
    index: int
    note: str
    running: bool = False
    phase: str = ""
    can_apply: bool = True
    verb: str = "Apply"
    layer: LayerId | None = None
    """Set while the variations of an applied layer are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCard:
    """A card of the queue. Times are seconds since 1970."""

    job: JobId
    title: str
    model: str
    provider: str
    state: JobState
    phase: str
    fraction: float | None = None
    created: float = 0.0
    started: float | None = None
    ended: float | None = None
    price: Price | None = None
    cost: Price | None = None
    free: bool = True
    """Whether nothing can be charged for it: a price that is not known is no free one."""
    problem: Problem | None = None
    outputs: tuple[OutputId, ...] = ()
    thumbnail: Pixels | None = None
    place: int | None = None
    """Its place among the waiting jobs of its provider, 1 for the next to go; None where it stands in no line."""
    behind: int = 0
    """How many wait behind it."""
    held: bool = False
    """Whether it waits until the user lets waiting jobs go."""
    sent: bool = False
    """Whether it left, or may have: a cancel does not make it cheaper for sure."""
    billed: bool | None = False
    """Whether it was charged; None where nobody knows."""
    can_look: bool = False
    """Whether looking again, which is free, may bring a picture or tell what it was charged."""
    again: Price | None = None
    """What sending it again would cost by today's catalogue; None where that is not known."""
    expected: tuple[float, float] | None = None
    """Between how many seconds and how many past runs of its kind took; None where there were too few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """The queue as a whole: `paused`, nothing more begins, and what runs goes on."""

    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryRow:
    """A picture of the gallery; its thumbnail is asked for when it comes into sight."""

    id: OutputId
    blob: BlobId
    title: str
    prompt: str
    model: str
    provider: str
    parameters: tuple[tuple[str, str], ...]
    created: float
    size: Size
    seed: int | None = None
    parent: OutputId | None = None
    starred: bool = False
    applied: bool = False
    trashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryView:
    """The gallery as listed now, newest first; with `trashed_only` what was moved to the trash, and nothing else."""

    rows: tuple[GalleryRow, ...] = ()
    words: str = ""
    starred_only: bool = False
    trashed_only: bool = False
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """News for a person: a sentence with its button, or a problem out of the catalogue. The sentence is a literal, so
    that it can be translated; its braces are filled with `facts`."""

    text: str
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    problem: Problem | None = None
    action: str = ""
    button: str = ""
    undo: bool = False
    path: str = ""
    """A file that was written."""

    def words(self) -> str:
        """In English."""
        return self.text.format(**self.facts) if self.facts else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A document that a crash left behind."""

    key: str
    title: str
    saved_at: float
    size: Size
    thumbnail: Pixels | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """How a picture leaves. `quality` 1 to 100 counts for JPEG, WebP and AVIF; `metadata` says whether prompt,
    model and the IPTC mark of AI-made pictures are written."""

    format: str = "png"
    quality: int = 90
    metadata: bool = False
    keep_profile: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPreview:
    """What an export would weigh, and how it would look."""

    bytes: int
    picture: Pixels | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintTile:
    """A piece of the shown picture: `box` in document space, `pixels` for painting, scaled by 1 / 2**level."""

    box: Rect
    level: int
    pixels: Pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskOutline:
    """Closed outlines of the mask at half strength (document space)."""

    rings: tuple[tuple[Point, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Which needs of commands are met now."""

    met: Needs = Needs.NOTHING
