"""From what was typed to a complete order: files read, the model chosen, parameters checked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.domain.capabilities import MaskUse
from studio.domain.catalogue import trouble
from studio.domain.geometry import Margins
from studio.domain.ids import LOCAL
from studio.domain.pricing import quote
from studio.domain.request import Outcome
from studio.framing.masks import read_mask
from studio.session.form import fitted
from studio.session.orders import Orders, Wish, chosen_model, makes_anew
from studio.session.paths import is_project
from studio.session.shallower import loses, lost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.document.state import DocumentState
    from studio.domain.capabilities import Model, Price
    from studio.domain.ids import BlobId
    from studio.domain.request import EditRequest, ParameterValue
    from studio.imaging.decode import Decoded
    from studio.session.face.terminal import EditOrder
    from studio.session.terminal_providers import TerminalProviders
    from studio.session.terminal_world import TerminalWorld

MEGAPIXELS = 120
LARGE_MEGAPIXELS = 300
SECURE = "https://"
ADDRESSES = (SECURE, "http://")


class TerminalOrders:
    """Reads and decodes in the pools; nothing is journalled here."""

    def __init__(self, world: TerminalWorld, providers: TerminalProviders) -> None:
        self._world = world
        self._providers = providers
        self._orders = Orders(world.offload, world.blobs)
        self.remarks: list[str] = []
        """What is to be known of the picture that was read, for people."""

    async def order(self, order: EditOrder) -> tuple[EditRequest, Price | None]:
        """What to enqueue. Raises StudioError where nothing can be sent."""
        self._providers.check_known(order.provider)
        state = await self._state(order)
        masked = state is not None and bool(state.mask.tiles)
        model = await self._model(order, masked=masked)
        _check(order, model)
        values = _values(order, model)
        _check_meaning(order, model, values, masked=masked)
        wish = Wish(
            model=model,
            state=state,
            prompt=order.prompt,
            values=values,
            count=order.count,
            seed=order.seed,
            references=await self._references(order),
            margins=_margins(values),
            frame=order.frame,
        )
        request = await self._orders.order(wish)
        found = quote(model, request.parameters, request.count)
        return request, None if found is None else found.price

    async def _model(self, order: EditOrder, *, masked: bool) -> Model:
        if order.provider != LOCAL:
            return await self._providers.model(order.provider, order.model or "")
        return _model(order, await self._world.jobs.models(), masked=masked)

    async def _state(self, order: EditOrder) -> DocumentState | None:
        """The first picture as a document with the mask on it. A project brings its own mask where none is given."""
        if not order.images:
            return None
        state = await self._document(order.images[0], order)
        if order.mask is None:
            return state
        mask = (await self._decoded(order.mask, order)).pixels
        read = await self._world.offload.compute(read_mask, mask, state.size, order.mask_means)
        return with_mask(state, read)

    async def _document(self, path: str, order: EditOrder) -> DocumentState:
        offload = self._world.offload
        if path.startswith(ADDRESSES):
            reason = "The picture itself has to be a file; only the references after it can be addresses."
            raise trouble("bad-arguments", reason=reason)
        if is_project(path):
            return (await offload.compute(self._world.files.load_project, path)).state
        picture = await self._decoded(path, order)
        profile = picture.profile_name or "sRGB"
        name = os.path.basename(path)
        if loses(picture):
            self.remarks.append(lost(picture, name).words())
        return await offload.compute(new_document, picture.pixels, name, icc=picture.icc, profile=profile)

    async def _decoded(self, path: str, order: EditOrder) -> Decoded:
        data = await self._world.offload.compute(self._world.files.read, path)
        limit = LARGE_MEGAPIXELS if order.large else MEGAPIXELS
        return cast("Decoded", await self._world.offload.decode(data, os.path.basename(path), megapixels=limit))

    async def _references(self, order: EditOrder) -> tuple[BlobId, ...]:
        found: list[BlobId] = []
        for path in order.images[1:]:
            if path.startswith(SECURE):
                found.append(await self._world.blobs.put(path.encode()))
                continue
            if path.startswith(ADDRESSES):
                raise trouble("bad-arguments", reason=f"The address {path} has to begin with https.")
            # Looked at before it is sent: a file that is no picture is the user's slip, not the provider's trouble.
            await self._decoded(path, order)
            found.append(await self._world.blobs.put(await self._world.offload.compute(self._world.files.read, path)))
        return tuple(found)


def _model(order: EditOrder, models: Sequence[Model], *, masked: bool) -> Model:
    """The model that is named; else the one that the words choose."""
    mine = [model for model in models if model.provider == order.provider]
    if order.model is None:
        return chosen_model(mine, None, order.prompt, masked=masked)
    named = next((model for model in mine if model.id == order.model), None)
    if named is None:
        names = ", ".join(str(model.id) for model in mine)
        raise trouble("unknown-model", provider=order.provider, model=order.model, models=names)
    # For its refusal of words that the engine would not heed; a model that is named counts more than words.
    chosen_model(mine, named, order.prompt, masked=masked)
    return named


def _check(order: EditOrder, model: Model) -> None:
    """Refuses what the model would pass over in silence."""
    takes = model.capabilities
    free = not takes.sizes and "size" in {each.name for each in takes.parameters}
    if order.size is not None and order.size not in takes.sizes and not free:
        allowed = "one of " + ", ".join(takes.sizes) if takes.sizes else f"no size with {model.id}"
        raise trouble("bad-parameter", name="--size", value=order.size, allowed=allowed)
    references = len(order.images) - 1
    if references > takes.max_references:
        allowed = f"{takes.max_references} references with {model.id}, after the picture itself"
        raise trouble("bad-parameter", name="--image", value=f"given {len(order.images)} times", allowed=allowed)


def _check_meaning(
    order: EditOrder, model: Model, values: tuple[tuple[str, ParameterValue], ...], *, masked: bool
) -> None:
    """Refuses a mask that would be passed over in silence, and an order that says nowhere what is meant."""
    takes = model.capabilities
    reason = ""
    if model.provider != LOCAL and takes.needs_prompt and not order.prompt.strip():
        reason = f"{model.id} needs to be told what to do: --prompt TEXT."
    elif order.images and makes_anew(model):
        reason = f"{model.id} makes pictures of words alone; use overpaint generate, or a model that edits."
    elif order.mask is not None and (
        takes.outcome is Outcome.CANVAS or (takes.mask is MaskUse.NONE and takes.outcome is not Outcome.PASTE)
    ):
        reason = f"{model.id} takes no mask; leave out --mask."
    elif takes.outcome is Outcome.CANVAS and _margins(values) == Margins():
        reason = f"{model.id} needs to know how far: --set left=64, or top, right, bottom."
    elif takes.outcome is Outcome.MASK and not masked and not dict(values).get("clicks"):
        reason = f"{model.id} needs to know where: --set clicks=X,Y, or --mask."
    if reason:
        raise trouble("bad-arguments", reason=reason)


def _values(order: EditOrder, model: Model) -> tuple[tuple[str, ParameterValue], ...]:
    known = {parameter.name: parameter for parameter in model.capabilities.parameters}
    values: dict[str, ParameterValue] = {} if order.size is None else {"size": order.size}
    for name, value in order.parameters:
        if name not in known:
            names = ", ".join(known) or "no parameters"
            raise trouble("bad-parameter", name=name, value="set", allowed=names)
        values[name] = fitted(known[name], value)
    return tuple(values.items())


def _margins(values: tuple[tuple[str, ParameterValue], ...]) -> Margins:
    """How far the canvas is pulled out, where the model takes that as parameters."""
    pulled = {name: value for name, value in values if isinstance(value, int)}
    return Margins(
        left=pulled.get("left", 0),
        top=pulled.get("top", 0),
        right=pulled.get("right", 0),
        bottom=pulled.get("bottom", 0),
    )
