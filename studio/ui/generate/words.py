"""What is said of a model, on the button and in the list alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.translate import tr

if TYPE_CHECKING:
    from studio.domain.capabilities import Model
    from studio.session.face.views import FormView


def provider_name(view: FormView, model: Model) -> str:
    """The provider as it is shown."""
    return next((each.name for each in view.providers if each.id == model.provider), str(model.provider))


def takes_words(model: Model) -> str:
    """What a model takes, in a few words: mask, 4 references."""
    from studio.domain.capabilities import MaskUse  # first use, not first frame

    can, words = model.capabilities, list[str]()
    if can.mask is not MaskUse.NONE:
        words.append(tr("mask"))
    if can.reads_prompt:
        words.append(tr("prompt"))
    if can.max_references == 1:
        words.append(tr("1 reference"))
    elif can.max_references:
        words.append(tr("{count} references", count=can.max_references))
    return ", ".join(words)
