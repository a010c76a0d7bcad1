"""What can be learnt of a key, and of what was charged, free of charge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.profile import ProviderKind
from studio.providers.asking import free_call
from studio.providers.retries import TRIES
from studio.providers.timing import DeadlinePassed, within
from studio.wire.account import balance_message, usage_message
from studio.wire.account_replies import is_listing, read_balance, read_listing, read_usage, without_key
from studio.wire.discovery import models_messages
from studio.wire.messages import Account

if TYPE_CHECKING:
    from studio.domain.capabilities import Price
    from studio.domain.profile import ProviderProfile
    from studio.domain.secret import Secret
    from studio.providers.calls import Call
    from studio.providers.http import Http

CHARGED_S = 10.0
"""A job's end waits for it."""
_LISTING_S = 0.7
"""Seconds that a bill is waited for, the second time twice as long."""
_NOT_LISTED = 404
_NOT_LET_IN = frozenset((401, 403))


async def check(profile: ProviderProfile, http: Http, key: Secret | None) -> Account:
    """Whether the key is good, bad, or cannot be checked and why; and the balance where it is told.

    A list of models alone proves nothing, as many servers show it to anyone: it does where nobody gets it without a
    key. Raises ProviderError where the provider cannot be asked, UsageError where its address is none.
    """
    if key is None and profile.kind is not ProviderKind.OPENAI:
        return without_key(profile)
    question = balance_message(profile)
    told = Account(good=None)
    if question is not None:
        told = read_balance(await http.exchange(free_call(profile, question, key)), profile)
        if told.good is not None or profile.kind is ProviderKind.NANOGPT:
            return told
    listed = await _listed(profile, http, key)
    return replace(listed, reason=told.reason or listed.reason) if listed.good else listed


async def charged(profile: ProviderProfile, http: Http, key: Secret | None, request_id: str) -> Price | None:
    """What one request was charged; None where that is not told (yet), which does not make it free. A request that is
    not listed is asked for again, as a bill may be written a moment after its answer.

    Within ten seconds. Raises ProviderError.
    """
    question = usage_message(profile, request_id)
    if question is None:
        return None
    call = replace(free_call(profile, question, key), seconds=CHARGED_S)
    try:
        return await within(http.world.timer, CHARGED_S, _listed_charge(http, call))
    except DeadlinePassed:
        return None


async def _listed_charge(http: Http, call: Call) -> Price | None:
    for tries in range(1, TRIES + 1):
        answer = await http.exchange(call)
        if answer.status != _NOT_LISTED or tries == TRIES:
            return read_usage(answer)
        await http.world.timer.pause(tries * _LISTING_S)
    return None


async def _listed(profile: ProviderProfile, http: Http, key: Secret | None) -> Account:
    question = models_messages(profile)[0]
    answer = await http.exchange(free_call(profile, question, key))
    told = read_listing(answer, profile, keyed=key is not None)
    if told.good is False or key is None:
        return told
    without = await http.exchange(free_call(profile, question, None))
    if is_listing(answer) and without.status in _NOT_LET_IN:
        return replace(told, good=True, reason="")
    return told
