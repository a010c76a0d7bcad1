"""What stands in the queue, in order: cards, and groups of jobs that failed of the same thing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.job import JobState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from studio.session.face.views import JobCard

FEWEST = 3
"""Equal failures that are told as one."""
GROUPED = (JobState.FAILED, JobState.UNKNOWN, JobState.EXPIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Jobs that ended of the same thing at one provider, newest first."""

    name: str
    cards: tuple[JobCard, ...]
    is_open: bool = False

    @property
    def newest(self) -> JobCard:
        """The one that its words are taken from."""
        return self.cards[0]


def rows(cards: Iterable[JobCard], opened: Collection[str] = ()) -> list[tuple[str, JobCard | Group]]:
    """Running ones first, then those that wait as they will go, then the ended, newest first. Each with a name of its
    own; a group stands where its newest would, and the cards of an open one follow it."""
    ordered = sorted(cards, key=_order)
    groups = _groups(ordered)
    found: list[tuple[str, JobCard | Group]] = []
    told: set[str] = set()
    for card in ordered:
        name = _kind(card)
        members = groups.get(name, ())
        if not members:
            found.append((card.job, card))
        elif name not in told:
            told.add(name)
            is_open = name in opened
            found.append((name, Group(name=name, cards=tuple(members), is_open=is_open)))
            found += [(each.job, each) for each in members if is_open]
    return found


def counts(cards: Iterable[JobCard]) -> Counter[JobState]:
    """How many jobs there are of each state."""
    return Counter(card.state for card in cards)


def _groups(cards: Sequence[JobCard]) -> dict[str, list[JobCard]]:
    kinds: dict[str, list[JobCard]] = {}
    for card in cards:
        if card.state in GROUPED and card.problem is not None:
            kinds.setdefault(_kind(card), []).append(card)
    return {name: each for name, each in kinds.items() if len(each) >= FEWEST}


def _kind(card: JobCard) -> str:
    code = "" if card.problem is None else card.problem.code
    return f"{card.state.value} {card.provider} {code}"


def _order(card: JobCard) -> tuple[int, float, float]:
    if card.state.is_final:
        return 2, 0, -card.created
    if card.state is JobState.RUNNING:
        return 0, 0, card.started or card.created
    return 1, card.place or float("inf"), card.created
