"""A verb from its start to the status that says how it went. Loaded for a verb only."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import traceback
from typing import TYPE_CHECKING, Protocol

from studio.cli.arguments import is_followed, wants_json
from studio.cli.asked import Asked, Play, only_reads, sends
from studio.cli.playing import play
from studio.cli.speech import JsonSpeech, WordSpeech
from studio.cli.status import status_of
from studio.cli.verbs import read, write
from studio.domain.catalogue import problem
from studio.domain.job import JobState
from studio.domain.problems import Problem, StudioError
from studio.session.face.terminal import EndedNews

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager

    from studio.cli.playing import Place
    from studio.cli.speech import Speech
    from studio.cli.status import Status
    from studio.session.face.terminal import TerminalDesk, WritingDesk

log = logging.getLogger(__name__)

_INTERRUPTED = 130
_PIPE_CLOSED = 141


class Desks(Protocol):
    """Desks before the data folder `data_dir` (None: the platform's own), and what is behind them closed at the end.

    Entered on the loop that the desk is used on. Raises StorageError.
    """

    def reading(self, data_dir: str | None) -> AbstractAsyncContextManager[TerminalDesk]:
        """Works beside whoever holds the folder."""
        ...

    def writing(self, data_dir: str | None, *, sends: bool) -> AbstractAsyncContextManager[WritingDesk]:
        """By the window that holds the folder, else by ourselves. `sends`: whether orders are made or sent on it."""
        ...

    def playground(self, port: int) -> AbstractAsyncContextManager[Place]:
        """A provider on this machine, on this port or (0) any, needing no data folder. Raises UsageError where it is
        taken."""
        ...


def run_errand(asked: Asked, desks: Desks, arguments: Sequence[str]) -> int:
    """Do what was asked for; the exit status."""
    try:
        return int(_run(asked, desks, followed=is_followed(arguments)))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED


def refuse(reason: Problem, arguments: Sequence[str]) -> int:
    """Say why arguments are not taken; the exit status."""
    return int(_told(reason, _speech(json=wants_json(arguments)), followed=is_followed(arguments)))


def _run(asked: Asked, desks: Desks, *, followed: bool) -> Status:
    return asyncio.run(_carried_out(asked, desks, _speech(json=asked.json), followed=followed))


async def _carried_out(asked: Asked, desks: Desks, speech: Speech, *, followed: bool) -> Status:
    try:
        if isinstance(asked.verb, Play):
            async with desks.playground(asked.verb.port) as place:
                return await play(place, as_json=asked.json)
        if only_reads(asked.verb):
            async with desks.reading(asked.data_dir) as desk:
                return await read(asked.verb, desk, speech)
        async with desks.writing(asked.data_dir, sends=sends(asked.verb)) as desk:
            for found in desk.found:
                speech.trouble(found)
            return await write(asked.verb, desk, speech)
    except StudioError as error:
        return _told(error.problem, speech, followed=followed)
    except BrokenPipeError:
        raise
    except Exception as error:  # the program's edge: a bug of ours is said and has a status of its own
        log.exception("the verb failed")
        detail = "".join(traceback.format_exception(error))
        print(detail, file=sys.stderr)
        return _told(problem("bug", detail=detail), speech, followed=followed)


def _speech(*, json: bool) -> Speech:
    return (JsonSpeech if json else WordSpeech)(sys.stdout, sys.stderr)


def _told(reason: Problem, speech: Speech, *, followed: bool) -> Status:
    """A verb that is followed ends with an `ended` whatever happens; the others with a sentence."""
    if followed:
        speech.news(EndedNews(job=None, state=JobState.FAILED, problem=reason))
    else:
        speech.trouble(reason)
    return status_of(reason)
