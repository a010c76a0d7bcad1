"""PyPatchMatch behind one typed function; its C code has no stubs that say what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import patchmatch

from studio.domain.catalogue import trouble

if TYPE_CHECKING:
    from studio.engine.arrays import Bytes


def synthesised(picture: Bytes, hole: Bytes, *, forbidden: Bytes | None, radius: int, seed: int) -> Bytes:
    """The hole filled with patches of the rest by multi-scale PatchMatch (Barnes et al., 2009) and voting.

    picture (height, width, 3), hole and forbidden (height, width) with 255 where to fill and where not to copy
    from. One long call that cannot be stopped. The seed lives in the native library, so calls may not overlap.
    Raises ProviderError where the library cannot be loaded or gives up.
    """
    if not patchmatch.patchmatch_available:
        raise trouble("engine-unavailable", detail="the PatchMatch library could not be loaded")
    patchmatch.set_random_seed(seed)
    try:
        filled = patchmatch.inpaint(picture, hole, global_mask=forbidden, patch_size=radius)
    except RuntimeError as error:
        raise trouble("engine-failed", detail=str(error)) from error
    return cast("Bytes", filled)
