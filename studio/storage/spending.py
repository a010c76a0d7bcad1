"""What was spent, read from the journal. Amounts are summed here, off the thread that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.capabilities import Price  # noqa: TC001  # msgspec resolves the fields' types when it runs
from studio.domain.ids import ProviderId  # noqa: TC001  # msgspec resolves the fields' types when it runs
from studio.domain.job import JobState  # noqa: TC001  # msgspec resolves the fields' types when it runs
from studio.domain.spending import Held, Outlay, Since, Totals, held, totals
from studio.storage.records import decode

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable

    from studio.domain.ids import JobId
    from studio.storage.adapters import Run
    from studio.storage.database import Database

SLACK_S = 3 * 86_400.0
"""Lines of the journal are in the order of writing. Where the clock was set back their times are not; by no more than
this is looked for."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ordered:
    provider: ProviderId


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fold:
    """What counts of a job; the rest of its record is passed over unread."""

    request: _Ordered
    state: JobState
    price: Price | None = None
    cost: Price | None = None
    billed: bool | None = False


class SpendingBook:
    """Called on the one thread that opened the database. Follows the journal: a month is read once, then only what is
    new. Raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._month: float | None = None
        self._seen = 0
        self._outlays: dict[JobId, Outlay] = {}

    def totals(self, since: Since, free: Collection[ProviderId]) -> Totals:
        """What was spent today and this month, but for providers that are `free`."""
        self._follow(since.month)
        return totals(self._outlays.values(), since, free)

    def held(self, since: Since, currency: str, counts: Callable[[Outlay], bool]) -> Held:
        """What is spent or set aside in a currency, of the jobs for which `counts` says so."""
        self._follow(since.month)
        return held(self._outlays.values(), since, currency, counts)

    def _follow(self, month: float) -> None:
        with self._database.reading() as connection:
            if self._month != month:
                self._outlays, self._seen = {}, _last(connection)
                self._read(connection, _begun_in(connection, month) | _live(connection))
                self._month = month
                return
            last = _last(connection)
            told = "SELECT DISTINCT job FROM events WHERE seq > ? AND seq <= ?"
            self._read(connection, {job for (job,) in connection.execute(told, (self._seen, last))})
            self._seen = last

    def _read(self, connection: sqlite3.Connection, jobs: Iterable[JobId]) -> None:
        wanted = sorted(jobs)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            sent = "SELECT MAX(at) FROM events WHERE events.job = jobs.job AND kind = 'submitting'"
            rows = connection.execute(f"SELECT job, fold, ({sent}) FROM jobs WHERE job IN ({marks})", some)
            for job, fold, at in rows:
                self._outlays[job] = _outlay(job, decode(fold, _Fold), at)


class AsyncSpending:
    """`studio.session.ports.Books` over the core. `run` carries a call to the thread of the journal."""

    def __init__(self, core: SpendingBook, run: Run) -> None:
        self._core = core
        self._run = run

    async def totals(self, since: Since, free: Collection[ProviderId]) -> Totals:
        """What was spent today and this month."""
        return await self._run(self._core.totals, since, free)

    async def held(self, since: Since, currency: str, counts: Callable[[Outlay], bool]) -> Held:
        """What is spent or set aside; `counts` is called on the journal's thread."""
        return await self._run(self._core.held, since, currency, counts)


def _last(connection: sqlite3.Connection) -> int:
    row: tuple[int | None] = connection.execute("SELECT MAX(seq) FROM events").fetchone()
    return row[0] or 0


def _begun_in(connection: sqlite3.Connection, month: float) -> set[JobId]:
    """The jobs of which the journal tells something since then, read backwards until well before it."""
    found: set[JobId] = set()
    for job, at in connection.execute("SELECT job, at FROM events ORDER BY seq DESC"):
        if at < month - SLACK_S:
            break
        found.add(job)
    return found


def _live(connection: sqlite3.Connection) -> set[JobId]:
    """Those that run or wait, however long ago they were ordered."""
    rows = connection.execute("SELECT job FROM jobs WHERE state IN ('queued', 'running')")
    return {job for (job,) in rows}


def _outlay(job: JobId, fold: _Fold, sent: float | None) -> Outlay:
    return Outlay(
        job=job,
        provider=fold.request.provider,
        state=fold.state,
        sent=sent,
        price=fold.price,
        cost=fold.cost,
        billed=fold.billed,
    )
