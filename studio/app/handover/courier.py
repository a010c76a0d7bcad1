"""The side of a program that was started beside a window: hands its verb over and tells what the window answers."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.app.handover.letters import Answer, Do, Order, Withdrawn
from studio.app.handover.meeting import Broken, Line, call
from studio.domain.catalogue import CATALOGUE, problem, trouble
from studio.domain.ids import LOCAL
from studio.domain.job import Failed, JobState, OutcomeUnknown
from studio.domain.phrases import PAID
from studio.domain.problems import StudioError
from studio.jobs.settling import interruption, said_of
from studio.session.face.terminal import EndedNews, QueuedNews
from studio.session.terminal_following import given_up, last_word
from studio.storage.announcement import announced
from studio.storage.lock import acquire, holder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from studio.domain.ids import JobId
    from studio.domain.job import Job
    from studio.domain.problems import Problem
    from studio.session.face.terminal import EditOrder, JobListing, ProviderChange, TerminalDesk, TerminalNews
    from studio.storage.lock import Lock

PATIENCE_S = 10.0
"""Seconds for a window to listen that is opening, or to let go that is closing."""
LOOK_AGAIN_S = 0.02
ANOTHER_S = 0.2
"""Seconds between two looks whether a program has ended that may take minutes."""
LAST_WORDS_S = 1.0
"""Seconds that the end of a job is looked for that nobody waits for any longer."""


async def lock_or_line(folder: Path, *, window: bool = False, waits: Callable[[], None] | None = None) -> Lock | Line:
    """The data folder for us alone, or the line to the window that holds it. Where the holder is no window `waits` is
    told, and its end is waited for. Raises StorageError (data-in-use) without `waits`, and for a window that does not
    answer."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        lock = acquire(folder, window=window)
        if lock is not None:
            return lock
        found = holder(folder)
        place = announced(folder)
        if found is not None and place is not None and found.window and found.pid == place.pid:
            try:
                return await call(place)
            except Broken:
                pass  # it may be on its way out
        if waits is not None and found is not None and not found.window:
            return await _after_another(folder, waits)
        if found is None or not found.window or time.monotonic() > deadline:
            raise trouble("data-in-use", place=folder)
        await asyncio.sleep(LOOK_AGAIN_S)


async def _after_another(folder: Path, waits: Callable[[], None]) -> Lock | Line:
    """The same, once the program that works there has ended, or a window holds the folder after it."""
    waits()
    while (found := holder(folder)) is not None and not found.window:
        lock = acquire(folder)
        if lock is not None:
            return lock
        await asyncio.sleep(ANOTHER_S)
    return await lock_or_line(folder, waits=waits)


async def hand_files(folder: Path, files: Sequence[str]) -> Lock | None:
    """Let the window that holds the folder show these files, and itself. Where it ends meanwhile the lock is ours.

    Raises StorageError (data-in-use).
    """
    met = await lock_or_line(folder, window=True)
    if not isinstance(met, Line):
        return met
    try:
        await _plain(met, Order(do=Do.OPEN, files=tuple(_absolute(each) for each in files)))
    except Broken as error:
        raise trouble("data-in-use", place=folder, detail=str(error)) from error
    return None


class Courier:
    """Implements `WritingDesk` by a window. `line` is used first; `reach` finds further ones, `look` opens the data
    folder for reading where the window ended before it had told everything."""

    def __init__(
        self,
        line: Line,
        reach: Callable[[], Awaitable[Line]],
        look: Callable[[], AbstractAsyncContextManager[TerminalDesk]],
    ) -> None:
        self._line: Line | None = line
        self._reach = reach
        self._look = look

    @property
    def found(self) -> Sequence[Problem]:
        """The window has said it."""
        return ()

    def edit(self, order: EditOrder) -> AsyncIterator[TerminalNews]:
        """By the window, with the paths as they are meant here."""
        meant = replace(
            order,
            images=tuple(_absolute(image) for image in order.images),
            mask=_meant(order.mask),
            output=_meant(order.output and os.path.expanduser(order.output)),
            key_file=_meant(order.key_file),
        )
        return self._follow(Order(do=Do.EDIT, order=meant))

    def run(self, key_file: str | None = None) -> AsyncIterator[TerminalNews]:
        """By the window."""
        return self._follow(Order(do=Do.RUN, key_file=_meant(key_file)))

    def resume(self, key_file: str | None = None) -> AsyncIterator[TerminalNews]:
        """By the window."""
        return self._follow(Order(do=Do.RESUME, key_file=_meant(key_file)))

    def cancel(self, job: str) -> AsyncIterator[TerminalNews]:
        """By the window."""
        return self._follow(Order(do=Do.CANCEL, ids=(job,)))

    async def left(self, jobs: Sequence[str]) -> Sequence[EndedNews]:
        """The window was told that they are cancelled, and gets a moment to write that down."""
        deadline = time.monotonic() + LAST_WORDS_S
        async with self._look() as desk:
            while True:
                found = [await desk.job(job) for job in jobs]
                if all(each.job.state.is_final for each in found) or time.monotonic() > deadline:
                    return [given_up(each) for each in found]
                await asyncio.sleep(LOOK_AGAIN_S)

    async def trash(self, ids: Sequence[str]) -> None:
        """By the window."""
        await self._do(Order(do=Do.TRASH, ids=tuple(ids)))

    async def restore(self, ids: Sequence[str]) -> None:
        """By the window."""
        await self._do(Order(do=Do.RESTORE, ids=tuple(ids)))

    async def set_up(self, change: ProviderChange) -> None:
        """By the window."""
        await self._do(Order(do=Do.SET_UP, change=change))

    async def _do(self, order: Order) -> None:
        try:
            await _plain(await self._taken(), order)
        except Broken as error:
            raise trouble("window-gone", detail=str(error)) from error

    async def _taken(self) -> Line:
        line, self._line = self._line, None
        return line or await self._reach()

    async def _follow(self, order: Order) -> AsyncIterator[TerminalNews]:
        open_jobs: list[JobId] = []
        line = await self._taken()
        try:
            await line.say(order)
            async for news in _told(line):
                if isinstance(news, QueuedNews):
                    open_jobs.append(news.job)
                elif isinstance(news, EndedNews) and news.job is not None and news.job in open_jobs:
                    open_jobs.remove(news.job)
                yield news
            return
        except asyncio.CancelledError:
            line.say_last(Withdrawn(withdrawn=True))
            raise
        except Broken as error:
            if not open_jobs:
                raise trouble("window-gone", detail=str(error)) from error
        finally:
            line.hang_up()
        async with self._look() as desk:
            for job in open_jobs:
                yield await left_by_the_window(desk, await desk.job(job), order.order)


async def left_by_the_window(desk: TerminalDesk, listing: JobListing, order: EditOrder | None) -> EndedNews:
    """How a job stands whose window ended, by the journal. Where its pictures are wanted in a folder they are written
    there now, be it once more: nobody knows how far the window had come."""
    state, reason = _left(listing.job)
    if order is not None and order.output is not None and listing.outputs and _is_finished(listing.job):
        try:
            listing = replace(listing, outputs=await desk.hand_out(listing.job.id, order))
        except StudioError as error:
            state, reason = JobState.FAILED, error.problem
    unasked = 0 if order is None else max(0, order.count - listing.job.request.count)
    return last_word(listing, state, reason, unasked)


def _is_finished(job: Job) -> bool:
    return all(output.finished is not None for output in job.outputs)


def _left(job: Job) -> tuple[JobState, Problem | None]:
    """A job that still runs there ends as the next start will write it down. All pictures may be there and not be
    finished: that is no success yet, but it was paid."""
    state, whole, free = job.state, len(job.outputs) >= job.request.count, job.request.provider == LOCAL
    if state is JobState.RUNNING and not whole:
        match interruption(free=free):
            case OutcomeUnknown(problem=told):
                return JobState.UNKNOWN, told
            case Failed(problem=told):
                return JobState.FAILED, told
            case other:
                raise AssertionError(f"an interruption is no {other}")
    if state is JobState.QUEUED:
        return state, problem("window-gone")
    if state in (JobState.RUNNING, JobState.SUCCEEDED):
        gone = problem("window-gone")
        unfinished = gone if free else replace(gone, cost=PAID)
        return (JobState.SUCCEEDED, job.problem) if _is_finished(job) else (JobState.FAILED, unfinished)
    return state, said_of(job)


async def _plain(line: Line, order: Order) -> None:
    """An order without news. Raises what the window raised, and Broken."""
    try:
        await line.say(order)
        async for _ in _told(line):
            pass
    finally:
        line.hang_up()


async def _told(line: Line) -> AsyncIterator[TerminalNews]:
    """All news to the end. Raises what the window raised, and Broken."""
    while True:
        answer = await line.hear(Answer)
        if answer.done:
            return
        if answer.problem is not None:
            raise _raised(answer)
        if answer.news is not None:
            yield answer.news


def _raised(answer: Answer) -> StudioError | Broken:
    told = answer.problem
    if told is None or told.code not in CATALOGUE:
        return Broken("a problem that nobody knows")
    return CATALOGUE[told.code][0](told)


def _absolute(path: str) -> str:
    """As it is meant in our working folder; an address is none."""
    return path if "://" in path else os.path.abspath(path)


def _meant(path: str | None) -> str | None:
    return None if path is None else _absolute(path)
