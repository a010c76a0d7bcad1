"""JSON that ends too early: an answer that was cut while it came may hold whole pictures before the cut."""

from __future__ import annotations

import re

_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]{0,64}\{")
_MARK = re.compile(rb'["{}\[\]:,]')
_MOST_MARKS = 10_000
_WIDEST_GAP = 1 << 16
"""Bytes outside strings in which some mark stands, in anything that anyone would write."""
_STEP = 1 << 18
_CLOSING = {b"{": b"}", b"[": b"]"}
_USUAL_ROW = 16
"""Backslashes that stand in a row at most, in anything that anyone would write."""


def mended(body: bytes) -> bytes | None:
    """A cut JSON object, ended where it can be: after the last string or container in it that came whole.

    None where none came, and for what does not begin as an object. What stands in it stood there before; whether it
    is JSON is for its reader to say.
    """
    begun = _BEGINNING.match(body)
    if begun is None:
        return None
    still_open: list[bytes] = [b"}"]
    place, last, end, rest = begun.end(), b"{", 0, b""
    for _ in range(_MOST_MARKS):
        found = _MARK.search(body, place, place + _WIDEST_GAP)
        if found is None:
            break
        mark, place = found[0], found.end()
        if mark == b'"':
            place = closing_quote(body, place) + 1
            if place == 0:
                break
        elif mark in _CLOSING:
            still_open.append(_CLOSING[mark])
        elif mark in _CLOSING.values() and still_open.pop() != mark:
            break
        # A string that follows a colon is no key, so that it may be the last.
        if mark in _CLOSING.values() or (mark == b'"' and last == b":"):
            end, rest = place, b"".join(reversed(still_open))
        if not still_open:
            break
        last = mark
    if not end:
        return None
    # One slice of all of it would keep every other thread waiting; joining pieces that are bytes lets them run.
    pieces = [body[start : min(start + _STEP, end)] for start in range(0, end, _STEP)]
    return b"".join([*pieces, rest])


def closing_quote(body: bytes, place: int) -> int:
    """Where the string ends whose text begins there; -1 where it does not."""
    end = body.find(b'"', place)
    while end >= 0 and is_escaped(body, place, end):
        end = body.find(b'"', end + 1)
    return end


def is_escaped(body: bytes, place: int, at: int) -> bool:
    """Whether a letter of a string, whose text begins at `place`, belongs to an escape that begins before it."""
    reach = _USUAL_ROW
    while True:
        before = body[max(place, at - reach) : at]
        row = len(before) - len(before.rstrip(b"\\"))
        if row < len(before) or at - reach <= place:
            return row % 2 == 1
        reach *= reach
