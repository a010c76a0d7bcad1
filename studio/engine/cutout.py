"""Cut the subject out: an alpha that follows its outline, and edge colours freed from the old background."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from studio.domain.catalogue import trouble
from studio.engine.arrays import box_mean, check, opaque, shrunk, stretched, within
from studio.engine.guided import guided
from studio.engine.nets import PEOPLE, SUBJECT
from studio.engine.refine import refined, to_mask
from studio.engine.select import overlap

if TYPE_CHECKING:
    from studio.engine.arrays import Bytes, Floats
    from studio.engine.nets import Models

_PROXY_SIDE = 1600
_LEAST = 0.002
_AGREE = 0.5


class Subject(Enum):
    """What is looked for. AUTO takes people where the people net and the subject net mean the same thing."""

    AUTO = "auto"
    THING = "thing"
    PEOPLE = "people"


def cut_out(picture: Bytes, models: Models, *, subject: Subject = Subject.AUTO, mask: Bytes | None = None) -> Bytes:
    """The subject as RGBA of the picture's size; alpha 0 elsewhere.

    picture (height, width, 3 or 4); `mask` (height, width), if given, says what the subject is, and no net is asked.
    Raises UsageError `nothing-there` where nothing stands out, ProviderError where a model file is missing.
    """
    check(picture, mask)
    plain = opaque(picture)
    proxy = within(plain, _PROXY_SIDE)
    height, width = proxy.shape[:2]
    if mask is None:
        alpha = refined(proxy, _found(proxy, models, subject))
    else:
        alpha = refined(proxy, np.asarray(shrunk(mask, width, height), np.float32) / np.float32(255))
    if float((alpha > 0.5).mean()) < _LEAST:
        raise trouble("nothing-there")
    fine = alpha if proxy is plain else guided(plain, alpha, radius=2)
    shape = to_mask(fine)
    if picture.shape[2] == 4:
        shape = np.minimum(shape, picture[..., 3])
    return np.ascontiguousarray(np.dstack((decontaminated(plain, fine), shape)))


def decontaminated(picture: Bytes, alpha: Floats) -> Bytes:
    """The picture with the colours of half-covered pixels (alpha between 0 and 1) replaced by the thing's own.

    A pixel there mixes both sides: the thing's colour is estimated as the mean of the sure pixels around it, then
    the mixture equation is solved with it as the prior (after Forte, 2021, in one step).
    """
    radius = max(2, max(alpha.shape) // 300)
    rows, columns = np.nonzero((alpha > 0.01) & (alpha < 0.99))
    result = picture.copy()
    if rows.size == 0:
        return result
    thing = _mean_colour(picture, np.asarray(alpha > 0.95, np.float32), radius, rows, columns)
    rest = _mean_colour(picture, np.asarray(alpha < 0.05, np.float32), radius, rows, columns)
    share = alpha[rows, columns][:, np.newaxis]
    seen = picture[rows, columns].astype(np.float32)
    missing = seen - share * thing - (1 - share) * rest
    own = thing + share * missing / (share**2 + (1 - share) ** 2 + 0.05)
    result[rows, columns] = np.rint(own).clip(0, 255).astype(np.uint8)
    return result


def _mean_colour(picture: Bytes, weight: Floats, radius: int, rows: np.ndarray, columns: np.ndarray) -> Floats:
    """Mean colour of the weighted pixels around these places; wider where there are none near."""
    colour = np.zeros((len(rows), 3), np.float32)
    missing = np.ones(len(rows), np.bool_)
    for reach in (radius, 4 * radius, 16 * radius):
        total = box_mean(weight, reach)[rows, columns]
        here = missing & (total > 1e-4)
        for channel in range(3):
            weighted = box_mean(np.asarray(picture[..., channel] * weight, np.float32), reach)[rows, columns]
            colour[here, channel] = weighted[here] / total[here]
        missing &= ~here
    colour[missing] = picture[rows, columns][missing]
    return colour


def _found(proxy: Bytes, models: Models, subject: Subject) -> Floats:
    height, width = proxy.shape[:2]
    if subject is Subject.PEOPLE or (subject is Subject.AUTO and not models.has(SUBJECT)):
        return stretched(models.people(proxy), width, height)
    thing = stretched(models.subject(proxy), width, height)
    if subject is Subject.AUTO and models.has(PEOPLE):
        people = stretched(models.people(proxy), width, height)
        if overlap(thing, people) > _AGREE:
            return np.maximum(thing, people)
    return thing
