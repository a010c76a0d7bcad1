"""What was spent, counted from the jobs, and whether an order may still be sent under the user's limits.

Amounts of different currencies are never added. A job whose cost the provider told counts by it, exactly; one that may
have been charged and whose cost nobody told is counted apart, by the price that was said before it was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.domain.ids import LOCAL, PLAYGROUND
from studio.domain.job import JobState
from studio.domain.pricing import amount_of, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import tzinfo

    from studio.domain.capabilities import Price
    from studio.domain.ids import JobId, ProviderId
    from studio.domain.profile import ProviderProfile

_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlay:
    """What counts of a job. `sent` is when its order last left (seconds since 1970), None where it never did."""

    job: JobId
    provider: ProviderId
    state: JobState
    sent: float | None = None
    price: Price | None = None
    cost: Price | None = None
    billed: bool | None = False

    @property
    def is_sent(self) -> bool:
        """Whether it does not wait to be sent."""
        return self.state is not JobState.QUEUED


class Standing(Enum):
    """How a job counts."""

    CHARGED = "charged"
    """The provider told what it cost."""
    OPEN = "open"
    """It ended, it was or may have been charged, and nobody told how much."""
    RUNNING = "running"
    WAITING = "waiting"
    NOTHING = "nothing"
    """It was not charged, as far as anyone can tell."""


def standing(outlay: Outlay) -> Standing:
    """How a job counts. A cost that was told counts whatever became of the job."""
    if amount_of(outlay.cost) is not None:
        return Standing.CHARGED
    match outlay.state:
        case JobState.QUEUED:
            return Standing.WAITING
        case JobState.RUNNING:
            return Standing.RUNNING
        case JobState.SUCCEEDED | JobState.UNKNOWN | JobState.EXPIRED:
            return Standing.OPEN
        case _:
            return Standing.NOTHING if outlay.billed is False else Standing.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """When today and this month began, in seconds since 1970."""

    day: float
    month: float


def periods(now: float, zone: tzinfo | None = None) -> Since:
    """The beginnings of the day and the month that `now` (seconds since 1970) lies in; in the system's time zone where
    none is given."""
    midnight = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return Since(day=midnight.timestamp(), month=midnight.replace(day=1).timestamp())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Money of one currency, as exact decimal text. `open` is by price: jobs that may have been charged and whose cost
    nobody told; `live`, by price too, those that run or wait. `held` is all of it: what counts against a limit."""

    currency: str
    charged: str = "0"
    jobs: int = 0
    open: str = "0"
    open_jobs: int = 0
    live: str = "0"
    live_jobs: int = 0
    held: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was spent at one provider, or at all, by currency. `unpriced`: jobs that may have been charged, or will be,
    and of which neither cost nor price is known."""

    sums: tuple[Sum, ...] = ()
    unpriced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSpent:
    """A provider's share."""

    provider: ProviderId
    today: Spent
    month: Spent


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Today and this month, at all providers and at each, in the order of their ids."""

    today: Spent
    month: Spent
    providers: tuple[ProviderSpent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What counts against the limits of one currency. `waiting`: those of the named jobs that still wait."""

    day: Decimal
    month: Decimal
    waiting: frozenset[JobId] = frozenset()


def free_providers(profiles: Sequence[ProviderProfile]) -> frozenset[ProviderId]:
    """Those that take no money: the local engine, and the playground, whose charges are play money. A profile of the
    playground's name that leads to another machine is no playground."""
    real = any(each.id == PLAYGROUND and not _is_loopback(each.url) for each in profiles)
    return frozenset((LOCAL,)) if real else frozenset((LOCAL, PLAYGROUND))


def totals(outlays: Iterable[Outlay], since: Since, free: Collection[ProviderId]) -> Totals:
    """What was spent since then. Jobs that run or wait count now, whenever they were ordered."""
    counted = [each for each in outlays if each.provider not in free and standing(each) is not Standing.NOTHING]
    today = [each for each in counted if _counts(each, since.day)]
    month = [each for each in counted if _counts(each, since.month)]
    return Totals(
        today=_spent(today),
        month=_spent(month),
        providers=tuple(
            ProviderSpent(
                provider=provider,
                today=_spent([each for each in today if each.provider == provider]),
                month=_spent([each for each in month if each.provider == provider]),
            )
            for provider in sorted({each.provider for each in month})
        ),
    )


def held(
    outlays: Iterable[Outlay],
    since: Since,
    currency: str,
    counts: Callable[[Outlay], bool],
) -> Held:
    """What is spent or set aside in a currency, of those outlays for which `counts` says so."""
    day = month = Decimal(0)
    waiting: set[JobId] = set()
    for each in outlays:
        owed = _owed(each)
        if not counts(each) or standing(each) is Standing.NOTHING:
            continue
        if each.state is JobState.QUEUED:
            waiting.add(each.job)
        amount = amount_of(owed) if owed is not None and owed.currency == currency else None
        if amount is None:
            continue
        day += amount if _counts(each, since.day) else 0
        month += amount if _counts(each, since.month) else 0
    return Held(day=day, month=month, waiting=frozenset(waiting))


def _counts(outlay: Outlay, since: float) -> bool:
    live = outlay.state in (JobState.QUEUED, JobState.RUNNING) and amount_of(outlay.cost) is None
    return live or (outlay.sent is not None and outlay.sent >= since)


def _owed(outlay: Outlay) -> Price | None:
    return outlay.cost if amount_of(outlay.cost) is not None else outlay.price


def _spent(outlays: Sequence[Outlay]) -> Spent:
    priced = [(each, owed) for each in outlays if (owed := _owed(each)) is not None and amount_of(owed) is not None]
    currencies = sorted({owed.currency for _, owed in priced})
    return Spent(
        sums=tuple(_sum(name, [each for each, owed in priced if owed.currency == name]) for name in currencies),
        unpriced=len(outlays) - len(priced),
    )


def _sum(currency: str, outlays: Sequence[Outlay]) -> Sum:
    parts: dict[Standing, list[Decimal]] = {each: [] for each in Standing}
    for each in outlays:
        parts[standing(each)].append(amount_of(_owed(each)) or Decimal(0))
    live = parts[Standing.RUNNING] + parts[Standing.WAITING]
    return Sum(
        currency=currency,
        charged=plain(sum(parts[Standing.CHARGED], Decimal(0))),
        jobs=len(parts[Standing.CHARGED]),
        open=plain(sum(parts[Standing.OPEN], Decimal(0))),
        open_jobs=len(parts[Standing.OPEN]),
        live=plain(sum(live, Decimal(0))),
        live_jobs=len(live),
        held=plain(sum((amount for part in parts.values() for amount in part), Decimal(0))),
    )


def _is_loopback(url: str) -> bool:
    return urlsplit(url if "//" in url else f"//{url}").hostname in _LOOPBACK
