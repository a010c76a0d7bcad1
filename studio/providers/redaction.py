"""What no log may hold, masked at the sink: keys, signatures of addresses, passwords, the user's folder.

A filter on a handler sees every line that is written there, whoever logged it; one on a logger would not see those of
other packages.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.secret import Secret

MASK = "***"
TALKATIVE = ("httpx", "httpcore")
"""They write whole addresses, signatures included."""
_SHORTEST = 6
"""A shorter secret would mask ordinary words."""

_HEADERS = (
    r"authorization|proxy-authorization|x-api-key|api-key|x-key|x-goog-api-key|x-amz-security-token|set-cookie|cookie"
)
_NAMES = (
    r"api[_-]?key|apikey|access[_-]?token|refresh[_-]?token|id[_-]?token|auth[_-]?token|token|key|secret|password|passwd"
    r"|sig|signature|x-amz-[a-z-]+|x-goog-[a-z-]+|awsaccesskeyid|googleaccessid|key-pair-id|policy|se|credential"
)
_Q = r"[\"'\\]*"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # Authorization: Bearer x · 'x-api-key': 'x' · (b'authorization', b'Bearer x')
    (
        re.compile(rf"(?i)(\b(?:{_HEADERS}){_Q}\s*[:=,]\s*(?:b(?=[\"']))?{_Q})"
                   r"(?:(?:bearer|basic|token)\s+)?[^\s\"'\\,;)}\]]+"),
        r"\1***",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{6,}"), r"\1 ***"),
    # ?key=x&sig=x in an address or a form
    (re.compile(rf"(?i)([?&;](?:{_NAMES})=)[^&\s\"'<>)]+"), r"\1***"),
    # "token": "x" in JSON or a repr, token=x in words
    (
        re.compile(rf"(?i)(\b(?:api[_-]?key|apikey|access[_-]?token|token|secret|password|passwd|signature){_Q}\s*[:=]\s*{_Q})"
                   r"[^\s\"'\\,;)}\]&]{4,}"),
        r"\1***",
    ),
    # user:password@host
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^\s/@\"'<>]+@"), r"\1***@"),
    # keys as providers write them
    (re.compile(r"\b(?:sk|pk|rk|ng|naga|sk-proj|sk-nano)[-_][A-Za-z0-9_-]{12,}"), MASK),
    (re.compile(r"\bAKIA[0-9A-Z]{12,}"), MASK),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"), MASK),
)  # fmt: skip


class Redaction(logging.Filter):
    """Masks whole lines, tracebacks included. `home` is written as ~. Keys that are in use are masked wherever they
    stand, in whatever form a program may have put them."""

    def __init__(self, home: str = "") -> None:
        super().__init__()
        self._home = home.rstrip("/\\")
        self._known: frozenset[str] = frozenset()

    def learn(self, secrets: Iterable[Secret]) -> None:
        """Mask these too from now on."""
        texts = {secret.reveal() for secret in secrets}
        forms = {form for text in texts if len(text) >= _SHORTEST for form in (text, quote(text, safe=""))}
        self._known = self._known | forms

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line passes, masked."""
        record.msg = self.masked(_message(record))
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.masked(record.exc_text)
            # Another handler would write the traceback anew.
            record.exc_info = None
        if record.stack_info:
            record.stack_info = self.masked(record.stack_info)
        return True

    def masked(self, text: str) -> str:
        """A text without what no log may hold."""
        for known in sorted(self._known, key=len, reverse=True):
            text = text.replace(known, MASK)
        for pattern, instead in _RULES:
            text = pattern.sub(instead, text)
        return text.replace(self._home, "~") if len(self._home) > 1 else text


def protect(handler: logging.Handler, redaction: Redaction) -> None:
    """Let a handler write masked lines alone, and keep those quiet who would write addresses."""
    handler.addFilter(redaction)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return f"{record.msg} {record.args}"
