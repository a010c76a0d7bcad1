"""What the free questions about an account bring: the balance, and what one request cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import problem
from studio.domain.profile import ProviderKind
from studio.wire.faults import fault_of
from studio.wire.lifting import NotJson, read_json
from studio.wire.messages import Account
from studio.wire.plain_text import plain
from studio.wire.records import records
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
    if 200 <= answer.status < 300:
        return _read(_object(answer), profile)
    if answer.status == 401:
        if profile.kind is ProviderKind.NAGA or WRONG_KIND_OF_KEY in fault_of(answer).words:
            return Account(good=None, reason=_said("balance-elsewhere", profile))
        return Account(good=False, reason=_said("key-refused", profile))
    return Account(good=None, reason=_reason(answer, profile))


def read_listing(answer: Answer, profile: ProviderProfile, *, keyed: bool = True) -> Account:
    """What the list of models tells of the key, or (without `keyed`) of whether one is wanted: where it is shown to
    anyone, a list proves nothing."""
    if answer.status == 401 and not keyed:
        return Account(good=None, reason=_said("key-wanted", profile))
    if answer.status == 401:
        return Account(good=False, reason=_said("key-refused", profile))
    if is_listing(answer):
        return Account(good=None, reason=_said("check-proves-nothing", profile))
    if 200 <= answer.status < 300:
        return Account(good=None, reason=_said("catalogue-unreadable", profile))
    return Account(good=None, reason=_reason(answer, profile))


def is_listing(answer: Answer) -> bool:
    """Whether it is a list of models: a page to log in at comes with a good status too."""
    return 200 <= answer.status < 300 and records(answer.body) is not None


def without_key(profile: ProviderProfile) -> Account:
    """There is nothing to ask about."""
    return Account(good=None, reason=_said("key-missing", profile))


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
        return Account(good=None, reason=_said("balance-unreadable", profile))
    nano = money(told.get("nano_balance"), "XNO")
    detail = (("nano_balance", nano.amount),) if nano is not None else ()
    return Account(good=True, balance=balance, detail=detail)


def _reason(answer: Answer, profile: ProviderProfile) -> str:
    if answer.status == 429:
        return _said("check-too-often", profile)
    if answer.status == 404:
        return _said("check-not-known", profile)
    fault = fault_of(answer)
    said = "" if fault.page or fault.pays or answer.status == 402 else plain(fault.message, _REASON)
    return _said("check-refused", profile, answer=f"{answer.status}: “{said}”" if said else str(answer.status))


def _said(code: str, profile: ProviderProfile, **facts: str) -> str:
    return problem(code, provider=profile.shown_name, **facts).what


def _object(answer: Answer) -> Mapping[str, object]:
    try:
        return entries(read_json(answer.body).value)
    except NotJson:
        return {}
