"""What it means that a request broke off: nothing left, it is unknown, or it cost nothing anyway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem
from studio.domain.problems import Offline, ProviderError
from studio.providers.calls import MEGABYTE, CutShort, Unreached, Unsent
from studio.providers.guard import shown_host
from studio.wire.messages import Answer

if TYPE_CHECKING:
    from studio.domain.problems import Problem
    from studio.providers.calls import Call
    from studio.providers.unpacking import Body


@dataclass(slots=True)
class Trace:
    """How far a request came. `begun`: a byte of the body may have left. Headers have small-letter names."""

    begun: bool = False
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: Body | None = None

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def is_refused(self) -> bool:
        """Whether the status alone says that nothing was made."""
        return 400 <= self.status < 500

    @property
    def so_far(self) -> bytes:
        """The bytes of the body that came."""
        return b"" if self.body is None else self.body.so_far


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Why a request broke off, in words. `certificate`: why the other side's was not believed. `unconnected`: there was
    no connection; `offline`: as this machine has no network."""

    reason: str
    detail: str = ""
    certificate: str | None = None
    unconnected: bool = False
    offline: bool = False


def late(call: Call, trace: Trace) -> ProviderError:
    """The call's own deadline passed."""
    seconds = f"{call.seconds:.0f}"
    if _is_lost(call, trace):
        return _lost(problem("deadline-passed", provider=call.provider, seconds=seconds), trace)
    return broken(call, trace, Break(reason=f"no answer within {seconds} seconds"))


def over_cap(call: Call, trace: Trace) -> ProviderError:
    """More bytes came than are taken."""
    limit = call.cap // MEGABYTE
    if _is_lost(call, trace):
        return _lost(problem("answer-too-large", provider=call.provider, limit=limit), trace)
    return broken(call, trace, Break(reason=f"its answer is larger than {limit} MB"))


def broken(call: Call, trace: Trace, why: Break) -> ProviderError:
    """Anything else: the network, the other side, or an answer that cannot be unpacked."""
    if _is_lost(call, trace):
        return _lost(problem("connection-lost", provider=call.provider, detail=why.detail), trace)
    host = shown_host(call.message.url)
    nothing_left = not (trace.begun or trace.status)
    if nothing_left and why.offline:
        return Offline(problem("offline", provider=call.provider, detail=why.detail))
    if why.certificate is not None:
        told = problem("tls-refused", provider=call.provider, host=host, reason=why.certificate, detail=why.detail)
    else:
        told = problem("unreachable", provider=call.provider, host=host, reason=why.reason, detail=why.detail)
    if nothing_left and why.unconnected:
        return Unreached(told)
    return Unsent(told) if nothing_left else ProviderError(told)


def _is_lost(call: Call, trace: Trace) -> bool:
    return call.paid and (trace.begun or bool(trace.status))


def _lost(told: Problem, trace: Trace) -> CutShort:
    error = CutShort(told)
    error.request_id = trace.header("x-request-id")
    if trace.status:
        error.came = Answer(status=trace.status, headers=trace.headers, body=trace.so_far)
    return error
