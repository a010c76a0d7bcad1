"""What a card of the queue says: what the job costs, how long it takes, what a cancel does to the money."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.domain.job import JobState
from studio.domain.pricing import differs, sum_of
from studio.ui.translate import tr
from studio.ui.words import clock, cost, lasted, money, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.capabilities import Price
    from studio.session.face.views import JobCard

CHARGED = (JobState.SUCCEEDED, JobState.EXPIRED)


def bill(card: JobCard) -> str:
    """What it costs or has cost. What nobody knows is called unknown, and never free."""
    if card.cost is not None:
        if differs(card.price, card.cost):
            return tr("{cost} instead of {price}", cost=money(card.cost), price=said(card.price))
        return money(card.cost)
    if card.free or not card.state.is_final:
        return cost(card.price, free=card.free)
    if card.billed or card.state in CHARGED:
        return tr("cost unknown ({price})", price=said(card.price)) if card.price else tr("cost unknown")
    if card.billed is None or card.state is JobState.UNKNOWN:
        return tr("may have cost {price}", price=said(card.price)) if card.price else tr("cost unknown")
    return tr("not charged")


def said(price: Price | None) -> str:
    """A price as it was told before the click."""
    return cost(price, free=False)


def again(card: JobCard) -> str:
    """What the button for the same order once more says, with what that would cost."""
    if card.free:
        return tr("Run again")
    return tr("Send again {price}", price=said(card.again)) if card.again else tr("Send again · price unknown")


def send(held: Sequence[JobCard]) -> str:
    """What the button for all jobs that wait for the user says, with what they will cost together."""
    paid = [card for card in held if not card.free]
    if not paid:
        return tr("Send {count} waiting", count=len(held))
    return tr("Send {count} waiting, {price}", count=len(held), price=said(sum_of(card.price for card in paid)))


def warning(card: JobCard) -> str:
    """What a cancel does to the money."""
    if card.free:
        return tr("Costs nothing.")
    if card.sent:
        return tr("It was sent: it may still be charged.")
    return tr("Nothing was sent yet, so nothing is charged.")


def pace(card: JobCard, now: float) -> str:
    """How long it has run or waited, and how long it will; how long it took and when it ended."""
    if card.state.is_final:
        took = lasted(card.ended - card.started) if card.ended and card.started else ""
        return " · ".join(part for part in (took, clock(card.ended) if card.ended else "") if part)
    if card.state is JobState.QUEUED:
        return lasted(now - card.created)
    elapsed = now - (card.started or card.created)
    return " · ".join(part for part in (lasted(elapsed), left(card.expected, elapsed)) if part)


def left(expected: tuple[float, float] | None, elapsed: float) -> str:
    """The time that is left as a range, which only ever shrinks; nothing where too few runs of its kind are known."""
    if expected is None:
        return ""
    low, high = expected[0] - elapsed, expected[1] - elapsed
    if high <= 0:
        return tr("longer than usual")
    most = _up(high)
    least = min(_down(low), most - _step(most))
    if least > 0:
        return tr("about {range} left", range=span(least, most))
    return tr("under {time} left", time=lasted(most))


def _step(seconds: float) -> int:
    return 1 if seconds <= 10 else 5 if seconds <= 90 else 30


def _up(seconds: float) -> int:
    step = _step(seconds)
    return math.ceil(seconds / step) * step


def _down(seconds: float) -> int:
    step = _step(seconds)
    return math.floor(seconds / step) * step
