"""What a server says went wrong, out of every shape in which servers say it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.wire.lifting import NotJson, read_json
from studio.wire.plain_text import excerpt, plain
from studio.wire.values import entries, items, number, text, texts

if TYPE_CHECKING:
    from studio.wire.messages import Answer

_MESSAGE = 600
_WORD = 80
_TITLE = re.compile(r"<(title|h1)\b[^>]{0,200}>(.{1,400}?)</\1", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(rb"\s*<(?:!doctype|html|head|body|title|center|h1)\b", re.IGNORECASE)
_LOOKED_AT = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`message` and `param` are fit to be shown. `code` and `kind` (its "type") are in small letters; a code that
    only repeats a status is left out. `page`: it is a web page, and `message` its title. `pays`: it asks for payment
    in its own way, and must not be quoted."""

    message: str = ""
    code: str = ""
    kind: str = ""
    param: str = ""
    page: bool = False
    pays: bool = False
    retry_after: float | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """What a rule may look for, the most telling first."""
        return tuple(each for each in (self.code, self.kind) if each)


def fault_of(answer: Answer) -> Fault:
    """What an answer says went wrong; an empty Fault where it says nothing."""
    if is_page(answer):
        return Fault(message=_title(answer.body), page=True)
    try:
        value = read_json(answer.body).value
    except NotJson:
        return Fault(message=excerpt(answer.body, _MESSAGE))
    return fault_in(value)


def is_page(answer: Answer) -> bool:
    """Whether it is a web page, whatever it calls itself."""
    return _PAGE.match(answer.body[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")) is not None


def fault_in(value: object) -> Fault:
    """What a JSON value says went wrong."""
    top = entries(value)
    if not top:
        said = text(value) or "; ".join(texts(value))
        return Fault(message=plain(said, _MESSAGE))
    told = _told(top)
    return Fault(
        message=plain(_message(told) or _message(top), _MESSAGE),
        code=_word(told.get("code")) or _word(top.get("code")),
        kind=_word(told.get("type")) or _word(top.get("type")),
        param=plain(text(told.get("param")), _WORD),
        pays=any(name in place for place in (top, told) for name in ("payment", "accepts", "x402")),
        retry_after=_seconds(told.get("retry_after")) or _seconds(top.get("retry_after")),
    )


def _told(top: object) -> dict[str, object]:
    """The innermost object that tells of the error, at most a few deep; `{"error": "text"}` tells as a message."""
    found = dict(entries(top))
    for _ in range(3):
        inner = next((found[name] for name in ("error", "detail") if found.get(name)), None)
        if entries(inner):
            found = dict(entries(inner))
    return found


def _message(told: dict[str, object] | object) -> str:
    place = entries(told)
    for name in ("message", "error", "detail", "details", "errors", "reason", "msg", "title"):
        said = _said(place.get(name))
        if said:
            return said
    return ""


def _said(value: object) -> str:
    """A sentence out of a text, a list of texts, or a list of `{loc, msg}`."""
    if isinstance(value, str):
        return text(value)
    return "; ".join(filter(None, (_complaint(each) for each in items(value))))


def _complaint(value: object) -> str:
    if isinstance(value, str):
        return text(value)
    told = entries(value)
    place = ".".join(texts(told.get("loc")))
    said = text(told.get("msg")) or text(told.get("message"))
    return f"{place}: {said}" if place and said else said


def _word(value: object) -> str:
    """A code in small letters; numbers are statuses, which the answer has already."""
    found = plain(text(value), _WORD).lower()
    return "" if found.isdigit() else found


def _seconds(value: object) -> float | None:
    found = number(value)
    return float(found) if found is not None and found > 0 else None


def _title(body: bytes) -> str:
    found = _TITLE.search(body[:_LOOKED_AT].decode("utf-8", "replace"))
    return plain(html.unescape(found[2]), _MESSAGE) if found else ""
