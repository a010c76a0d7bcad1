"""Answers that repeat the key that they were asked with: what is kept of an answer must not hold it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from studio.domain.catalogue import problem
from studio.domain.problems import OutcomeLost
from studio.providers.guard import shown_host
from studio.wire.messages import Address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.problems import ProviderError
    from studio.domain.secret import Secret
    from studio.providers.ports import Receiving
    from studio.wire.messages import Answer, Picture, Reply

MASK = "***"
_STEP = 1 << 20
"""Bytes that are searched in one call."""
_NEVER_CODED = "-_.~"
"""Letters that are not in base64, and stay as they are in an address."""


def without_key(reply: Reply, key: Secret | None, provider: str) -> Reply:
    """The reply with the key masked in its words, and without addresses that name it: they would be written down.
    `provider` is what people call it.

    Raises OutcomeLost where no picture is left.
    """
    if key is None:
        return reply
    forms = _forms_of(key)
    items = without_named_key(reply.items, key)
    if not items and reply.items:
        named = next(item for item in reply.items if isinstance(item, Address))
        host = _masked(shown_host(named.url), forms)
        raise OutcomeLost(problem("result-address", provider=provider, host=host, detail="it names the key"))
    return replace(
        reply,
        items=items,
        request_id=None if _holds(reply.request_id or "", forms) else reply.request_id,
        revised_prompt=None if reply.revised_prompt is None else _masked(reply.revised_prompt, forms),
    )


def without_named_key(items: Sequence[Picture | Address], key: Secret | None) -> tuple[Picture | Address, ...]:
    """The items without addresses that name the key."""
    forms = () if key is None else _forms_of(key)
    return tuple(item for item in items if not (isinstance(item, Address) and _holds(item.url, forms)))


def unnamed(error: ProviderError, key: Secret | None) -> None:
    """Take the request's id from an error where it is the key."""
    if key is not None and _holds(error.request_id or "", _forms_of(key)):
        error.request_id = None


class Guarded:
    """Matches `ports.Receiving`. An answer that repeats the key is not written down any further, and what was is
    dropped; it goes on in memory."""

    def __init__(self, inner: Receiving, key: Secret, drop: Callable[[], object]) -> None:
        self._inner: Receiving | None = inner
        self._drop = drop
        self._forms = tuple(form.encode() for form in _forms_of(key))
        # Most of an answer is base64. A letter of the key that is none of its is looked for a hundred times faster.
        self._rare = next((letter.encode() for letter in _NEVER_CODED if letter in key.reveal()), b"")
        self._longest = max(2, *map(len, self._forms))
        self._tail = b""

    def add(self, piece: bytes) -> None:
        """One more piece; a key that two of them share is found too."""
        if self._inner is None:
            return
        joint = self._tail + piece[: self._longest]
        if self._is_in(joint) or (self._rare in piece and self._is_in(piece)):
            self.close()
            self._inner = None
            self._drop()
            return
        self._tail = (piece if len(piece) > self._longest else joint)[1 - self._longest :]
        self._inner.add(piece)

    def _is_in(self, text: bytes) -> bool:
        return any(form in text for form in self._forms)

    def rest(self) -> None:
        """All that came is safe from a kill; more may come."""
        if self._inner is not None:
            self._inner.rest()

    def close(self) -> None:
        """No more comes."""
        if self._inner is not None:
            self._inner.close()


def masked_head(answer: Answer, key: Secret | None) -> Answer:
    """The head without the headers that repeat the key."""
    if key is None:
        return answer
    forms = _forms_of(key)
    return replace(answer, headers=tuple(pair for pair in answer.headers if not _holds(pair[1], forms)))


def is_echo(body: bytes, key: Secret | None) -> bool:
    """Whether a body holds the key."""
    return key is not None and any(_stands_in(form.encode(), body) for form in _forms_of(key))


def _stands_in(form: bytes, body: bytes) -> bool:
    # A call for each megabyte: every other thread waits while one is searched.
    return any(body.find(form, at, at + _STEP + len(form) - 1) >= 0 for at in range(0, len(body), _STEP))


def _forms_of(key: Secret) -> tuple[str, ...]:
    """How a key may stand in a text: as it is, and as a part of an address."""
    return tuple(dict.fromkeys((key.reveal(), quote(key.reveal(), safe=""))))


def _holds(text: str, forms: tuple[str, ...]) -> bool:
    return any(form in text for form in forms)


def _masked(text: str, forms: tuple[str, ...]) -> str:
    for form in forms:
        text = text.replace(form, MASK)
    return text
