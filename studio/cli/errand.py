"""A verb from its start to the status that says how it went. Loaded for a verb only."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any, Protocol

from studio.cli.arguments import is_followed, wants_json
from studio.cli.asked import Asked, Play, only_reads, sends
from studio.cli.outlet import Outlet
from studio.cli.playing import play
from studio.cli.speech import JsonSpeech, WordSpeech
from studio.cli.status import Status, status_of
from studio.cli.verbs import read, write
from studio.domain.catalogue import problem
from studio.domain.job import JobState
from studio.domain.problems import Problem, StudioError
from studio.session.face.terminal import EndedNews

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from contextlib import AbstractAsyncContextManager

    from studio.cli.playing import Place
    from studio.cli.speech import Speech
    from studio.session.face.terminal import TerminalDesk, WritingDesk

log = logging.getLogger(__name__)

WAITS = "Another overpaint is working with this library. This one goes on when that has ended."


class Desks(Protocol):
    """Desks before the data folder `data_dir` (None: the platform's own), and what is behind them closed at the end.

    Entered on the loop that the desk is used on. Raises StorageError.
    """

    def reading(self, data_dir: str | None) -> AbstractAsyncContextManager[TerminalDesk]:
        """Works beside whoever holds the folder."""
        ...

    def writing(
        self, data_dir: str | None, *, sends: bool, waits: Callable[[], None] | None = None
    ) -> AbstractAsyncContextManager[WritingDesk]:
        """By the window that holds the folder, else by ourselves. `sends`: whether orders are made or sent on it.
        `waits` is told where another program works there, whose end is waited for; without it that is refused."""
        ...

    def playground(self, port: int) -> AbstractAsyncContextManager[Place]:
        """A provider on this machine, on this port or (0) any, needing no data folder. Raises UsageError where it is
        taken."""
        ...


def run_errand(asked: Asked, desks: Desks, arguments: Sequence[str]) -> int:
    """Do what was asked for; the exit status."""
    out, err = Outlet(sys.stdout), Outlet(sys.stderr)
    followed = is_followed(arguments)
    speech = _speech(out, err, json=asked.json)
    try:
        status = _on_a_loop(lambda: _carried_out(asked, desks, speech, out, followed=followed))
    except KeyboardInterrupt:
        return int(Status.CANCELLED)
    return int(_heard(status, out, err))


def _on_a_loop(work: Callable[[], Coroutine[Any, Any, Status]]) -> Status:
    """As asyncio.run, but that an interruption waits while the loop is made: half of one complains when it goes."""
    came: list[int] = []
    with asyncio.Runner() as runner:
        before = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
        try:
            runner.get_loop()
        finally:
            signal.signal(signal.SIGINT, before)
        if came:
            raise KeyboardInterrupt
        return runner.run(work())


def _heard(status: Status, out: Outlet, err: Outlet) -> Status:
    """The status of a program that said all it had to say on `out`: a success that was not heard is none."""
    if out.lost is None:
        return status
    if out.lost is not Status.PIPE_CLOSED:
        err.line(f"Standard output could not be written: {out.reason}.")
    return out.lost if status is Status.DONE else status


def refuse(reason: Problem, arguments: Sequence[str]) -> int:
    """Say why arguments are not taken; the exit status."""
    speech = _speech(Outlet(sys.stdout), Outlet(sys.stderr), json=wants_json(arguments))
    return int(_told(reason, speech, followed=is_followed(arguments)))


def show(text: str) -> int:
    """Say what an option like --help asks for; the exit status."""
    out, err = Outlet(sys.stdout), Outlet(sys.stderr)
    out.write(text)
    return int(_heard(Status.DONE, out, err))


async def _carried_out(asked: Asked, desks: Desks, speech: Speech, out: Outlet, *, followed: bool) -> Status:
    try:
        if isinstance(asked.verb, Play):
            async with desks.playground(asked.verb.port) as place:
                return await play(place, out, as_json=asked.json)
        if only_reads(asked.verb):
            async with desks.reading(asked.data_dir) as desk:
                return await read(asked.verb, desk, speech)
        ordering = sends(asked.verb)
        # A job is not to be cancelled after its end, so what orders nothing does not wait for those who order.
        waits = (lambda: speech.say(WAITS)) if ordering else None
        async with desks.writing(asked.data_dir, sends=ordering, waits=waits) as desk:
            for found in desk.found:
                speech.trouble(found)
            return await write(asked.verb, desk, speech)
    except StudioError as error:
        return _told(error.problem, speech, followed=followed)
    except Exception as error:  # the program's edge: a bug of ours is said and has a status of its own
        log.exception("the verb failed")
        detail = "".join(traceback.format_exception(error))
        speech.say(detail)
        return _told(problem("bug", detail=detail), speech, followed=followed)


def _speech(out: Outlet, err: Outlet, *, json: bool) -> Speech:
    return (JsonSpeech if json else WordSpeech)(out, err)


def _told(reason: Problem, speech: Speech, *, followed: bool) -> Status:
    """A verb that is followed ends with an `ended` whatever happens; the others with a sentence."""
    if followed:
        speech.news(EndedNews(job=None, state=JobState.FAILED, problem=reason))
    else:
        speech.trouble(reason)
    return status_of(reason)
