"""A request as it came and an answer as it is meant, before any fault is laid over it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file of a form as it was declared; `filename` None: it came as a plain field."""

    name: str
    filename: str | None
    media_type: str | None
    data: bytes = field(repr=False)


@dataclass(slots=True, kw_only=True)
class Asked:
    """One request. Header names have small letters. `fields` and `files` are filled once the body was read as a form
    or as JSON; `status` and `request_id` once it was answered."""

    method: str
    path: str
    query: str = ""
    headers: Headers = ()
    body: bytes = field(default=b"", repr=False)
    time: float = 0.0
    fields: list[tuple[str, object]] = field(default_factory=list[tuple[str, object]])
    files: list[Upload] = field(default_factory=list[Upload])
    status: int = 0
    request_id: str = ""

    def header(self, name: str) -> str | None:
        """The first header of this name (small letters)."""
        return next((value for key, value in self.headers if key == name), None)

    def asked_of(self, name: str) -> str | None:
        """The first value of this name in the query."""
        return parse_qs(self.query).get(name, [None])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer. The length of the body and the request id are added when it is sent."""

    status: int = 200
    headers: Headers = ()
    body: bytes = field(default=b"", repr=False)


class Refused(Exception):
    """The request is answered with this and nothing is billed."""

    def __init__(self, given: Given) -> None:
        super().__init__(given.status)
        self.given = given


def json_answer(value: object, status: int = 200, headers: Headers = ()) -> Given:
    """A value as JSON."""
    body = json.dumps(value, separators=(",", ":")).encode()
    return Given(status=status, headers=(("content-type", "application/json"), *headers), body=body)


def html_answer(status: int, title: str, server: str) -> Given:
    """The page that a proxy shows."""
    body = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
        f"<hr><center>{server}</center>\r\n</body>\r\n</html>\r\n"
    )
    return Given(status=status, headers=(("content-type", "text/html"), ("server", server)), body=body.encode())
