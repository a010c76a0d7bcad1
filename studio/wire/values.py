"""Values out of other people's JSON, each of the kind that was asked for, or nothing: no wrong kind is guessed at."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from studio.domain.capabilities import Price
from studio.wire.plain_text import whole_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_AMOUNT = re.compile(r"[+-]?\d{1,18}(\.\d{0,30})?(e[+-]?\d{1,2})?", re.IGNORECASE | re.ASCII)
_CURRENCY = re.compile(r"[A-Za-z]{3,5}", re.ASCII)
_LARGEST = 1 << 53
"""Beyond this, and among the infinities, no number of a catalogue or an account is meant seriously."""


def entries(value: object) -> Mapping[str, object]:
    """An object's entries; none where it is no object."""
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def items(value: object) -> Sequence[object]:
    """A list's items; none where it is no list."""
    return cast("Sequence[object]", value) if isinstance(value, list) else ()


def is_list(value: object) -> bool:
    """Whether it is a list, be it empty."""
    return isinstance(value, list)


def text(value: object) -> str:
    """A text without blanks around it; empty where it is none."""
    return whole_text(value).strip() if isinstance(value, str) else ""


def texts(value: object) -> tuple[str, ...]:
    """The texts among a list's items, each once, in their order. Numbers in it count as texts."""
    found = (str(each) if _is_number(each) else text(each) for each in items(value))
    return tuple(dict.fromkeys(each for each in found if each))


def number(value: object) -> float | int | None:
    """A finite number, also one that was written as a text."""
    if isinstance(value, str) and _AMOUNT.fullmatch(value.strip()):
        value = float(value)
    return cast("float | int", value) if _is_number(value) else None


def whole(value: object) -> int | None:
    """A whole number, also one that was written as a text or as 4.0."""
    found = number(value)
    return int(found) if found is not None and found == int(found) else None


def money(value: object, currency: object = None) -> Price | None:
    """An amount of money, from a number or a text, a sign of the dollar before it or not; None where it is none.
    Nothing told is not nought."""
    plain = repr(value) if _is_number(value) else text(value).removeprefix("$")
    if not _AMOUNT.fullmatch(plain):
        return None
    named = text(currency)
    amount = f"{Decimal(plain):f}"
    return Price(amount=amount, currency=named.upper() if _CURRENCY.fullmatch(named) else "USD")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -_LARGEST <= value <= _LARGEST
