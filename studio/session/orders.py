"""From the document and the form to a complete order: checked, framed, encoded and stored."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.geometry import Margins
from studio.domain.ids import LOCAL
from studio.domain.request import Colours, EditRequest, Outcome
from studio.engine.vocabulary import understood
from studio.framing.crop import ratio_of
from studio.framing.prepare import Order, prepare, source_png

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.document.state import DocumentState
    from studio.domain.capabilities import Model
    from studio.domain.ids import BlobId, OutputId
    from studio.domain.request import ParameterValue
    from studio.framing.prepare import Prepared
    from studio.session.ports import Blobs, Offload


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wish:
    """What a face asks for."""

    model: Model
    state: DocumentState | None
    prompt: str = ""
    values: tuple[tuple[str, ParameterValue], ...] = ()
    count: int = 1
    seed: int | None = None
    references: tuple[BlobId, ...] = ()
    margins: Margins = field(default_factory=Margins)
    frame: str | None = None
    grow: int = 3
    feather: float = 1.5
    parent: OutputId | None = None
    title: str = ""


def chosen_model(models: Sequence[Model], chosen: Model | None, prompt: str, *, masked: bool) -> Model:
    """The model that a run is for. For the local engine the words of the prompt choose it; other words are refused,
    never ignored. Without words it is the chosen one. Raises UsageError (prompt-needs-provider, unknown-model)."""
    if chosen is not None and chosen.provider != LOCAL:
        return chosen
    local = {str(model.id): model for model in models if model.provider == LOCAL}
    if prompt.strip():
        operation = understood(prompt)
        if operation is None:
            raise trouble("prompt-needs-provider")
        if operation in local:
            return local[operation]
    elif chosen is not None:
        return chosen
    else:
        operation = "remove" if masked else "cutout"
    if operation not in local:
        raise trouble("unknown-model", provider=LOCAL, model=operation, models=", ".join(local))
    return local[operation]


class Orders:
    """Prepares in the worker pool and stores what will be sent, so that a committed order never lacks a picture."""

    def __init__(self, offload: Offload, blobs: Blobs) -> None:
        self._offload = offload
        self._blobs = blobs

    async def order(self, wish: Wish) -> EditRequest:
        """Raises UsageError where nothing could be sent, StorageError where it could not be stored."""
        takes = wish.model.capabilities
        if takes.needs_base and wish.state is None and (wish.model.provider == LOCAL or not wish.references):
            raise trouble("no-document")
        if wish.state is None or makes_anew(wish.model):
            return self._request(wish, None, (None, None, None, None))
        source = asyncio.ensure_future(self._source(wish.state))
        try:
            prepared = await self._offload.compute(prepare, _framing(wish, wish.state))
            base, mask, paste = await asyncio.gather(
                self._blobs.put(prepared.base), self._put(prepared.mask), self._put(prepared.paste_mask)
            )
            return self._request(wish, prepared, (base, mask, await source, paste))
        finally:
            source.cancel()

    async def _source(self, state: DocumentState) -> BlobId:
        return await self._blobs.put(await self._offload.compute(source_png, state))

    async def _put(self, data: bytes | None) -> BlobId | None:
        return await self._blobs.put(data) if data is not None else None

    def _request(self, wish: Wish, prepared: Prepared | None, blobs: tuple[BlobId | None, ...]) -> EditRequest:
        base, mask, source, paste = blobs
        takes = wish.model.capabilities
        return EditRequest(
            provider=wish.model.provider,
            model=wish.model.id,
            prompt=wish.prompt.strip(),
            parameters=_parameters(wish),
            count=takes.fixed_count or min(wish.count, takes.max_count),
            seed=wish.seed if takes.takes_seed else None,
            outcome=takes.outcome if prepared else Outcome.PICTURE,
            base=base,
            mask=mask,
            references=wish.references[: takes.max_references],
            placement=prepared.placement if prepared else None,
            source=source,
            paste_mask=paste,
            parent=wish.parent,
            title=wish.title or wish.model.name,
            colours=prepared.colours if prepared else Colours.SOURCE,
        )


def makes_anew(model: Model) -> bool:
    """Whether it only makes pictures out of words: what is open is neither sent nor changed."""
    takes = model.capabilities
    return takes.outcome is Outcome.PICTURE and not takes.needs_base


def _framing(wish: Wish, state: DocumentState) -> Order:
    return Order(
        state=state,
        capabilities=wish.model.capabilities,
        frame=wish.frame,
        grow=wish.grow,
        feather=wish.feather,
        margins=wish.margins,
        ratio=ratio_of(dict(wish.values).get("size")),
        colours=Colours.SOURCE if wish.model.provider == LOCAL else Colours.SRGB,
    )


def _parameters(wish: Wish) -> tuple[tuple[str, ParameterValue], ...]:
    """What is set, over what the canvas says of the margins."""
    known = {parameter.name for parameter in wish.model.capabilities.parameters}
    pulled = {
        "left": wish.margins.left,
        "top": wish.margins.top,
        "right": wish.margins.right,
        "bottom": wish.margins.bottom,
    }
    values: dict[str, ParameterValue] = {name: value for name, value in pulled.items() if name in known}
    values.update(wish.values)
    return tuple(sorted(values.items()))
