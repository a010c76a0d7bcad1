"""Readers that are not ours: h11 for the request, `multipart` for forms, the standard library for JSON and base64."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import dataclass
from typing import Any, cast

import h11
from multipart import MultipartParser, parse_options_header


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A request as another program reads it. Of a form `parts` are name, file name, type and bytes."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def parts(self) -> list[tuple[str, str | None, str | None, bytes]]:
        kind, options = parse_options_header(self.headers["content-type"])
        assert kind == "multipart/form-data"
        return parts_of(self.body, options["boundary"])


def parts_of(body: bytes, boundary: str) -> list[tuple[str, str | None, str | None, bytes]]:
    """The parts of a form, in their order; what breaks the rules raises."""
    parser = MultipartParser(io.BytesIO(body), boundary, content_length=len(body), strict=True)
    found = [(part.name, part.filename, part.content_type if part.filename else None, part.raw) for part in parser]
    return cast("list[tuple[str, str | None, str | None, bytes]]", found)


def read(request: bytes) -> Read:
    """Reads one whole request."""
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(request)
    head = connection.next_event()
    assert isinstance(head, h11.Request)
    body = b""
    while isinstance(event := connection.next_event(), h11.Data):
        body += event.data
    assert isinstance(event, h11.EndOfMessage)
    headers = {name.decode(): value.decode() for name, value in cast("list[tuple[bytes, bytes]]", head.headers)}
    return Read(method=head.method.decode(), target=head.target.decode(), headers=headers, body=body)


def picture(data_url: str) -> tuple[str, bytes]:
    """Media type and bytes of a data URL, read strictly."""
    head, _, text = data_url.partition(",")
    assert head.startswith("data:")
    assert head.endswith(";base64")
    return head[5:-7], base64.b64decode(text, validate=True)
