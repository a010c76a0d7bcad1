"""What a provider answers to an order, read as generously as can be done without guessing: it has been paid for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.wire.base64_text import decoded
from studio.wire.faults import Fault, fault_in, fault_of, is_page
from studio.wire.lifting import Lifted, NotJson, read_json
from studio.wire.messages import Address, Picture, Reply
from studio.wire.plain_text import whole_text
from studio.wire.refusals import header, refusal, request_id, told
from studio.wire.sniffing import media_type
from studio.wire.values import entries, items, money, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.capabilities import Price
    from studio.domain.problems import ProviderError
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Answer

_ADDRESS = re.compile(r"https?://[^\s\"'<>\\^`{|}]+", re.IGNORECASE)
_LONGEST_ADDRESS = 16_384
_LONGEST_PROMPT = 64_000
_NANO = ("xno", "nano")


def read_reply(answer: Answer, profile: ProviderProfile, *, keyed: bool = True) -> Reply:
    """The pictures and addresses in an answer, in their order and however many, with what was told beside them.

    An item holds `b64_json` or `url` whatever was asked for; where both are there, the bytes are taken. Items that
    hold neither are left out. `url` may be a data URL. `keyed`: the order went with a key. Raises ProviderError where
    the order was refused, OutcomeLost where a success, a failure of the server or what cannot be read brings no
    picture: that may have been charged.
    """
    if not 200 <= answer.status < 300:
        raise refusal(answer, profile, keyed=keyed)
    if media_type(answer.body) not in (None, "image/svg+xml"):
        return Reply(items=(Picture(index=0, data=answer.body),), request_id=request_id(answer))
    try:
        lifted = read_json(answer.body)
    except NotJson as error:
        code = "proxy-failed" if is_page(answer) else "answer-unreadable" if answer.body.strip() else "answer-empty"
        raise told(code, answer, profile, fault_of(answer)) from error
    found = _items(lifted)
    if not found:
        raise _without_pictures(answer, profile, lifted)
    top = entries(lifted.value)
    return Reply(
        items=found,
        cost=_cost(answer, top),
        balance=money(header(answer, "x-remaining-balance")) or _balance(top),
        request_id=request_id(answer),
        revised_prompt=_revised(top),
    )


def _items(lifted: Lifted) -> tuple[Picture | Address, ...]:
    data = items(entries(lifted.value).get("data"))
    found = (_item(index, entries(each), lifted) for index, each in enumerate(data))
    return tuple(each for each in found if each is not None)


def _item(index: int, item: Mapping[str, object], lifted: Lifted) -> Picture | Address | None:
    for name in ("b64_json", "url"):
        value = item.get(name)
        if isinstance(value, str) and value.strip():
            found = _told(index, value.strip(), lifted, coded=name == "b64_json")
            if found is not None:
                return found
    return None


def _told(index: int, value: str, lifted: Lifted, *, coded: bool) -> Picture | Address | None:
    if len(value) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(value):
        return Address(index=index, url=whole_text(value))
    encoded = lifted.encoded(value)
    if not coded and not bytes(encoded[:16]).lstrip().lower().startswith(b"data:"):
        return None
    data = decoded(encoded)
    return None if data is None else Picture(index=index, data=data)


def _without_pictures(answer: Answer, profile: ProviderProfile, lifted: Lifted) -> ProviderError:
    """A success that is none. A list of nothing is empty; an error in it is told; anything else was not agreed on."""
    top = entries(lifted.value)
    fault = fault_in(lifted.value) if top else Fault()
    if top.get("error") or (fault.message and "data" not in top):
        return told("answer-refusal", answer, profile, fault)
    empty = bool(top) and not items(top.get("data")) and isinstance(top.get("data"), list | None)
    return told("answer-empty" if empty else "answer-unreadable", answer, profile, fault)


def _cost(answer: Answer, top: Mapping[str, object]) -> Price | None:
    source = _currency(top)
    pricing = entries(top.get("x_nanogpt_pricing"))
    found = money(top.get("cost"), source) or money(pricing.get("cost"), pricing.get("currency"))
    found = found or money(header(answer, "x-cost"))
    return None if found is None or found.amount.startswith("-") else found


def _balance(top: Mapping[str, object]) -> Price | None:
    return money(top.get("remainingBalance"), _currency(top)) or money(top.get("remaining_balance"))


def _currency(top: Mapping[str, object]) -> str:
    return "XNO" if text(top.get("paymentSource")).lower() in _NANO else "USD"


def _revised(top: Mapping[str, object]) -> str | None:
    """The prompt as the model read it: the first that is told."""
    places = (top, *(entries(each) for each in items(top.get("data"))))
    return next(
        (said[:_LONGEST_PROMPT] for said in (text(each.get("revised_prompt")) for each in places) if said), None
    )
