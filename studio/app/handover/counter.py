"""The window's side: takes orders of programs that were started beside it and tells them what becomes of these."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from studio.app.handover.letters import Answer, Do, Order, Withdrawn, fresh_number
from studio.app.handover.meeting import NAME, Broken, Line, listen, welcome
from studio.domain.catalogue import problem
from studio.domain.problems import StudioError
from studio.storage.announcement import announce, withdraw

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
    from pathlib import Path

    from studio.domain.ids import JobId
    from studio.session.face.terminal import TerminalNews, WritingDesk
    from studio.session.ports import Offload

log = logging.getLogger(__name__)

LAST_WORDS_S = 1.0
"""Seconds that ends of jobs get to be told in when the window closes."""


class Counter:
    """All of it is on the loop that `desk` is used on. `show` opens files in the window, `moved` is called when the
    gallery was changed by an order."""

    def __init__(
        self,
        folder: Path,
        offload: Offload,
        desk: WritingDesk,
        show: Callable[[Sequence[str]], None],
        moved: Callable[[], None],
    ) -> None:
        self._folder = folder
        self._offload = offload
        self._desk = desk
        self._show = show
        self._moved = moved
        self._secret = fresh_number()
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen and say so. A window that cannot is still a window: the reason is logged."""
        try:
            self._server, place = await listen(self._folder, self._secret, self._meet)
            await self._offload.write(announce, self._folder, place)
        except (OSError, StudioError) as error:
            log.warning("orders of other programs cannot be taken: %s", error)

    async def shut(self) -> None:
        """Take no more orders."""
        if self._server is not None:
            self._server.close()
            self._server = None
            await self._offload.write(self._clear)

    async def close(self) -> None:
        """Tell the ends that are there, then hang up: what a caller was not told it reads in the journal."""
        await self.shut()
        if self._serving:
            _told, rest = await asyncio.wait(self._serving, timeout=LAST_WORDS_S)
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

    def _clear(self) -> None:
        withdraw(self._folder)
        with contextlib.suppress(OSError):
            (self._folder / NAME).unlink()

    def _meet(self, line: Line) -> None:
        task = asyncio.ensure_future(self._serve(line))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, line: Line) -> None:
        try:
            await welcome(line, self._secret)
            await Service(self._desk, line).serve(await line.hear(Order), self._show, self._moved)
        except Broken as error:
            log.info("a caller was not served: %s", error)
        finally:
            line.hang_up()


class Service:
    """One order. A caller that vanishes leaves its job to the window; one that withdraws has it cancelled."""

    def __init__(self, desk: WritingDesk, line: Line) -> None:
        self._desk = desk
        self._line = line
        self._listening = True
        self._withdrawn = False
        self._jobs: list[JobId] = []

    async def serve(self, order: Order, show: Callable[[Sequence[str]], None], moved: Callable[[], None]) -> None:
        """Do it and tell its end."""
        try:
            match order.do:
                case Do.OPEN:
                    show(order.files)
                case Do.TRASH | Do.RESTORE:
                    await (self._desk.trash if order.do is Do.TRASH else self._desk.restore)(order.ids)
                    moved()
                case Do.SET_UP if order.change is not None:
                    await self._desk.set_up(order.change)
                case _:
                    await self._follow(self._news(order))
            end = Answer(done=True)
        except StudioError as error:
            end = Answer(problem=error.problem)
        except Exception as error:  # the edge to another program: a bug of ours is said there, and the window stays
            log.exception("an order failed")
            end = Answer(problem=problem("bug", detail="".join(traceback.format_exception(error))))
        await self._tell(end)

    def _news(self, order: Order) -> AsyncIterator[TerminalNews]:
        match order.do:
            case Do.EDIT if order.order is not None:
                return self._desk.edit(order.order)
            case Do.RUN:
                return self._desk.run(order.key_file)
            case Do.RESUME:
                return self._desk.resume(order.key_file)
            case Do.CANCEL if order.ids:
                return self._desk.cancel(order.ids[0])
            case _:
                raise ValueError("an order that says nothing")

    async def _follow(self, news: AsyncIterator[TerminalNews]) -> None:
        watch = asyncio.ensure_future(self._watch())
        try:
            async with aclosing(cast("AsyncGenerator[TerminalNews, None]", news)) as told:
                async for each in told:
                    answer = Answer.of(each)
                    await self._tell(answer)
                    if answer.queued is not None:
                        await self._known(answer.queued.job)
        finally:
            watch.cancel()

    async def _known(self, job: JobId) -> None:
        self._jobs.append(job)
        if self._withdrawn:
            await self._cancel(job)

    async def _watch(self) -> None:
        with contextlib.suppress(Broken):
            self._withdrawn = (await self._line.hear(Withdrawn)).withdrawn
            # At once and the latest first: none that waits may begin when one before it has ended.
            await asyncio.gather(*(self._cancel(job) for job in reversed(self._jobs)))

    async def _cancel(self, job: JobId) -> None:
        with contextlib.suppress(StudioError):  # it ended meanwhile
            async for _ in self._desk.cancel(job):
                pass

    async def _tell(self, answer: Answer) -> None:
        if self._listening:
            try:
                await self._line.say(answer)
            except Broken:
                self._listening = False
