"""What is said of a model, on the button and in the list alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.translate import tr
from studio.ui.words import cost

if TYPE_CHECKING:
    from studio.domain.capabilities import Model, Price
    from studio.session.face.views import FormView


def provider_name(view: FormView, model: Model) -> str:
    """The provider as it is shown."""
    return next((each.name for each in view.providers if each.id == model.provider), str(model.provider))


def takes_words(model: Model) -> str:
    """What a model takes, in a few words: mask, 4 references, text to image."""
    return ", ".join(badges(model))


def badges(model: Model) -> list[str]:
    """What a model takes, each in a word or two."""
    from studio.domain.capabilities import MaskUse  # first use, not first frame

    can, words = model.capabilities, list[str]()
    if can.mask is not MaskUse.NONE:
        words.append(tr("mask"))
    if can.max_references == 1:
        words.append(tr("1 reference"))
    elif can.max_references:
        words.append(tr("{count} references", count=can.max_references))
    if can.text_to_image:
        words.append(tr("text to image"))
    return words


def price_words(model: Model) -> str:
    """What one picture costs; the least where sizes differ."""
    if model.free:
        return cost(None, free=True)
    prices = {price for _, price in model.prices}
    if len(prices) > 1:
        return tr("from {amount}", amount=cost(min(prices, key=_amount), free=False))
    return cost(prices.pop() if prices else model.price, free=False)


def _amount(price: Price) -> float:
    try:
        return float(price.amount)
    except ValueError:
        return float("inf")
