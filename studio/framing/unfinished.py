"""An answer that is to be made into a finished picture. Apart from what makes it, which another process loads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.request import Colours, Outcome, Placement
    from studio.imaging.kept import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """An answer, the whole picture that it belongs into, and the mask under which it is pasted. `colours` are those in
    which the picture went out."""

    source: Kept
    answer: Kept
    paste: Kept | None
    placement: Placement
    outcome: Outcome
    colours: Colours
