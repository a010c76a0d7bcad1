"""What an answer says about time. The server's own clock is believed about its own times, ours never."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from studio.wire.values import number

if TYPE_CHECKING:
    from studio.wire.messages import Answer

_LONGEST_WAIT = 31 * 86_400.0


def server_time(answer: Answer) -> float | None:
    """When it was sent, by the server's clock, in seconds since 1970; None where it does not say."""
    return _moment(_header(answer, "date"))


def retry_after(answer: Answer) -> float | None:
    """Seconds until it may be asked again, at most a month; None where nothing is said. A date is held against the
    server's own clock."""
    exact = number(_header(answer, "retry-after-ms"))
    if exact is not None:
        return _bounded(exact / 1000)
    asked = _header(answer, "retry-after") or _header(answer, "llm_provider-retry-after")
    seconds = number(asked)
    if seconds is not None:
        return _bounded(seconds)
    until, sent = _moment(asked), server_time(answer)
    return None if until is None or sent is None else _bounded(until - sent)


def _moment(text: str) -> float | None:
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _header(answer: Answer, name: str) -> str:
    return next((value.strip() for key, value in answer.headers if key.lower() == name), "")


def _bounded(seconds: float) -> float:
    return min(max(0.0, float(seconds)), _LONGEST_WAIT)
