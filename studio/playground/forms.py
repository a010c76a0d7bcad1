"""The body of a request as fields and files, read strictly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from multipart import (  # pyright: ignore[reportMissingTypeStubs]  # the package brings none
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,  # pyright: ignore[reportUnknownVariableType]  # it has no types of its own
)

from studio.playground.exchange import Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.playground.exchange import Asked


class BadForm(Exception):
    """The body is not what its content type says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a body held. In a multipart form all values are texts, and a file is not among them."""

    is_json: bool
    values: Mapping[str, object]
    files: tuple[Upload, ...] = ()
    doubled: tuple[str, ...] = ()
    """Names of texts that came more than once; such a list as `image[]` may."""
    lists: Mapping[str, tuple[str, ...]]
    """Texts under names that end in brackets."""

    def text(self, name: str) -> str:
        """The text of this name, empty where there is none or it is no text."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def files_of(self, name: str) -> tuple[Upload, ...]:
        """All files of this name in their order."""
        return tuple(file for file in self.files if file.name == name)


def content_type(asked: Asked) -> str:
    """The content type without its options, in small letters."""
    return (asked.header("content-type") or "").split(";")[0].strip().lower()


def read_json(asked: Asked) -> Form:
    """Raises BadForm."""
    try:
        value = cast("object", json.loads(asked.body, object_pairs_hook=_once))
    except ValueError as error:
        raise BadForm(f"The body is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadForm("The body is not a JSON object.")
    values = cast("dict[str, object]", value)
    asked.fields.extend(values.items())
    return Form(is_json=True, values=values, lists={})


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    doubled = [name for name in names if names.count(name) > 1]
    if doubled:
        raise ValueError(f"{doubled[0]} stands there more than once")
    return dict(pairs)


def read_multipart(asked: Asked) -> Form:
    """Raises BadForm."""
    _, options = cast("tuple[str, dict[str, str]]", parse_options_header(asked.header("content-type") or ""))
    boundary = options.get("boundary")
    if not boundary:
        raise BadForm("The content type names no boundary.")
    try:
        parts = _parts(asked.body, boundary)
    except (MultipartError, UnicodeDecodeError) as error:
        raise BadForm(f"The multipart body could not be parsed: {error}") from error
    asked.files.extend(part for part in parts if part.filename is not None)
    texts = [(part.name, part.data.decode("utf-8", "replace")) for part in parts if part.filename is None]
    asked.fields.extend(texts)
    return _form(texts, tuple(asked.files))


def _form(texts: list[tuple[str, str]], files: tuple[Upload, ...]) -> Form:
    names = [name for name, _ in texts]
    lists = {name: tuple(text for other, text in texts if other == name) for name in names if name.endswith("[]")}
    return Form(
        is_json=False,
        values=dict(texts),
        files=files,
        doubled=tuple(sorted({name for name in names if names.count(name) > 1 and name not in lists})),
        lists=lists,
    )


def _parts(body: bytes, boundary: str) -> list[Upload]:
    parts: list[Upload] = []
    head: MultipartSegment | None = None
    pieces: list[bytes] = []
    with PushMultipartParser(boundary, content_length=len(body), strict=True) as parser:
        for event in parser.parse(body):
            if isinstance(event, MultipartSegment):
                head, pieces = event, []
            elif event is None:
                assert head is not None
                parts.append(_part(head, b"".join(pieces)))
            else:
                pieces.append(bytes(event))
    return parts


def _part(head: MultipartSegment, data: bytes) -> Upload:
    return Upload(name=head.name or "", filename=head.filename, media_type=head.content_type, data=data)
