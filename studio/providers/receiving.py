"""Answers as they are kept while they come, and as they are read again after the program died."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.domain.catalogue import problem
from studio.domain.problems import OutcomeLost, ProviderError
from studio.providers.calls import PICTURES_CAP
from studio.providers.unpacking import BadEncoding, Body, OverCap
from studio.wire.cut_short import mended
from studio.wire.messages import Address, Picture
from studio.wire.refusals import request_id
from studio.wire.replies import read_reply
from studio.wire.sniffing import media_type

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Answer, Reply

_KEPT = frozenset((
    "content-type", "content-encoding", "content-length", "date", "x-request-id", "request-id", "retry-after",
    "retry-after-ms", "llm_provider-retry-after", "x-cost", "x-remaining-balance", "location",
))  # fmt: skip
"""Headers without which an answer would be read otherwise."""


def head_of(answer: Answer) -> Answer:
    """The part of a head that is kept: nothing that could be a secret, so that of an address only its host stays."""
    kept = [(name.lower(), value) for name, value in answer.headers if name.lower() in _KEPT]
    return replace(
        answer, headers=tuple((name, _hosted(value) if name == "location" else value) for name, value in kept)
    )


def is_cut(raw: Answer) -> bool | None:
    """Whether the end of a body, as it was received, is missing; None where its head does not tell."""
    announced = raw.header("content-length") or ""
    return len(raw.body) < int(announced) if announced.isascii() and announced.isdigit() else None


def read_again(raw: Answer | None, profile: ProviderProfile) -> tuple[Answer, Reply]:
    """What was received of the answer to an order, unpacked and read as it would have been.

    Raises ProviderError where it is a refusal, OutcomeLost where it is not the whole answer, with the request's id
    where it came that far; and what `read_reply` raises of a whole one.
    """
    if raw is None:
        raise _lost(None)
    answer = _unpacked(raw)
    cut = is_cut(raw)
    if 200 <= raw.status < 300 and (cut or (cut is None and not looks_whole(answer.body))):
        raise _lost(raw)
    try:
        return answer, read_reply(answer, profile)
    except OutcomeLost as error:
        # Without a length nobody knows whether it was unreadable or is only not all of it.
        raise (_lost(raw) if cut is None and raw.status < 300 else error) from error


def whole_items(answer: Answer | None, profile: ProviderProfile) -> tuple[Picture | Address, ...]:
    """The pictures and addresses in the answer to an order that came whole though the answer did not, or cannot be
    read as one. `answer` is unpacked, as far as that goes. Never a part of one: its text has its end, and a picture
    has its own."""
    if answer is None or not 200 <= answer.status < 300:
        return ()
    body = mended(answer.body)
    if body is None:
        return ()
    try:
        reply = read_reply(replace(answer, body=body), profile)
    except ProviderError:
        return ()
    return tuple(item for item in reply.items if isinstance(item, Address) or has_end(item.data))


def unpacked_so_far(raw: Answer) -> Answer:
    """What was received, unpacked as far as that goes."""
    return _unpacking(raw)[0]


def _unpacked(raw: Answer) -> Answer:
    answer, error = _unpacking(raw)
    # With 400 to 499 the status alone says that nothing was made.
    if error is not None and not 400 <= raw.status < 500:
        raise _lost(raw) from error
    return answer


def _unpacking(raw: Answer) -> tuple[Answer, BadEncoding | OverCap | None]:
    body = None
    try:
        body = Body(PICTURES_CAP, raw.header("content-encoding"))
        body.add(raw.body)
        return replace(raw, body=body.whole()), None
    except (BadEncoding, OverCap) as error:
        return replace(raw, body=b"" if body is None else body.so_far), error


def is_unreadable(raw: Answer, profile: ProviderProfile) -> bool:
    """Whether an answer came whole, as far as can be told, and nothing can be made of it."""
    if is_cut(raw):
        return False
    try:
        read_again(raw, profile)
    except OutcomeLost:
        return True
    except ProviderError:
        return False
    return False


def looks_whole(data: bytes) -> bool:
    """Whether bytes are a picture that has its end, or no picture. Cheap; the decoder has the last word."""
    return media_type(data) is None or has_end(data)


def has_end(data: bytes) -> bool:
    """Whether bytes are a picture that has its end."""
    kind = media_type(data)
    if kind == "image/png":
        return data.find(b"IEND", max(0, len(data) - 4096)) >= 0
    if kind == "image/jpeg":
        return data.rfind(b"\xff\xd9") > len(data) // 2
    if kind == "image/webp":
        return int.from_bytes(data[4:8], "little") + 8 <= len(data)
    if kind == "image/gif":
        return data.rstrip(b"\0").endswith(b";")
    return kind is not None


def _lost(raw: Answer | None) -> OutcomeLost:
    error = OutcomeLost(problem("outcome-unknown"))
    error.request_id = request_id(raw) if raw is not None else None
    return error


def _hosted(address: str) -> str:
    try:
        parts = urlsplit(address)
        return f"{parts.scheme or 'https'}://{parts.hostname}" if parts.hostname else ""
    except ValueError:
        return ""
