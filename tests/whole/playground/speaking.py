"""A client that sends exactly what a test says, right or wrong, and pictures to send."""

from __future__ import annotations

import base64
import http.client
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat
from studio.imaging.arrays import pixels_of
from studio.imaging.decode import decode
from studio.imaging.encode import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.pixels import Pixels
    from studio.playground.server import Playground

BOUNDARY = "----test-boundary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came back. Header names have small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of an error, in whichever envelope."""
        told = self.json
        error = told["error"]
        if isinstance(error, dict):
            return error.get("code") or error["type"]
        return told.get("code", error)

    def picture(self, place: int = 0) -> Pixels:
        """A picture that came as base64."""
        return decode(base64.b64decode(self.json["data"][place]["b64_json"]), "the answer").pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Speaks to one playground, with its key unless `headers` of a call name another."""

    playground: Playground

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str | None) -> Heard:
        """One request on a connection of its own; a header of None is left out, `_` stands for a hyphen."""
        given = {"authorization": f"Bearer {self.playground.key}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        link = http.client.HTTPConnection(urlsplit(self.playground.url).netloc, timeout=10)
        try:
            link.request(method, path, body, {name: value for name, value in given.items() if value is not None})
            answer = link.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Heard(status=answer.status, headers=told, body=answer.read())
        finally:
            link.close()

    def get(self, path: str, **headers: str | None) -> Heard:
        """GET."""
        return self.ask("GET", path, b"", **headers)

    def post(self, path: str, value: object, **headers: str | None) -> Heard:
        """POST of JSON."""
        kind = {"content_type": "application/json"}
        return self.ask("POST", path, json.dumps(value).encode(), **(kind | headers))

    def form(self, path: str, *parts: tuple[str, object], **headers: str | None) -> Heard:
        """POST of a multipart form; a part is a text, or bytes of a PNG, or (file name, type, bytes)."""
        kind = {"content_type": f"multipart/form-data; boundary={BOUNDARY}"}
        return self.ask("POST", path, multipart(parts), **(kind | headers))


def multipart(parts: Sequence[tuple[str, object]]) -> bytes:
    """The body of a form, written out by hand."""
    pieces: list[bytes] = []
    for name, value in parts:
        line = f'Content-Disposition: form-data; name="{name}"'
        if isinstance(value, bytes):
            value = ("picture.png", "image/png", value)
        if isinstance(value, tuple):
            filename, kind, data = value
            line += f'; filename="{filename}"\r\nContent-Type: {kind}'
        else:
            data = str(value).encode()
        pieces.append(f"--{BOUNDARY}\r\n{line}\r\n\r\n".encode() + data + b"\r\n")
    return b"".join(pieces) + f"--{BOUNDARY}--\r\n".encode()


def url_of(data: bytes, kind: str = "image/png") -> str:
    """A data URL."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def picture(width: int = 96, height: int = 64, form: str = "png", shade: int = 90) -> bytes:
    """An opaque picture in one colour."""
    array = np.full((height, width, 4), 255, np.uint8)
    array[..., :3] = shade
    return encode(pixels_of(array, PixelFormat.BGRA), form)


def alpha_mask(width: int = 96, height: int = 64) -> bytes:
    """Transparent black in the left half, opaque black in the right: its transparency alone marks."""
    array = np.zeros((height, width, 4), np.uint8)
    array[:, width // 2 :, 3] = 255
    return encode(pixels_of(array, PixelFormat.BGRA), "png")


def white_mask(width: int = 96, height: int = 64, *, clear: bool = False) -> bytes:
    """White in the left half, black in the right; opaque, or with `clear` transparent where it is white."""
    array = np.zeros((height, width, 4), np.uint8)
    array[..., 3] = 255
    array[:, : width // 2] = (255, 255, 255, 0 if clear else 255)
    return encode(pixels_of(array, PixelFormat.BGRA), "png")


def changed(before: bytes, after: Pixels) -> tuple[float, float]:
    """How much of the left and of the right half is not as it was, as shares."""
    sent = decode(before, "what was sent").pixels
    assert sent.size == after.size
    first, second = (np.frombuffer(each.data, np.uint8).reshape(each.size.height, -1, 4) for each in (sent, after))
    differs = (first != second).any(axis=2)
    half = after.size.width // 2
    return float(differs[:, :half].mean()), float(differs[:, half:].mean())


def box(width: int, height: int) -> Size:
    """A size in few letters."""
    return Size(width=width, height=height)
