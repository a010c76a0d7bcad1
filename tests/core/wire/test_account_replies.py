"""What the free questions about an account bring."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from studio.domain.capabilities import Price
from studio.domain.catalogue_remote import REMOTE
from studio.domain.phrases import FREE, UNSENT
from studio.wire.account_replies import is_listing, read_balance, read_listing, read_usage, without_key
from studio.wire.messages import Account
from tests.core.wire.received import NAGA, NANOGPT, OWN, PROFILES, answer, answers, seen

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Answer


FREE_ROWS = re.compile(
    "|".join(re.sub(r"\\\{\w+\\\}", ".+", re.escape(row[2])) for row in REMOTE.values() if row[3] in (FREE, UNSENT)),
    re.DOTALL,
)


def from_catalogue(said: str) -> bool:
    """Whether these are the words of a row that costs nothing, with its facts in them."""
    return FREE_ROWS.fullmatch(said) is not None


def test_edge_28_a_balance_is_text_or_number() -> None:
    told = read_balance(answer(seen("nanogpt-balance.json")), NANOGPT)
    assert told == Account(good=True, balance=Price(amount="129.46956147"), detail=(("nano_balance", "26.71801147"),))
    assert "nano_1" not in repr(told)
    assert read_balance(answer({"balance": "42.50"}), NAGA) == Account(good=True, balance=Price(amount="42.50"))
    assert read_balance(answer({"data": {"balance": 0}}), OWN) == Account(good=True, balance=Price(amount="0"))


@pytest.mark.parametrize(
    ("profile", "body", "good"),
    [
        (NANOGPT, {"error": {"code": "invalid_api_key"}}, False),
        (NAGA, {"error": {"type": "invalid_provisioning_key"}}, None),
        (NAGA, b"", None),
        (OWN, {"error": {"type": "invalid_provisioning_key"}}, None),
    ],
)
def test_edge_28_a_key_of_another_kind_is_not_a_bad_one(
    profile: ProviderProfile, body: object, good: bool | None
) -> None:
    told = read_balance(answer(body, 401), profile)
    assert told.good is good
    assert told.reason


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, b"<html>", "What NanoGPT sent is no balance."),
        (200, {"balance": None}, "What NanoGPT sent is no balance."),
        (400, {"error": {"message": "bad key sk-0123456789abcdef"}}, "NanoGPT answered 400: “bad key …”."),
        (402, {"error": "pay nano_1abc"}, "NanoGPT answered 402."),
        (403, {"error": "blocked"}, "NanoGPT answered 403: “blocked”."),
        (404, b"", "NanoGPT does not answer this question."),
        (429, b"", "NanoGPT was asked too often; ask again in a while."),
        (502, b"<html><title>Bad gateway</title>", "NanoGPT answered 502."),
    ],
)
def test_what_tells_nothing_says_why(status: int, body: object, reason: str) -> None:
    assert read_balance(answer(body, status), NANOGPT) == Account(good=None, reason=reason)


@pytest.mark.parametrize(("status", "good"), [(200, None), (401, False), (403, None), (500, None)])
def test_edge_47_a_list_that_loads_proves_no_key(status: int, good: bool | None) -> None:
    told = read_listing(answer(b"[]", status), OWN)
    assert told.good is good
    assert told.reason


def test_a_list_that_wants_a_key_calls_none_bad_where_none_was_given() -> None:
    told = read_listing(answer(b"", 401), OWN, keyed=False)
    assert told == Account(good=None, reason=f"{OWN.shown_name} wants a key, and none was given.")


@pytest.mark.parametrize("body", [b"<html><title>Log in</title>", b"", b'{"data": {"id": "x"}}', b'{"data": [{"id": '])
def test_what_is_no_list_is_not_called_one(body: bytes) -> None:
    """A page to log in at, or half a list, comes with a good status too."""
    assert not is_listing(answer(body))
    assert read_listing(answer(body), OWN) == Account(
        good=None, reason=f"What {OWN.shown_name} sent is no list of models."
    )


def test_what_a_request_cost_is_told_later_or_never() -> None:
    assert read_usage(answer(seen("nanogpt-usage.json"))) == Price(amount="0.00123456")
    for found in (answer({"cost": None}), answer({"cost": -1}), answer(b"x"), answer({"cost": "1"}, 404)):
        assert read_usage(found) is None


@settings(max_examples=60, deadline=None)
@given(answers)
def test_edge_28_any_answer_tells_something_or_nothing(found: Answer) -> None:
    for profile in PROFILES:
        told = read_balance(found, profile)
        assert (told.good is True) is (told.balance is not None)
        listed = read_listing(found, profile)
        assert listed.good is not True
        for each in (told, listed, without_key(profile)):
            assert each.good or from_catalogue(each.reason)
    usage = read_usage(found)
    assert usage is None or not usage.amount.startswith("-")
