"""What the free questions about an account bring: the balance, and what one request cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.profile import ProviderKind
from studio.wire.faults import fault_of
from studio.wire.lifting import NotJson, read_json
from studio.wire.messages import Account
from studio.wire.plain_text import plain
from studio.wire.refusal_rules import WRONG_KIND_OF_KEY
from studio.wire.values import entries, money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.capabilities import Price
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Answer

_REASON = 200


def read_balance(answer: Answer, profile: ProviderProfile) -> Account:
    """What an answer about the account tells of the key. Never raises: an answer that cannot be read tells nothing.

    The account may want another kind of key than orders do (Naga's provisioning key): that tells nothing either.
    """
    name = profile.shown_name
    if 200 <= answer.status < 300:
        return _read(_object(answer), profile)
    if answer.status == 401:
        if profile.kind is ProviderKind.NAGA or WRONG_KIND_OF_KEY in fault_of(answer).words:
            return Account(good=None, reason=f"{name} tells the balance only to a provisioning key.")
        return Account(good=False, reason=f"{name} does not accept the key.")
    return Account(good=None, reason=_reason(answer, name))


def read_listing(answer: Answer, profile: ProviderProfile) -> Account:
    """What the list of models tells of the key: where it is shown to anyone, a list proves nothing."""
    name = profile.shown_name
    if answer.status == 401:
        return Account(good=False, reason=f"{name} does not accept the key.")
    if 200 <= answer.status < 300:
        return Account(good=None, reason=f"{name} shows its models to anyone; only an order can tell.")
    return Account(good=None, reason=_reason(answer, name))


def read_usage(answer: Answer) -> Price | None:
    """What one request cost; None where that is not told (yet): an order that is not listed was not thereby free."""
    if not 200 <= answer.status < 300:
        return None
    told = _object(answer)
    found = money(told.get("cost"), told.get("currency"))
    return None if found is None or found.amount.startswith("-") else found


def _read(told: Mapping[str, object], profile: ProviderProfile) -> Account:
    places = (told, entries(told.get("data")))
    names = ("usd_balance", "balance", "remainingBalance")
    balance = next((found for place in places for name in names if (found := money(place.get(name)))), None)
    if balance is None:
        return Account(good=None, reason=f"What {profile.shown_name} sent is no balance.")
    nano = money(told.get("nano_balance"), "XNO")
    detail = (("nano_balance", nano.amount),) if nano is not None else ()
    return Account(good=True, balance=balance, detail=detail)


def _reason(answer: Answer, name: str) -> str:
    if answer.status == 429:
        return f"{name} was asked too often; ask again in a while."
    if answer.status == 404:
        return f"{name} does not answer this question."
    fault = fault_of(answer)
    said = "" if fault.page or fault.pays or answer.status == 402 else plain(fault.message, _REASON)
    return f"{name} answered {answer.status}" + (f": “{said}”." if said else ".")


def _object(answer: Answer) -> Mapping[str, object]:
    try:
        return entries(read_json(answer.body).value)
    except NotJson:
        return {}
