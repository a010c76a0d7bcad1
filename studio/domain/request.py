"""The order for a generation, complete: what is not in it does not influence the result."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from studio.domain.geometry import Margins, Rect, Size
from studio.domain.ids import BlobId, ModelId, OutputId, ProviderId  # noqa: TC001  # the journal's decoder resolves the fields' types when it runs

ParameterValue = str | int | float | bool


class Outcome(Enum):
    """What becomes of a model's answer in the document."""

    PASTE = "paste"
    """Pasted under the feathered mask; outside of it every pixel is the original's."""
    CANVAS = "canvas"
    """The canvas grows by the margins; the old picture stays as it is in its place."""
    LAYER = "layer"
    """A layer with its own alpha: something cut out."""
    MASK = "mask"
    """A mask: something selected."""
    PICTURE = "picture"
    """A picture of its own, of another size: opened as a document."""


class Colours(Enum):
    """In which colours a picture went out, and so those in which an answer comes that names none of its own."""

    SOURCE = "source"
    """The numbers of the picture itself, whatever its profile: the engine of this machine never looks at one."""
    SRGB = "srgb"
    """Brought from its profile to what everybody takes numbers without a profile for."""
    PLAIN = "plain"
    """The picture is in sRGB itself: there is nothing to bring anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """How a crop travelled, so that the answer finds its way back whatever size it comes in.

    `box` (document space, may reach outside of the document where the canvas is to grow) was cropped, scaled to
    `sent` less `padding` (sent space) and padded. The answer's pixels map to the box through its own size.
    """

    document: Size
    box: Rect
    sent: Size
    padding: Margins = field(default_factory=Margins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A picture that is sent beside the base: its place in the order, whether it is on, and what it is for."""

    blob: BlobId
    name: str
    order: int
    enabled: bool = True
    role: str = "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRequest:
    """One order. Blobs: `base`, `mask` and `references` as sent; `source` the whole flattened picture and
    `paste_mask` (gray, the size of `placement.box`) for pasting the answer back. A reference that was given as an https
    address is a blob whose bytes are that address: the provider fetches it, so whoever shows references as pictures
    has to expect one that is none. `colours` are those of `base`; orders that say nothing of it are from when no
    picture was converted."""

    provider: ProviderId
    model: ModelId
    prompt: str = ""
    parameters: tuple[tuple[str, ParameterValue], ...] = ()
    count: int = 1
    seed: int | None = None
    outcome: Outcome = Outcome.PASTE
    base: BlobId | None = None
    mask: BlobId | None = None
    references: tuple[BlobId, ...] = ()
    placement: Placement | None = None
    source: BlobId | None = None
    paste_mask: BlobId | None = None
    parent: OutputId | None = None
    title: str = ""
    colours: Colours = Colours.SOURCE

    def parameter(self, name: str) -> ParameterValue | None:
        """A parameter's value, None where it was not set."""
        return dict(self.parameters).get(name)

    def blobs(self) -> tuple[BlobId, ...]:
        """Every blob that the order needs."""
        named = (self.base, self.mask, self.source, self.paste_mask, *self.references)
        return tuple(blob for blob in named if blob is not None)
