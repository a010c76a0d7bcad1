"""The few words that the local engine understands. Strict: a word it does not know makes it understand nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SKIPPED = frozenset(("please", "the", "a", "an", "my", "just"))
"""Dropped wherever they stand."""

_POINTING = frozenset(("this", "that", "these", "those", "it", "here", "everything", "all"))
"""What may follow any verb: the mask or the picture says what is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """The phrases that begin a prompt, and the words that may follow them."""

    operation: str
    phrases: tuple[str, ...]
    followers: frozenset[str]


_PICTURE = frozenset(("picture", "image", "photo", "photograph", "canvas"))
_MASKED = frozenset(
    ("object", "objects", "thing", "things", "area", "region", "selection", "mask", "hole", "spot", "spots")
) | frozenset(("masked", "painted", "marked", "selected", "under", "inside", "in"))
_SUBJECT = frozenset(("subject", "object", "thing", "person", "people", "foreground", "main"))

_ENTRIES = (
    _Entry(
        operation="cutout",
        phrases=("remove background", "erase background", "delete background", "cut out", "cutout", "isolate"),
        followers=_SUBJECT | _PICTURE | {"from", "background"},
    ),
    _Entry(
        operation="extend",
        phrases=("extend", "expand", "outpaint", "uncrop", "widen"),
        followers=_PICTURE | {"border", "borders", "edge", "edges", "background"},
    ),
    _Entry(
        operation="upscale",
        phrases=("upscale", "enlarge", "scale up", "upsize", "increase resolution"),
        followers=_PICTURE | {"resolution", "of"},
    ),
    _Entry(operation="select", phrases=("select",), followers=_SUBJECT),
    _Entry(
        operation="remove",
        phrases=(
            *("remove", "erase", "delete", "clean up", "clean", "fill in", "fill", "inpaint", "heal"),
            *("get rid of", "take away", "take out", "content aware fill"),
        ),
        followers=_MASKED,
    ),
)


def understood(prompt: str) -> str | None:
    """The operation's id that a prompt means; None where it says anything else, or nothing at all."""
    said = tuple(word for word in re.findall(r"[^\W_]+", prompt.casefold()) if word not in _SKIPPED)
    for entry in _ENTRIES:
        allowed = entry.followers | _POINTING
        for phrase in entry.phrases:
            begin = tuple(phrase.split())
            if said[: len(begin)] == begin and all(word in allowed for word in said[len(begin) :]):
                return entry.operation
    return None
