"""A result that waits on the canvas: its candidates, and the document as it would be with one of them applied."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studio.document.edits import extend_canvas
from studio.document.layer import Layer, LayerKind, Origin, Variation, mint_layer_id
from studio.document.masked import with_mask
from studio.document.results import apply_result, choose_variation
from studio.domain.geometry import Margins
from studio.domain.request import Outcome
from studio.framing.crop import margins_of
from studio.imaging.tiles import empty_mask
from studio.session.face.views import StagingView, VariationRow

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.ids import BlobId, JobId, LayerId, OutputId
    from studio.domain.pixels import Pixels
    from studio.domain.request import EditRequest
    from studio.imaging.tiles import Raster

VERBS = {Outcome.PICTURE: "Replace picture", Outcome.MASK: "Use as mask"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """A candidate ready to be shown. `raster` lies in the space of the document as it will be (BGRA), or is the mask
    (gray); `outside` counts the pixels outside of the paste mask that differ from before: measured, not assumed."""

    raster: Raster
    mask: Raster | None
    thumbnail: Pixels
    outside: int | None = None


@dataclass(slots=True, kw_only=True)
class Candidate:
    """One of the variations, rough or final. `answer` is None until it was placed; `turn` orders the rough ones."""

    index: int
    output: OutputId | None = None
    blob: BlobId | None = None
    seed: int | None = None
    answer: Answer | None = None
    rough: bool = False
    turn: int = 0

    def gives_way(self, turn: int) -> bool:
        """Whether the rough picture of this turn may take its place."""
        return self.rough and self.turn < turn


@dataclass(slots=True, kw_only=True)
class Staging:
    """What waits. `document` is the key of the document it belongs to; `layer` is set while the variations of an
    applied layer are looked at."""

    job: JobId
    request: EditRequest
    title: str
    document: str
    candidates: dict[int, Candidate] = field(default_factory=dict[int, Candidate])
    index: int = 0
    running: bool = False
    phase: str = ""
    chosen_by_hand: bool = False
    layer: LayerId | None = None
    layer_id: LayerId = field(default_factory=mint_layer_id)

    def shown(self) -> Candidate | None:
        """The candidate that is looked at, None while nothing came."""
        return self.candidates.get(self.index)

    def ordered(self) -> list[Candidate]:
        """All candidates, by index."""
        return [self.candidates[index] for index in sorted(self.candidates)]

    def can_apply(self) -> bool:
        """Whether the candidate in sight is the real one."""
        shown = self.shown()
        return shown is not None and shown.answer is not None and not shown.rough


def view(staging: Staging) -> StagingView:
    """The staging bar's state."""
    ordered = staging.ordered()
    rows = tuple(
        VariationRow(
            output=each.output,
            label=str(number),
            thumbnail=each.answer.thumbnail if each.answer else None,
            preview=each.rough,
        )
        for number, each in enumerate(ordered, 1)
    )
    place = next((place for place, each in enumerate(ordered) if each.index == staging.index), 0)
    return StagingView(
        job=staging.job,
        variations=rows,
        index=place,
        note=_note(staging),
        running=staging.running,
        phase=staging.phase,
        can_apply=staging.can_apply(),
        verb=VERBS.get(staging.request.outcome, "Apply"),
        layer=staging.layer,
    )


def _note(staging: Staging) -> str:
    shown = staging.shown()
    if shown is None:
        return staging.phase
    return "Rough preview" if shown.rough else _fact(staging.request.outcome, shown.answer)


def _fact(outcome: Outcome, answer: Answer | None) -> str:
    if answer is None:
        return ""
    if outcome is Outcome.PICTURE:
        size = answer.raster.size
        return f"{size.width} × {size.height}"
    if outcome is Outcome.LAYER:
        return "cut out as a layer"
    if answer.outside is None:
        return ""
    if answer.outside == 0:
        return "nothing changed outside the mask" if outcome is Outcome.PASTE else "the picture itself is unchanged"
    return f"{answer.outside} pixels changed outside the mask"


def fits(state: DocumentState, request: EditRequest) -> bool:
    """Whether an answer to this request can be laid over this document."""
    return request.placement is not None and request.placement.document == state.size


def varied(state: DocumentState, staging: Staging) -> Layer | None:
    """The layer whose variations are looked at; None where it has gone from the document, or took another one in."""
    held = state.found(staging.layer) if staging.layer is not None else None
    if held is None or [each.output for each in held.variations] != [each.output for each in staging.ordered()]:
        return None
    return held


def lies_over(state: DocumentState, staging: Staging) -> bool:
    """Whether what waits can be laid over this document."""
    return fits(state, staging.request) if staging.layer is None else varied(state, staging) is not None


def applied(state: DocumentState, staging: Staging) -> DocumentState:
    """The document with the candidate in sight applied; the same state while there is none."""
    shown = staging.shown()
    if shown is None or shown.answer is None:
        return state
    answer = shown.answer
    if staging.layer is not None:
        return choose_variation(state, staging.layer, shown.index, answer.raster)
    if staging.request.outcome is Outcome.MASK:
        return with_mask(state, answer.raster)
    if staging.request.outcome is Outcome.PICTURE:
        return _replaced(state, staging, answer)
    grown = extend_canvas(state, _margins(staging.request))
    return apply_result(with_mask(grown, empty_mask(grown.size)), _layer(staging, shown, answer))


def seen(state: DocumentState, staging: Staging) -> DocumentState:
    """The document as it is looked at while the candidate waits: as `applied`, but a cut-out stands alone, since over
    the picture that it was cut from nobody would see it."""
    made = applied(state, staging)
    if made is state or staging.layer is not None or staging.request.outcome is not Outcome.LAYER:
        return made
    return replace(made, layers=tuple(_alone(layer, staging.layer_id) for layer in made.layers))


def _alone(layer: Layer, kept: LayerId) -> Layer:
    return layer if layer.id == kept else replace(layer, visible=False)


def _margins(request: EditRequest) -> Margins:
    place = request.placement
    if request.outcome is not Outcome.CANVAS or place is None:
        return Margins()
    return margins_of(place.box, place.document)


def _replaced(state: DocumentState, staging: Staging, answer: Answer) -> DocumentState:
    layer = Layer(
        raster=answer.raster,
        name=staging.title,
        id=staging.layer_id,
        kind=LayerKind.GENERATED,
        origin=_origin(staging),
    )
    size = answer.raster.size
    return replace(state, size=size, layers=(layer,), active=layer.id, mask=empty_mask(size), masks=())


def _origin(staging: Staging) -> Origin:
    return Origin(prompt=staging.request.prompt, model=str(staging.request.model), job=staging.job)


def _layer(staging: Staging, shown: Candidate, answer: Answer) -> Layer:
    finals = [each for each in staging.ordered() if each.output is not None and each.blob is not None]
    variations = tuple(
        Variation(output=each.output, blob=each.blob, seed=each.seed, label=str(number), raster=_raster(each))
        for number, each in enumerate(finals, 1)
        if each.output is not None and each.blob is not None
    )
    chosen = next((place for place, each in enumerate(finals) if each.index == shown.index), 0)
    return Layer(
        raster=answer.raster,
        mask=answer.mask,
        name=staging.title,
        id=staging.layer_id,
        kind=LayerKind.GENERATED,
        origin=_origin(staging),
        variations=variations,
        variation=chosen,
    )


def _raster(candidate: Candidate) -> Raster | None:
    return candidate.answer.raster if candidate.answer else None
