"""Bodies: JSON that carries pictures as data URLs, forms that carry them as files, and the messages around both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from studio.wire import multipart
from studio.wire.messages import Message, WireImage
from studio.wire.pictures import data_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.domain.request import ParameterValue

Json: TypeAlias = "ParameterValue | WireImage | Sequence[Json] | Mapping[str, Json]"
"""What a JSON body is made of; a picture stands for its data URL."""
_LARGE = 1 << 16
_ACCEPT = ("Accept", "application/json")


def asking(url: str, method: str = "GET") -> Message:
    """A message without a body."""
    length = (("Content-Length", "0"),) if method == "POST" else ()
    return Message(method=method, url=url, headers=(_ACCEPT, *length))


def json_message(url: str, members: Mapping[str, Json]) -> Message:
    """A POST of one JSON object."""
    return _post(url, "application/json", _written(members))


def form_message(url: str, parts: Iterable[multipart.Part], boundary: str) -> Message:
    """A POST of a form."""
    return _post(url, multipart.content_type(boundary), multipart.pieces(parts, boundary))


def _post(url: str, kind: str, pieces: Iterable[bytes]) -> Message:
    body = tuple(_gathered(pieces))
    length = str(sum(len(piece) for piece in body))
    headers = (_ACCEPT, ("Content-Type", kind), ("Content-Length", length))
    return Message(method="POST", url=url, headers=headers, body=body)


def _written(value: Json) -> Iterator[bytes]:
    if isinstance(value, WireImage):
        yield b'"'
        yield from data_url(value)
        yield b'"'
    elif isinstance(value, Mapping):
        for number, (name, member) in enumerate(value.items()):
            yield (b"," if number else b"{") + _dumped(name) + b":"
            yield from _written(member)
        yield b"}" if value else b"{}"
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, member in enumerate(value):
            yield b"," if number else b"["
            yield from _written(member)
        yield b"]" if value else b"[]"
    else:
        yield _dumped(value)


def _dumped(value: ParameterValue) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, small pieces joined, large ones left as they are."""
    small: list[bytes] = []
    for piece in pieces:
        if len(piece) < _LARGE:
            small.append(piece)
            continue
        yield b"".join(small)
        yield piece
        small.clear()
    yield b"".join(small)
