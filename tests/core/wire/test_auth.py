"""What is a key, and the header that carries it."""

from __future__ import annotations

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.problems import UsageError
from studio.wire.auth import clean_key, key_header
from tests.core.wire.orders import profile_of


@pytest.mark.parametrize(
    "pasted",
    ["sk-1_A.b", "  sk-1_A.b\n", "\r\nsk-1_A.b\t", "Bearer sk-1_A.b", "bearer   sk-1_A.b", "\ufeffsk-1_A.b\u200b "],
)
def test_a_key_is_taken_out_of_what_was_pasted(pasted: str) -> None:
    assert clean_key(pasted).reveal() == "sk-1_A.b"


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("", "nothing"), (" \n ", "nothing"), ("Bearer ", "nothing"), ("sk-1\nsk-2", "a line break"),
        ("sk-1\r2", "a line break"), ("sk 1", "a space"), ("sk\u00a01", "a space"), ("schlüssel", "not plain"),
        ("sk\x001", "a control character"), ("sk\x7f1", "a control character"), ("k" * 4097, "more than 4096"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_key_is_refused_and_not_repeated(pasted: str, found: str) -> None:
    with pytest.raises(UsageError) as caught:
        clean_key(pasted)
    assert caught.value.problem.code == "bad-key"
    assert found in caught.value.problem.what
    assert "sk" not in caught.value.problem.sentence() + str(caught.value)


@given(st.text(max_size=40))
def test_a_key_that_was_taken_can_stand_in_a_header(pasted: str) -> None:
    try:
        key = clean_key(pasted)
    except UsageError:
        return
    for auth in ("bearer", "x-api-key"):
        name, value = key_header(profile_of("nanogpt", auth=auth), key)
        head = h11.Request(method="GET", target="/", headers=[("Host", "h"), (name, value)])
        assert head.headers[1][1].decode("ascii").removeprefix("Bearer ") == key.reveal()


def test_a_key_travels_in_one_header() -> None:
    key = clean_key("sk-1")
    assert key_header(profile_of("naga"), key) == ("Authorization", "Bearer sk-1")
    assert key_header(profile_of("naga", auth="x-api-key"), key) == ("x-api-key", "sk-1")
    assert "sk-1" not in repr(key) + str(key)
