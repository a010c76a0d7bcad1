"""A model whose id was typed by hand: no catalogue tells of it, the documents do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.capabilities import Capabilities, MaskUse, Model
from studio.domain.ids import ModelId
from studio.domain.profile import ProviderKind
from studio.wire import experience
from studio.wire.documented import NANOGPT_TYPED
from studio.wire.models_openai import model_of

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile

_COUNT, _IMAGES = 10, 16
_NOTE = "Typed by hand: what it takes is not known before it is asked."


def typed_model(profile: ProviderProfile, name: str) -> Model:
    """The model with everything that the provider's documents offer; what it does not take, the provider will say.
    An empty id leaves the choice to the provider, where its documents allow that."""
    name = name.strip()
    if profile.kind is not ProviderKind.NANOGPT:
        return model_of(name, {"name": name or "Provider's choice", "description": _NOTE}, profile)
    return Model(
        id=ModelId(name),
        provider=profile.id,
        name=name or "Provider's choice",
        note=_NOTE,
        capabilities=Capabilities(
            outcome=experience.outcome(name, takes_images=True),
            needs_base=experience.needs_image(name),
            text_to_image=not experience.needs_image(name),
            mask=MaskUse.REQUIRED if experience.needs_mask(name) else MaskUse.OPTIONAL,
            max_references=_IMAGES - 1,
            min_references=experience.fewest_images(name) - 1,
            max_count=_COUNT,
            takes_seed=True,
            needs_prompt=experience.needs_prompt(name),
            parameters=NANOGPT_TYPED,
        ),
    )
