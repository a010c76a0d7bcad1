"""Reads JSON whose longest strings are pictures. Those are lifted out first, a slice each: a JSON reader would walk
them letter by letter in one call, and every other thread would wait for it. Other texts are cut where they are longer
than anything that is said."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.wire.cut_short import closing_quote, is_escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 1 << 15
"""Bytes from which on a string is lifted."""
LONGEST_TEXT = 1 << 19
"""Bytes of any other string that are read: a prompt of 64,000 letters, each of them escaped, is shorter."""
_STEP = 1 << 20
"""Bytes that are searched in one call: counting in all of a large picture kept every other thread waiting for 30 ms."""
_MARK = "\0lifted:"
_MOST_STRINGS = 10_000
_KEY = re.compile(rb'"(?:b64_json|url)"\s*:\s*"\Z')
_KEY_LENGTH = 64
_LONGEST_ESCAPE = len(b"\\u00e9")


class NotJson(Exception):
    """The bytes are no JSON, or none that anyone would write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """A JSON value (`value`: dict, list, str, int, float, bool or None) in which long strings stand aside."""

    value: object
    strings: tuple[memoryview, ...] = ()

    def encoded(self, text: str) -> bytes | memoryview:
        """The string's bytes, whether it was lifted or not. Lifted ones are as they stood, escapes and all."""
        index = text.removeprefix(_MARK)
        if index != text and index.isascii() and index.isdigit() and len(index) < 9 and int(index) < len(self.strings):
            return self.strings[int(index)]
        return text.encode("utf-8", "replace")


def read_json(body: bytes) -> Lifted:
    """Raises NotJson for whatever bytes are none."""
    whole = memoryview(body)
    strings: list[memoryview] = []
    rest: list[bytes] = []
    done = 0
    for start, end in _long_strings(body):
        if _is_picture(body, start, end):
            rest += [body[done:start], json.dumps(f"{_MARK}{len(strings)}")[1:-1].encode()]
            strings.append(whole[start:end])
            done = end
        elif end - start > LONGEST_TEXT and not _is_named_as_one(body, start):
            rest.append(body[done : _whole_letters(body, start, start + LONGEST_TEXT)])
            done = end
    rest.append(body[done:])
    try:
        value: object = json.loads(b"".join(rest), parse_constant=_nothing)
    except (ValueError, RecursionError) as error:
        raise NotJson from error
    return Lifted(value=value, strings=tuple(strings))


def _nothing(_name: str) -> None:
    """NaN and the infinities are no numbers that anyone may rely on."""


def _long_strings(body: bytes) -> Iterator[tuple[int, int]]:
    """Where long strings begin and end within their quotes.

    Raises NotJson where one has no end, as in an answer that was cut: a reader would look for it for as long.
    """
    if len(body) < LONG or b"\0" in body[:4]:
        return
    start = body.find(b'"')
    for _ in range(_MOST_STRINGS):
        if start < 0:
            return
        end = closing_quote(body, start + 1)
        if end < 0:
            raise NotJson
        if end - start > LONG:
            yield start + 1, end
        start = body.find(b'"', end + 1)


def _is_picture(body: bytes, start: int, end: int) -> bool:
    # A slash may be escaped; any other escape is for the JSON reader to understand.
    return _is_named_as_one(body, start) and all(
        _escapes_slashes_alone(body, place, min(place + _STEP, end), end) for place in range(start, end, _STEP)
    )


def _is_named_as_one(body: bytes, start: int) -> bool:
    return _KEY.search(body[max(0, start - _KEY_LENGTH) : start]) is not None


def _whole_letters(body: bytes, start: int, end: int) -> int:
    """Where a string that begins at `start` may be cut, at `end` or a little before: between letters, and outside of
    escapes (each of which may be half a letter)."""
    while body[end] & 0xC0 == 0x80:
        end -= 1
    escape = body.rfind(b"\\", end - _LONGEST_ESCAPE, end)
    return end if escape < 0 or is_escaped(body, start, escape) else escape


def _escapes_slashes_alone(body: bytes, start: int, stop: int, end: int) -> bool:
    """Whether after each backslash of a part there is a slash, be it the first character behind the part."""
    # Looking for one runs at memory's speed, counting takes forty times as long; and most texts hold none.
    if body.find(b"\\", start, stop) < 0:
        return True
    return body.count(b"\\", start, stop) == body.count(b"\\/", start, min(stop + 1, end))
