"""Other people's text made fit to be shown and kept: no keys, payment addresses, signed links or control marks."""

from __future__ import annotations

import re

EXCERPT = 2000
"""Bytes of an answer that are kept, at most."""
_LOOKED_AT = 16_384
_CUT = "…"

_DATA_URL = re.compile(r"data:([a-z]+/[a-z0-9.+-]{1,40})[^\s\"'<>]*", re.IGNORECASE)
_URL = re.compile(r"\b([a-z][a-z0-9+.-]{1,20})://([^\s\"'<>\\]*)", re.IGNORECASE)
_FIELD = re.compile(
    r"([\w-]{0,30}(?:sig|signature|token|secret|password|api[-_]?key|authorization|credential|x-amz-[a-z-]{1,30})"
    r"\"?\s{0,3}[=:]\s{0,3}\"?)(?:bearer\s+|basic\s+)?[^\s\"'&<>,;]+",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\b(bearer)\s+\S+", re.IGNORECASE)
_KEY = re.compile(r"\b(?:sk|pk|rk)[-_][\w*.-]{8,}", re.ASCII)
_WALLET = re.compile(r"\b(?:(?:nano|xrb|xno|ban)_|(?:bc|tb|ltc|addr|cosmos)1|bitcoincash:)\w{8,}", re.ASCII)
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
_RUN = re.compile(r"[\w+/=*-]{16,}", re.ASCII)
_PART = re.compile(r"[-_/]")
_CODED, _LONGEST_WORD = 16, 40
_BREAKS = " \t\r\n\"'<>,;"


def plain(text: str, limit: int = EXCERPT) -> str:
    """One line without secrets, of at most `limit` bytes of UTF-8. Keys, links' queries, payment addresses and long
    encoded runs are cut out; what is left is text to be shown as it is, never markup."""
    head = _whole_words(text)
    head = "".join(letter if letter.isprintable() else " " for letter in head)
    head = _DATA_URL.sub(r"data:\1" + _CUT, head)
    head = _URL.sub(_bare, head)
    head = _FIELD.sub(r"\1" + _CUT, head)
    head = _BEARER.sub(r"\1 " + _CUT, head)
    for secret in (_KEY, _WALLET, _UUID):
        head = secret.sub(_CUT, head)
    return _shortened(" ".join(_RUN.sub(_run, head).split()), limit)


def excerpt(body: bytes, limit: int = EXCERPT) -> str:
    """The beginning of an answer's body as `plain` text."""
    return plain(body[: _LOOKED_AT + 1].decode("utf-8", "replace"), limit)


def whole_text(text: str) -> str:
    """Text that can be written to any file: what is no character is replaced."""
    return text.encode("utf-8", "replace").decode()


def _whole_words(text: str) -> str:
    # The last word may be a key that was cut in two, whose rest no longer looks like one.
    if len(text) <= _LOOKED_AT:
        return text
    head = text[:_LOOKED_AT]
    return head[: max(head.rfind(mark) for mark in _BREAKS) + 1] + _CUT


def _bare(link: re.Match[str]) -> str:
    # User names, queries and fragments may each hold what gives access.
    place = re.split(r"[?#]", link[2], maxsplit=1)
    host, slash, path = place[0].partition("/")
    tail = "?" + _CUT if len(place) > 1 else ""
    return f"{link[1]}://{host.rpartition('@')[2]}{slash}{path}{tail}"


def _run(run: re.Match[str]) -> str:
    return _CUT if _is_coded(run[0]) else run[0]


def _is_coded(run: str) -> bool:
    # Names of models are words with hyphens; keys and addresses are long runs in which letters and digits alternate.
    longest = max(_PART.split(run), key=len)
    mixed = any(letter.isdigit() for letter in longest) and any(letter.isalpha() for letter in longest)
    return (mixed and len(longest) >= _CODED) or len(longest) >= _LONGEST_WORD


def _shortened(text: str, limit: int) -> str:
    data = text.encode("utf-8", "replace")
    if len(data) <= limit:
        return data.decode()
    return data[: limit - len(_CUT.encode())].decode("utf-8", "ignore") + _CUT
