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
    from studio.domain.secret import Secret
    from studio.wire.messages import Reply

MASK = "***"


def without_key(reply: Reply, key: Secret | None, provider: str) -> Reply:
    """The reply with the key masked in its words, and without addresses that name it: they would be written down.
    `provider` is what people call it.

    Raises OutcomeLost where no picture is left.
    """
    if key is None:
        return reply
    forms = _forms_of(key)
    items = tuple(item for item in reply.items if not (isinstance(item, Address) and _holds(item.url, forms)))
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


def is_echo(body: bytes, key: Secret | None) -> bool:
    """Whether a body holds the key."""
    return key is not None and any(form.encode() in body for form in _forms_of(key))


def _forms_of(key: Secret) -> tuple[str, ...]:
    """How a key may stand in a text: as it is, and as a part of an address."""
    return tuple(dict.fromkeys((key.reveal(), quote(key.reveal(), safe=""))))


def _holds(text: str, forms: tuple[str, ...]) -> bool:
    return any(form in text for form in forms)


def _masked(text: str, forms: tuple[str, ...]) -> str:
    for form in forms:
        text = text.replace(form, MASK)
    return text
