"""What is said of an order whose pictures did not all come, or came as what nobody can read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.capabilities import ProviderInfo
    from studio.domain.ids import BlobId
    from studio.domain.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """How many pictures are in the gallery; why others are not, and where they are; bytes that are no picture."""

    pictures: int
    unkept: Sequence[Problem] = ()
    unread: Sequence[BlobId] = ()


def shortfall(told: Problem, came: Came, ordered: int) -> Problem:
    """The problem as it was told, with what came all the same: what went wrong and may have cost stays as it was."""
    said = told
    if came.pictures:
        cut = problem("answer-cut", reason=told.what, came=came.pictures, ordered=ordered)
        said = replace(told, title=cut.title, what=cut.what)
    if came.unkept:
        whats = (said.what, *(each.what for each in came.unkept))
        said = replace(came.unkept[0], what=" ".join(whats), detail=told.detail)
    return replace(said, cost=told.cost, detail=" ".join((told.detail, *came.unread)).strip())


def unreadable(provider: ProviderInfo, unread: Sequence[BlobId]) -> Problem:
    """Names the bytes that came, so that they stay in the library."""
    detail = " ".join(unread)
    if provider.local:
        return problem("result-unreadable", detail=detail)
    return problem("pictures-unreadable", provider=provider.name, detail=detail)
