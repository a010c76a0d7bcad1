"""The colours of what goes out and of what comes back. The picture itself keeps its profile and its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.request import Colours, Outcome
from studio.imaging.colour import colour_to_srgb, converted, has_way_back, is_srgb
from studio.imaging.decode import decode

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels


def leaving(pixels: Pixels, icc: bytes | None, wanted: Colours) -> tuple[Pixels, Colours]:
    """A picture of this profile in the colours that are wanted, and those that it has now. It keeps its numbers where
    no way leads back to its profile: the answer would then keep sRGB's, and could not be laid into it."""
    if is_srgb(icc):
        return pixels, Colours.PLAIN
    if wanted is Colours.SRGB and has_way_back(icc):
        return colour_to_srgb(pixels, icc), Colours.SRGB
    return pixels, Colours.SOURCE


def arriving(data: bytes, icc: bytes | None, colours: Colours, outcome: Outcome) -> Pixels:
    """An answer's file as pixels in the profile (`icc`; None is sRGB) of the picture that it belongs into. Its own
    profile says which colours it has, else those (`colours`) in which the picture went out. A mask has none.

    Raises ImagingError where it is no picture.
    """
    answer = decode(data, "The result")
    if outcome is Outcome.MASK or (answer.icc is None and colours is Colours.SOURCE):
        return answer.pixels
    return converted(answer.pixels, answer.icc, icc)
