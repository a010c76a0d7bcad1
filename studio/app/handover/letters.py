"""What is said between a window and a program started beside it: one line of JSON each.

Both prove that they know the secret which the window announced, without saying it: the port of a window that died may
belong to a stranger by now. The window greets with a number of its own, the caller answers with the proof and a number,
and the window proves itself in turn. Then comes one `Order`, and `Answer`s up to one with `done` or a `problem`.
Meanwhile the caller may say `Withdrawn`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import Enum

from studio.domain.problems import Problem  # noqa: TC001  # letters are read by their fields' types
from studio.session.face.terminal import (
    EditOrder,
    EndedNews,
    ProgressNews,
    ProviderChange,
    QueuedNews,
    RemarkNews,
    TerminalNews,
)

PROTOCOL = 1
LONGEST = 1 << 20
"""Bytes of a line; a longer one ends the conversation."""


class Do(Enum):
    """What can be handed over."""

    OPEN = "open"
    EDIT = "edit"
    RUN = "run"
    RESUME = "resume"
    CANCEL = "cancel"
    TRASH = "trash"
    RESTORE = "restore"
    SET_UP = "set-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """The window's first line."""

    overpaint: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Of knowing the secret; the caller's brings a number too."""

    proof: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A verb. `files` go with OPEN, `order` with EDIT, `ids` with CANCEL, TRASH and RESTORE, `change` with SET_UP. All
    paths are absolute."""

    do: Do
    files: tuple[str, ...] = ()
    order: EditOrder | None = None
    ids: tuple[str, ...] = ()
    change: ProviderChange | None = None
    key_file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The caller was interrupted: what the order has made is to be cancelled."""

    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One news, a problem that ends the verb, or its end."""

    remark: RemarkNews | None = None
    queued: QueuedNews | None = None
    progress: ProgressNews | None = None
    ended: EndedNews | None = None
    problem: Problem | None = None
    done: bool = False

    @staticmethod
    def of(news: TerminalNews) -> Answer:
        """The answer that tells it."""
        match news:
            case RemarkNews():
                return Answer(remark=news)
            case QueuedNews():
                return Answer(queued=news)
            case ProgressNews():
                return Answer(progress=news)
            case EndedNews():
                return Answer(ended=news)

    @property
    def news(self) -> TerminalNews | None:
        """What it tells of a job, or of what was given for one."""
        return self.remark or self.queued or self.progress or self.ended


def fresh_number() -> str:
    """Said once: a proof for it cannot be used again."""
    return secrets.token_hex(32)


def proof(secret: str, side: str, number: str) -> str:
    """HMAC (RFC 2104) over the other side's number. `side` keeps a proof from being sent back as one's own."""
    return hmac.new(secret.encode(), f"{side} {number}".encode(), hashlib.sha256).hexdigest()


def proves(given: str, secret: str, side: str, number: str) -> bool:
    """Whether the proof is right, compared in constant time."""
    return hmac.compare_digest(given.encode(), proof(secret, side, number).encode())
