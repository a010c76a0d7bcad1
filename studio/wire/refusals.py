"""Every way in which a server says no, as one row of the catalogue: what happened, whether it cost, and what helps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.domain.catalogue import trouble
from studio.domain.problems import ProviderError
from studio.wire.faults import Fault, fault_of
from studio.wire.plain_text import EXCERPT, excerpt, plain
from studio.wire.refusal_rules import entry_of
from studio.wire.times import retry_after

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Answer

BUSY = "rate-limited"
"""The row of a refusal that passes by itself: the order may be sent again when `retry_after` is over."""
_SAID = 300
_ID = 200
_UNQUOTED = ("no-balance", "key-refused")


def refusal(answer: Answer, profile: ProviderProfile, *, sent: bool = True, keyed: bool = True) -> ProviderError:
    """The error for an answer that is no success. `sent`: it answers an order, so that an answer which settles nothing
    may have been charged (OutcomeLost); without it, nothing could be. `keyed`: it was asked with a key, so that the key
    is what was refused."""
    fault = fault_of(answer)
    wait = retry_after(answer)
    wait = fault.retry_after if wait is None else wait
    code = entry_of(answer.status, fault, sent=sent)
    if code == "key-refused" and not keyed:
        code = "key-wanted"
    error = told(code, answer, profile, fault, when=_when(code, wait))
    error.retry_after = wait
    error.problem = replace(error.problem, wait=wait)
    return error


def told(code: str, answer: Answer, profile: ProviderProfile, fault: Fault, *, when: str = "") -> ProviderError:
    """The error for a row of the catalogue, with what the answer tells for it."""
    said = fault.message if code not in _UNQUOTED and not fault.pays else ""
    error = trouble(
        code,
        detail=_detail(code, answer, fault),
        provider=profile.shown_name,
        status=answer.status,
        said=f"It says: “{plain(said, _SAID)}”." if said else "It gives no reason.",
        when=when,
        host=_target(answer),
    )
    assert isinstance(error, ProviderError)
    error.request_id = request_id(answer)
    return error


def request_id(answer: Answer) -> str | None:
    """The provider's own id of the request, however its header is written."""
    found = header(answer, "x-request-id") or header(answer, "request-id")
    return "".join(letter for letter in found if letter.isascii() and letter.isprintable())[:_ID] or None


def header(answer: Answer, name: str) -> str:
    """A header, its name in any letters; empty where there is none."""
    return next((value.strip() for key, value in answer.headers if key.lower() == name), "")


def _detail(code: str, answer: Answer, fault: Fault) -> str:
    """For the log and the fold: the status, the provider's own words, and the beginning of what came."""
    head = f"HTTP {answer.status}"
    if fault.page:
        return plain(f"{head}, proxy error: {fault.message or 'a page without a title'}", EXCERPT)
    if fault.words:
        head += f", {' '.join(fault.words)}"
    if fault.pays or code in _UNQUOTED:
        return head
    body = excerpt(answer.body, EXCERPT - len(head.encode()) - 2)
    return f"{head}: {body}" if body else head


def _when(code: str, wait: float | None) -> str:
    if wait is None:
        return "in a while" if code == BUSY else "when the limit starts anew"
    for unit, size in (("hours", 3600), ("minutes", 60)):
        if wait >= 2 * size:
            return f"in {-(-wait // size):.0f} {unit}"
    return f"in {max(2, -(-wait // 1)):.0f} seconds"


def _target(answer: Answer) -> str:
    """The host that a redirect names."""
    try:
        host = urlsplit(header(answer, "location")).hostname
    except ValueError:
        host = None
    return plain(host or "", _ID) or "another address"
